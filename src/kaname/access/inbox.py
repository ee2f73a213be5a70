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
from django.db.models import Q

from kaname.access.heaps import DUE, ORDER, Heaps, heaps, mine_alone, named
from kaname.access.items import Item, items
from kaname.access.models import Person
from kaname.ledger import clock, projection

MOST = 1000  # counted at the most: beyond it a number helps nobody
_WEEK = 7


class Group(StrEnum):
    """The groups of an inbox, in the order in which they are shown."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    UNDATED = "undated"  # duties without a last day: without delay (遅滞なく), or for as long as they last
    TURN = "turn"  # procedures that lie with me, arrived last first
    NEWS = "news"  # newly free or forbidden
    WAITING = "waiting"  # for others


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
    lie, end = heaps(person, day, only), start + size
    found = _picked(lie, [p for p in _PIECES if p.group in groups], day, end)
    rows = {g: sorted(found.rows[g], reverse=g in _BACKWARDS) for g in groups}
    for piece in _LAST:
        if piece.group in groups and len(rows[piece.group]) < min(end, found.counts[piece.group]):
            rows[piece.group] += sorted(_picked(lie, [piece], day, end).rows[piece.group])
    picked = {g: rows[g][start:end] for g in groups}
    lines = items([row.pk for some in picked.values() for row in some], day)
    return [
        Box(g, tuple(lines[row.pk] for row in picked[g] if row.pk in lines), min(found.counts[g], MOST),
            found.counts[g] > MOST)
        for g in groups
    ]  # fmt: skip


def ahead(person: Person, today: date | None = None, days: int = 14) -> tuple[tuple[date, int], ...]:
    """How many of my matters end on each of the next days, today first."""
    day = today or clock.today()
    head, params, aliases = named(mine_alone(person, day))
    upto = [connection.ops.adapt_datefield_value(d) for d in (day, day + timedelta(days))]
    counts = [f"SELECT day, count(*) FROM {a} WHERE {DUE} AND day >= %s AND day < %s GROUP BY day"
              for a in aliases["mine"]]  # fmt: skip
    counted: dict[date, int] = defaultdict(int)
    if counts:
        with connection.cursor() as cursor:
            cursor.execute(f"{head} {' UNION ALL '.join(counts)}", params + upto * len(counts))
            for on, n in cursor.fetchall():
                counted[_day(on)] += n
    return tuple((d, counted[d]) for d in (day + timedelta(i) for i in range(days)))


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


_PIECES = (
    _Piece(Group.OVERDUE, "mine", f"{DUE} AND day < %s", (0,)),
    _Piece(Group.TODAY, "mine", f"{DUE} AND day = %s", (0,)),
    _Piece(Group.WEEK, "mine", f"{DUE} AND day > %s AND day <= %s", (0, _WEEK)),
    _Piece(Group.LATER, "mine", f"{DUE} AND day > %s", (_WEEK,)),
    _Piece(Group.UNDATED, "mine", "sort = 'duty' AND day IS NULL"),
    _Piece(Group.TURN, "mine", "sort = 'turn'"),
    # A ban may bind anyone (何人も): what it did concerns whoever knows of the case.
    _Piece(Group.NEWS, "seen", "sort IN ('banned', 'freed') AND day > %s AND day <= %s", (-_WEEK, 0)),
    _Piece(Group.WAITING, "others", f"{DUE} AND day IS NOT NULL", counted=DUE),
)
# What waits without a day comes last: asked for only where the rows with a day do not fill the page.
_LAST = (_Piece(Group.WAITING, "others", f"{DUE} AND day IS NULL", counted=""),)
_BACKWARDS = (Group.TURN, Group.NEWS)  # the newest first


class _Row(NamedTuple):
    """One picked matter, in the order of its group (without a day: the first day there is)."""

    day: date
    case: int
    sort: str
    pk: int


class _Picked(NamedTuple):
    rows: dict[Group, list[_Row]]
    counts: dict[Group, int]


def _picked(lie: Heaps, pieces: Sequence[_Piece], day: date, first: int) -> _Picked:
    """The `first` rows of each piece out of each heap, and how many there are, up to one more than MOST."""
    found = _Picked(defaultdict(list), defaultdict(int))
    head, params, aliases = named(lie)
    if not aliases:
        return found
    asked = []
    for number, piece in enumerate(pieces):
        days = [connection.ops.adapt_datefield_value(day + timedelta(d)) for d in piece.days]
        turn = " DESC" if piece.group in _BACKWARDS else ""
        order = ", ".join(f"{column}{turn}" for column in ORDER)
        for alias in aliases[piece.heap]:
            asked.append(
                f"SELECT * FROM (SELECT {number}, {', '.join(ORDER)}, 0 FROM {alias} WHERE {piece.when} "
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
        cursor.execute(f"{head} {' UNION ALL '.join(asked)}", params)
        for number, on, case, sort, pk, count in cursor.fetchall():
            group = pieces[number].group
            found.counts[group] += count
            if pk:
                found.rows[group].append(_Row(_day(on), case, sort, pk))
    return found


def _day(stored: Any) -> date:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored or date.min
