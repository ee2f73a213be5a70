"""What lists show a person: the inbox by due day and the cases, each a constant number of statements.

Rows are read from the projection through `visible_to`; what a day has changed is brought up to date before.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from kaname.access.models import Mandate, Person
from kaname.access.predicate import covers, mandates, outside_compartments, rows_visible_to
from kaname.law import Bases, Text
from kaname.ledger import clock, projection
from kaname.ledger.kinds import kind
from kaname.ledger.models import CaseParty, Matter
from kaname.ledger.models import Standing as Row
from kaname.procedure.index import index
from kaname.procedure.pending import label

WEEK = timedelta(7)


class Group(StrEnum):
    """The groups of an inbox, in the order in which they are shown."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    UNDATED = "undated"  # to be done without delay (遅滞なく)
    TURN = "turn"  # procedures that lie with me, arrived last first
    NEWS = "news"  # newly free or forbidden
    WAITING = "waiting"  # for others


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an inbox. `sort` as in `procedure.pending`; `days`: from today, negative where past."""

    sort: str
    name: str
    run: str
    role: str
    label: Text
    basis: Bases
    day: date | None
    days: int | None
    case: str
    number: int
    reference: str
    kind: str
    kind_label: Text
    state: Text
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One group: its first items and how many there are (`more`: at least that many)."""

    group: Group
    items: tuple[Item, ...]
    count: int
    more: bool


MOST = 1000  # counted at the most: beyond it a number helps nobody


def inbox(
    person: Person, today: date | None = None, size: int = 50, groups: Sequence[Group] = tuple(Group), start: int = 0
) -> list[Box]:
    """The work of a person on a day (default: today in Japan), `size` items a group from `start` on.

    Mine is what is owed in a role in which I may act in that case; the rest of my cases' matters wait for others.
    """
    day = today or clock.today()
    projection.refresh(day)
    held = mandates(person, day)
    visible = outside_compartments(person, day)
    mine, seen = _mine(held), covers(held, "case")
    return [_box(group, _asked(group, day, mine, seen).filter(visible), day, size, start) for group in groups]


def counts(person: Person, today: date | None = None) -> dict[Group, int]:
    """How much is overdue and due today, for the head of every page; MOST at the most."""
    day = today or clock.today()
    mine = _mine(mandates(person, day)) & outside_compartments(person, day)
    return {g: len(_asked(g, day, mine, mine).values_list("pk")[:MOST]) for g in (Group.OVERDUE, Group.TODAY)}


def ahead(person: Person, today: date | None = None, days: int = 14) -> tuple[tuple[date, int], ...]:
    """How many of my matters end on each of the next days, today first."""
    day = today or clock.today()
    mine = _mine(mandates(person, day)) & outside_compartments(person, day)
    found = Matter.objects.filter(mine, _DUE, day__gte=day, day__lt=day + timedelta(days)).order_by()
    counted = dict(found.values("day").annotate(n=Count("pk")).values_list("day", "n"))
    return tuple((d, counted.get(d, 0)) for d in (day + timedelta(i) for i in range(days)))


def _mine(held: Iterable[Mandate]) -> Q:
    """Matters of a role in which one of the mandates lets the person act in that case."""
    by_role: dict[str, list[Mandate]] = defaultdict(list)
    for m in held:
        if m.may_act:
            by_role[m.role].append(m)
    found = Q(pk__in=())
    for role, of_role in by_role.items():
        found |= Q(role=role) & covers(of_role, "case")
    return found


_DUE = Q(sort__in=("duty", "clock"))


def _asked(group: Group, day: date, mine: Q, seen: Q) -> "QuerySet[Matter]":
    """The matters of a group, in order, of those that are mine and of those that I see.

    Of one day in the order of the cases, as the index has it; backwards both (the newest first). What waits without a
    day comes last.
    """
    when = {
        Group.OVERDUE: mine & _DUE & Q(day__lt=day),
        Group.TODAY: mine & _DUE & Q(day=day),
        Group.WEEK: mine & _DUE & Q(day__gt=day, day__lte=day + WEEK),
        Group.LATER: mine & _DUE & Q(day__gt=day + WEEK),
        Group.UNDATED: mine & Q(sort="duty", day__isnull=True),
        Group.TURN: mine & Q(sort="turn"),
        # A ban may bind anyone (何人も): what it did concerns whoever knows of the case.
        Group.NEWS: seen & Q(sort__in=("banned", "freed"), day__gt=day - WEEK, day__lte=day),
        Group.WAITING: seen & ~mine & _DUE,
    }[group]
    order: tuple[Any, ...] = ("day", "case")
    if group in (Group.NEWS, Group.TURN):
        order = ("-day", "-case")
    elif group is Group.WAITING:
        order = (F("day").asc(nulls_last=True), "case")
    return Matter.objects.filter(when).order_by(*order)


def _box(group: Group, asked: "QuerySet[Matter]", day: date, size: int, start: int) -> Box:
    rows = list(asked.select_related("case", "case__standing")[start : start + size])
    full = len(rows) == size
    count = len(asked.order_by().values_list("pk")[: MOST + 1]) if full or start else len(rows)
    parties = parties_of(r.case_id for r in rows)
    return Box(group, tuple(_item(r, day, parties) for r in rows), min(count, MOST), count > MOST)


def _item(row: Matter, today: date, parties: dict[int, tuple[str, ...]]) -> Item:
    of = kind(row.case.kind)
    text, basis = label(of, row.sort, row.name)
    return Item(
        row.sort, row.name, row.run, row.role, text, basis, row.day, (row.day - today).days if row.day else None,
        row.case.public_id, row.case.number, row.case.standing.reference, of.id, of.label,
        state_label(of.id, row.case.standing.state), parties.get(row.case_id, ()),
    )  # fmt: skip


def state_label(kind_id: str, state: str) -> Text:
    """What the state of a case's first procedure is called."""
    first = kind(kind_id).procedures[0]
    return index(kind(kind_id)).procedures[first.id].label_of(state) if state else Text("未開始", "not begun")


def parties_of(cases: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The names of the parties of several cases."""
    found: dict[int, tuple[str, ...]] = {}
    rows = CaseParty.objects.filter(case__in=list(cases)).order_by("pk").values_list("case_id", "party")
    for case, party in rows:
        found[case] = tuple(dict.fromkeys((*found.get(case, ()), party)))
    return found


# -- cases -----------------------------------------------------------------------------------------------------------

COUNTED = 10_000  # rows of a list counted at the most; one may turn its pages further

SORTS = {
    "due": (F("next_due_on").asc(nulls_last=True), "case_id"),
    "-due": (F("next_due_on").desc(nulls_last=True), "-case_id"),
    "number": ("case__series", "case__number"),
    "-number": ("-case__series", "-case__number"),
    "opened": ("case__opened_on", "case__series", "case__number"),
    "-opened": ("-case__opened_on", "-case__series", "-case__number"),
    "state": ("kind", "state", "case_id"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases a list shows. Empty: all."""

    kind: str = ""
    state: str = ""
    party: str = ""
    overdue: bool = False
    breach: bool = False
    due_from: date | None = None
    due_until: date | None = None
    sort: str = "due"

    def condition(self) -> Q:
        found = Q()
        for name in ("kind", "state"):
            if value := getattr(self, name):
                found &= Q(**{name: value})
        for name in ("overdue", "breach"):
            if getattr(self, name):
                found &= Q(**{name: True})
        if self.party:
            found &= Q(case__in=CaseParty.objects.filter(party=self.party).values("case"))
        if self.due_from:
            found &= Q(next_due_on__gte=self.due_from)
        if self.due_until:
            found &= Q(next_due_on__lte=self.due_until)
        return found


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list of cases."""

    case: str
    number: int
    series: str
    reference: str
    kind: str
    kind_label: Text
    state: str
    state_label: Text
    opened_on: date
    next_due_on: date | None
    days: int | None
    overdue: bool
    breach: bool
    parties: tuple[str, ...]
    pk: int = field(repr=False, compare=False)  # for what else a page reads of its rows; never shown


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `start + 1` to `start + len(rows)` of `total` (`more`: of at least so many)."""

    rows: tuple[CaseRow, ...]
    start: int
    size: int
    total: int
    more: bool = False


def listed(
    person: Person, wanted: Wanted = Wanted(), start: int = 0, size: int = 50, today: date | None = None
) -> Page:
    """A page of the cases a person may know of. Raises KeyError for a sort that is not in SORTS."""
    day = today or clock.today()
    projection.refresh(day)
    found = Row.objects.filter(wanted.condition(), rows_visible_to(person, day))
    rows = list(found.select_related("case").order_by(*SORTS[wanted.sort])[start : start + size])
    if rows and len(rows) < size:
        return Page(tuple(rows_of(rows, day)), start, size, start + len(rows))
    most = max(COUNTED, start + len(rows) + 1)  # the page after this one can be turned to
    total = found.order_by().values("pk")[: most + 1].count()
    return Page(tuple(rows_of(rows, day)), start, size, min(total, most), total > most)


def rows_of(rows: Sequence[Row], today: date) -> list[CaseRow]:
    """Rows of the projection as a list shows them."""
    parties = parties_of(r.case_id for r in rows)
    return [
        CaseRow(
            r.case.public_id, r.case.number, r.case.series, r.reference, r.kind, kind(r.kind).label, r.state,
            state_label(r.kind, r.state), date.fromisoformat(r.case.opened_on), r.next_due_on,
            (r.next_due_on - today).days if r.next_due_on else None, r.overdue, r.breach,
            parties.get(r.case_id, ()), r.case_id,
        )
        for r in rows
    ]  # fmt: skip
