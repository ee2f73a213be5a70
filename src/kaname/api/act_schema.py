"""The form of an act as JSON Schema (2020-12), derived from its declared fields as they stand on a day.

What only the case can tell (required-if, worked values, conditions) stands as annotation, beginning `x-`.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kaname.law import Lang
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.index import ActOf
from kaname.procedure.judge import says

Json = dict[str, Any]

_DAY: Json = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_WHOLE: Json = {"type": "integer", "minimum": -(2**53) + 1, "maximum": 2**53 - 1}
_TEXT: Json = {"type": "string"}
_TYPES: dict[FieldType, Json] = {
    FieldType.TEXT: _TEXT,
    FieldType.FLAG: {"type": "boolean"},
    FieldType.DAY: _DAY,
    FieldType.INSTANT: {"type": "string", "format": "date-time"},
    FieldType.INTEGER: _WHOLE,
    FieldType.YEN: {**_WHOLE, "minimum": 0},
    FieldType.PERCENT: {"type": ["string", "number"], "description": 'an exact decimal, such as "10.95"'},
    FieldType.PARTY: _TEXT,
    FieldType.PERSON: _TEXT,
    FieldType.DOCUMENT: _TEXT,
    FieldType.IPC: {"type": ["array", "string"], "items": _TEXT},
}


def act_schema(of: ActOf, day: date, lang: Lang) -> Json:
    """The schema of `data` for an act done on a day."""
    fields = [f for f in of.fields.values() if _holds(f, day)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:kaname:act:{of.procedure.id}.{of.act.id}:{day}",
        "title": of.act.label[lang],
        "x-act": of.name,
        "x-roles": [role.id for role in of.act.roles],
        "x-basis": _cites(of.act.basis, lang, day),
        "x-run": list(of.procedure.per),
        **_object(fields, day, lang),
        "patternProperties": {"^reason_for_": _TEXT},
    }


def _object(fields: Iterable[Field], day: date, lang: Lang) -> Json:
    found = list(fields)
    return {
        "type": "object",
        "properties": {f.id: _field(f, day, lang) for f in found},
        "required": [f.id for f in found if f.required is True and f.proposes is None and not f.oneself],
        "additionalProperties": False,
    }


def _field(f: Field, day: date, lang: Lang) -> Json:
    schema: Json = {"title": f.label[lang], "x-type": f.type.value, **_value(f, day, lang)}
    marks = {
        "description": f.help[lang] if f.help else None,
        "x-basis": _cites(f.basis, lang, day) or None,
        "x-sealed": f.sealed or None,
        "x-finding": f.finding or None,
        "x-worked": f.proposes is not None or None,
        "readOnly": bool(f.oneself) or None,
        "x-required-if": None if isinstance(f.required, bool) else says(f.required)[lang],
    }
    return schema | {name: value for name, value in marks.items() if value is not None}


def _value(f: Field, day: date, lang: Lang) -> Json:
    if f.type is FieldType.CHOICE:
        options = [o for o in f.options if _holds(o, day)]
        one: Json = {"type": "string", "enum": [o.id for o in options]}
        labels = {"x-labels": {o.id: o.label[lang] for o in options}}
        return {"type": "array", "items": one, **labels} if f.several else {**one, **labels}
    if f.type is FieldType.ROWS:
        return {"type": "array", "items": _object((c for c in f.columns if _holds(c, day)), day, lang)}
    one = _TYPES[f.type]
    return {"type": "array", "items": one} if f.several and f.type is not FieldType.IPC else dict(one)


def _holds(element: Any, day: date) -> bool:
    return not ((element.since and day < element.since) or (element.until and day > element.until))


def _cites(basis: Any, lang: Lang, day: date) -> list[str]:
    return [b.on(day)[lang] for b in basis]
