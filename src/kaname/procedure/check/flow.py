"""Flow: states that can be reached, ends that are ends, one law for one event, no circles."""

from collections.abc import Iterator

from kaname.procedure.check.problem import Problem, elements, problem
from kaname.procedure.check.walk import walk
from kaname.procedure.declare import CaseKind, Consequence, Procedure
from kaname.procedure.index import ConsequenceOf, Index, full


def check_flow(kind: CaseKind, index: Index) -> Iterator[Problem]:
    for p in kind.procedures:
        yield from _ends(p)
        yield from _unreached(index, p)
        yield from _rivals(index, p)
        yield from _waits(p)


def _ends(p: Procedure) -> Iterator[Problem]:
    for element in elements(p):
        for source, to in element.moves:
            if source in p.states and p.is_end(source) and to != source:
                yield problem(
                    "way_out_of_end",
                    f"{p.id}.{element.id}",
                    f"終わりの状態「{source}」から出る",
                    f"leads out of {source!r}, which is an end state",
                )


def _unreached(index: Index, p: Procedure) -> Iterator[Problem]:
    reached = {step.target[0] for step in walk(index, p)} | {p.start}
    for state in p.states:
        if state not in reached:
            code = "end_unreached" if p.is_end(state) else "unreachable"
            yield problem(
                code,
                f"{p.id}.{state}",
                "どこからも至らない状態である",
                "no act or consequence ever leads to this state",
            )


def _waits(p: Procedure) -> Iterator[Problem]:
    """Who is waited for must be able to go on: otherwise the work would lie in the wrong inbox for ever."""
    for state in p.states:
        role = p.waits_for(state)
        led = (a for a in p.acts if any(source == state != to for source, to in a.moves) and not a.deed)
        if role and not any(role in a.roles for a in led):
            yield problem(
                "waits_for_nobody",
                f"{p.id}.{state}",
                f"状態「{state}」は「{role.label.ja}」を待つが、そこから進める行為がその役割にない",
                f"{state!r} waits for the {role.label.en}, who has no act that leads on from it",
            )


# -- several consequences of one event ----------------------------------------------------------------------------


def _rivals(index: Index, p: Procedure) -> Iterator[Problem]:
    """Of two consequences of one event in one state, the first declared must leave room for the second."""
    for (event, name), listeners in index.listeners.items():
        own = [c for c in listeners if c.procedure is p]
        for i, first in enumerate(own):
            for second in own[i + 1 :]:
                for state in first.moves:
                    if state in second.moves and _always(first) and _overlap(first.consequence, second.consequence):
                        yield from _rival(first, second, state, f"{event} {name}")


def _rival(first: ConsequenceOf, second: ConsequenceOf, state: str, event: str) -> Iterator[Problem]:
    if _always(second):
        yield problem(
            "two_consequences",
            second.name,
            f"同じ契機（{event}）・状態「{state}」で {first.name} と二重に定める",
            f"both this and {first.name} follow unconditionally upon {event} in state {state!r}",
        )
    elif first.moves[state] != state:
        yield problem(
            "dead_consequence",
            second.name,
            f"状態「{state}」では先の {first.name} が必ず動かすので働かない",
            f"never takes effect in state {state!r}: {first.name}, declared first, always moves on; swap them",
        )


def _always(c: ConsequenceOf) -> bool:
    return c.consequence.only_if is None


def _overlap(a: Consequence, b: Consequence) -> bool:
    return not ((a.until and b.since and a.until < b.since) or (b.until and a.since and b.until < a.since))


# -- circles ------------------------------------------------------------------------------------------------------


def check_circles(kind: CaseKind, index: Index) -> Iterator[Problem]:
    """Consequences that bring each other about at once. Through the end of a clock time passes: no circle."""
    after = {name: _sets_off(index, c) for name, c in index.consequences.items()}
    reported: set[str] = set()
    for name in after:
        path = _back_to(name, after)
        if path and name not in reported:
            reported.update(path)
            chain = " -> ".join((*path, name))
            yield problem("circle", name, f"法律効果が循環する：{chain}", f"consequences run in a circle: {chain}")


def _sets_off(index: Index, c: ConsequenceOf) -> tuple[str, ...]:
    events = [("done", c.name)]
    events += [("enters", full(c.procedure, to)) for source, to in c.consequence.moves if source != to]
    return tuple(follower.name for event in events for follower in index.listeners.get(event, ()))


def _back_to(start: str, after: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A way from a consequence back to itself, or nothing."""
    todo: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while todo:
        path = todo.pop(0)
        for name in after[path[-1]]:
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                todo.append((*path, name))
    return ()
