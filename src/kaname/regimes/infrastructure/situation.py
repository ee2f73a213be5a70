"""What the scope wizard is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kaname.regimes.infrastructure.catalogue.model import Value
from kaname.regimes.infrastructure.exempt_persons import Supplier
from kaname.regimes.infrastructure.scope_event import Event


class Grace(StrEnum):
    """What the asker knows of the grace, where the day of designation is not given."""

    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known. Everything but the sector and the day may be missing; then the answer is often `ask`.

    `on`: the day of the introduction, or on which the entrusted work starts. `facility_listed_on` and `work_listed_on`:
    the day an amended order made the item critical (Art. 53(2), (3)). `successor`: the criteria were met through a
    transfer, merger or split from another designated operator.
    """

    sector: str
    on: date
    business: str | None = None
    figures: Mapping[str, Value] = field(default_factory=dict)
    designated: bool | None = None
    designated_on: date | None = None
    lifted_on: date | None = None
    successor: bool | None = None
    grace: Grace | None = None
    facility: str | None = None
    facility_listed_on: date | None = None
    work_listed_on: date | None = None
    event: Event | None = None
    supplier: Supplier | None = None
    third_party_facility: bool | None = None
    third_party_component: bool | None = None
    emergency: Mapping[str, bool] = field(default_factory=dict)
