"""Instants and the legal day, rules R05 and R20: Japan Standard Time, UTC+9, no daylight saving.

Keep the instant of arrival (到達) and the day of acceptance (受理) apart: the law gives each its own effect.
"""

from datetime import date, datetime, timedelta, timezone

from kaname.days.error import DayError
from kaname.law import T

# Fixed, not the zone "Asia/Tokyo", whose history has summer time from 1948 to 1951.
JST = timezone(timedelta(hours=9), "JST")


def parse_instant(text: str) -> datetime:
    """2024-05-16T15:00:00Z or ...+09:00 as an instant. Raises DayError, also where the offset is missing."""
    try:
        return _in_japan(datetime.fromisoformat(text))
    except ValueError:
        raise DayError(
            T(
                f"「{text}」は時刻として読めない。2024-05-16T15:00:00+09:00 のように時差まで書くこと。",
                f"cannot read {text!r}: expected an instant with its offset, such as 2024-05-16T15:00:00+09:00",
            )
        ) from None


def jst_date(instant: datetime) -> date:
    """The calendar day in Japan of an instant. Raises DayError for a datetime without offset."""
    return _in_japan(instant).date()


def hours_end(instant: datetime, hours: int) -> datetime:
    """When a period in hours ends, in Japan time: it runs at once and never moves (民法139条). Raises DayError."""
    if hours <= 0:
        raise DayError(T(f"{hours}時間は不正。1以上とすること。", f"{hours} hours is not valid: expected more than 0"))
    try:
        return _in_japan(instant) + timedelta(hours=hours)
    except OverflowError:
        raise DayError(
            T(f"{hours}時間後は暦の範囲外。", f"{hours} hours from {instant} leave the calendar (years 1 to 9999)")
        ) from None


def _in_japan(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise DayError(
            T(
                f"{instant} に時差がない。+09:00 のように時差を付けること。",
                f"{instant} has no offset from UTC: expected one, such as +09:00",
            )
        )
    try:
        return instant.astimezone(JST)
    except OverflowError:
        raise DayError(T(f"{instant} は暦の範囲外。", f"{instant} leaves the calendar (years 1 to 9999)")) from None
