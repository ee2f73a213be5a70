"""The same counting over arrays of days, for bulk work: no Python loop over the days, NaT stays NaT.

Every result equals `kaname.days.end` on that day. Days are `datetime64[D]`.
"""

from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kaname.days.closed import Moving, next_open_table
from kaname.days.error import DayError
from kaname.days.holiday import FIRST_KNOWN, LAST_KNOWN
from kaname.days.length import FirstDay, Length
from kaname.law import T, Text

Days = NDArray[np.datetime64]

_NAT = np.datetime64("NaT", "D")
_ONE = np.timedelta64(1, "D")
_CALENDAR = (np.datetime64("0001-01-01", "D"), np.datetime64("9999-12-31", "D"))
_KNOWN = (np.datetime64(FIRST_KNOWN, "D"), np.datetime64(LAST_KNOWN, "D"))


def ends(starts: Days, length: Length, first_day: FirstDay, move: Moving) -> tuple[Days, Days, Days]:
    """First counted day, last day before the move, last day: three arrays in the shape of `starts`.

    Raises DayError, naming the first such place, where one of the days leaves the calendar or the known holidays.
    """
    starts = np.asarray(starts, dtype="datetime64[D]")
    first = _first(starts, first_day)
    span = _span(starts)
    if span is None or span[1] - span[0] >= starts.size:
        unmoved, last = _count(first, length, move)
        return first, unmoved, last
    # Days repeat in bulk data: count each day between the earliest and the latest once, then look every start up.
    low, high = span
    distinct = np.arange(low, high + 1).view("datetime64[D]")
    try:
        unmoved, last = _count(_first(distinct, first_day), length, move)
    except DayError:
        unmoved, last = _count(first, length, move)  # only days that do occur may fail
        return first, unmoved, last
    place = starts.view(np.int64) - low
    return first, unmoved.take(place), last.take(place)


def _first(starts: Days, first_day: FirstDay) -> Days:
    return starts + np.timedelta64(0 if first_day is FirstDay.COUNTED else 1, "D")


def _span(starts: Days) -> tuple[int, int] | None:
    """The earliest and the latest day as day numbers; None where there is no day, or a NaT among them."""
    if not starts.size:
        return None
    numbers = starts.view(np.int64)  # compared as whole numbers, eight times faster; NaT is the lowest of all
    low = int(numbers.min())
    return None if low == _NAT.view(np.int64) else (low, int(numbers.max()))


def _count(first: Days, length: Length, move: Moving) -> tuple[Days, Days]:
    unmoved = _last_of(first, length)
    _check(first, unmoved, _CALENDAR, T("暦（西暦1年から9999年まで）", "the calendar (years 1 to 9999)"))
    table = _table(move)
    if table is None:
        return unmoved, unmoved.copy()
    _check(first, unmoved, _KNOWN, T(f"祝日の分かる期間（{FIRST_KNOWN} から {LAST_KNOWN} まで）",
                                     f"the days with known holidays ({FIRST_KNOWN} to {LAST_KNOWN})"))  # fmt: skip
    place = np.where(np.isnat(unmoved), _KNOWN[0], unmoved) - _KNOWN[0]
    return unmoved, np.where(np.isnat(unmoved), _NAT, table.take(place.astype(np.int64)))


def _last_of(first: Days, length: Length) -> Days:
    months, days = length.whole_months, length.whole_days
    if not months:
        return first + np.timedelta64(days - 1, "D")
    month = first.astype("datetime64[M]")
    since_first_of_month = first - month.astype("datetime64[D]")
    target = month + np.timedelta64(months, "M")
    before_corresponding = target.astype("datetime64[D]") + since_first_of_month - _ONE
    month_end = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - _ONE
    last: Days = np.minimum(before_corresponding, month_end) + np.timedelta64(days, "D")
    return last


def _check(first: Days, last: Days, bounds: tuple[np.datetime64, np.datetime64], of: Text) -> None:
    outside = (last < bounds[0]) | (last > bounds[1])  # NaT compares as false
    if outside.any():
        where = int(np.flatnonzero(outside)[0])
        raise DayError(
            T(
                f"{where}番（0から）: {first.flat[where]} からの期間の末日 {last.flat[where]} は{of.ja}の外。",
                f"at index {where}: the period from {first.flat[where]} ends on {last.flat[where]}, outside {of.en}",
            )
        )


@cache
def _table(move: Moving) -> Days | None:
    table = next_open_table(move)
    if table is None:
        return None
    epoch = date(1970, 1, 1).toordinal()
    numbers = np.fromiter((day.toordinal() - epoch for day in table), np.int64, len(table))
    return numbers.view("datetime64[D]")
