"""Counting a period (期間の計算), rules R01 to R04 and the move of its last day: the fast path without explanation."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from kaname.days.closed import DAY, ORIGIN, Move, Moving, next_open_table
from kaname.days.error import DayError
from kaname.days.holiday import known
from kaname.days.length import FirstDay, Length
from kaname.law import T


class Ends(NamedTuple):
    """The days of a counted period. `last_day` is 経過する日; the day after it is 経過した日."""

    first_counted_day: date
    unmoved_last_day: date
    last_day: date


def end(start: date, length: Length, first_day: FirstDay, move: Moving) -> Ends:
    """Count a period from the day of the event. Raises DayError where the calendar or the known holidays end."""
    try:
        first = start if first_day is FirstDay.COUNTED else start + DAY
        last = last_of(first, length)
    except OverflowError:
        raise beyond_calendar(start, length) from None
    if move is Move.NONE:
        return Ends(first, last, last)
    table = next_open_table(move)
    if table is None:
        return Ends(first, last, last)
    place = last.toordinal() - ORIGIN
    if not 0 <= place < len(table):
        known(last)
    return Ends(first, last, table[place])


def last_of(first: date, length: Length) -> date:
    """The last day of a period whose first counted day is `first`. Raises OverflowError past the year 9999."""
    months, days = length.whole_months, length.whole_days
    if not months:
        return first + timedelta(days - 1)
    last = last_of_months(first, months)
    return last + timedelta(days) if days else last


def last_of_months(first: date, months: int) -> date:
    """The day before the corresponding day (応当日の前日); the month's last day where there is none (R03, R04)."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError
    if first.day > 28 and first.day > monthrange(year, month + 1)[1]:
        return date(year, month + 1, monthrange(year, month + 1)[1])
    return date(year, month + 1, first.day) - DAY


def months_before(day: date, months: int) -> date:
    """The day with the same number so many months earlier; the month's last day where there is none.

    Raises OverflowError before the year 1.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def beyond_calendar(start: date, length: Length) -> DayError:
    return DayError(
        T(
            f"{start} と {length.text.ja} の期間は暦の範囲（西暦1年から9999年まで）を超える。より短い期間にすること。",
            f"{length.text.en} and {start} leave the calendar (years 1 to 9999): expected a shorter period",
        )
    )
