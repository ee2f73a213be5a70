"""Questions: what conditions, day rules, sums and particulars read exists where they read it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from kaname.law import T
from kaname.procedure.check.probe import Reads, ask
from kaname.procedure.check.problem import Problem, changes, elements, problem, unknown
from kaname.procedure.declare import (
    Act,
    AnyCondition,
    CaseKind,
    Clock,
    Consequence,
    DayRule,
    Field,
    FieldType,
    Keep,
    Procedure,
    Trigger,
    atoms,
    received,
)
from kaname.procedure.index import ActOf, Index, full
from kaname.procedure.view import View

Question = Callable[[View], Any]


@dataclass(frozen=True)
class Asked:
    """One question: where it stands, and the acts whose forms may lie before it."""

    where: str
    procedure: Procedure
    question: Question
    acts: tuple[ActOf, ...]


def check_questions(kind: CaseKind, index: Index) -> Iterator[Problem]:
    for asked in questions(kind, index):
        yield from _judge(index, asked, read(index, asked))
    for p in kind.procedures:
        for element in elements(p):
            acts = acts_before(index, p, element)
            for kept in element.keeps:
                if kept.value is None and not _has(acts, kept.id):
                    yield _field_missing(f"{p.id}.{element.id}", kept.id, acts)
        for clock in p.clocks:
            yield from _received(index, p, clock)
            if clock.chosen:
                yield from _day_field(index, p, clock, clock.chosen)
        for act in p.acts:
            yield from _set_ends(p, act)
        for duty in p.duties:
            acts = acts_upon(index, p, duty.arises)
            if duty.person and not _has(acts, duty.person):
                yield _field_missing(f"{p.id}.{duty.id}", duty.person, acts)


def read(index: Index, asked: Asked) -> Reads:
    fields: dict[str, Field] = {}
    for of in asked.acts:
        fields.update(of.fields)
    return ask(index, asked.procedure, asked.question, fields, bool(asked.acts))


def questions(kind: CaseKind, index: Index) -> Iterator[Asked]:
    """Every function of a kind that reads a case."""
    for p in kind.procedures:
        for act in p.acts:
            own, where = (index.acts[f"{p.id}.{act.id}"],), f"{p.id}.{act.id}"
            asked = [*_each((*act.conditions, *act.advice)), *_rule(act.judged_by), *_values(act.keeps)]
            for f in act.fields:
                asked += [] if isinstance(f.required, bool) else _each((f.required,))
                asked += [(f.id, f.proposes)] if f.proposes else []
            yield from (Asked(f"{where}.{id}", p, q, own) for id, q in asked)
        for c in p.consequences:
            acts, where = acts_before(index, p, c), f"{p.id}.{c.id}"
            asked = [*_each((c.only_if,) if c.only_if else ()), *_rule(c.judged_by), *_values(c.keeps)]
            asked += [("into", c.into)] if c.into else []
            yield from (Asked(f"{where}.{id}", p, q, acts) for id, q in asked)
        for clock in p.clocks:
            acts, where = acts_starting(index, p, clock), f"{p.id}.{clock.id}"
            asked = [*_rule(clock.judged_by), *((count.at.id, count.at.day) for count in clock.counts)]
            yield from (Asked(f"{where}.{id}", p, q, acts) for id, q in asked)
        for ban in p.bans:
            acts = tuple(index.acts[full(p, name)] for name in ban.covers)
            yield from (Asked(f"{p.id}.{ban.id}.{id}", p, q, acts) for id, q in _each(ban.unless))
        yield from (Asked(f"{p.id}.warns.{id}", p, q, ()) for id, q in _each(p.warns))
        if p.recurs:
            yield Asked(f"{p.id}.recurs", p, partial(_a_year_of, p.recurs), ())


def _a_year_of(recurs: Callable[[View, date, date], Any], view: View) -> Any:
    return recurs(view, view.on, view.on + timedelta(days=366))


def _each(conditions: Iterable[AnyCondition]) -> list[tuple[str, Question]]:
    found: list[tuple[str, Question]] = []
    for c in conditions:
        for atom in atoms(c):
            found += [(atom.id, atom.test), *_rule(atom.judged_by)]
            found += [(f"{atom.id}.tells", atom.tells)] if atom.tells else []
    return found


def _rule(rule: DayRule | None) -> list[tuple[str, Question]]:
    return [(rule.id, rule.day)] if rule else []


def _values(keeps: tuple[Keep, ...]) -> list[tuple[str, Question]]:
    found: list[tuple[str, Question]] = []
    for kept in keeps:
        if isinstance(kept.value, DayRule):
            found += _rule(kept.value)
        elif kept.value is not None:
            found.append((kept.id, kept.value))
    return found


# -- whose form lies before a question ----------------------------------------------------------------------------


def acts_before(index: Index, p: Procedure, element: Act | Consequence) -> tuple[ActOf, ...]:
    """The acts whose form a question of this element can read: its own, or those that bring a consequence about."""
    if isinstance(element, Act):
        return (index.acts[f"{p.id}.{element.id}"],)
    return acts_upon(index, p, element.upon)


def acts_upon(index: Index, p: Procedure, triggers: Iterable[Trigger]) -> tuple[ActOf, ...]:
    """The acts behind triggers, through consequences of consequences. None behind the end of a clock."""
    found: dict[str, ActOf] = {}
    seen: set[tuple[str, str]] = set()
    todo = [(t.event, full(p, t.name)) for t in triggers]
    while todo:
        event, name = todo.pop(0)
        if (event, name) in seen or event == "end":
            continue
        seen.add((event, name))
        if name in index.acts:
            found[name] = index.acts[name]
        elif name in index.consequences:
            c = index.consequences[name]
            todo += [(t.event, full(c.procedure, t.name)) for t in c.consequence.upon]
        elif event == "enters":
            todo += [("done", n) for n in _leading_to(index, name)]
    return tuple(found.values())


def _leading_to(index: Index, name: str) -> list[str]:
    procedure, _, state = name.partition(".")
    p = index.procedures[procedure]
    return [f"{p.id}.{e.id}" for e in elements(p) if any(s != t == state for s, t in e.moves)]


def starters(p: Procedure, clock: Clock) -> tuple[Act | Consequence, ...]:
    return tuple(e for e in elements(p) if clock.id in e.starts)


def acts_starting(index: Index, p: Procedure, clock: Clock) -> tuple[ActOf, ...]:
    return tuple({of.name: of for e in starters(p, clock) for of in acts_before(index, p, e)}.values())


# -- what may be wrong --------------------------------------------------------------------------------------------


def _judge(index: Index, asked: Asked, reads: Reads) -> Iterator[Problem]:
    if reads.unknown:
        yield problem("unknown_in_condition", asked.where, f"存在しない名を問う：{reads.unknown}", reads.unknown)
    if reads.raised:
        yield problem(
            "raises",
            asked.where,
            f"空の事件で例外になる：{reads.raised}",
            f"raises on an empty case ({reads.raised}); what the case lacks must read as unmet or unknown",
        )
    for name in sorted(reads.past):
        yield problem(
            "reaches_past",
            asked.where,
            f"view.{name} は宣言から用いない",
            f"reaches past the view into view.{name}: declarations ask given, fact, state, done, clock ... only",
        )
    for name in sorted(reads.fields):
        known = _has(asked.acts, name) or (name.startswith("reason_for_") and _has(asked.acts, name[11:]))
        if not known:
            yield _field_missing(asked.where, name, asked.acts)
    for name in sorted(reads.takes):
        if not any(t.id == name for of in asked.acts for t in of.act.takes):
            yield problem(
                "take_missing",
                asked.where,
                f"他事件からの「{name}」を受け取る行為がない",
                f"no act here takes {name!r} (Act.takes)",
            )
    if reads.received and not any(of.act.received for of in asked.acts):
        yield _not_received(asked.where, asked.acts)
    for procedure, other in dict.fromkeys(reads.compared):
        states = index.procedures[procedure].states
        if isinstance(other, str) and other and other not in states:
            yield unknown(
                "unknown_state", asked.where, T(f"{procedure} の状態", f"state of {procedure}"), other, states
            )


def _received(index: Index, p: Procedure, clock: Clock) -> Iterator[Problem]:
    """A clock that counts from the receipt is started by acts that have one, every time."""
    if all(count.at is received for count in clock.counts) and clock.counts:
        for element in starters(p, clock):
            acts = acts_before(index, p, element)
            if not acts or not all(of.act.received for of in acts):
                yield _not_received(f"{p.id}.{element.id}", acts)


def _day_field(index: Index, p: Procedure, clock: Clock, chosen: str) -> Iterator[Problem]:
    for element in starters(p, clock):
        acts = acts_before(index, p, element)
        if not any(chosen in of.fields and of.fields[chosen].type is FieldType.DAY for of in acts):
            yield _field_missing(f"{p.id}.{element.id}", chosen, acts)


def _set_ends(p: Procedure, act: Act) -> Iterator[Problem]:
    days = {f.id for f in act.fields if f.type is FieldType.DAY}
    for change in changes(act):
        if change.to not in days:
            yield problem(
                "field_missing",
                f"{p.id}.{act.id}",
                f"終期を定める日付の項目「{change.to}」がない",
                f"the act sets the end of {change.clock!r} but has no day field {change.to!r}",
            )
    for extend in act.extends:
        if extend.counted_from not in ("start", "end"):
            yield problem(
                "counted_from",
                f"{p.id}.{act.id}",
                "上限は start か end から数える",
                f"the cap counts from 'start' or 'end', not {extend.counted_from!r}",
            )


def _has(acts: tuple[ActOf, ...], name: str) -> bool:
    return any(name in of.fields for of in acts)


def _field_missing(where: str, name: str, acts: tuple[ActOf, ...]) -> Problem:
    behind = ", ".join(of.name for of in acts)
    if not acts:
        return problem(
            "field_missing",
            where,
            f"「{name}」を読むが、ここに様式はない",
            f"reads the field {name!r}, but no act's form is here",
        )
    return problem("field_missing", where, f"「{name}」という項目が {behind} にない", f"no field {name!r} in {behind}")


def _not_received(where: str, acts: tuple[ActOf, ...]) -> Problem:
    behind = ", ".join(of.name for of in acts) or "—"
    return problem(
        "not_received",
        where,
        f"到達日を用いるが、{behind} に到達がない（received=True が要る）",
        f"uses the day of receipt, which {behind} does not have: declare received=True on the act",
    )
