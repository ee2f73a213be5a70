"""What people type, read in one place: dates in every usual form, numbers, and the form of an act as JSON values.

Full width and half width are the same, spaces and separators are accepted. What cannot be read raises `DayError` or
gives an error text that says what was expected. Nothing here judges: that is the kernel's part.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from kaname.days import JST, DayError
from kaname.days.numerals import plain
from kaname.law import T, Text
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.read_day import parse_day as parse_day

Typed = Mapping[str, Sequence[str]]
_TIME = re.compile(r"^(\d{1,2})(?::|時)(\d{1,2})分?$")


def parse_whole(text: str) -> int:
    """1,234 / １２３４ / 1 234 円 / ¥1,234. Raises ValueError."""
    cleaned = re.sub(r"[,、，円¥]|JPY|yen", "", plain(text), flags=re.IGNORECASE)
    if not re.fullmatch(r"[+-]?\d{1,18}", cleaned):
        raise ValueError(text)
    return int(cleaned)


def parse_percent(text: str) -> str:
    """10.95, 10.95%, １０．９５％ as an exact decimal in text. Raises ValueError."""
    cleaned = plain(text).replace(",", "").rstrip("%")
    try:
        value = Decimal(cleaned)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite() or len(cleaned) > 20:
        raise ValueError(text)
    return cleaned


def parse_moment(day: str, time: str) -> datetime:
    """A day and a time in Japan. Raises DayError for the day, ValueError for the time."""
    on = parse_day(day)
    found = _TIME.match(plain(time))
    if not found:
        raise ValueError(time)
    return datetime(on.year, on.month, on.day, int(found[1]), int(found[2]), tzinfo=JST)


# -- the form of an act ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReadForm:
    """What a form said: JSON values as an entry keeps them, and an error for each field that cannot be read.

    A field left empty is left out. `errors` go by HTML name, so that a row's column has its own.
    """

    data: dict[str, Any]
    errors: dict[str, Text]


def read_form(fields: Collection[Field], typed: Typed, prefix: str = "") -> ReadForm:
    """Read what was typed into the form of an act. `typed`: dict(request.POST.lists()), or a draft."""
    data: dict[str, Any] = {}
    errors: dict[str, Text] = {}
    for field in fields:
        name = prefix + field.id
        if field.type is FieldType.ROWS:
            rows = [read_form(field.columns, typed, f"{name}.{n}.") for n in _rows(name, typed)]
            for row in rows:
                errors |= row.errors
            if kept := [row.data for row in rows if row.data]:
                data[field.id] = kept
            continue
        try:
            value = _read(field, name, typed)
        except DayError as error:
            errors[name] = error.text
        except ValueError:
            errors[name] = _expected(field)
        else:
            if value is not None:
                data[field.id] = value
    return ReadForm(data, errors)


def _rows(name: str, typed: Typed) -> list[int]:
    heads = {key.removeprefix(f"{name}.").partition(".")[0] for key in typed if key.startswith(f"{name}.")}
    return sorted(int(h) for h in heads if h.isdecimal() and len(h) < 6)


def _read(field: Field, name: str, typed: Typed) -> Any:
    """The value of one field, None where it was left empty."""
    if field.type is FieldType.INSTANT:
        day, time = _one(typed, f"{name}.day"), _one(typed, f"{name}.time")
        return parse_moment(day, time).isoformat() if day or time else None
    if field.type is FieldType.CHOICE and field.several:
        return [v for v in typed.get(name, ()) if v] or None
    text = _one(typed, name)
    if not text:
        return None
    if field.type is FieldType.IPC:
        return [line for part in re.split(r"[\n;|,、]", text) if (line := " ".join(part.split()))]
    if field.several:
        return [_value(field, line) for line in text.splitlines() if line.strip()]
    return _value(field, text)


def _value(field: Field, text: str) -> Any:
    match field.type:
        case FieldType.DAY:
            return parse_day(text).isoformat()
        case FieldType.FLAG:
            return {"yes": True, "no": False}[text] if text in ("yes", "no") else _bad(text)
        case FieldType.INTEGER | FieldType.YEN:
            return parse_whole(text)
        case FieldType.PERCENT:
            return parse_percent(text)
        case FieldType.CHOICE:
            return text if text in {o.id for o in field.options} else _bad(text)
    return text.replace("\r\n", "\n")


def _bad(text: str) -> Any:
    raise ValueError(text)


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0].strip().replace("\0", "") if values else ""


_EXPECTED = {
    FieldType.INTEGER: T("整数を入力してください（例：1,234）。", "Enter a whole number, such as 1,234."),
    FieldType.YEN: T("円単位の整数を入力してください（例：1,200,000）。", "Enter whole yen, such as 1,200,000."),
    FieldType.PERCENT: T("百分率を入力してください（例：10.95）。", "Enter a percentage, such as 10.95."),
    FieldType.INSTANT: T(
        "日付と時刻を入力してください（例：2026/11/23 と 9:30）。",
        "Enter a day and a time, such as 2026/11/23 and 9:30.",
    ),
    FieldType.FLAG: T("「はい」か「いいえ」を選んでください。", "Choose yes or no."),
    FieldType.CHOICE: T("選択肢から選んでください。", "Choose one of the options."),
}


def _expected(field: Field) -> Text:
    said = _EXPECTED.get(field.type, T("入力し直してください。", "Enter it again."))
    return T(f"「{field.label.ja}」が読めません。{said.ja}", f"{field.label.en}: this cannot be read. {said.en}")
