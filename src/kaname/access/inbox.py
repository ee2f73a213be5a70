"""The inbox of a person: what is pending in their cases, in groups by due day, all groups in one statement.

The person's matters are named once for each role, at the head of the statement; each group takes its first rows of
each. Who may act in every case has too many to look through: the database then reads each group off the index of the
role and stops. Who acts for a few parties has few: those are looked up once and kept for all groups.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q

from kaname.access.lists import parties_of, state_label
from kaname.access.models import Mandate, Person
from kaname.access.predicate import EVERY, covers, mandates, outside_compartments
from kaname.law import Bases, Text
from kaname.ledger import clock, projection
from kaname.ledger.kinds import kind
from kaname.ledger.models import Matter
from kaname.procedure.pending import label

MOST = 1000  # counted at the most: beyond it a number helps nobody
_WEEK = 7


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


def inbox(
    person: Person, today: date | None = None, size: int = 50, groups: Sequence[Group] = tuple(Group), start: int = 0,
    only: Q | None = None,
) -> list[Box]:  # fmt: skip
    """The work of a person on a day (default: today in Japan), `size` items a group from `start` on.

    Mine is what is owed in a role in which I may act in that case; the rest of my cases' matters wait for others.
    `only`: a further condition on `ledger.Matter`.
    """
    day = today or clock.today()
    projection.refresh(day)
    heaps, end = _heaps(person, day, only or Q()), start + size
    found = _picked(heaps, [p for p in _PIECES if p.group in groups], day, end)
    rows = {g: sorted(found.rows[g], reverse=g in _BACKWARDS) for g in groups}
    for piece in _LAST:
        if piece.group in groups and len(rows[piece.group]) < min(end, found.counts[piece.group]):
            rows[piece.group] += sorted(_picked(heaps, [piece], day, end).rows[piece.group])
    picked = {g: rows[g][start:end] for g in groups}
    matters = Matter.objects.select_related("case", "case__standing").in_bulk(
        [row.pk for some in picked.values() for row in some]
    )
    parties = parties_of({m.case_id for m in matters.values()})
    return [
        Box(
            g, tuple(item_of(matters[row.pk], day, parties) for row in picked[g] if row.pk in matters),
            min(found.counts[g], MOST), found.counts[g] > MOST,
        )
        for g in groups
    ]  # fmt: skip


def ahead(person: Person, today: date | None = None, days: int = 14) -> tuple[tuple[date, int], ...]:
    """How many of my matters end on each of the next days, today first."""
    day = today or clock.today()
    due = Matter.objects.filter(mine(person, day), sort__in=("duty", "clock"))
    due = due.filter(day__gte=day, day__lt=day + timedelta(days)).order_by()
    counted = dict(due.values("day").annotate(n=Count("pk")).values_list("day", "n"))
    return tuple((d, counted.get(d, 0)) for d in (day + timedelta(i) for i in range(days)))


def mine(person: Person, day: date) -> Q:
    """The matters that are owed in a role in which the person may act in that case."""
    found = Q(pk__in=())
    for role, held in by_role(mandates(person, day)).items():
        found |= Q(role=role) & covers(held, "case")
    return found & outside_compartments(person, day)


def by_role(held: Sequence[Mandate]) -> dict[str, list[Mandate]]:
    """The mandates by which the person may act, by role."""
    found: dict[str, list[Mandate]] = defaultdict(list)
    for m in held:
        if m.may_act:
            found[m.role].append(m)
    return found


# -- the statement ---------------------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """Rows of a group: out of which heap, and which. `days`: those that `when` asks for, counted from today.

    `counted`: how the whole group is told, where it has more than these rows; "" where another piece counts it.
    """

    group: Group
    heap: str
    when: str
    days: tuple[int, ...] = ()
    counted: str | None = None


_DUE = "sort IN ('duty', 'clock')"
_PIECES = (
    _Piece(Group.OVERDUE, "mine", f"{_DUE} AND day < %s", (0,)),
    _Piece(Group.TODAY, "mine", f"{_DUE} AND day = %s", (0,)),
    _Piece(Group.WEEK, "mine", f"{_DUE} AND day > %s AND day <= %s", (0, _WEEK)),
    _Piece(Group.LATER, "mine", f"{_DUE} AND day > %s", (_WEEK,)),
    _Piece(Group.UNDATED, "mine", "sort = 'duty' AND day IS NULL"),
    _Piece(Group.TURN, "mine", "sort = 'turn'"),
    # A ban may bind anyone (何人も): what it did concerns whoever knows of the case.
    _Piece(Group.NEWS, "seen", "sort IN ('banned', 'freed') AND day > %s AND day <= %s", (-_WEEK, 0)),
    _Piece(Group.WAITING, "others", f"{_DUE} AND day IS NOT NULL", counted=_DUE),
)
# What waits without a day comes last: asked for only where the rows with a day do not fill the page.
_LAST = (_Piece(Group.WAITING, "others", f"{_DUE} AND day IS NULL", counted=""),)
_BACKWARDS = (Group.TURN, Group.NEWS)  # the newest first
_ORDER = ("day", "case_id", "sort", "id")  # as the indexes have it


class _Heap(NamedTuple):
    """Matters of a person: the statement that finds them. `few`: better looked up once than for each group."""

    statement: str
    params: tuple[Any, ...]
    few: bool


def _heaps(person: Person, day: date, only: Q) -> dict[str, list[_Heap]]:
    """Mine, one heap a role; those of all cases I see; of these the ones that are not mine."""
    held = mandates(person, day)
    visible, seen = outside_compartments(person, day) & only, covers(held, "case")
    mine = [Q(role=role) & covers(of_role, "case") for role, of_role in by_role(held).items()]
    others = seen
    for one in mine:
        others &= ~one
    narrow = [any(m.party or m.case_id for m in of_role) for of_role in by_role(held).values()]
    return {
        "mine": [_heap(one & visible, few) for one, few in zip(mine, narrow, strict=True)],
        "seen": [_heap(seen & visible, seen != EVERY)] if held else [],
        "others": [_heap(others & visible, seen != EVERY)] if held else [],
    }


def _heap(condition: Q, few: bool) -> _Heap:
    statement, params = Matter.objects.filter(condition).order_by().values(*_ORDER).query.sql_with_params()
    return _Heap(statement, params, few)


class _Row(NamedTuple):
    """One picked matter, in the order of its group (without a day: the first day there is)."""

    day: date
    case: int
    sort: str
    pk: int


class _Picked(NamedTuple):
    rows: dict[Group, list[_Row]]
    counts: dict[Group, int]


def _picked(heaps: dict[str, list[_Heap]], pieces: Sequence[_Piece], day: date, first: int) -> _Picked:
    """The `first` rows of each piece out of each heap, and how many there are, up to one more than MOST."""
    found = _Picked(defaultdict(list), defaultdict(int))
    named = [(f"{name}{i}", name, heap) for name in {p.heap for p in pieces} for i, heap in enumerate(heaps[name])]
    if not named:
        return found
    params: list[Any] = []
    head = ", ".join(
        f"{alias} ({', '.join(_ORDER)}) AS {'' if heap.few else 'NOT '}MATERIALIZED ({heap.statement})"
        for alias, _, heap in named
    )
    for _, _, heap in named:
        params += heap.params
    asked = []
    for number, piece in enumerate(pieces):
        days = [connection.ops.adapt_datefield_value(day + timedelta(d)) for d in piece.days]
        turn = " DESC" if piece.group in _BACKWARDS else ""
        order = ", ".join(f"{column}{turn}" for column in _ORDER)
        for alias in (alias for alias, name, _ in named if name == piece.heap):
            asked.append(
                f"SELECT * FROM (SELECT {number}, {', '.join(_ORDER)}, 0 FROM {alias} WHERE {piece.when} "
                f"ORDER BY {order} LIMIT {first}) AS r"
            )
            params += days
            if counted := piece.when if piece.counted is None else piece.counted:
                asked.append(
                    f"SELECT {number}, NULL, 0, '', 0, count(*) FROM "
                    f"(SELECT 1 FROM {alias} WHERE {counted} LIMIT {MOST + 1}) AS n"
                )
                params += days
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {head} {' UNION ALL '.join(asked)}", params)
        for number, on, case, sort, pk, count in cursor.fetchall():
            group = pieces[number].group
            found.counts[group] += count
            if pk:
                found.rows[group].append(_Row(_day(on), case, sort, pk))
    return found


def _day(stored: Any) -> date:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored or date.min


def item_of(row: Matter, today: date, parties: dict[int, tuple[str, ...]]) -> Item:
    """A matter with its case and standing as a line; the words are put to it here."""
    of = kind(row.case.kind)
    text, basis = label(of, row.sort, row.name)
    return Item(
        row.sort, row.name, row.run, row.role, text, basis, row.day, (row.day - today).days if row.day else None,
        row.case.public_id, row.case.number, row.case.standing.reference, of.id, of.label,
        state_label(of.id, row.case.standing.state), parties.get(row.case_id, ()),
    )  # fmt: skip
