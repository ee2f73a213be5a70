"""A day as people type it, read in one place."""

import re
from datetime import date

from kaname.days import DayError, format_era, parse_era
from kaname.days.numerals import plain
from kaname.law import T
from kaname.procedure.forms import EARLIEST, LATEST, in_calendar

_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_WESTERN = re.compile(r"^(\d{4})([-/.・])(\d{1,2})\2(\d{1,2})$")


def parse_day(text: str) -> date:
    """20261123, 2026/11/23, 2026-11-23, R8.11.23, 令和8年11月23日, 2026年11月23日, full width too. Raises DayError."""
    cleaned = plain(text)
    found = _DIGITS.match(cleaned)
    parts = found.groups() if found else None
    if not parts and (found := _WESTERN.match(cleaned)):
        parts = (found[1], found[3], found[4])
    try:
        day = date(*map(int, parts)) if parts else _era_day(text, cleaned)
    except DayError:
        raise
    except ValueError:
        raise _no_day(text) from None
    if not in_calendar(day):
        raise DayError(
            T(
                f"「{text}」は{EARLIEST.year}年から{LATEST.year}年までの日ではありません。年を確かめてください。",
                f"{text!r} does not lie between {EARLIEST.year} and {LATEST.year}. Check the year.",
            )
        )
    return day


def _era_day(text: str, cleaned: str) -> date:
    """A day with its era. A year past the end of the era is refused with the same day in the right one."""
    written = cleaned.replace("/", ".")
    try:
        return parse_era(written)
    except DayError:
        try:
            meant = format_era(parse_era(written, strict=False))
        except DayError:
            raise _no_day(text) from None
    raise DayError(
        T(
            f"「{text}」はその元号の終わりより後の日です。{meant}でよければ、そのように入力してください。",
            f"{text!r} is after the end of its era. If {meant} is meant, enter that.",
        )
    )


def _no_day(text: str) -> DayError:
    return DayError(
        T(
            f"「{text}」は日付として読めません。20261123、2026/11/23、R8.11.23、令和8年11月23日のように、暦にある日を入力してください。",
            f"{text!r} cannot be read as a date. Enter a day of the calendar such as 20261123, 2026/11/23, R8.11.23 or "
            "令和8年11月23日.",
        )
    )
