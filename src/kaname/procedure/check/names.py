"""Names: everything a declaration names exists, and nothing is named twice."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from kaname.law import T
from kaname.law.penalties import penalty
from kaname.procedure.check.problem import Problem, changes, elements, parts, problem, unknown
from kaname.procedure.declare import Act, Ban, CaseKind, Consequence, Duty, Field, NoPenalty, Procedure, Role, Trigger
from kaname.procedure.index import Index, full

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
ACT, CLOCK, STATE = T("行為", "act or consequence"), T("期間", "clock"), T("状態", "state")


def check_names(kind: CaseKind, index: Index) -> Iterator[Problem]:
    yield from _twice((p.id for p in kind.procedures), kind.id)
    yield from _aliases(kind)
    yield from _roles(kind)
    named_by = {r.named_by: None for p in kind.procedures for a in p.acts for r in a.roles}
    for name in filter(None, (*kind.reference, kind.title, *kind.planned, *named_by)):
        if name not in index.keeps:
            yield unknown("unknown_particular", kind.id, T("記載事項", "particular"), name, index.keeps)
    for name in kind.opened_by:
        if name not in index.acts:
            yield unknown("unknown_act", kind.id, ACT, name, index.acts)
    yield from _custody(kind, index)
    for p in kind.procedures:
        yield from _ids(p)
        for name in {*p.after, *p.excludes} - set(index.procedures):
            yield unknown("unknown_procedure", p.id, T("手続", "procedure"), name, index.procedures)
        for act in p.acts:
            where = f"{p.id}.{act.id}"
            yield from _effects(index, p, act, where)
            yield from _moves(p, act, where)
            if not act.roles:
                yield problem("no_role", where, "行為者の定めがない", "nobody may do this act: `by` is empty")
            if not set(act.void_unless) <= set(act.conditions):
                yield problem("unasked", where, "void_unless の条件が conditions にない：記録の前に問われない",
                              "void_unless names what is not among the conditions: never asked before")  # fmt: skip
            if act.penalty is not None:
                yield from _penalty(act.penalty, where)
        for c in p.consequences:
            where = f"{p.id}.{c.id}"
            yield from _effects(index, p, c, where)
            yield from _moves(p, c, where)
            yield from _triggers(index, p, c.upon, where)
            if not c.upon:
                yield problem(
                    "no_trigger", where, "契機がない", "nothing brings this consequence about: `upon` is empty"
                )
        for duty in p.duties:
            yield from _duty(index, p, duty)
        for ban in p.bans:
            yield from _ban(index, p, ban)
        yield from _runs(p)


def _custody(kind: CaseKind, index: Index) -> Iterator[Problem]:
    if (custody := kind.custody) is None:
        return
    for name in filter(None, (custody.procedure, custody.measures)):
        if name not in index.procedures:
            yield unknown("unknown_procedure", kind.id, T("手続", "procedure"), name, index.procedures)
    states = frozenset(state for p in kind.procedures if p.id == custody.procedure for state in p.states)
    for name in custody.states:
        if name not in states:
            yield unknown("unknown_state", kind.id, STATE, name, states)


# -- names used twice ---------------------------------------------------------------------------------------------


def _twice(ids: Iterable[str], where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            yield problem("id_twice", where, f"「{id}」が二度使われている", f"the id {id!r} is used twice")
        seen.add(id)


def _ids(p: Procedure) -> Iterator[Problem]:
    groups = ([e.id for e in elements(p)], *([e.id for e in group] for group in (p.clocks, p.duties, p.bans)))
    for id in (p.id, *p.states, *p.per, *chain(*groups)):
        if not _ID.fullmatch(id):
            yield problem(
                "bad_id",
                p.id,
                f"「{id}」は名に使えない（英数字と _）",
                f"{id!r} is no name: letters, digits and _ only",
            )
    for group in groups:
        yield from _twice(group, p.id)
    for act in p.acts:
        yield from _twice((t.id for t in act.takes), f"{p.id}.{act.id}")
        yield from _field_ids(act.fields, f"{p.id}.{act.id}")


def _field_ids(fields: tuple[Field, ...], where: str) -> Iterator[Problem]:
    yield from _twice((f.id for f in fields), where)
    for f in fields:
        if f.id in ("received_on", "context", "note") or f.id.startswith("reason_for_"):
            yield problem(
                "reserved_id",
                f"{where}.{f.id}",
                "予約された名である（到達日は received=True で足りる）",
                "this name is reserved (received=True already gives the act its day of receipt)",
            )
        yield from _twice((o.id for o in f.options), f"{where}.{f.id}")
        yield from _field_ids(f.columns, f"{where}.{f.id}")


def _aliases(kind: CaseKind) -> Iterator[Problem]:
    """An alias stands for one act of the kind; one with a dot is a full name."""
    owners = {f"{p.id}.{a.id}": f"{p.id}.{a.id}" for p in kind.procedures for a in p.acts}
    for p in kind.procedures:
        for act in p.acts:
            for alias in act.aliases:
                owner = owners.setdefault(full(p, alias), f"{p.id}.{act.id}")
                if owner != f"{p.id}.{act.id}" or alias == act.id:
                    yield problem(
                        "alias_clash",
                        f"{p.id}.{act.id}",
                        f"別名「{alias}」は {owner} の名である",
                        f"the alias {alias!r} already names {owner}",
                    )


def _roles(kind: CaseKind) -> Iterator[Problem]:
    known: dict[str, Role] = {}
    for where, part in parts(kind):
        if isinstance(part, Role) and known.setdefault(part.id, part) != part:
            yield problem(
                "role_twice",
                where,
                f"役割「{part.id}」が二通りに定義されている",
                f"the role {part.id!r} is defined in two ways",
            )


# -- names that must exist ----------------------------------------------------------------------------------------


def _moves(p: Procedure, element: Act | Consequence, where: str) -> Iterator[Problem]:
    if not element.moves:
        yield problem(
            "no_move", where, "どの状態でもできない", "possible in no state: `moves` is empty (use go, stay or opens)"
        )
    for source, to in element.moves:
        for state in (source, to) if source else (to,):
            yield from _state(p, state, where)
    yield from (
        problem(
            "two_moves", where, f"「{s}」からの行き先が二つある", f"two moves lead out of {s!r}; the last would win"
        )
        for s in {s for s, _ in element.moves}
        if [x for x, _ in element.moves].count(s) > 1
    )


def _state(p: Procedure, state: str, where: str) -> Iterator[Problem]:
    if state not in p.states:
        yield unknown("unknown_state", where, STATE, state, p.states)


def _effects(index: Index, p: Procedure, element: Act | Consequence, where: str) -> Iterator[Problem]:
    own = {c.id for c in p.clocks}
    for name in element.starts:
        if name not in own:
            yield unknown("unknown_clock", where, T("この手続の期間", "clock of this procedure"), name, frozenset(own))
    changed = [*element.meets, *element.stops]
    if isinstance(element, Act):
        changed += [e.clock for e in changes(element)]
    for name in changed:
        yield from _clock(index, p, name, where)


def _clock(index: Index, p: Procedure, name: str, where: str) -> Iterator[Problem]:
    if full(p, name) not in index.clocks:
        yield unknown("unknown_clock", where, CLOCK, full(p, name), index.clocks)


def _triggers(index: Index, p: Procedure, triggers: tuple[Trigger, ...], where: str) -> Iterator[Problem]:
    for t in triggers:
        name = full(p, t.name)
        match t.event:
            case "done" | "receipt" if name in index.acts and index.acts[name].name != name:
                owner = index.acts[name].name
                yield problem(
                    "trigger_by_alias",
                    where,
                    f"「{name}」は別名。{owner} と書くこと",
                    f"{name!r} is an alias; write {owner!r}",
                )
            case "done":
                if name not in index.names:
                    yield unknown("unknown_act", where, ACT, name, index.names)
            case "receipt":
                if name not in index.acts:
                    yield unknown("unknown_act", where, T("行為", "act"), name, index.acts)
                elif not index.acts[name].act.received:
                    yield problem(
                        "not_received",
                        where,
                        f"{name} に到達日がない（received=True が要る）",
                        f"{name} has no day of receipt: declare received=True on the act",
                    )
            case "end":
                yield from _clock(index, p, t.name, where)
            case "enters":
                procedure, _, state = name.partition(".")
                if procedure not in index.procedures:
                    yield unknown("unknown_procedure", where, T("手続", "procedure"), procedure, index.procedures)
                else:
                    yield from _state(index.procedures[procedure], state, where)
            case _:
                yield problem(
                    "unknown_event",
                    where,
                    f"「{t.event}」という契機はない",
                    f"no event {t.event!r}: use done, receipt, end_of or enters",
                )


def _duty(index: Index, p: Procedure, duty: Duty) -> Iterator[Problem]:
    where = f"{p.id}.{duty.id}"
    yield from _triggers(index, p, (*duty.arises, *duty.done), where)
    for state in (*duty.states, *duty.moot):
        yield from _state(p, state, where)
    if duty.clock is not None and duty.clock not in {c.id for c in p.clocks}:
        yield unknown("unknown_clock", where, CLOCK, duty.clock, frozenset(c.id for c in p.clocks))
    if duty.key_part is not None and duty.key_part not in p.per:
        yield unknown(
            "unknown_key_part", where, T("runの部分", "part of the run's key"), duty.key_part, frozenset(p.per)
        )
    if duty.by_fact is not None and f"{p.id}.{duty.by_fact[0]}" not in index.keeps:
        yield unknown("unknown_particular", where, T("記載事項", "particular"), duty.by_fact[0], index.keeps)
    yield from _penalty(duty.penalty, where)


def _ban(index: Index, p: Procedure, ban: Ban) -> Iterator[Problem]:
    where = f"{p.id}.{ban.id}"
    for state in filter(None, ban.states):
        yield from _state(p, state, where)
    for act in ban.covers:
        if full(p, act) not in index.acts:
            yield unknown("unknown_act", where, T("行為", "act"), full(p, act), index.acts)
    for clock in (*ban.ends_with, *((ban.at_most,) if ban.at_most else ())):
        yield from _clock(index, p, clock, where)
    for given, name in ((ban.states, "states"), (ban.covers, "covers")):
        if not given:
            yield problem("empty_ban", where, f"{name} が空である", f"the ban bans nothing: `{name}` is empty")
    yield from _penalty(ban.penalty, where)


def _penalty(found: str | NoPenalty, where: str) -> Iterator[Problem]:
    if isinstance(found, NoPenalty):
        return
    if not found:
        yield problem(
            "no_penalty",
            where,
            "罰則も、罰則がない理由もない",
            "neither a penalty nor a reason: give an id or NoPenalty(why)",
        )
        return
    try:
        penalty(found)
    except LookupError as error:
        yield problem("unknown_penalty", where, f"罰則「{found}」はない", str(error.args[0]))


def _runs(p: Procedure) -> Iterator[Problem]:
    """How tracks of the procedure come to be, and how runs are named."""
    yield from _twice(p.per, p.id)
    if p.start is not None:
        yield from _state(p, p.start, p.id)
    if p.recurs and not (p.per and p.start):
        yield problem(
            "recurs_without_key",
            p.id,
            "定期に始まる手続には per と start が要る",
            "runs that open by time need `per` (how they are named) and `start` (the state they begin in)",
        )
    opened = any(source == "" for e in elements(p) for source, _ in e.moves)
    if not opened and (p.start is None or (p.per and not p.recurs)):
        yield problem(
            "never_begins",
            p.id,
            "手続が始まらない（start、opens、recurs のいずれもない）",
            "no track ever comes to be: no start, no act or consequence that opens one, no recurs",
        )
