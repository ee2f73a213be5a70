"""Clocks and duties: started, heard wherever they can end, met where they can be met, of a fitting kind and force."""

from collections.abc import Iterator

from kaname.procedure.check.problem import Problem, changes, elements, problem
from kaname.procedure.check.questions import questions, read, starters
from kaname.procedure.check.walk import Step, hears, walk
from kaname.procedure.declare import Act, CaseKind, Clock, Consequence, Duty, Force, Kind, Procedure
from kaname.procedure.index import Index, full

_RUNS_OUT = (Kind.STANDSTILL, Kind.TERM)  # time itself ends these; nobody meets them


def check_clocks(kind: CaseKind, index: Index) -> Iterator[Problem]:
    asked = {clock for q in questions(kind, index) for clock in read(index, q).clocks}
    for p in kind.procedures:
        steps = walk(index, p)
        for clock in p.clocks:
            met_by = _elements_that(index, f"{p.id}.{clock.id}", "meets")
            yield from _kind_and_force(index, p, clock, met_by)
            if not starters(p, clock):
                yield problem(
                    "never_started", f"{p.id}.{clock.id}", "始まらない期間である", "no act or consequence starts it"
                )
            elif not (met_by or f"{p.id}.{clock.id}" in asked or _matters(index, p, clock)):
                yield problem(
                    "idle_clock",
                    f"{p.id}.{clock.id}",
                    "誰も聞かず、満たさず、問わない期間である",
                    "nothing hears its end, meets it, asks about it or ends a ban with it",
                )
            yield from _deaf(index, p, clock, steps)
            if met_by and all(q is p for q, _ in met_by):
                yield from _left_running(p, clock, steps)
        for act in p.acts:
            yield from _extends_nothing(p, act, steps)
        for duty in p.duties:
            yield from _duty(index, p, duty)


def _elements_that(index: Index, clock: str, how: str) -> list[tuple[Procedure, Act | Consequence]]:
    return [
        (q, e)
        for q in index.procedures.values()
        for e in elements(q)
        if clock in {full(q, name) for name in getattr(e, how)}
    ]


def _matters(index: Index, p: Procedure, clock: Clock) -> bool:
    name = f"{p.id}.{clock.id}"
    return ("end", name) in index.listeners or any(name in b.ends_with for b in index.bans)


# -- kind and force -----------------------------------------------------------------------------------------------


def _kind_and_force(
    index: Index, p: Procedure, clock: Clock, met_by: list[tuple[Procedure, Act | Consequence]]
) -> Iterator[Problem]:
    where = f"{p.id}.{clock.id}"
    if clock.force is Force.WITHOUT_DELAY and clock.counts:
        yield problem(
            "without_delay_counted",
            where,
            "「遅滞なく」に長さはない",
            "'without delay' has no length: leave `counts` empty",
        )
    if clock.force is not Force.WITHOUT_DELAY and not clock.counts:
        yield problem("no_count", where, "期間の長さがない", "no counts: give a length, or force=Force.WITHOUT_DELAY")
    if clock.kind in _RUNS_OUT and met_by:
        yield problem(
            "kind_does_not_fit",
            where,
            "待機や存続の期間は満たされない（種類の誤り）",
            f"a {clock.kind} period runs out and is never met: wrong kind, or `stops` is meant",
        )
    if clock.kind not in _RUNS_OUT and clock.kind is not Kind.CONTRACT and not met_by and not _matters(index, p, clock):
        yield problem(
            "nothing_meets",
            where,
            "この期限を満たす行為がない",
            f"a {clock.kind} period asks for an act, but nothing meets it",
        )
    if clock.force is Force.TARGET:
        for c in index.listeners.get(("end", where), ()):
            if any(source != to for source, to in c.consequence.moves):
                yield problem(
                    "target_moves",
                    c.name,
                    "目標期間の経過は状態を変えない",
                    f"the end of a target ({where}) never changes a state",
                )


# -- where clocks end ---------------------------------------------------------------------------------------------


def _deaf(index: Index, p: Procedure, clock: Clock, steps: tuple[Step, ...]) -> Iterator[Problem]:
    """A clock that its procedure listens to is heard in every state in which it can end. `stay` hears it too."""
    heard = hears(index, p, clock.id)
    if not heard:
        return
    for state in dict.fromkeys(s.source[0] for s in steps if s.ended == clock.id):
        if state not in heard:
            yield problem(
                "deaf_clock",
                f"{p.id}.{clock.id}",
                f"状態「{state}」で終わっても何も起きない。止めるか、聞くこと",
                f"can end in state {state!r}, where nothing hears it: stop or meet it on the way there, let a "
                f"consequence go from there, or say stay({state!r}) where the law lets it end without effect",
            )


def _left_running(p: Procedure, clock: Clock, steps: tuple[Step, ...]) -> Iterator[Problem]:
    """Wherever a clock runs that an act can meet, itself or by what the law does upon it, that act can still come."""
    meeting = {e.id for e in elements(p) if clock.id in {full(p, m).split(".")[-1] for m in e.meets}}
    upon = {full(p, t.name) for c in p.consequences if c.id in meeting for t in c.upon if t.event == "done"}
    runs = {s.source for s in steps if clock.id in s.source[1]}
    can = {s.source for s in steps if s.name in meeting and s.source in runs}
    can |= {s.source for s in steps if full(p, s.name) in upon and s.source in runs and clock.id not in s.target[1]}
    while more := {s.source for s in steps if s.target in can and s.source in runs} - can:
        can |= more
    for state in dict.fromkeys(s.source[0] for s in steps if s.source in runs - can):
        yield problem(
            "left_running",
            f"{p.id}.{clock.id}",
            f"状態「{state}」でなお進むが、もはや満たせない",
            f"still runs in state {state!r}, where nothing can meet it any more: meet or stop it by what leads there",
        )


def _extends_nothing(p: Procedure, act: Act, steps: tuple[Step, ...]) -> Iterator[Problem]:
    sources = {source for source, _ in act.moves}
    for change in changes(act):
        id = full(p, change.clock).removeprefix(f"{p.id}.")
        if "." not in id and not any(id in s.source[1] and s.source[0] in sources for s in steps):
            yield problem(
                "extends_nothing",
                f"{p.id}.{act.id}",
                f"この行為ができる状態で「{id}」は進んでいない",
                f"the clock {id!r} never runs in a state from which this act is possible",
            )


# -- duties -------------------------------------------------------------------------------------------------------


def _duty(index: Index, p: Procedure, duty: Duty) -> Iterator[Problem]:
    where = f"{p.id}.{duty.id}"
    if duty.effort and isinstance(duty.penalty, str):
        yield problem("effort_with_penalty", where, "努力義務に罰則はない", "a duty of effort has no penalty")
    if not (duty.clock or duty.states or duty.arises):
        yield problem(
            "duty_never_arises", where, "生じない義務である", "never arises: give a clock, states, or `arises`"
        )
    if duty.arises and not (duty.done or duty.lasts):
        yield problem(
            "endless_duty",
            where,
            "果たし方も存続の定めもない",
            "can neither be done nor lasts: give `done`, or lasts=True",
        )
    if duty.clock and not (duty.done or _elements_that(index, f"{p.id}.{duty.clock}", "meets")):
        yield problem(
            "duty_never_done",
            where,
            f"期間「{duty.clock}」を満たすものがない",
            f"nothing meets its clock {duty.clock!r}",
        )
