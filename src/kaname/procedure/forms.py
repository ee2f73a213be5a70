"""Reading the form of an act: JSON values into typed ones, with one problem a field. Shared by fold, decide and doors.

Days are ISO 8601 text (2026-11-24), instants ISO text with offset, yen whole numbers, percent an exact decimal, flags
true or false, IPC and several-choices lists (or one text separated by ; or |), rows lists of objects.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from kaname.days import jst_date
from kaname.law import T, Text
from kaname.procedure.declare import Act, Field, FieldType
from kaname.procedure.standing import EMPTY, Reason

EARLIEST, LATEST = date(1900, 1, 1), date(2089, 12, 31)
_EXPECTED = {
    FieldType.TEXT: T("文字列", "text"),
    FieldType.FLAG: T("true 又は false", "true or false"),
    FieldType.DAY: T("日付（例 2026-11-24、1900年から2089年まで）", "a day such as 2026-11-24, from 1900 to 2089"),
    FieldType.INSTANT: T("時刻（例 2026-11-24T09:30:00+09:00）", "an instant such as 2026-11-24T09:30:00+09:00"),
    FieldType.INTEGER: T("整数", "a whole number"),
    FieldType.YEN: T("円単位の整数（0以上）", "whole yen, not below zero"),
    FieldType.PERCENT: T("百分率（例 10.95）", "a percentage such as 10.95"),
    FieldType.PARTY: T("当事者の名", "the name of a party"),
    FieldType.PERSON: T("人の名", "the name of a person"),
    FieldType.DOCUMENT: T("文書の名又は番号", "the name or number of a document"),
    FieldType.IPC: T("国際特許分類の記号の列", "a list of IPC symbols"),
    FieldType.CHOICE: T("選択肢の一つ", "one of the options"),
    FieldType.ROWS: T("行（項目の組）の列", "a list of rows"),
}
_RECEIVED = Field("received_on", T("到達日", "day of receipt"), FieldType.DAY)
_ALWAYS = frozenset({"context", "note"})
_UNREADABLE = (ValueError, TypeError, InvalidOperation, OverflowError)
_NO_CONTEXT = Reason(
    T("「context」は、他の事件ごとの項目の組で書く", "context: expected an object of fields for each other case"),
    field="context",
    code="field",
)


class _Wrong(ValueError):
    pass


class _WrongInRow(_Wrong):
    """One cell of a row cannot be read."""

    def __init__(self, column: Field, value: Any):
        super().__init__()
        self.column, self.value = column, value


def in_calendar(day: date) -> bool:
    """Whether a day can stand in a ledger. Holidays are known to 2099: ten years are left for what counts from it."""
    return EARLIEST <= day <= LATEST


def _day(v: Any) -> date:
    day = v
    if isinstance(v, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", v):
        day = date.fromisoformat(v)
    if not isinstance(day, date) or isinstance(day, datetime) or not in_calendar(day):
        raise _Wrong
    return day


def _instant(v: Any) -> datetime:
    found = v if isinstance(v, datetime) else datetime.fromisoformat(v)
    if not in_calendar(jst_date(found)):
        raise _Wrong
    return found


def _whole(v: Any) -> int:
    if isinstance(v, bool) or not isinstance(v, int):
        raise _Wrong
    return v


def _yen(v: Any) -> int:
    """An amount: no sum of the Act is owed the other way round."""
    if _whole(v) < 0:
        raise _Wrong
    return _whole(v)


def _percent(v: Any) -> Decimal:
    if isinstance(v, bool) or not isinstance(v, int | str | float | Decimal):
        raise _Wrong
    # Decimal reads more than a percentage is: NaN, Infinity, 1_000, 1e999999.
    if isinstance(v, str) and not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", v):
        raise _Wrong
    percent = Decimal(str(v))
    if not percent.is_finite():
        raise _Wrong
    return percent


def _flag(v: Any) -> bool:
    if not isinstance(v, bool):
        raise _Wrong
    return v


def _text(v: Any) -> str:
    if not isinstance(v, str) or "\0" in v:
        raise _Wrong
    return v


def _list(v: Any) -> tuple[str, ...]:
    parts = re.split(r"[;|,、]", v) if isinstance(v, str) else v
    if not isinstance(parts, list | tuple):
        raise _Wrong
    return tuple([text for p in parts if (text := _text(p).strip())])


_READ: dict[FieldType, Callable[[Any], Any]] = {
    FieldType.TEXT: _text, FieldType.FLAG: _flag, FieldType.DAY: _day, FieldType.INSTANT: _instant,
    FieldType.INTEGER: _whole, FieldType.YEN: _yen, FieldType.PERCENT: _percent, FieldType.PARTY: _text,
    FieldType.PERSON: _text, FieldType.DOCUMENT: _text, FieldType.IPC: _list,
}  # fmt: skip


def read_value(field: Field, value: Any) -> Any:
    """One value by its field's type. Raises ValueError where it does not fit."""
    if field.type is FieldType.CHOICE:
        chosen = _list(value) if field.several else (_text(value),)
        known = {o.id for o in field.options}
        if not set(chosen) <= known:
            raise _Wrong
        return chosen if field.several else chosen[0]
    if field.type is FieldType.ROWS:
        return _rows(field, value)
    read = _READ[field.type]
    if field.several and field.type is not FieldType.IPC:
        return tuple(read(v) for v in (value if isinstance(value, list | tuple) else [value]))
    return read(value)


def _rows(field: Field, value: Any) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(value, list | tuple):
        raise _Wrong
    columns = {c.id: c for c in field.columns}
    rows = []
    for row in value:
        if not isinstance(row, Mapping) or not set(row) <= set(columns):
            raise _Wrong
        rows.append({k: _cell(columns[k], v) for k, v in row.items()})
    return tuple(rows)


def _cell(column: Field, value: Any) -> Any:
    try:
        return read_value(column, value)
    except _UNREADABLE:
        raise _WrongInRow(column, value) from None


def fields_of(act: Act) -> dict[str, Field]:
    """The fields of an act by id, the day of receipt among them where the law asks for one."""
    found = {f.id: f for f in act.fields}
    if act.received:
        found["received_on"] = _RECEIVED
    return found


def read_form(fields: Mapping[str, Field], data: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[Reason, ...]]:
    """Typed values of a form, and a reason for every value that cannot be read. Unknown fields are kept as they are."""
    if not data:
        return EMPTY, ()
    values: dict[str, Any] = {}
    problems: list[Reason] = []
    for name, value in data.items():
        field = fields.get(name)
        if value is None:
            continue
        if name == "context" and not _is_context(value):
            problems.append(_NO_CONTEXT)
            continue
        if field is None:
            values[name] = value
            continue
        try:
            values[name] = read_value(field, value)
        except _WrongInRow as wrong:
            problems.append(_unreadable(field, wrong.value, wrong.column))
        except _UNREADABLE:
            problems.append(_unreadable(field, value, field))
    return values, tuple(problems)


def _is_context(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(taken, Mapping) for taken in value.values())


def unknown_fields(fields: Mapping[str, Field], data: Mapping[str, Any]) -> tuple[Reason, ...]:
    """A reason for every field the act does not have, with the ones it has."""
    unknown = [n for n in data if n not in fields and n not in _ALWAYS and not n.startswith("reason_for_")]
    if not unknown:
        return ()
    known = T("、".join(fields) or "—", ", ".join(fields) or "-")
    return tuple(
        Reason(
            T(f"項目「{name}」はない。使える項目：{known.ja}", f"there is no field {name!r}; fields: {known.en}"),
            field=name,
            code="field",
        )
        for name in unknown
    )


def _unreadable(field: Field, value: Any, of: Field) -> Reason:
    """`of` is the field itself, or the column of its rows in which the value stands."""
    expected: Text = _EXPECTED[of.type]
    if named := [*(o.id for o in of.options), *(c.id for c in of.columns)]:
        expected = T(f"{expected.ja}（{'、'.join(named)}）", f"{expected.en} ({', '.join(named)})")
    shown = repr(value) if len(repr(value)) < 60 else repr(value)[:57] + "..."
    label = field.label if of is field else T(f"{field.label.ja}・{of.id}", f"{field.label.en}, {of.id}")
    text = T(
        f"「{label.ja}」の値 {shown} が読めない。必要な形：{expected.ja}",
        f"{label.en}: cannot read {shown}; expected {expected.en}",
    )
    return Reason(text, field.basis, field.id, "field")
