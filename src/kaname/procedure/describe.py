"""A kind as plain data: everything a form, an API schema, a page or another program needs to know of it on one day.

    describe(kind, date(2026, 4, 1))  ->  dict of JSON values only

Texts are {"ja", "en"}. What is not in force on the day is left out, and provisions bear the numbers of that day. An
element with a transitional rule (`judged_by`) is described as it holds for a case judged by that day.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, TypeVar

from kaname.days import Length
from kaname.law import Bases, Practice, Silence, Text
from kaname.procedure.declare import (
    Act,
    AnyCondition,
    Ban,
    Both,
    CaseKind,
    Clock,
    Condition,
    Consequence,
    Duty,
    Either,
    Extend,
    Field,
    NoPenalty,
    Option,
    Procedure,
    Role,
    Shorten,
    Trigger,
)
from kaname.procedure.index import full
from kaname.procedure.judge import says

Json = dict[str, Any]


class _Dated(Protocol):
    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


_D = TypeVar("_D", bound=_Dated)


def describe(kind: CaseKind, as_of: date) -> Json:
    """The kind as it stands in law on a day."""
    return {
        "id": kind.id,
        "regime": kind.regime,
        "label": _text(kind.label),
        "as_of": as_of.isoformat(),
        "version": kind.version(as_of).isoformat(),
        "versions": [v.isoformat() for v in kind.versions],
        "notes": {str(number): _text(note) for number, note in kind.notes.items()},
        "procedures": [_procedure(p, as_of) for p in kind.procedures],
    }


def _procedure(p: Procedure, day: date) -> Json:
    clocks = {c.id for c in _in_force(p.clocks, day)}
    return {
        **_head(p.id, p.label, p.basis, day),
        "start": p.start,
        "after": list(p.after),
        "excludes": list(p.excludes),
        "per": list(p.per),
        "named": p.named,
        "recurs": p.recurs is not None,
        "note": _text(p.note),
        "states": [_state(p, s) for s in p.states],
        "acts": [_act(p, a, clocks, day) for a in _in_force(p.acts, day)],
        "clocks": [_clock(p, c, day) for c in _in_force(p.clocks, day)],
        "duties": [_duty(p, d, day) for d in p.duties],
        "bans": [_ban(p, b, day) for b in p.bans],
        "consequences": [_consequence(p, c, clocks, day) for c in _in_force(p.consequences, day)],
        "warns": _conditions(p.warns, day),
    }


def _state(p: Procedure, id: str) -> Json:
    role = p.waits_for(id)
    return {
        "id": id,
        "label": _text(p.label_of(id)),
        "end": p.is_end(id),
        "waits_for": _role(role) if role else None,
    }


# -- elements -----------------------------------------------------------------------------------------------------


def _act(p: Procedure, a: Act, clocks: set[str], day: date) -> Json:
    return {
        **_head(a.id, a.label, a.basis, day),
        "name": f"{p.id}.{a.id}",
        "by": [_role(r) for r in a.roles],
        "moves": [{"from": source, "to": to} for source, to in a.moves],
        "fields": [_field(f, day) for f in _in_force(a.fields, day)],
        "conditions": _conditions(a.conditions, day),
        "void_unless": _conditions(a.void_unless, day),
        "advice": _conditions(a.advice, day),
        **_effects(a, clocks),
        "extends": [_change(e, day) for e in a.extends],
        "shortens": [_change(s, day) for s in a.shortens],
        "takes": [{"id": t.id, "label": _text(t.label), "kind": t.kind} for t in a.takes],
        "received": a.received,
        "deed": a.deed,
        "penalty": a.penalty,
        "aliases": list(a.aliases),
        "note": _text(a.note),
        **_dates(a),
        "unverified": a.question,
    }


def _consequence(p: Procedure, c: Consequence, clocks: set[str], day: date) -> Json:
    return {
        **_head(c.id, c.label, c.basis, day),
        "name": f"{p.id}.{c.id}",
        "upon": [_trigger(p, t) for t in c.upon],
        "moves": [{"from": source, "to": to} for source, to in c.moves],
        "conditions": _conditions((c.only_if,) if c.only_if else (), day),
        **_effects(c, clocks),
        "every_run": c.every_run,
        "into": c.into is not None,
        "note": _text(c.note),
        **_dates(c),
        "unverified": c.question,
    }


def _effects(e: Act | Consequence, clocks: set[str]) -> Json:
    """What is started, met, stopped and kept; clocks not in force on the day are not started."""
    return {
        "starts": [name for name in e.starts if name in clocks],
        "meets": list(e.meets),
        "stops": list(e.stops),
        "keeps": [k.id for k in e.keeps],
    }


def _clock(p: Procedure, c: Clock, day: date) -> Json:
    counts = [
        {
            "length": _length(count.length),
            "from": {"id": count.at.id, "label": _text(count.at.label)},
            "first_day": count.first_day.value,
        }
        for count in c.counts
    ]
    reading = (
        {"plus": c.reading.plus, "label": _text(c.reading.label), "unverified": c.reading.question}
        if c.reading
        else None
    )
    return {
        **_head(c.id, c.label, c.basis, day),
        "name": f"{p.id}.{c.id}",
        "kind": c.kind.value,
        "moves": c.kind.move.value,
        "force": c.force.value,
        "counts": counts,
        "chosen": c.chosen,
        "reading": reading,
        "lasting": c.lasting,
        **_dates(c),
        "unverified": c.question,
    }


def _duty(p: Procedure, d: Duty, day: date) -> Json:
    return {
        **_head(d.id, d.label, d.basis, day),
        "name": f"{p.id}.{d.id}",
        "by": _role(d.by),
        "to": _role(d.to) if d.to else None,
        "clock": d.clock,
        "states": list(d.states),
        "moot": list(d.moot),
        "arises": [_trigger(p, t) for t in d.arises],
        "done": [_trigger(p, t) for t in d.done],
        "person": d.person,
        "key_part": d.key_part,
        "by_named": _role(d.by_named) if d.by_named else None,
        "by_fact": {"fact": d.by_fact[0], "roles": {v: _role(r) for v, r in d.by_fact[1]}} if d.by_fact else None,
        "lasts": d.lasts,
        "effort": d.effort,
        **_penalty(d.penalty),
        "unverified": d.question,
    }


def _ban(p: Procedure, b: Ban, day: date) -> Json:
    return {
        **_head(b.id, b.label, b.basis, day),
        "name": f"{p.id}.{b.id}",
        "binds": _role(b.binds),
        "states": list(b.states),
        "covers": [full(p, act) for act in b.covers],
        "ends_with": [full(p, clock) for clock in b.ends_with],
        "unless": _conditions(b.unless, day),
        "older": b.older,
        "left": {state: _text(label) for state, label in b.left.items()},
        "plainly": {"cannot": _text(b.plainly.cannot), "can": _text(b.plainly.can)} if b.plainly else None,
        "at_most": full(p, b.at_most) if b.at_most else None,
        **_penalty(b.penalty),
        "unverified": b.question,
    }


def _penalty(penalty: str | NoPenalty) -> Json:
    """The id of the penalty, or why there is none."""
    if isinstance(penalty, NoPenalty):
        return {"penalty": None, "no_penalty": _text(penalty.why)}
    return {"penalty": penalty, "no_penalty": None}


def _change(e: Extend | Shorten, day: date) -> Json:
    change: Json = {"clock": e.clock, "to": e.to, "basis": _basis(e.basis, day)}
    if isinstance(e, Extend):
        change |= {"cap": _length(e.cap), "counted_from": e.counted_from, "first_day": e.first_day.value}
    return change


def _trigger(p: Procedure, t: Trigger) -> Json:
    return {"event": t.event, "name": full(p, t.name)}


# -- forms and questions ------------------------------------------------------------------------------------------


def _field(f: Field, day: date) -> Json:
    """A field; `required` is true, false, or "if" with `required_if` saying when."""
    conditional = not isinstance(f.required, bool)
    return {
        **_head(f.id, f.label, f.basis, day),
        "type": f.type.value,
        "required": "if" if conditional else f.required,
        "required_if": None if isinstance(f.required, bool) else _conditions((f.required,), day),
        "options": [_option(o, day) for o in _in_force(f.options, day)],
        "columns": [_field(c, day) for c in _in_force(f.columns, day)],
        "several": f.several,
        "sealed": f.sealed,
        "finding": f.finding,
        "proposed": f.proposes is not None,
        "oneself": f.oneself,
        "long": f.long,
        "help": _text(f.help),
        "form": _text(f.form),
        "since": _iso(f.since),
        "until": _iso(f.until),
    }


def _option(o: Option, day: date) -> Json:
    return {**_head(o.id, o.label, o.basis, day), "since": _iso(o.since), "until": _iso(o.until)}


def _conditions(conditions: Iterable[AnyCondition], day: date) -> list[Json]:
    """All of them must be met; what is joined by "and" is listed singly, "or" and "not" carry their parts."""
    found: list[Json] = []
    for c in conditions:
        match c:
            case Condition():
                if _holds(c, day):
                    said = {"requires": _text(c.requires), "lacks": _text(c.lacks), "basis": _basis(c.basis, day)}
                    found.append({"id": c.id, **said, **_dates(c), "unverified": c.question})
            case Both():
                found += _conditions(c.parts, day)
            case Either():
                parts = [_conditions((p,), day) for p in c.parts]
                if all(parts):  # a question not asked on that day is met, and so is the whole
                    found.append(_composed(c, "any", [q for part in parts for q in part]))
            case _:
                if asked := _conditions((c.part,), day):
                    found.append(_composed(c, "not", asked))
    return found


def _composed(c: AnyCondition, how: str, parts: list[Json]) -> Json:
    """A composed question: its own sentence, the provisions of all its parts, and the parts under `any` or `not`."""
    id = f"{how}({', '.join(p['id'] for p in parts)})"
    basis = list({b["en"]: b for p in parts for b in p["basis"]}.values())
    return {"id": id, "requires": _text(says(c)), "lacks": None, "basis": basis, "unverified": None, how: parts}


# -- small parts --------------------------------------------------------------------------------------------------


def _holds(element: _Dated, day: date) -> bool:
    return not ((element.since and day < element.since) or (element.until and day > element.until))


def _in_force(elements: Iterable[_D], day: date) -> list[_D]:
    return [e for e in elements if _holds(e, day)]


def _dates(element: Act | Consequence | Clock | Condition) -> Json:
    """Between which days an element exists, and by which day that is judged (None: by the day of the act or event)."""
    rule = element.judged_by
    judged_by = {"id": rule.id, "label": _text(rule.label)} if rule else None
    return {"since": _iso(element.since), "until": _iso(element.until), "judged_by": judged_by}


def _head(id: str, label: Text, basis: Bases, day: date) -> Json:
    return {"id": id, "label": _text(label), "basis": _basis(basis, day)}


def _text(text: Text | None) -> Json | None:
    return {"ja": text.ja, "en": text.en} if text else None


def _basis(bases: Bases, day: date) -> list[Json]:
    """Each basis under its number of the day; practice and silence of the law are marked as such."""
    return [{"ja": on["ja"], "en": on["en"], "sort": _sort(b)} for b in bases for on in (b.on(day),)]


def _sort(basis: object) -> str:
    if isinstance(basis, Practice):
        return "practice"
    return "silence" if isinstance(basis, Silence) else "provision"


def _role(role: Role) -> Json:
    return {"id": role.id, "label": _text(role.label), "own_run": bool(role.own_run)}


def _length(length: Length | None) -> Json | None:
    """A length in words and numbers; None where the clock ends on the very day it counts from."""
    if length is None:
        return None
    numbers = {"years": length.years, "months": length.months, "weeks": length.weeks, "days": length.days}
    return {"ja": length.text.ja, "en": length.text.en, **numbers}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
