"""The course of each case by day, and the daily numbers of all courses: they answer for any day without reading a case.

`ledger_course` holds, a row a case, into which state each track had come by the end of which day. `ledger_tally` holds
how many tracks came into a state and left it on a day, by circle and kind. Its rows are only ever added, with a minus
where a course was rewritten, so that no act waits for another; their sum is right at every moment. `settle` adds them
up now and then.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Sum

from kaname.ledger import link
from kaname.ledger.models import Case, Tally
from kaname.ledger.models import Course as Row
from kaname.procedure import Standing

MANY = 20_000  # rows not settled: as many as a reader adds up without noticing

Course = tuple[tuple[str, str, str], ...]  # day in ISO 8601, track, state; ("", "") is the first entry of the case
Key = tuple[str, str, str, str]  # kind, procedure, state, day


class Numbers(NamedTuple):
    """How many tracks came into a state, and how many left it, by day."""

    came: Counter[Key]
    went: Counter[Key]

    def add(self, kind: str, course: Course, sign: int = 1, before: Course = ()) -> None:
        """What a course adds (or takes away again), where it goes on from `before`."""
        held = {track: state for _, track, state in before}
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
    return json.dumps(course, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Course:
    return tuple((day, track, state) for day, track, state in json.loads(text))


def stored(cases: Sequence[int]) -> dict[int, Course]:
    """The courses of several cases as they are stored."""
    found = Row.objects.filter(case__in=cases).values_list("case_id", "moves")
    return {case: read(moves) for case, moves in found}


# -- writing, within the caller's transaction --------------------------------------------------------------------------

COLUMNS = ("case_id", "moves")
TALLY_COLUMNS = ("kind", "procedure", "state", "day", "came", "went", "circle", "settled")
_PUT = "INSERT INTO ledger_course (case_id, moves) VALUES (%s, %s) ON CONFLICT (case_id) DO NOTHING"
_SWAP = "UPDATE ledger_course SET moves = %s WHERE case_id = %s AND moves = %s"
_INTO_TALLY = f"INSERT INTO ledger_tally ({', '.join(TALLY_COLUMNS)}) VALUES "
_TALLY = f"{_INTO_TALLY} (%s, %s, %s, %s, %s, %s, %s, %s)"


@cache
def _tally_of_case(rows: int) -> str:
    """The statement for so many rows of one case: one statement, however many."""
    row = "(%s, %s, %s, %s, %s, %s, (SELECT circle FROM ledger_case WHERE id = %s), %s)"
    return _INTO_TALLY + ", ".join([row] * rows)


def put(case: int, kind: str, after: Course, before: Course | None = None) -> None:
    """Write the course of a case whose head the caller holds, and what that changes in the numbers.

    `before`: what is stored, as far as the caller knows. The stored text itself is swapped: who is wrong reads it.
    """
    if before == after:
        return
    if before is None or not _swapped(case, before, after):
        before = stored([case]).get(case, ())
        if before != after:
            _swapped(case, before, after)
    if rows := changes(kind, before, after):
        link.run(_tally_of_case(len(rows)), [value for row in rows for value in (*row, case, False)])


def changes(kind: str, before: Course, after: Course) -> list[tuple[str, str, str, str, int, int]]:
    """What one course in the place of another changes in the numbers, without the circle."""
    changed = Numbers(Counter(), Counter())
    if after[: len(before)] == before:  # an act mostly goes on where the one before it came to
        changed.add(kind, after[len(before) :], before=before)
    else:
        changed.add(kind, before, -1)
        changed.add(kind, after)
    return changed.rows()


def _swapped(case: int, before: Course, after: Course) -> bool:
    if before:
        return link.run(_SWAP, (text_of(after), case, text_of(before))) == 1
    return link.run(_PUT, (case, text_of(after))) == 1


def put_many(found: Iterable[tuple[int, str, Course]]) -> None:
    """The same for several cases (key, kind, course)."""
    wanted = list(found)
    known = stored([case for case, _, _ in wanted])
    changes = [(case, kind, known.get(case, ()), after) for case, kind, after in wanted]
    changes = [c for c in changes if c[2] != c[3]]
    with connection.cursor() as cursor:
        if new := [(case, text_of(after)) for case, _, before, after in changes if not before]:
            cursor.executemany(_PUT, new)
        if old := [(text_of(after), case, text_of(before)) for case, _, before, after in changes if before]:
            cursor.executemany(_SWAP, old)
        circles = dict(Case.objects.filter(pk__in=[c[0] for c in changes]).values_list("pk", "circle"))
        if rows := tally_params((circles[case], kind, before, after) for case, kind, before, after in changes):
            cursor.executemany(_TALLY, rows)


def tally_params(changes: Iterable[tuple[str, str, Course, Course]]) -> list[tuple[Any, ...]]:
    """Rows of the tally for courses that changed (circle, kind, before, after), added up."""
    by_circle: dict[str, Numbers] = defaultdict(lambda: Numbers(Counter(), Counter()))
    for circle, kind, before, after in changes:
        by_circle[circle].add(kind, before, -1)
        by_circle[circle].add(kind, after)
    return [(*row, circle, False) for circle, found in by_circle.items() for row in found.rows()]


def moved(case: int, origin: str, circle: str) -> None:
    """A case went into another circle: its numbers go along. Within the transaction that moves it."""
    course, kind = stored([case]).get(case, ()), Case.objects.values_list("kind", flat=True).get(pk=case)
    rows = tally_params([(origin, kind, course, ()), (circle, kind, (), course)])
    link.run_all([(_TALLY, row) for row in rows])


def forget() -> None:
    """Throw all courses and numbers away, before `rebuild` makes them again."""
    with transaction.atomic():
        Tally.objects.all().delete()
        Row.objects.all().delete()


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
    """The numbers of a day over the cases of some circles ("": in none), of some kinds or all. One statement."""
    if Tally.objects.filter(settled=False).count() > MANY:
        settle()
    found = Tally.objects.filter(day__lte=day, circle__in=sorted(circles))
    if kinds is not None:
        found = found.filter(kind__in=sorted(kinds))
    rows = found.values_list("kind", "procedure", "state").annotate(Sum("came"), Sum("went")).order_by()
    return [Count(*row) for row in rows if row[3] or row[4]]


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


_OF_A_DAY = "circle, kind, procedure, state, day"
_SUMMED = f"SELECT {_OF_A_DAY}, SUM(came), SUM(went), %s FROM {{rows}} GROUP BY {_OF_A_DAY} "
_SUMMED += "HAVING SUM(came) <> 0 OR SUM(went) <> 0"
_INTO = f"INSERT INTO ledger_tally ({_OF_A_DAY}, came, went, settled) "


def settle() -> None:
    """Add up what was written since: one row for each circle, kind, state and day. Readers see the sums unchanged."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # one writer at a time: nothing can come in between
            cursor.execute("SELECT COALESCE(MAX(id), 0) FROM ledger_tally")
            (last,) = cursor.fetchone()
            cursor.execute(f"{_INTO} {_SUMMED.format(rows=f'ledger_tally WHERE id <= {last}')}", (True,))
            cursor.execute("DELETE FROM ledger_tally WHERE id <= %s", (last,))
        else:  # in one statement: a row that comes meanwhile is neither added up nor lost
            gone = f"WITH gone AS (DELETE FROM ledger_tally RETURNING {_OF_A_DAY}, came, went) "
            cursor.execute(f"{gone} {_INTO} {_SUMMED.format(rows='gone')}", (True,))


def differences() -> bool:
    """Whether the numbers are not those of the stored courses (for `verify`)."""
    by_circle: dict[str, Numbers] = defaultdict(lambda: Numbers(Counter(), Counter()))
    for circle, kind, moves in Row.objects.values_list("case__circle", "case__kind", "moves").iterator(2000):
        by_circle[circle].add(kind, read(moves))
    expected = {(circle, *row[:4]): row[4:] for circle, found in by_circle.items() for row in found.rows()}
    rows = Tally.objects.values_list("circle", "kind", "procedure", "state", "day").annotate(Sum("came"), Sum("went"))
    held: Mapping[tuple[Any, ...], tuple[int, int]] = {
        (*row[:4], row[4].isoformat()): (row[5], row[6]) for row in rows.order_by() if row[5] or row[6]
    }
    return held != expected
