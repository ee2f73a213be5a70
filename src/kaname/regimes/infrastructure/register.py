"""Operators as a register shows them: the business they are designated for, since when, and the last day of grace."""

from dataclasses import dataclass
from datetime import date

from kaname.law import Text
from kaname.procedure import Standing
from kaname.regimes.infrastructure.catalogue.model import Business, Sector
from kaname.regimes.infrastructure.catalogue.sectors import businesses

_BUSINESSES: dict[str, tuple[Sector, Business]] = {f"{s.id}.{b.id}": (s, b) for s, b in businesses()}


@dataclass(frozen=True, slots=True)
class Grace:
    """A grace period (Art. 53). `subject`: the facility or work it is for, "" for the business designated."""

    subject: str
    last_day: date
    running: bool


@dataclass(frozen=True, slots=True)
class Operator:
    """`sector` and `business`: None where the case does not name them."""

    name: str
    sector: Sector | None
    business: Business | None
    state: str
    label: Text
    designated_on: date | None
    lifted_on: date | None
    graces: tuple[Grace, ...]

    @property
    def in_grace(self) -> date | None:
        """The last day of the grace of the designation, while it runs."""
        return next((g.last_day for g in self.graces if not g.subject and g.running), None)


def operator_of(standing: Standing) -> Operator | None:
    """The operator of a case about one; None where nothing about a designation has begun."""
    track = standing.tracks.get("designation")
    if track is None:
        return None
    procedure = next(p for p in standing.kind.procedures if p.id == "designation")
    sector, business = _BUSINESSES.get(str(standing.fact("designation.business")), (None, None))
    parties = standing.parties
    name = standing.fact("designation.name") or parties.get("operator") or parties.get("business_runner") or ""
    graces = tuple(
        Grace(r.run, r.last_day, r.status == "running")
        for r in standing.clocks.values()
        if r.procedure == "grace" and r.last_day
    )
    return Operator(
        str(name), sector, business, track.state, procedure.label_of(track.state),
        _day(standing.fact("designation.designated_on")), _day(standing.fact("designation.lifted_on")), graces,
    )  # fmt: skip


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
