"""How many cases stood where on any day, over those that a person may know of, and which they were.

Where a mandate covers a whole kind, the daily numbers of the ledger answer, circle by circle: those of the open, and of
the compartments of which the person is a member. Cases that are seen one by one (of a party, a single case) are counted
from their courses through the one predicate. Who may not know of a case finds it in no number.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Q

from kaname.access.lists import CaseRow, rows_of, shown
from kaname.access.models import Membership, Person
from kaname.access.predicate import Held, in_force, mandates, rows_visible_to
from kaname.ledger import clock, course, projection
from kaname.ledger.course import Count
from kaname.ledger.models import Standing as Row


def counts(person: Person, day: date, today: date | None = None) -> list[Count]:
    """The numbers of a day (at the latest today). Rights are those of today; records are as they are known today."""
    now = today or clock.today()
    projection.refresh(now)
    held, upto = mandates(person, now), min(day, now)
    whole = {m.kind for m in held if _covers_kind(m)}
    found = _of_kinds(person, whole, upto, now) if whole else []
    others = [m for m in held if not _covers_kind(m) and not ({"", m.kind} & whole)]
    if others:
        one_by_one = Row.objects.filter(rows_visible_to(person, now, others)).exclude(kind__in=whole)
        rows = one_by_one.values_list("kind", "moves")
        found += course.counted(((kind, course.read(moves)) for kind, moves in rows), upto)
    return found


def _of_kinds(person: Person, kinds: set[str], day: date, today: date) -> list[Count]:
    circles = _circles(person, today)
    found = course.count(day, circles, None if "" in kinds else kinds)
    # The circle of a case is where it was put. Were the two ever to differ, the placement decides: hidden is hidden.
    astray = Row.objects.filter(case__placement__isnull=False, case__circle__in=circles)
    astray = astray.exclude(case__placement__compartment__public_id__in=circles)
    if "" not in kinds:
        astray = astray.filter(kind__in=kinds)
    rows = [(kind, course.read(moves)) for kind, moves in astray.values_list("kind", "moves")]
    return found + [c._replace(came=-c.came, went=-c.went) for c in course.counted(rows, day)] if rows else found


def _covers_kind(m: Held) -> bool:
    return not m.party and m.case_id is None


def _circles(person: Person, day: date) -> list[str]:
    """The open, and the compartments of which the person is a member."""
    member = Membership.objects.filter(in_force(day), person=person).values_list("compartment__public_id", flat=True)
    return ["", *member]


@dataclass(frozen=True, slots=True)
class InState:
    """Cases with a track in a state on a day: a page of them, and whether there are more."""

    rows: tuple[CaseRow, ...]
    start: int
    more: bool


_BATCH = 500


def cases_in(
    person: Person, day: date, kind: str, procedure: str = "", states: Collection[str] = (), start: int = 0,
    size: int = 50, today: date | None = None,
) -> InState:  # fmt: skip
    """The cases behind a number, as lists show them today, in the order in which they were opened.

    `procedure` "": all cases opened by the day; without `states`: in any state of it.
    """
    now = today or clock.today()
    projection.refresh(now)
    keys = list(islice(keys_in(person, min(day, now), kind, procedure, states, now), start, start + size + 1))
    rows = shown(Row.objects.filter(pk__in=keys[:size]).order_by("pk"))
    return InState(tuple(rows_of(rows, now)), start, len(keys) > size)


def keys_in(
    person: Person, day: date, kind: str, procedure: str, states: Collection[str], today: date
) -> Iterator[int]:
    """The keys of those cases."""
    wanted, text = frozenset(states), Q()
    for state in wanted:  # what every fitting course holds: most others are not read
        text |= Q(moves__contains=f'"{state}"]')
    found = Row.objects.filter(text, rows_visible_to(person, today), kind=kind).order_by("pk")
    for case, moves in found.values_list("pk", "moves").iterator(_BATCH):
        stood = course.states_on(course.read(moves), day)
        if any(t.partition("/")[0] == procedure and (not wanted or state in wanted) for t, state in stood.items()):
            yield case
