"""One act applied, and what the law does upon it. The inner loop of the fold."""

from collections import deque
from collections.abc import Mapping
from datetime import date

from kaname.law import Bases, T
from kaname.procedure import forms, timing
from kaname.procedure.declare import Act, Ban, Consequence, Extend, Procedure, Shorten
from kaname.procedure.index import ActOf, ConsequenceOf, full
from kaname.procedure.judge import in_force, unmet, verdict
from kaname.procedure.reasons import (
    ban_reason,
    no_such_act,
    offence,
    outside_calendar,
    received_before_issued,
    state_reason,
    too_early,
    version_reason,
    which_run,
    wrong_actor,
)
from kaname.procedure.standing import Bound, Entry, Move, Note, Reason, Running, SetEnd, Track, track_key
from kaname.procedure.view import View, read
from kaname.procedure.work import Line, Work

Events = deque[tuple[str, str, str]]


def enter(work: Work, entry: Entry) -> None:
    """Apply an entry on its day: notes instead of effects where it does not fit; deeds under a ban are breaches."""
    of = work.index.acts.get(entry.act)
    if of is None:
        return note(work, entry, "irregular", (no_such_act(work.index, entry.act),))
    values, problems = forms.read_form(of.fields, entry.data)
    problems = (*outside_calendar(entry), *which_run(of, entry), *problems)
    if problems:
        return note(work, entry, "irregular", problems)
    entry = entry.filled(of.name, values)
    view = View(work.index, work, of.procedure, entry.run, entry.on, entry)
    if wrong := _does_not_fit(work, of, view):
        return note(work, entry, "irregular", wrong)
    if breach := broken_bans(of, view):
        if not of.act.deed:
            return note(work, entry, "irregular", breach)
        note(work, entry, "breach", breach)
    if work.judge and (doubts := _doubts(of, view, entry)):
        note(work, entry, "doubtful", doubts)
    return do(work, of, view, entry)


def do(work: Work, of: ActOf, view: View, entry: Entry) -> None:
    """What an act does that fits: `entry` under its full name and with its form read, as `view` sees it."""
    if entry.party and entry.by:
        work.parties[entry.by] = entry.party
    events: Events = deque()
    _effect(work, of.procedure, of.act, of.moves, view, of.name, events)
    _count_done(work, of.name, entry.run, entry.on)
    events.appendleft(("done", of.name, entry.run))
    signal(work, events, entry.on, entry, None)
    if of.act.received and (received_on := entry.received_on):
        if received_on <= entry.on:
            receive(work, of.name, entry, entry.on)
        else:
            work.wait(received_on, entry)


def receive(work: Work, name: str, entry: Entry, on: date) -> None:
    """An act reaches its addressee. Counted beside the act: what never arrived can be told (`show.warnings`)."""
    _count_done(work, receipt_of(name), entry.run, on)
    signal(work, deque([("receipt", name, entry.run)]), on, entry, None)


def receipt_of(name: str) -> str:
    """The name under which receipts of an act are counted."""
    return f"{name}@receipt"


def _doubts(of: ActOf, view: View, entry: Entry) -> tuple[Reason, ...]:
    """What `decide` would have said against an act that has its effect all the same."""
    early = received_before_issued(of, entry.on, entry.received_on)
    return (*wrong_actor(of, entry), *early, *unmet(of.act.conditions, view))


def _does_not_fit(work: Work, of: ActOf, view: View) -> tuple[Reason, ...]:
    """Why an act has no effect here: not in force on its day, wrong state, a clock it changes is not running, or it
    lacks what its effect itself depends on."""
    if not in_force(of.act, view):
        return (version_reason(of.act, view),)
    if of.moves.get(view.state()) is None:
        return (state_reason(of, view),)
    if early := too_early(of, view):
        return early
    changed: tuple[Extend | Shorten, ...] = (*of.act.extends, *of.act.shortens)
    missing = [e.clock for e in changed if not _is_running(view, e.clock)]
    return (*(not_running(work, of, clock) for clock in missing), *unmet(of.act.void_unless, view))


def _is_running(view: View, clock: str) -> bool:
    running = view.clock(clock)
    return bool(running and running.status == "running" and running.last_day)


def not_running(work: Work, of: ActOf, clock: str) -> Reason:
    label = work.index.clocks[full(of.procedure, clock)].label
    text = T("「{clock}」が進行していない", "the clock {clock!r} is not running")
    return Reason(text.fill(clock=label), of.act.basis, code="clock")


def broken_bans(of: ActOf, view: View) -> tuple[Reason, ...]:
    """The bans in force that this act falls under; a deed that is an offence in itself is its own ban."""
    covering = view.index.bans_by_act.get(of.name, ())
    found = [ban_reason(b.ban, view) for b in covering if is_in_force(b.procedure, b.ban, view)]
    if of.act.deed and of.act.penalty:
        found.append(offence(of.act, view))
    return tuple(found)


def is_in_force(procedure: Procedure, ban: Ban, view: View) -> bool:
    """Whether a ban binds in this run, none of its exceptions being met."""
    runs = ("",) if not procedure.per else (view.run,) if view.procedure.per else view.runs(procedure.id)
    return any(_binds(procedure, ban, view, run) for run in runs)


def _binds(procedure: Procedure, ban: Ban, view: View, run: str) -> bool:
    if view.state(procedure.id, run) not in ban.states:
        return False
    seen = View(view.index, view.case, procedure, run, view.on, view.entry)
    return not any(verdict(exception, seen).met for exception in ban.unless)


# -- effects ------------------------------------------------------------------------------------------------------


def _effect(
    work: Work, procedure: Procedure, element: Act | Consequence, moves: Mapping[str, str], view: View, name: str,
    events: Events,
) -> None:  # fmt: skip
    """Move, meet, stop, keep, start, set, in this order; signals are put on the queue."""
    key = track_key(procedure.id, view.run)
    before = work.tracks.get(key)
    source = before.state if before else ""
    to = moves[source]
    seq = view.entry.seq if view.entry else 0
    if before is None or to != source:
        work.tracks[key] = Track(procedure.id, view.run, to, view.on, name, seq)
        work.course.append(Move(view.on, key, to))
        _mark_bans(work, procedure, key, source, to, view.on)
    met = [c for ref in element.meets if (c := _set(work, view, ref, "meets"))]
    stopped = [c for ref in element.stops if (c := _set(work, view, ref, "stops"))]
    for kept in element.keeps:
        value = view.given(kept.id) if kept.value is None else read(kept.value, view)
        if value is not None:
            work.facts[f"{key}.{kept.id}"] = value
    started = []
    for ref in element.starts:
        clock = work.index.clocks[full(procedure, ref)]
        if in_force(clock, view):
            running = timing.start(view, clock, view.on, name, seq)
            work.put_clock(running)
            started.append(running)
    if isinstance(element, Act):
        started.extend(_set_ends(work, element, view, seq))
    if to != source and procedure.is_end(to):
        stopped.extend(_close(work, procedure, key, view))
    if work.log is not None:
        who = "act" if isinstance(element, Act) else "law"
        log = (tuple(started), tuple(stopped), tuple(met))
        work.log.append(Line(view.on, who, name, view.run, source, to, *log, element.basis, seq))
    if to != source:
        events.append(("enters", f"{procedure.id}.{to}", view.run))


def _set(work: Work, view: View, ref: str, how: str) -> Running | None:
    """Meet or stop a clock; None where it had never started or was already met or stopped."""
    running = view.clock(ref)
    if running is None or running.status in ("met", "stopped") or (how == "stops" and running.status == "ended"):
        return None
    changed = timing.meet(running, view.on) if how == "meets" else running._replace(status="stopped")
    work.clocks[running.key] = changed
    return changed


def _set_ends(work: Work, act: Act, view: View, seq: int) -> list[Running]:
    changed = []
    for extend in act.extends:
        running = view.clock(extend.clock)
        assert running is not None  # _does_not_fit has asked
        changed.append(timing.extended(running, extend, view.given(extend.to), seq))
    for shorten in act.shortens:
        running = view.clock(shorten.clock)
        day = view.given(shorten.to)
        if running is not None and day is not None:
            by = SetEnd("shortened", day, seq, running.last_day, True)
            changed.append(timing.set_end(running, by))
    for running in changed:
        work.put_clock(running)
    return changed


def _mark_bans(work: Work, procedure: Procedure, key: str, source: str, to: str, on: date) -> None:
    """Remember since when a ban has bound without a break."""
    for ban in work.index.bans_of.get(procedure.id, ()):
        if to in ban.states and source not in ban.states:
            work.facts[f"{key}.@{ban.id}"] = on


def _close(work: Work, procedure: Procedure, key: str, view: View) -> list[Running]:
    """The run is over: its clocks stop, its open duties are void, except lasting ones."""
    stopped = []
    for clock in procedure.clocks:
        running = work.clocks.get(f"{key}.{clock.id}")
        if running and running.status in ("running", "pending") and not clock.lasting:
            work.clocks[running.key] = running._replace(status="stopped")
            stopped.append(work.clocks[running.key])
    lasting = {d.id for d in procedure.duties if d.lasts}
    for i in work.bound_in(key):
        bound = work.bound[i]
        if not (bound.done_on or bound.void_on or bound.duty in lasting):
            work.bound[i] = bound._replace(void_on=view.on)
    return stopped


# -- consequences -------------------------------------------------------------------------------------------------


def signal(work: Work, events: Events, on: date, entry: Entry | None, ended: Running | None) -> None:
    """Tell the listeners of each event in order of declaration; what they set off comes after."""
    while events:
        event, name, run = events.popleft()
        for listener in work.index.listeners.get((event, name), ()):
            for target in _targets(work, listener, run, on, entry):
                _follow(work, listener, target, on, entry, events)
        _bind(work, event, name, run, on, entry)


def _targets(work: Work, listener: ConsequenceOf, run: str, on: date, entry: Entry | None) -> tuple[str, ...]:
    c, procedure = listener.consequence, listener.procedure
    if c.into:
        return tuple(c.into(View(work.index, work, procedure, run, on, entry)))
    if c.every_run:
        return tuple(t.run for t in work.tracks.values() if t.procedure == procedure.id)
    return (run if procedure.per else "",)


def _follow(work: Work, of: ConsequenceOf, run: str, on: date, entry: Entry | None, events: Events) -> None:
    c = of.consequence
    track = work.tracks.get(track_key(of.procedure.id, run))
    if (track.state if track else "") not in of.moves:
        return
    view = View(work.index, work, of.procedure, run, on, entry)
    if not in_force(c, view) or (c.only_if is not None and not verdict(c.only_if, view).met):
        return
    _effect(work, of.procedure, c, of.moves, view, of.name, events)
    _count_done(work, of.name, run, on)
    events.append(("done", of.name, run))


def _count_done(work: Work, name: str, run: str, on: date) -> None:
    found = work.done.get((name, run))
    work.done[(name, run)] = (on, found[1] + 1 if found else 1)


def _bind(work: Work, event: str, name: str, run: str, on: date, entry: Entry | None) -> None:
    """Duties that arise or are done by this event."""
    for of in work.index.fulfilling.get((event, name), ()):
        for i in work.bound_in(track_key(of.procedure.id, run if of.procedure.per else "")):
            bound = work.bound[i]
            if bound.duty == of.duty.id and not bound.done_on:
                work.bound[i] = bound._replace(done_on=on)
    for of in work.index.arising.get((event, name), ()):
        target = run if of.procedure.per else ""
        named = entry.data.get(of.duty.person) if entry and of.duty.person else None
        persons = named if isinstance(named, tuple | list) else (named or "",)
        for person in persons:
            seq = entry.seq if entry else 0
            work.bind(Bound(of.duty.id, of.procedure.id, target, on, str(person), entry=seq))


def note(work: Work, entry: Entry, kind: str, reasons: tuple[Reason, ...]) -> None:
    """Write down what the fold noticed; nothing is lost, nothing cascades."""
    work.notes.append(Note(entry.seq, kind, entry.act, entry.on, reasons))
    if work.log is not None and kind == "irregular":
        basis: Bases = tuple(b for r in reasons for b in r.basis)
        text = T("；".join(r.text.ja for r in reasons), "; ".join(r.text.en for r in reasons))
        work.log.append(Line(entry.on, "act", entry.act, entry.run, "", "", (), (), (), basis, entry.seq, text))
