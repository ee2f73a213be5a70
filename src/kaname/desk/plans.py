"""The plans that a board lists, for pages and API alike: one page of them, filtered by state and sector."""

from collections.abc import Collection
from dataclasses import dataclass

from kaname.access import api as access
from kaname.access.models import Person
from kaname.regimes.infrastructure.board import Plan, plan_of, within
from kaname.regimes.infrastructure.catalogue.model import Sector
from kaname.regimes.infrastructure.register import Operator, operator_of

PLAN, OPERATOR = "infrastructure.plan", "infrastructure.operator"
_KNOWN = ("designated", "lifted")


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with its case; `sectors` of its operator, as far as the reader may know of its designation."""

    case: access.CaseAt
    plan: Plan
    sectors: tuple[Sector, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    rows: tuple[Planned, ...]
    total: int
    sectors: tuple[Sector, ...]  # of all operators known to the reader


def operators(person: Person, states: Collection[str] = _KNOWN) -> list[tuple[access.CaseAt, Operator]]:
    """The operators of the cases a person may know of, by name."""
    found = [
        (at, operator)
        for at in access.standings(person, OPERATOR, within={"designation": states})
        if (operator := operator_of(at.standing))
    ]
    return sorted(found, key=lambda pair: (pair[1].name, pair[0].case.number))


def listed(person: Person, group: str = "open", sector: str = "", start: int = 0, size: int = 25) -> Listed:
    """A page of plans in the order of their days of go-live. Raises KeyError for an unknown group."""
    of: dict[str, dict[str, Sector]] = {}
    for _, operator in operators(person):
        if operator.sector:
            of.setdefault(operator.name, {})[operator.sector.id] = operator.sector
    parties = [name for name, known in of.items() if sector in known] if sector else None
    page = access.standings_page(person, PLAN, within(group), "planned_on", start, size, parties)
    rows = [
        Planned(at, plan, tuple(of.get(plan.operator, {}).values()))
        for at in page.rows
        if (plan := plan_of(at.standing))
    ]
    every = {s.id: s for known in of.values() for s in known.values()}
    return Listed(tuple(rows), page.total, tuple(every[id] for id in sorted(every)))
