"""Values of an entry as a form holds them: texts by the names of its fields."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from kaname.days import JST
from kaname.procedure.declare import Field, FieldType

Typed = Mapping[str, Sequence[str]]


def as_typed(fields: Mapping[str, Field], data: Mapping[str, Any], prefix: str = "") -> dict[str, list[str]]:
    """The values of an entry (or a proposal) as a form holds them: the other way round than `read_form`."""
    typed: dict[str, list[str]] = {}
    for id, value in data.items():
        field, name = fields.get(id), prefix + id
        if field is None or value is None:
            continue
        if field.type is FieldType.ROWS:
            columns = {c.id: c for c in field.columns}
            for n, row in enumerate(value):
                typed |= as_typed(columns, row, f"{name}.{n}.")
        elif field.type is FieldType.INSTANT:
            at = (value if isinstance(value, datetime) else datetime.fromisoformat(value)).astimezone(JST)
            typed |= {f"{name}.day": [f"{at:%Y/%m/%d}"], f"{name}.time": [f"{at:%H:%M}"]}
        else:
            typed[name] = _typed_values(field, value)
    return typed


def _typed_values(field: Field, value: Any) -> list[str]:
    if field.type is FieldType.FLAG:
        return ["yes" if value else "no"]
    if field.type is FieldType.IPC or (field.several and field.type is not FieldType.CHOICE):
        return ["\n".join(str(v) for v in (value if isinstance(value, list | tuple) else [value]))]
    many = value if isinstance(value, list | tuple) else [value]
    return [str(v).replace("-", "/") if field.type is FieldType.DAY else str(v) for v in many]
