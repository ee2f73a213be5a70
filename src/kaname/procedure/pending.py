"""What is pending in a case, as short rows for inboxes and calendars: duties, clocks, bans that began, end or ended.

Each row names an element of the declaration and the role whom it concerns, so that one statement finds the work of a
person over all cases. The words are put to it when it is shown (`label`).
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from kaname.law import Bases, T, Text
from kaname.procedure.declare import Act, CaseKind, Force, Procedure
from kaname.procedure.index import full, index
from kaname.procedure.show import BanNow, DutyNow, bans, duties, owes
from kaname.procedure.standing import Standing

NEWS = timedelta(31)  # how long what a ban did counts as news


class Pending(NamedTuple):
    """`sort`: duty | clock | ban (ends on `day`) | banned (began on it) | freed (free from it) | turn (a procedure lies
    with the role since `day`; named by its state). `name` is the element's full name. `role` is "" for a clock that
    nobody can meet or extend: it only passes. `day` None: a duty that has no last day (`without_delay`).
    """

    sort: str
    name: str
    run: str
    role: str
    day: date | None

    @property
    def is_due(self) -> bool:
        """Whether somebody has something to do by the day: a clock that only passes asks nothing of anybody."""
        return self.sort == "duty" or (self.sort == "clock" and bool(self.role))

    def order(self) -> tuple[str, str, str, str, date]:
        """What rows are sorted by."""
        return self.sort, self.name, self.run, self.role, self.day or date.max


def pending(standing: Standing, held: list[DutyNow] | None = None) -> tuple[Pending, ...]:
    """All rows of a case at the end of the standing's day, sorted. `held`: its duties, where already known."""
    held = duties(standing) if held is None else held
    dated = {*_duties(held), *_clocks(standing, held)}
    found = {*dated, *_turns(standing, dated), *_bans(bans(standing), standing), *_freed(standing)}
    return tuple(sorted(found, key=Pending.order))


def _duties(held: list[DutyNow]) -> Iterator[Pending]:
    for d in held:
        if d.status in ("open", "overdue"):
            yield Pending("duty", d.of.name, d.run, owes(d).id, d.due)


def _clocks(standing: Standing, held: list[DutyNow]) -> Iterator[Pending]:
    """Running clocks of which no open duty tells already."""
    told = {(d.of.clock, d.run) for d in held if d.of.clock}
    for r in standing.clocks.values():
        name = f"{r.procedure}.{r.clock.id}"
        if r.status == "running" and r.last_day and (name, r.run) not in told:
            for role in _meeting(standing.kind).get(name, ("",)):
                yield Pending("clock", name, r.run, role, r.last_day)


def _bans(found: list[BanNow], standing: Standing) -> Iterator[Pending]:
    for b in found:
        if b.until:
            yield Pending("ban", b.of.name, b.run, b.of.ban.binds.id, b.until)
        if b.since and b.since > standing.as_of - NEWS:
            yield Pending("banned", b.of.name, b.run, b.of.ban.binds.id, b.since)


def _freed(standing: Standing) -> Iterator[Pending]:
    """Bans that ended of late: what moved the track to its state can only have moved it out of a banned one."""
    tables = index(standing.kind)
    for of in tables.bans:
        for track in standing.tracks.values():
            if track.procedure != of.procedure.id or track.since <= standing.as_of - NEWS:
                continue
            if track.state in of.ban.states or track.cause not in tables.names:
                continue
            element = tables.element(track.cause)
            left = {source for source, to in element.moves if to == track.state}
            if left and left <= set(of.ban.states):
                yield Pending("freed", of.name, track.run, of.ban.binds.id, track.since)


def _turns(standing: Standing, told: Collection[Pending]) -> Iterator[Pending]:
    """Procedures that lie with a role, where neither a duty nor a clock of theirs tells the role already: since the day
    on which they came into their state, the case's first day for one that began with it."""
    procedures = index(standing.kind).procedures
    first = standing.course[0].on if standing.course else None
    busy = {(p.name.partition(".")[0], p.run, p.role) for p in told}
    for track in standing.tracks.values():
        role = procedures[track.procedure].waits_for(track.state)
        if role and (track.procedure, track.run, role.id) not in busy:
            since = track.since if track.cause else first
            yield Pending("turn", f"{track.procedure}.{track.state}", track.run, role.id, since)


@cache
def _meeting(kind: CaseKind) -> dict[str, tuple[str, ...]]:
    """The roles whom a clock concerns, by its full name: whose acts meet it, else whose acts can extend it."""
    meets, extends = _Roles(), _Roles()
    for p in kind.procedures:
        for act in p.acts:
            for name in act.meets:
                meets.add(full(p, name), act)
            for extend in act.extends:
                extends.add(full(p, extend.clock), act)
    return {name: tuple(roles) for name, roles in {**extends, **meets}.items()}


class _Roles(dict[str, dict[str, None]]):
    def add(self, name: str, act: Act) -> None:
        self.setdefault(name, {}).update({r.id: None for r in act.roles})


def without_delay(kind: CaseKind, duty: str) -> bool:
    """Whether the law asks for a duty without delay (遅滞なく). One that goes on (secrecy, books, an order to obey),
    or that waits for a day which somebody sets, has no last day either; but of it the law does not say so."""
    return duty in _prompt(kind)


@cache
def _prompt(kind: CaseKind) -> frozenset[str]:
    tables = index(kind)
    return frozenset(d.name for d in tables.duties if d.clock and tables.clocks[d.clock].force is Force.WITHOUT_DELAY)


def label(kind: CaseKind, sort: str, name: str) -> tuple[Text, Bases]:
    """What a row is called, and its provision. Raises LookupError for a name the kind does not have."""
    return _labels(kind)[sort if sort in ("duty", "clock", "turn") else "ban", name]


@cache
def _labels(kind: CaseKind) -> dict[tuple[str, str], tuple[Text, Bases]]:
    found: dict[tuple[str, str], tuple[Text, Bases]] = {}
    for p in kind.procedures:
        found |= {("duty", f"{p.id}.{d.id}"): (d.label, d.basis) for d in p.duties}
        found |= {("clock", f"{p.id}.{c.id}"): (c.label, c.basis) for c in p.clocks}
        found |= {("ban", f"{p.id}.{b.id}"): (b.label, b.basis) for b in p.bans}
        found |= {("turn", f"{p.id}.{s}"): (_stage(p, s), p.basis) for s in p.states}
    return found


def _stage(p: Procedure, state: str) -> Text:
    return T(f"{p.label.ja}：{p.label_of(state).ja}", f"{p.label.en}: {p.label_of(state).en}")
