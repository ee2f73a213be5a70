"""Fold: a ledger of legal acts into a standing. Acts apply; consequences follow; time passes.

Order within a day: clocks that ended at midnight (all together), then receipts, then runs that open by time, then the
day's acts. Folding does not ask conditions again, only whether an act fits; `judge=True` does, and notes "doubtful".
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from datetime import date, datetime
from operator import itemgetter

from kaname.procedure.apply import do, enter, receive, signal
from kaname.procedure.declare import CaseKind
from kaname.procedure.index import Index, index
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.procedure.order import effective
from kaname.procedure.standing import OPENED_BY_TIME, Entry, Move, Standing, Track, track_key
from kaname.procedure.view import Case, View
from kaname.procedure.work import ONE_DAY, Line, Work, is_live

_MANY = 1000  # more rounds of one morning than this is a circle in the declaration


class Circle(RuntimeError):
    """A declaration whose clocks start each other for ever. `check` refuses such a kind."""


def fold(
    kind: CaseKind, entries: Iterable[Entry], as_of: date | None = None, known_at: datetime | None = None,
    judge: bool = False, log: list[Line] | None = None,
) -> Standing:  # fmt: skip
    """The standing of a case at the end of a day, as known at an instant (default: all that is recorded).

    Without a day it is the one at the last act: of a corrected act the day as corrected counts, and the day on which a
    correction, an annulment, a delivery or an issue was written is none on which anything was done.
    """
    acts, notes, last = effective(entries, as_of, known_at)
    work = Work(kind, judge, log)
    work.notes.extend(notes)
    for entry in acts:
        take(work, entry)
    day = as_of or work.last_on or date.min
    advance(work, day)
    work.seq = last
    return work.standing(day)


def reaches_back(standing: Standing, entry: Entry) -> bool:
    """Whether an entry changes an earlier one, or lies before the day of the standing: it needs the whole ledger."""
    return entry.act in KERNEL_ACTS or entry.on < standing.as_of


def step(kind: CaseKind, standing: Standing, entry: Entry) -> Standing | None:
    """The standing after one more entry, as of its day. None where the entry reaches back: then fold anew."""
    if reaches_back(standing, entry):
        return None
    work = Work.on_top_of(standing)
    take(work, entry)
    return work.standing(entry.on)


def at(kind: CaseKind, standing: Standing, day: date) -> Standing:
    """The standing at the end of a later day, nothing but time having passed. For showing: store the last entry's."""
    if day < standing.as_of:
        raise ValueError(f"{day} lies before the standing's day {standing.as_of}; fold the ledger with as_of={day}")
    work = Work.on_top_of(standing)
    advance(work, day)
    return work.standing(day)


def take(work: Work, entry: Entry) -> None:
    """Pass time up to the entry's day, enter it, and pass again: a clock may be born already over."""
    advance(work, entry.on)
    enter(work, entry)
    _pass_on(work, entry)


def take_judged(work: Work, entry: Entry) -> None:
    """The same for an entry that `decide` has just judged upon this work: its day has come, nothing is against it."""
    of = work.index.acts[entry.act]
    do(work, of, View(work.index, work, of.procedure, entry.run, entry.on, entry), entry)
    _pass_on(work, entry)


def _pass_on(work: Work, entry: Entry) -> None:
    if work.last_on is None:
        work.course.insert(0, Move(entry.on, "", ""))
    work.last_on, work.seq = entry.on, max(work.seq, entry.seq)
    advance(work, entry.on)


def advance(work: Work, day: date) -> None:
    """Let time pass to the end of a day (its midnight's ends and its receipts included)."""
    rounds = 0
    while (morning := _next_morning(work, day)) is not None:
        rounds = rounds + 1 if morning <= work.today else 0
        if rounds > _MANY:
            raise Circle(f"{work.kind.id}: more than {_MANY} rounds of ending clocks on {work.today}; run check(kind)")
        work.today = max(work.today, morning)
        _end_clocks(work, morning)
        _receive(work, morning)
        _open_by_time(work, morning)
    work.today = max(work.today, day)


def _next_morning(work: Work, day: date) -> date | None:
    found = work.next_end()
    if work.waiting or work.index.recurring:
        openings = _openings(work, work.index, work.last_on, work.today, day)
        days = [*(on for on, _ in work.waiting[:1]), *(opens for opens, _, _ in openings)]
        found = min(days if found is None else [found, *days], default=None)
    return found if found is None or found <= day else None


def _end_clocks(work: Work, morning: date) -> None:
    # All clocks of one midnight are marked ended before the first consequence is told: otherwise the second of two
    # would read as "stopped" by the first.
    ended = work.take_ends(morning)
    for running in ended:
        work.clocks[running.key] = running.ended()
    for running in ended:
        on = max(morning, running.since)  # born over: it cannot take effect before it began
        signal(work, deque([("end", f"{running.procedure}.{running.clock.id}", running.run)]), on, None, running)


def _receive(work: Work, morning: date) -> None:
    came = bisect_right(work.waiting, morning, key=itemgetter(0))
    due, work.waiting = work.waiting[:came], work.waiting[came:]
    for on, entry in due:
        receive(work, work.index.acts[entry.act].name, entry, on)


def _open_by_time(work: Work, morning: date) -> None:
    for _, procedure_id, run in [
        o for o in _openings(work, work.index, work.last_on, work.today, morning) if o[0] <= morning
    ]:
        procedure = work.index.procedures[procedure_id]
        assert procedure.start  # check: a recurring procedure says in which state its runs begin
        key = track_key(procedure_id, run)
        work.tracks[key] = Track(procedure_id, run, procedure.start, morning, OPENED_BY_TIME, 0)
        work.course.append(Move(morning, key, procedure.start))
        events = deque([("enters", f"{procedure_id}.{procedure.start}", run)])
        signal(work, events, morning, None, None)


def _openings(case: Case, tables: Index, last_on: date | None, today: date, upto: date) -> list[tuple[date, str, str]]:
    found: list[tuple[date, str, str]] = []
    if last_on is None:
        return found  # a case begins with its first entry
    for procedure in tables.recurring:
        assert procedure.recurs
        view = View(tables, case, procedure, "", upto, None)
        for day, parts in procedure.recurs(view, today - ONE_DAY, upto):
            run = ":".join(parts)
            if day <= upto and track_key(procedure.id, run) not in case.tracks:
                found.append((max(day, today), procedure.id, run))
    return found


def next_change(standing: Standing) -> date | None:
    """The first day after the standing's on which time alone will change it, or what it says is due; None where there
    is no such day. Lists refresh on it. Of two readings the earlier last day makes a duty overdue."""
    day, tables = standing.as_of, index(standing.kind)
    live = [standing.clocks[key] for morning, _, key in standing.ends if is_live(standing.clocks.get(key), morning)]
    days = [last + ONE_DAY for running in live for last in (running.last_day, running.later) if last]
    days += [on for on, _ in standing.waiting]
    if tables.recurring:
        upto = date(min(day.year + 2, date.max.year), 12, 31)
        days += [opens for opens, _, _ in _openings(standing, tables, standing.last_on, day, upto)]
    return min((d for d in days if d > day), default=None)
