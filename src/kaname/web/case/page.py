"""The case page as values: answer, clocks, duties, bans, what may be done by me and what others are waited for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.law import Bases, Text
from kaname.procedure import Reason, Standing, bans, duties, may, warnings
from kaname.procedure.ahead import ends_by_time
from kaname.procedure.declare import Role
from kaname.procedure.index import index
from kaname.procedure.judge import says
from kaname.procedure.reasons import sanction
from kaname.procedure.show import BanNow, DutyNow, May, owes
from kaname.procedure.standing import Note
from kaname.web.case.answer import answer, clock_of, first, met_by
from kaname.web.case.banned import concerns
from kaname.web.case.line import Line, named
from kaname.web.parts.clocks import ClockView, clock_views
from kaname.web.parts.states import due_state

_OVER = ("met", "lapsed", "stopped")  # clocks that ask for nothing any more


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty: who owes it, by when, how it stands, what follows a breach; `why`: the clock it runs with."""

    label: Text
    who: Text
    party: str
    due: date | None
    state: str
    days: int | None
    basis: Bases
    penalty: Text
    why: str
    mine: bool
    effort: bool
    lasts: bool
    question: int | None


@dataclass(frozen=True, slots=True)
class BanRow:
    """A ban in force: until when, from when one is free if nothing else happens, exceptions, what follows a breach."""

    label: Text
    binds: Text
    run: str
    since: date | None
    until: date | None
    free: date | None
    basis: Bases
    penalty: Text
    unless: list[Text]
    mine: bool
    question: int | None


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act: its address in the URL, what the form still asks, why it is impossible, the last day it can be done."""

    name: str
    run: str
    label: Text
    procedure: Text
    basis: Bases
    roles: tuple[Role, ...]
    needs: tuple[Reason, ...]
    why: tuple[Reason, ...]
    deed: bool
    last: date | None
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What others may do next."""

    role: Text
    acts: list[ActRow]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the case page shows of a standing to one who acts in some roles."""

    answer: list[Line]
    clocks: list[ClockView]
    over: list[ClockView]
    duties: list[DutyRow]
    done: list[DutyRow]
    bans: list[BanRow]
    ready: list[ActRow]
    asking: list[ActRow]
    impossible: list[ActRow]
    waiting: list[Waiting]
    states: list[tuple[Text, Text, date | None, str]]
    notes: tuple[Note, ...]
    warnings: list[Reason]
    unread: list[tuple[date, Text]]  # changes of the law in words that were not read

    @property
    def usual(self) -> ActRow | None:
        """The act that presses: one with a draft, or one that a running clock waits for."""
        acts = sorted((*self.ready, *self.asking), key=_usual)
        return next((a for a in acts if not a.deed and (a.drafted or a.last)), None)

    @property
    def told(self) -> list[Line]:
        """The sentences at the head of the page."""
        return first(self.answer)

    @property
    def possible(self) -> int:
        return len(self.ready) + len(self.asking)


def page(standing: Standing, roles: Collection[str], drafted: Collection[tuple[str, str]] = ()) -> Page:
    """The page of a standing. `drafted`: acts and runs for which the person has a draft."""
    possible, ends = may(standing), ends_by_time(standing)
    clocks = clock_views(standing)
    owed = [_duty(standing, d, roles) for d in duties(standing)]
    held = sorted(
        (_ban(standing, b, ends, roles) for b in bans(standing)), key=lambda b: (not b.mine, b.free or date.max)
    )
    acts = [(m, _act(standing, m, drafted)) for m in possible if not any(r.code == "version" for r in m.why)]
    mine = [(m, a) for m, a in acts if any(r.id in roles for r in a.roles)]
    return Page(
        answer=answer(standing, roles, ends, possible),
        clocks=[c for c in clocks if c.state not in _OVER],
        over=[c for c in clocks if c.state in _OVER],
        duties=sorted((d for d in owed if d.state not in ("met", "void")), key=_pressing),
        done=[d for d in owed if d.state in ("met", "void")],
        bans=held,
        ready=sorted((a for m, a in mine if m.ready and not m.needs), key=_usual),
        asking=sorted((a for m, a in mine if m.ready and m.needs), key=_usual),
        impossible=[a for m, a in mine if not m.ready],
        waiting=_waiting((a for m, a in acts if m.ready), roles),
        states=_states(standing),
        notes=standing.notes,
        warnings=[w for w in warnings(standing) if w.code != "overdue"],
        unread=[(since, standing.kind.notes[n]) for since, n in standing.kind.unverified(standing.as_of).items()],
    )


def _usual(act: ActRow) -> tuple[bool, date, bool]:
    """Drafts first, then what a clock presses, then the rest; deeds (that may be breaches) last."""
    return not act.drafted, act.last or date.max, act.deed


def _pressing(d: DutyRow) -> tuple[bool, date]:
    return not d.mine, d.due or date.max


def _duty(standing: Standing, d: DutyNow, roles: Collection[str]) -> DutyRow:
    role = owes(d)
    state, days = due_state(d.due, standing.as_of)
    if d.status in ("done", "void"):
        state, days = {"done": "met", "void": "void"}[d.status], None
    elif d.status == "open" and state == "overdue":  # a target: missed is not overdue
        state, days = "lapsed", None
    duty = d.of.duty
    return DutyRow(
        duty.label, role.label, d.party, d.due, state, days, duty.basis, sanction(duty.penalty, standing.as_of),
        clock_of(standing, d), role.id in roles, duty.effort, duty.lasts, duty.question,
    )  # fmt: skip


def _ban(standing: Standing, b: BanNow, ends: Mapping[tuple[str, str, str], date], roles: Collection[str]) -> BanRow:
    ban = b.of.ban
    free = ends.get((b.of.procedure.id, b.run, ban.id))
    until = free - timedelta(1) if free else b.until
    return BanRow(
        b.label, ban.binds.label, b.run, b.since, until, free, ban.basis, sanction(ban.penalty, standing.as_of),
        [says(c) for c in ban.unless], concerns(standing, b.of, roles), ban.question,
    )  # fmt: skip


def _act(standing: Standing, m: May, drafted: Collection[tuple[str, str]]) -> ActRow:
    act = m.of.act
    ends = [c.last_day for c in met_by(standing, m.of, m.run) if c.status == "running" and c.last_day]
    return ActRow(
        m.of.name, m.run, act.label, m.of.procedure.label, act.basis, act.roles, m.needs, m.why, act.deed,
        min(ends, default=None), (m.of.name, m.run) in drafted,
    )  # fmt: skip


def _waiting(ready: Iterable[ActRow], roles: Collection[str]) -> list[Waiting]:
    """Acts that only others may do, by role in order of appearance. Deeds are waited for by nobody."""
    found: dict[str, Waiting] = {}
    for act in ready:
        if act.deed or any(r.id in roles for r in act.roles):
            continue
        for role in act.roles:
            found.setdefault(role.id, Waiting(role.label, [])).acts.append(act)
    return list(found.values())


def _states(standing: Standing) -> list[tuple[Text, Text, date | None, str]]:
    """Each track that has moved: procedure, state, since, key."""
    procedures = index(standing.kind).procedures
    rows: list[tuple[Text, Text, date | None, str]] = []
    for key, track in standing.tracks.items():
        p = procedures[track.procedure]
        if track.since > date.min:
            name = named(p.label, track.run, standing.kind.parties)
            rows.append((name, p.label_of(track.state), track.since, key))
    return rows
