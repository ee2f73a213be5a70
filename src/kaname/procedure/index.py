"""Everything about a kind that a fold looks up again and again, worked out once per kind.

Names are resolved here: a bare id belongs to its own procedure. Unknown names are reported by `check`, and raise
UnknownName when met at run time, so that a misspelt name can never read as "no".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kaname.procedure.declare import Act, Ban, CaseKind, Clock, Consequence, Duty, Field, Procedure, Trigger
from kaname.procedure.forms import fields_of


class UnknownName(LookupError):
    """A declaration or caller named something the kind does not have."""


@dataclass(frozen=True)
class ActOf:
    """An act with its procedure and, per state it may be done from, where it leads."""

    name: str
    procedure: Procedure
    act: Act
    moves: Mapping[str, str]
    fields: Mapping[str, Field]
    worked: tuple[Field, ...]  # those that propose their value


@dataclass(frozen=True)
class ConsequenceOf:
    name: str
    order: int
    procedure: Procedure
    consequence: Consequence
    moves: Mapping[str, str]


@dataclass(frozen=True)
class DutyOf:
    name: str
    procedure: Procedure
    duty: Duty
    clock: str  # the full name of the clock that it follows, or ""


@dataclass(frozen=True)
class BanOf:
    name: str
    procedure: Procedure
    ban: Ban
    ends_with: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """Look-up tables of one kind. Acts also under their aliases; listeners by (event, full name)."""

    kind: CaseKind
    procedures: Mapping[str, Procedure]
    acts: Mapping[str, ActOf]
    clocks: Mapping[str, Clock]
    clock_order: Mapping[str, int]
    consequences: Mapping[str, ConsequenceOf]
    listeners: Mapping[tuple[str, str], tuple[ConsequenceOf, ...]]
    arising: Mapping[tuple[str, str], tuple[DutyOf, ...]]
    fulfilling: Mapping[tuple[str, str], tuple[DutyOf, ...]]
    bans_by_act: Mapping[str, tuple[BanOf, ...]]
    bans_of: Mapping[str, tuple[Ban, ...]]
    bans: tuple[BanOf, ...]
    duties: tuple[DutyOf, ...]
    keeps: frozenset[str]
    recurring: tuple[Procedure, ...]
    standing_from_start: tuple[Procedure, ...]
    names: frozenset[str]
    bites_on_receipt: frozenset[str]

    def element(self, name: str) -> Act | Consequence:
        """The act or consequence of a full name, as it stands in a track's cause."""
        found = self.acts.get(name)
        return found.act if found else self.consequences[name].consequence


def full(procedure: Procedure, name: str) -> str:
    """The full name of an element named inside a procedure."""
    return name if "." in name else f"{procedure.id}.{name}"


@cache
def index(kind: CaseKind) -> Index:
    """The tables of a kind, made once."""
    acts: dict[str, ActOf] = {}
    clocks: dict[str, Clock] = {}
    listeners: dict[tuple[str, str], list[ConsequenceOf]] = {}
    arising: dict[tuple[str, str], list[DutyOf]] = {}
    fulfilling: dict[tuple[str, str], list[DutyOf]] = {}
    bans: list[BanOf] = []
    duties: list[DutyOf] = []
    keeps: set[str] = set()
    names: set[str] = set()
    consequences: dict[str, ConsequenceOf] = {}
    order = 0
    for p in kind.procedures:
        for act in p.acts:
            worked = tuple(f for f in act.fields if f.proposes)
            of = ActOf(f"{p.id}.{act.id}", p, act, dict(act.moves), fields_of(act), worked)
            names.add(of.name)
            for name in (act.id, *act.aliases):
                acts[full(p, name)] = of
            keeps.update(f"{p.id}.{k.id}" for k in act.keeps)
        for clock in p.clocks:
            clocks[f"{p.id}.{clock.id}"] = clock
        for c in p.consequences:
            order += 1
            one = ConsequenceOf(f"{p.id}.{c.id}", order, p, c, dict(c.moves))
            names.add(one.name)
            consequences[one.name] = one
            keeps.update(f"{p.id}.{k.id}" for k in c.keeps)
            for trigger in c.upon:
                listeners.setdefault(_event(p, trigger), []).append(one)
        for duty in p.duties:
            d = DutyOf(f"{p.id}.{duty.id}", p, duty, full(p, duty.clock) if duty.clock else "")
            duties.append(d)
            for trigger in duty.arises:
                arising.setdefault(_event(p, trigger), []).append(d)
            for trigger in duty.done:
                fulfilling.setdefault(_event(p, trigger), []).append(d)
        bans.extend(BanOf(f"{p.id}.{b.id}", p, b, tuple(full(p, c) for c in b.ends_with)) for b in p.bans)
    by_act: dict[str, list[BanOf]] = {}
    for b in bans:
        for covered in b.ban.covers:
            of_act = acts.get(full(b.procedure, covered))
            by_act.setdefault(of_act.name if of_act else full(b.procedure, covered), []).append(b)
    return Index(
        kind=kind,
        procedures={p.id: p for p in kind.procedures},
        acts=acts,
        clocks=clocks,
        clock_order={name: i for i, name in enumerate(clocks)},
        consequences=consequences,
        listeners={k: tuple(v) for k, v in listeners.items()},
        arising={k: tuple(v) for k, v in arising.items()},
        fulfilling={k: tuple(v) for k, v in fulfilling.items()},
        bans_by_act={k: tuple(v) for k, v in by_act.items()},
        bans_of={p.id: p.bans for p in kind.procedures if p.bans},
        bans=tuple(bans),
        duties=tuple(duties),
        keeps=frozenset(keeps),
        recurring=tuple(p for p in kind.procedures if p.recurs),
        standing_from_start=tuple(p for p in kind.procedures if p.start and not p.per),
        names=frozenset(names),
        bites_on_receipt=frozenset(
            name
            for event, name in (*listeners, *arising, *fulfilling)
            if event == "receipt" and _waits(listeners, name)
        ),
    )


def _waits(listeners: Mapping[tuple[str, str], list[ConsequenceOf]], act: str) -> bool:
    """Whether the receipt of an act moves anything that the act itself, being done, does not move already."""
    heard = {c.procedure.id for c in listeners.get(("receipt", act), ())}
    return not heard or bool(heard - {c.procedure.id for c in listeners.get(("done", act), ())})


def _event(p: Procedure, trigger: Trigger) -> tuple[str, str]:
    name = full(p, trigger.name)
    return trigger.event, name
