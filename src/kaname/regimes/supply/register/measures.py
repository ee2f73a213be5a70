"""Numbers of certified plans as a table of counter-measures: what `kaname assess network --measures` takes."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from kaname.regimes.supply.plan_numbers import CAPACITY, SOURCE, STOCK
from kaname.regimes.supply.register.plan import Certified

_KINDS = {STOCK: "stock", CAPACITY: "capacity", SOURCE: "second_source"}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """`kind`, `firm`, `amount`, `of` and `source` are the table's columns; the others say which plan states it where.

    No plan names who the second source is: `source` is "", somewhere that does not fail.
    """

    kind: str
    firm: str
    amount: float
    of: str
    source: str
    plan: str
    product: str
    applicants: str
    where: str


COLUMNS = ("kind", "firm", "amount", "of", "source", "plan", "product", "applicants", "where")


def as_texts(row: MeasureRow) -> tuple[str, ...]:
    """A row of the table."""
    return tuple(f"{value:.12g}" if isinstance(value, float) else value for value in astuple(row))


def measure_rows(plans: Iterable[Certified], product: str = "", plan: str = "") -> list[MeasureRow]:
    """Of the plans in force that state numbers; `product` and `plan` (its case or number) choose among them."""
    return [
        MeasureRow(_KINDS[one.sort], one.firm, one.amount, one.goods if one.sort == SOURCE else "", "",
                   of.case or of.number, of.product.id, "; ".join(of.applicants), one.where)
        for of in plans
        if of.cancelled_on is None and product in ("", of.product.id) and plan in ("", of.case, of.number)
        for one in of.numbers
    ]  # fmt: skip
