"""What a page of a product is asked for."""

from dataclasses import dataclass, field
from decimal import Decimal

from kaname.assess.trade.flows import IMPORTER
from kaname.assess.trade.resample import DRAWS, ERROR


@dataclass(frozen=True, slots=True)
class Asked:
    """`by`: value or weight; `area`: countries whose trade with the importer is not foreign."""

    importer: str
    years: tuple[int, ...]
    by: str = "value"
    reported: int = IMPORTER
    area: frozenset[str] = frozenset()
    recycled: Decimal = Decimal(0)
    substitution: Decimal = Decimal(1)
    trade: dict[str, float] = field(default_factory=dict)  # the trade parameter t of a country
    error: float = ERROR
    draws: int = DRAWS  # 0: the error of reports is not drawn, or elsewhere
    shown: int = 10  # suppliers
    follow: frozenset[str] = frozenset()  # suppliers shown in any case, and together where they are several
