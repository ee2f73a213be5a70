"""Starting, setting and ending clocks (期間). Counting itself is done by `kaname.days`."""

from datetime import date, timedelta

from kaname.days import FIRST_KNOWN, FirstDay, Length, Move, end, next_open_day
from kaname.procedure.declare import Clock, Extend
from kaname.procedure.standing import Running, SetEnd, track_key
from kaname.procedure.view import View
from kaname.procedure.work import ONE_DAY


def start(view: View, clock: Clock, day: date, cause: str, entry: int) -> Running:
    """The clock as it starts on a day: running, or pending while none of its day rules can answer yet."""
    procedure, run = view.procedure.id, view.run
    key = f"{track_key(procedure, run)}.{clock.id}"
    if not clock.counts:
        return Running(key, procedure, run, clock, "running", day, cause=cause, entry=entry)
    starts = tuple([count.at.day(view) for count in clock.counts])
    counted = [(*_count(clock, i, at), i) for i, at in enumerate(starts) if at]
    if not counted:
        return Running(key, procedure, run, clock, "pending", day, starts, cause=cause, entry=entry)
    unmoved, first, winner = max(counted)
    last = moved(clock, unmoved, starts[winner])
    later = moved(clock, unmoved + timedelta(clock.reading.plus), starts[winner]) if clock.reading else last
    counted_days = (starts, winner, first, unmoved, last, later)
    running = Running(key, procedure, run, clock, "running", day, *counted_days, cause=cause, entry=entry)
    chosen = view.given(clock.chosen) if clock.chosen else None
    if not isinstance(chosen, date):
        return running
    return set_end(running, SetEnd("chosen", chosen, entry, last, True))


def _count(clock: Clock, i: int, at: date) -> tuple[date, date]:
    """The unmoved last day and the first counted day of one count."""
    count = clock.counts[i]
    if count.length is None:
        return at, at
    ends = end(at, count.length, count.first_day, Move.NONE)
    return ends.unmoved_last_day, ends.first_counted_day


def moved(clock: Clock, last: date, at: date | None) -> date:
    """The last day after the move of the clock's kind of period; none for a start before the holidays are known."""
    move = clock.kind.move
    return last if move is Move.NONE or at is None or at < FIRST_KNOWN else next_open_day(last, move)


def cap_count(running: Running, extend: Extend) -> tuple[date, Length, FirstDay]:
    """How the cap of an extension is counted: from the clock's start, or from the day after its end."""
    if extend.counted_from == "start":
        at = running.starts[running.winner]
        assert at is not None  # a running clock with an end has a start
        return at, extend.cap, running.clock.counts[running.winner].first_day
    assert running.last_day is not None
    return running.last_day + ONE_DAY, extend.cap, FirstDay.COUNTED


def cap_of(running: Running, extend: Extend) -> date:
    """The last lawful day of an extension."""
    return end(*cap_count(running, extend), Move.NONE).unmoved_last_day


def extended(running: Running, extend: Extend, day: date | None, entry: int) -> Running:
    """The clock with its end moved to the day set, or to the cap where none is set."""
    cap = cap_of(running, extend)
    return set_end(running, SetEnd("extended", day or cap, entry, cap, day is not None, cap_count(running, extend)))


def set_end(running: Running, by: SetEnd) -> Running:
    """The clock with its end set by an entry. A day set past the cap is the cap: the law's limit stands."""
    day = min(by.day, by.cap) if by.cap else by.day
    return running._replace(unmoved_last_day=day, last_day=day, later=day, set_by=(*running.set_by, by))


def meet(running: Running, day: date) -> Running:
    """The clock as met on a day. Met after its last day it keeps that day: late stays late."""
    if running.status in ("met", "stopped"):
        return running
    return running._replace(status="met", met_on=day)


def is_late(running: Running) -> bool:
    """Whether a clock was met after its last day (by the later reading, where there are two)."""
    return bool(running.met_on and running.later and running.met_on > running.later)
