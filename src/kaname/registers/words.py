"""Values and sources as a reader reads them, the same in page, report and slide."""

from datetime import date
from decimal import Decimal

from kaname.law import Lang, T, Text
from kaname.registers.blocks import Figure, Source, Value

UNVERIFIED = T("未確認", "unverified")
NO_SOURCE = T("出典なし", "no source given")
NO_VALUE = T("値なし", "no value")
SOURCE = T("出典", "Source")
_AS_OF = T("{day}時点", "As of {day}")
NOT_FIXED = T("日付未定", "day not fixed")
OPEN_QUESTION = T("記録だけでは答えられない問い", "Not answered by the records")
MADE = T("要（Kaname）が記録と目録から作成", "Drawn by Kaname (要) from its records and catalogues")
AHEAD = T("予定", "to come")
_ABOUT = T("約", "about ")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = (T("月", "Mon"), T("火", "Tue"), T("水", "Wed"), T("木", "Thu"), T("金", "Fri"), T("土", "Sat"),
             T("日", "Sun"))  # fmt: skip


def long_day(day: date, lang: Lang) -> str:
    """2026年11月23日（月） | 23 Nov 2026 (Mon)"""
    weekday = _WEEKDAYS[day.weekday()][lang]
    if lang == "ja":
        return f"{day.year}年{day.month}月{day.day}日（{weekday}）"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} ({weekday})"


def as_of(day: date, lang: Lang) -> str:
    """2026年11月23日（月）時点 | As of 23 Nov 2026 (Mon)"""
    return _AS_OF.fill(day=long_day(day, lang))[lang]


def number(value: int | Decimal) -> str:
    """With separators, and as many decimals as it was given."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def cell(value: Value | Text, lang: Lang) -> str:
    """A value as it stands in a table: blank where there is none, days as 2026-11-23."""
    if isinstance(value, Text):
        return value[lang]
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    return number(value) if isinstance(value, int | Decimal) else str(value)


def is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def figure(of: Figure, lang: Lang) -> str:
    """A figure's value without its unit; 約 before an estimate, words where nobody knows it."""
    if of.value is None:
        return NO_VALUE[lang]
    told = long_day(of.value, lang) if isinstance(of.value, date) else cell(of.value, lang)
    return f"{_ABOUT[lang]}{told}" if of.estimate else told


def source(of: Source | None, lang: Lang) -> str:
    """Who says so, and as of when."""
    if of is None:
        return NO_SOURCE[lang]
    day = f"（{of.as_of}）" if lang == "ja" else f" ({of.as_of})"
    return of.label[lang] + (day if of.as_of else "")
