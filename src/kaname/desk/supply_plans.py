"""The supply plans that a board lists, and the businesses that surveys ask: for pages and API alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kaname.access import api as access
from kaname.access.models import Person
from kaname.law import Text
from kaname.regimes.supply.board import GROUPS, TARGET, Plan, plan_of

PLAN, SURVEY = "supply.plan", "supply.survey"


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with its case."""

    case: access.CaseAt
    plan: Plan


@dataclass(frozen=True, slots=True)
class Listed:
    rows: tuple[Planned, ...]
    total: int


def listed(person: Person, group: str = "review", start: int = 0, size: int = 25) -> Listed:
    """A page of the plans a person may know of: those under review follow the end of the month of processing, all
    others what is due next. Raises KeyError for an unknown group."""
    clock = TARGET if group == "review" else ""
    page = access.standings_page(person, PLAN, {"plan": GROUPS[group]}, clock or "next_due_on", start, size)
    return Listed(tuple(Planned(at, plan_of(at.standing)) for at in page.rows), page.total)


# -- surveys -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """One business asked: by which survey, what of, until when an answer is hoped for, and what came."""

    case: access.CaseAt
    run: str
    business: str
    goods: str
    state: str
    label: Text
    asked_on: date | None
    answer_by: date | None
    answered_on: date | None
    waits: bool


def responses(person: Person) -> list[Asked]:
    """Every business asked in the surveys a person may know of: first who has not answered, by the day hoped for."""
    rows = [one for at in access.standings(person, SURVEY) for one in _asked(at)]
    return sorted(rows, key=lambda r: (not r.waits, r.answer_by or date.max, r.case.case.number, r.run))


def _asked(at: access.CaseAt) -> Iterator[Asked]:
    standing = at.standing
    declared = standing.kind.procedures[0]
    for key, track in standing.tracks.items():
        clock = standing.clocks.get(f"{key}.answer_by")
        yield Asked(
            at, track.run, str(standing.fact(f"{key}.business") or ""), str(standing.fact(f"{key}.goods") or ""),
            track.state, declared.label_of(track.state), clock.since if clock else None,
            clock.last_day if clock else None, clock.met_on if clock else None, track.state == "sent",
        )  # fmt: skip
