"""The course of each case by day, and the daily numbers of all courses: they answer for any day, nothing is folded.

The standing of a case holds into which state each track had come by the end of which day (`moves`). `ledger_tally`
holds how many tracks came into a state and left it on a day, by circle and kind, summed over the courses marked
`counted`. An act only writes its course; who asks for numbers adds those not counted yet; `settle` counts them.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction

from kaname.ledger import link
from kaname.ledger.models import Case, Tally
from kaname.ledger.models import Standing as Row
from kaname.ledger.strict_json import canonical_plain
from kaname.procedure import Standing

MANY = 1000  # courses not counted: as many as a reader adds up without noticing

Course = tuple[tuple[str, str, str], ...]  # day in ISO 8601, track, state; ("", "") is the first entry of the case
Key = tuple[str, str, str, str]  # kind, procedure, state, day


class Numbers(NamedTuple):
    """How many tracks came into a state, and how many left it, by day."""

    came: Counter[Key]
    went: Counter[Key]

    def add(self, kind: str, course: Course, sign: int = 1) -> None:
        """What a course adds, or takes away again."""
        held: dict[str, str] = {}
        for day, track, state in course:
            procedure = track.partition("/")[0]
            self.came[kind, procedure, state, day] += sign
            if track in held:
                self.went[kind, procedure, held[track], day] += sign
            held[track] = state

    def rows(self) -> list[tuple[str, str, str, str, int, int]]:
        keys = sorted({*self.came, *self.went})
        return [(*k, self.came[k], self.went[k]) for k in keys if self.came[k] or self.went[k]]


def course_of(standing: Standing) -> Course:
    """The moves of a standing; of several of one track on one day the last, as the day ended with it."""
    last = {(move.track, move.on): move.state for move in standing.course}
    held: dict[str, str] = {}
    found = []
    for (track, on), state in sorted(last.items(), key=_by_day):
        if held.get(track) != state:
            held[track] = state
            found.append((on.isoformat(), track, state))
    return tuple(found)


def _by_day(item: tuple[tuple[str, date], str]) -> date:
    return item[0][1]


def states_on(course: Course, day: date) -> dict[str, str]:
    """In which state each track stood at the end of a day."""
    text = day.isoformat()
    return {track: state for on, track, state in course if on <= text}


def text_of(course: Course) -> str:
    return canonical_plain(course)


def read(text: str) -> Course:
    return tuple((day, track, state) for day, track, state in json.loads(text))


# -- the numbers, within the caller's transaction ----------------------------------------------------------------------

_ADD = (
    "INSERT INTO ledger_tally (circle, kind, procedure, state, day, came, went) VALUES (%s, %s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (circle, kind, procedure, state, day) "
    "DO UPDATE SET came = ledger_tally.came + excluded.came, went = ledger_tally.went + excluded.went"
)


_HELD = (
    "SELECT s.case_id, c.circle, s.kind, s.moves, s.counted FROM ledger_standing s "
    "JOIN ledger_case c ON c.id = s.case_id WHERE s.case_id IN ({}) ORDER BY s.case_id"
)


def uncount(cases: Sequence[int]) -> None:
    """Take courses out of the numbers, before they change. The caller holds the heads of the cases."""
    wait = " FOR UPDATE OF s" if link.vendor() == "postgresql" else ""
    rows = link.rows(_HELD.format(link.marks(cases)) + wait, cases)
    if found := [row for row in rows if row[-1]]:
        _add(((circle, kind, moves) for _, circle, kind, moves, _ in found), -1)
        Row.objects.filter(pk__in=[row[0] for row in found]).update(counted=False)


def _add(courses: Iterable[tuple[str, str, str]], sign: int = 1) -> None:
    """Courses (circle, kind, moves) into the numbers; in one order, so that no two wait for each other."""
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, [(*key, came, went) for key, (came, went) in sorted(_numbers(courses, sign).items())])


def _numbers(courses: Iterable[tuple[str, str, str]], sign: int = 1) -> dict[tuple[str, ...], tuple[int, int]]:
    by_circle: dict[str, Numbers] = defaultdict(lambda: Numbers(Counter(), Counter()))
    for circle, kind, moves in courses:
        by_circle[circle].add(kind, read(moves), sign)
    return {(circle, *row[:4]): row[4:] for circle, found in by_circle.items() for row in found.rows()}


def settle() -> None:
    """Count the courses that are not counted. Readers see the sums unchanged."""
    while _settle_some() == MANY:
        pass


def _settle_some() -> int:
    with transaction.atomic():
        _alone()
        rows = Row.objects.select_for_update().filter(counted=False).order_by("pk")
        found = list(rows.values_list("pk", "kind", "moves")[:MANY])
        keys = [pk for pk, _, _ in found]
        circles = dict(Case.objects.filter(pk__in=keys).values_list("pk", "circle"))  # read once the rows are held
        _add((circles[pk], kind, moves) for pk, kind, moves in found)
        Row.objects.filter(pk__in=keys).update(counted=True)
    return len(found)


def forget() -> None:
    """Throw all numbers away, before `rebuild` makes them again."""
    with transaction.atomic():
        _alone()
        Row.objects.filter(counted=True).update(counted=False)
        Tally.objects.all().delete()


def _alone() -> None:
    """One at a time counts or throws away. On SQLite there is one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger_tally'))")


# -- reading -----------------------------------------------------------------------------------------------------------


class Count(NamedTuple):
    """Tracks of a procedure that had come into a state by a day, and those that had left it. `procedure` "": cases."""

    kind: str
    procedure: str
    state: str
    came: int
    went: int

    @property
    def stand(self) -> int:
        return self.came - self.went


def count(day: date, circles: Iterable[str], kinds: Iterable[str] | None = None) -> list[Count]:
    """The numbers of a day over the cases of some circles ("": in none), of some kinds or all; a key may come twice.

    What is counted and what is not is read in one statement: the sum is right at every moment.
    """
    if Row.objects.filter(counted=False)[: MANY + 1].count() > MANY:
        settle()
    within, of_kinds = sorted(circles), None if kinds is None else sorted(kinds)
    marks = f"circle IN ({link.marks(within)})" + ("" if of_kinds is None else f" AND kind IN ({link.marks(of_kinds)})")
    values = [*within, *(of_kinds or ())]
    with connection.cursor() as cursor:
        cursor.execute(_OF_A_DAY.format(mine=marks), [day.isoformat(), *values, *values])
        rows = cursor.fetchall()
    summed = [Count(*row[:5]) for row in rows if row[3] or row[4]]
    return summed + counted(((row[0], read(row[5])) for row in rows if row[5]), day)


_OF_A_DAY = (
    "SELECT kind, procedure, state, SUM(came), SUM(went), '' FROM ledger_tally "
    "WHERE day <= %s AND {mine} GROUP BY kind, procedure, state UNION ALL "
    "SELECT kind, '', '', 0, 0, moves FROM (SELECT s.kind, c.circle, s.moves FROM ledger_standing s "
    "JOIN ledger_case c ON c.id = s.case_id WHERE NOT s.counted) AS u WHERE {mine}"
)


def counted(courses: Iterable[tuple[str, Course]], day: date) -> list[Count]:
    """The same numbers counted over courses in hand (kind, course)."""
    text, all_of_them = day.isoformat(), Numbers(Counter(), Counter())
    for kind, course in courses:
        all_of_them.add(kind, tuple(move for move in course if move[0] <= text))
    sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for kind, procedure, state, _, came, went in all_of_them.rows():
        sums[kind, procedure, state][0] += came
        sums[kind, procedure, state][1] += went
    return [Count(*key, *n) for key, n in sums.items()]


def differences() -> bool:
    """Whether the numbers are not those of the counted courses (for `verify`)."""
    with connection.cursor() as cursor:  # one statement: both sides are of one moment
        cursor.execute(
            "SELECT circle, kind, procedure, state, day, came, went, '' FROM ledger_tally UNION ALL "
            "SELECT c.circle, s.kind, '', '', NULL, 0, 0, s.moves FROM ledger_standing s "
            "JOIN ledger_case c ON c.id = s.case_id WHERE s.counted"
        )
        rows = cursor.fetchall()
    held = {(*row[:4], str(row[4])): row[5:7] for row in rows if row[5] or row[6]}
    return held != _numbers((row[0], row[1], row[7]) for row in rows if row[7])
