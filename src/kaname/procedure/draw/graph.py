"""The picture behind every chart: states, and arrows between them for what is done and what the law does.

One arrow stands for one act or consequence and one target; it may come from several states. What keeps the state is
no arrow but a line inside the state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaname.law import Bases, T, Text
from kaname.procedure.declare import Act, CaseKind, Clock, Consequence, Procedure, Role, Trigger
from kaname.procedure.index import UnknownName, full, index
from kaname.procedure.judge import says

NOTHING = T("", "")
START = ""  # the point from which a track comes to be


@dataclass(frozen=True)
class Node:
    """A state. `here`: the case stands in it; `start`: it has it from the first day."""

    id: str
    label: Text
    start: bool
    end: bool
    here: bool


@dataclass(frozen=True)
class Arrow:
    """An act (`sort` act), a consequence of the end of a clock (time) or of another event (law), to one target.

    `keeps`: the state is kept, `sources` are the states in which it may happen and `target` is empty.
    `upon` says what brings a consequence about, `only_if` under which condition.
    """

    id: str
    sort: str  # act | time | law
    label: Text
    basis: Bases
    sources: tuple[str, ...]
    target: str
    roles: tuple[Role, ...] = ()
    upon: Text = NOTHING
    only_if: Text | None = None
    clocks: tuple[Clock, ...] = ()
    question: int | None = None

    @property
    def keeps(self) -> bool:
        return not self.target


@dataclass(frozen=True)
class Graph:
    """One procedure as a picture."""

    id: str
    label: Text
    basis: Bases
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    clocks: tuple[Clock, ...]

    @property
    def moving(self) -> tuple[Arrow, ...]:
        return tuple(a for a in self.arrows if not a.keeps)

    @property
    def keeping(self) -> tuple[Arrow, ...]:
        return tuple(a for a in self.arrows if a.keeps)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who acts, in order of appearance."""
        return tuple({r.id: r for a in self.arrows for r in a.roles}.values())

    @property
    def begins(self) -> tuple[str, ...]:
        """States in which the track stands from the first day."""
        return tuple(n.id for n in self.nodes if n.start)


def graphs(subject: CaseKind | Procedure, here: Iterable[str], procedure: str, as_of: date | None) -> tuple[Graph, ...]:
    """The pictures of a kind, of one of its procedures, or of a procedure alone.

    `here` holds states as `procedure.state` (or bare ones, where one procedure is drawn). Raises UnknownName.
    """
    kind = subject if isinstance(subject, CaseKind) else None
    chosen = subject.procedures if isinstance(subject, CaseKind) else (subject,)
    if procedure:
        chosen = tuple(p for p in chosen if p.id == procedure)
        if not chosen:
            raise UnknownName(f"no procedure {procedure!r} in {subject.id}")
    places = {full(chosen[0], h) if len(chosen) == 1 else h for h in here}
    known = {f"{p.id}.{s}" for p in chosen for s in p.states}
    if strange := sorted(places - known):
        raise UnknownName(f"no state {strange[0]!r} in {subject.id}; states are named procedure.state")
    return tuple(_graph(p, kind, places, as_of) for p in chosen)


def _graph(p: Procedure, kind: CaseKind | None, here: set[str], as_of: date | None) -> Graph:
    nodes = tuple(Node(s, p.label_of(s), s == p.start, p.is_end(s), f"{p.id}.{s}" in here) for s in p.states)
    declared: tuple[Act | Consequence, ...] = (*p.acts, *p.consequences)
    elements = [e for e in declared if in_force(e, as_of)]
    arrows = tuple(a for e in elements for a in _arrows(p, kind, e))
    return Graph(p.id, p.label, p.basis, nodes, arrows, tuple(c for c in p.clocks if in_force(c, as_of)))


def in_force(element: Act | Consequence | Clock, as_of: date | None) -> bool:
    """Whether an element is in force on a day; without a day all are shown."""
    since, until = element.since, element.until
    return as_of is None or not ((since and as_of < since) or (until and as_of > until))


def _arrows(p: Procedure, kind: CaseKind | None, e: Act | Consequence) -> list[Arrow]:
    moving: dict[str, list[str]] = {}
    for source, to in e.moves:
        moving.setdefault("" if source == to else to, []).append(source)
    return [_arrow(p, kind, e, tuple(sources), to) for to, sources in moving.items()]


def _arrow(p: Procedure, kind: CaseKind | None, e: Act | Consequence, sources: tuple[str, ...], to: str) -> Arrow:
    if isinstance(e, Act):
        return Arrow(e.id, "act", e.label, e.basis, sources, to, e.roles, question=e.question)
    clocks = tuple(c for t in e.upon if t.event == "end" for c in p.clocks if c.id == t.name)
    sort = "time" if all(t.event == "end" for t in e.upon) else "law"
    told = [upon(p, kind, t) for t in e.upon]
    text = T("、".join(t.ja for t in told), ", ".join(t.en for t in told))
    only_if = says(e.only_if) if e.only_if else None
    return Arrow(e.id, sort, e.label, e.basis, sources, to, (), text, only_if, clocks, e.question)


_UPON = {
    "done": T("「{what}」により", "upon: {what}"),
    "receipt": T("「{what}」の到達", "receipt of: {what}"),
    "end": T("「{what}」の満了", "end of: {what}"),
    "enters": T("「{what}」となったとき", "upon becoming: {what}"),
}


def upon(p: Procedure, kind: CaseKind | None, trigger: Trigger) -> Text:
    """A trigger in words. Names of other procedures get their label where the kind is known."""
    owner_id, _, id = full(p, trigger.name).partition(".")
    owner = p if owner_id == p.id else index(kind).procedures.get(owner_id) if kind else None
    if owner is None:
        return _UPON[trigger.event].fill(what=trigger.name)
    if trigger.event == "enters":
        what = T(f"{owner.label.ja}：{owner.label_of(id).ja}", f"{owner.label.en}: {owner.label_of(id).en}")
    else:
        named: tuple[Act | Clock | Consequence, ...] = (*owner.acts, *owner.consequences)
        what = next(e.label for e in (owner.clocks if trigger.event == "end" else named) if e.id == id)
    return _UPON[trigger.event].fill(what=what)
