"""Many cases at once, for registers, boards and statistics: only those a person may know of, read a batch at a time."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, Subquery

from kaname.access.door import cases, hidden
from kaname.access.models import Person
from kaname.access.redaction import redacted
from kaname.ledger import clock, reading
from kaname.ledger.models import Case, CaseParty, Matter
from kaname.procedure import Standing

_BATCH = 500
_DAYS = ("planned_on", "next_due_on")  # columns of the projection


class CaseAt(NamedTuple):
    """A case a person may see, and where it stands on the day asked for."""

    case: Case
    standing: Standing


def standings(
    person: Person, kind_id: str, as_of: date | None = None, within: Mapping[str, Collection[str]] | None = None
) -> Iterator[CaseAt]:
    """The visible cases of a kind opened by a day (default: today), with their standings at its end, SEALED
    where a particular is sealed.

    `within`: only where one of these procedures is today in one of the states named.
    """
    day = as_of or clock.today()
    found = cases(person, kind_id).filter(case__opened_on__lte=day.isoformat())
    if within:
        found = found.filter(_in_states(within))
    keys = list(found.order_by("case__number", "case_id").values_list("case_id", flat=True))
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        known = Case.objects.in_bulk(batch)
        held = reading.standings(batch, day)
        yield from (_shown(known[key], held[key]) for key in batch if key in held)


class StandingsPage(NamedTuple):
    """Some of the cases asked for, and how many there are in all."""

    rows: tuple[CaseAt, ...]
    total: int


def standings_page(
    person: Person, kind_id: str, within: Mapping[str, Collection[str]], by: str, start: int, size: int,
    parties: Collection[str] | None = None,
) -> StandingsPage:  # fmt: skip
    """Visible cases of a kind with their standings today: a page in a constant number of statements, its order told by
    the projection. `by`: `planned_on` (the day declared by `CaseKind.planned`), `next_due_on`, or the name of a clock
    whose main run ends; those without such a day come last. `within` as above; `parties`: only theirs.
    """
    found = cases(person, kind_id).filter(_in_states(within))
    if parties is not None:
        found = found.filter(case__in=CaseParty.objects.filter(party__in=sorted(parties)).values("case"))
    total = found.order_by().count()
    if by not in _DAYS:
        ends = Matter.objects.filter(case=OuterRef("case_id"), name=by, run="", sort__in=("clock", "duty"))
        found, by = found.annotate(ends=Subquery(ends.values("day")[:1])), "ends"
    ordered = found.order_by(F(by).asc(nulls_last=True), "case_id")
    keys = list(ordered.values_list("case_id", flat=True)[start : start + size])
    known, held = Case.objects.in_bulk(keys), reading.standings(keys, clock.today()) if keys else {}
    return StandingsPage(tuple(_shown(known[key], held[key]) for key in keys if key in held), total)


def _shown(case: Case, standing: Standing) -> CaseAt:
    return CaseAt(case, redacted(standing, hidden(case.public_id, standing)))


def _in_states(within: Mapping[str, Collection[str]]) -> Q:
    """The projection keeps states as canonical JSON: a pair stands in it in one spelling only."""
    any_of = Q(pk__in=())
    for procedure, states in within.items():
        for state in states:
            any_of |= Q(states__contains=f'"{procedure}":"{state}"')
    return any_of
