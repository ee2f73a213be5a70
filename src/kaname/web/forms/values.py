"""Values of an entry as a person reads them: on the check page, in the history, on the receipt."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from kaname.law import T, Text
from kaname.procedure.declare import Field, FieldType
from kaname.web.attached import document_id
from kaname.web.parts import dates

YES, NO = T("はい", "yes"), T("いいえ", "no")


def shown(field: Field | None, value: Any, called: Mapping[str, Text] = MappingProxyType({})) -> Text:
    """One value by its field's type; what no field declares is shown as it is. `called`: names of files, by id."""
    if value is None or value == "":
        return T("", "")
    if isinstance(value, bool):
        return YES if value else NO
    if field is None:
        return _same(value)
    match field.type:
        case FieldType.DAY:
            day = value if isinstance(value, date) else _day(value)
            return dates.screen(day) if day else _same(value)
        case FieldType.INSTANT:
            return dates.instant(value if isinstance(value, datetime) else datetime.fromisoformat(value))
        case FieldType.CHOICE:
            labels = {o.id: o.label for o in field.options}
            return _joined([labels.get(v, _same(v)) for v in (value if isinstance(value, list | tuple) else [value])])
        case FieldType.INTEGER:
            return _same(f"{value:,}")
        case FieldType.YEN:
            return T(f"{value:,}円", f"JPY {value:,}")
        case FieldType.PERCENT:
            return _same(f"{value}%")
        case FieldType.ROWS:
            columns = {c.id: c for c in field.columns}
            return _joined([_row(columns, row) for row in value], "\n")
        case FieldType.DOCUMENT:
            return _joined(_papers(value if isinstance(value, list | tuple) else [value], called))
    if isinstance(value, list | tuple):
        return _joined([_same(v) for v in value], "\n" if field.type is FieldType.IPC else "、")
    return _same(value)


def _papers(values: Iterable[Any], called: Mapping[str, Text]) -> list[Text]:
    """Files are numbered, but for those whose names this reader is told."""
    n, found = 0, []
    for value in values:
        id = document_id(value)
        n += bool(id)
        found.append(called.get(id) or T(f"添えたファイル{n}", f"attached file {n}") if id else _same(value))
    return found


def _row(columns: Mapping[str, Field], row: Mapping[str, Any]) -> Text:
    parts = [(columns[k].label, shown(columns[k], v)) for k, v in row.items() if k in columns]
    return T(
        "、".join(f"{label.ja}：{v.ja}" for label, v in parts), ", ".join(f"{label.en}: {v.en}" for label, v in parts)
    )


def _joined(texts: list[Text], between: str = "、") -> Text:
    return T(between.join(t.ja for t in texts), (", " if between == "、" else between).join(t.en for t in texts))


def _same(value: Any) -> Text:
    return T(str(value), str(value))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
