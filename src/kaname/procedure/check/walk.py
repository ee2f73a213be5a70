"""A walk through one procedure: every pair of state and running clocks that can come about, whatever conditions say.

What other procedures do may happen at any time; a receipt too. So the walk reaches more than the law can, never less.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kaname.procedure.check.problem import elements
from kaname.procedure.declare import Act, Consequence, Procedure
from kaname.procedure.index import ConsequenceOf, Index, full

Running = frozenset[str]
Config = tuple[str, Running]  # state ("" before the track exists), bare ids of running clocks
Event = tuple[str, str]
_DEEP = 30  # longer chains of consequences are circles, which `flow` reports


@dataclass(frozen=True)
class Step:
    """From one configuration to the next: by an act or consequence (`name`), or by the end of a clock."""

    source: Config
    name: str
    ended: str
    target: Config


def walk(index: Index, p: Procedure) -> tuple[Step, ...]:
    """Every step of the procedure from every configuration that can come about."""
    start: list[Config] = [("", frozenset())]
    if p.start and not p.per:
        start.append((p.start, frozenset()))
    elif p.start and p.recurs:
        start += _settle(index, p, (p.start, frozenset()), (("enters", f"{p.id}.{p.start}"),))
    seen, todo, steps = dict.fromkeys(start), list(dict.fromkeys(start)), []
    while todo:
        config = todo.pop()
        for step in _steps(index, p, config):
            steps.append(step)
            if step.target not in seen:
                seen[step.target] = None
                todo.append(step.target)
    return tuple(steps)


def hears(index: Index, p: Procedure, clock: str) -> set[str]:
    """The states of the procedure in which something of its own listens to the end of a clock."""
    return {state for c in _own(index, p, ("end", f"{p.id}.{clock}")) for state in c.moves}


def _steps(index: Index, p: Procedure, config: Config) -> Iterator[Step]:
    state, running = config
    for act in p.acts:
        for source, to in act.moves:
            if source == state:
                yield from _done(index, p, config, act, to)
    for c in p.consequences:
        if any(_from_outside(p, t.event, full(p, t.name)) for t in c.upon):
            for source, to in c.moves:
                if source == state:
                    yield from _done(index, p, config, c, to)
    for clock in p.clocks:
        if clock.id in running and clock.counts:
            events = (("end", f"{p.id}.{clock.id}"),)
            for target in _settle(index, p, (state, running - {clock.id}), events):
                yield Step(config, "", clock.id, target)
    for id in running & _changed_from_outside(index, p):
        yield Step(config, id, "", (state, running - {id}))


def _done(index: Index, p: Procedure, config: Config, element: Act | Consequence, to: str) -> Iterator[Step]:
    after, events = _effect(p, config, element, to)
    for target in _settle(index, p, after, events):
        yield Step(config, element.id, "", target)


def _effect(p: Procedure, config: Config, element: Act | Consequence, to: str) -> tuple[Config, tuple[Event, ...]]:
    state, running = config
    own = {full(p, name).removeprefix(f"{p.id}.") for name in (*element.meets, *element.stops)}
    running = (running - own) | frozenset(element.starts)
    events: tuple[Event, ...] = (("done", f"{p.id}.{element.id}"),)
    if to != state:
        events = (*events, ("enters", f"{p.id}.{to}"))
        if p.is_end(to):
            running = running & {c.id for c in p.clocks if c.lasting}
    return (to, running), events


def _settle(index: Index, p: Procedure, config: Config, events: tuple[Event, ...], deep: int = 0) -> set[Config]:
    """Where a case can come to rest once the procedure's own consequences have followed on events."""
    results: set[tuple[Config, tuple[Event, ...]]] = {(config, ())}
    for event in events:
        for c in _own(index, p, event):
            results = {r for one in results for r in _follow(p, c, one)}
    found: set[Config] = set()
    for after, later in results:
        found |= _settle(index, p, after, later, deep + 1) if later and deep < _DEEP else {after}
    return found


def _follow(
    p: Procedure, c: ConsequenceOf, before: tuple[Config, tuple[Event, ...]]
) -> set[tuple[Config, tuple[Event, ...]]]:
    """A consequence that can follow does; one under a condition, of limited time or into other runs may or may not."""
    config, later = before
    to = c.moves.get(config[0])
    if to is None:
        return {before}
    after, events = _effect(p, config, c.consequence, to)
    done = (after, (*later, *events))
    of = c.consequence
    may_not = of.only_if is not None or of.since or of.until or of.into is not None
    return {before, done} if may_not else {done}


def _own(index: Index, p: Procedure, event: Event) -> list[ConsequenceOf]:
    return [c for c in index.listeners.get(event, ()) if c.procedure is p]


def _from_outside(p: Procedure, event: str, name: str) -> bool:
    """Whether an event can come at any time, as this procedure sees it."""
    return event == "receipt" or name.partition(".")[0] != p.id


def _changed_from_outside(index: Index, p: Procedure) -> Running:
    """Clocks of this procedure that another one meets or stops."""
    others = (q for q in index.procedures.values() if q is not p)
    names = (n for q in others for e in elements(q) for n in (*e.meets, *e.stops))
    return frozenset(n.removeprefix(f"{p.id}.") for n in names if n.startswith(f"{p.id}."))
