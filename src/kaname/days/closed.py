"""Closed days and the move of a last day (期限の特例): which days are closed for whom, and the next open day.

Every rule is one `Closing`: which of Saturdays, the year-end days (29-31 December, 2-3 January) close beside Sundays
and national holidays. Today's closed days are applied to all years, also to those before Saturdays were closed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from kaname.days.holiday import FIRST_KNOWN, LAST_KNOWN, holiday_name, is_national_holiday, known
from kaname.law import T, Text

DAY = timedelta(days=1)
ORIGIN = FIRST_KNOWN.toordinal()
_SATURDAY, _SUNDAY = 5, 6
_YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


class Move(StrEnum):
    """How the last day moves when it is a closed day: the kind of period decides."""

    AGENCY = "agency"  # R08 filings to a national agency: Agency Holiday Act Art. 2
    PATENT = "patent"  # R10 procedures before the Patent Office: Patent Act Art. 3(2)
    COURT = "court"  # R19 litigation periods: Code of Civil Procedure Art. 95(3)
    CIVIL = "civil"  # R06 private law, custom of no business assumed: Civil Code Art. 142
    CONTRACT = "contract"  # as CIVIL while the contract says nothing more; else give its `Contract`
    NONE = "none"  # R09 standstills, terms, agency duties, fixed dates


@dataclass(frozen=True, slots=True)
class Contract:
    """What the wording of a contract closes beside Sundays and national holidays (R06: a switch per contract)."""

    saturdays: bool = False
    year_end: bool = False  # 29 December to 3 January


Moving = Move | Contract
_ALL_CLOSED = Contract(saturdays=True, year_end=True)
_CLOSING: Mapping[Move, Contract] = {
    Move.AGENCY: _ALL_CLOSED,
    Move.PATENT: _ALL_CLOSED,
    Move.COURT: _ALL_CLOSED,
    Move.CIVIL: Contract(),
    Move.CONTRACT: Contract(),
}


def closing(move: Moving) -> Contract | None:
    """The days a move passes over; None where nothing moves."""
    return move if isinstance(move, Contract) else _CLOSING.get(move)


def is_closed(day: date, move: Moving) -> bool:
    """Whether a last day on `day` moves on. False for every day under Move.NONE; else DayError outside the range."""
    rule = closing(move)
    return rule is not None and _closed(known(day), rule)


def is_agency_closed(day: date) -> bool:
    """Closed day of national administrative organs (行政機関の休日), R07: Agency Holiday Act Art. 1(1)."""
    return is_closed(day, Move.AGENCY)


def next_open_day(day: date, move: Moving = Move.AGENCY) -> date:
    """The first open day on or after `day`. Raises DayError outside the known range."""
    table = next_open_table(move)
    return day if table is None else table[known(day).toordinal() - ORIGIN]


def previous_open_day(day: date, move: Moving = Move.AGENCY) -> date:
    """The last open day on or before `day`. Raises DayError outside the known range."""
    while is_closed(day, move):
        day -= DAY
    return day


def closed_name(day: date) -> Text:
    """Why a closed day is closed, as a sentence says it: the holiday, the year-end closure or the day of the week."""
    if name := holiday_name(day):
        return T(name.ja, f"a {name.en}") if name.en[0].islower() else name
    if (day.month, day.day) in _YEAR_END:
        return T("年末年始の休日", "the year-end closure")
    return T("土曜日", "a Saturday") if day.weekday() == _SATURDAY else T("日曜日", "a Sunday")


def next_open_table(move: Moving) -> tuple[date, ...] | None:
    """The next open day of every known day, first entry FIRST_KNOWN; None where nothing moves."""
    return _TABLES[move] if move in _TABLES else _remember(move)


_TABLES: dict[Moving, tuple[date, ...] | None] = {Move.NONE: None}


def _remember(move: Moving) -> tuple[date, ...] | None:
    rule = closing(move)
    _TABLES[move] = None if rule is None else _next_open(rule)
    return _TABLES[move]


@cache
def _next_open(rule: Contract) -> tuple[date, ...]:
    # Built backwards: a closed day takes the answer of the day after it. The first days of 2100 need no holidays:
    # 1 January is closed by the year-end rule, and 2099 ends on a Thursday.
    opens = LAST_KNOWN + DAY
    while _weekend(opens, rule) or (rule.year_end and (opens.month, opens.day) in _YEAR_END):
        opens += DAY
    backwards = []
    for ordinal in range(LAST_KNOWN.toordinal(), ORIGIN - 1, -1):
        day = date.fromordinal(ordinal)
        opens = opens if _closed(day, rule) else day
        backwards.append(opens)
    return tuple(reversed(backwards))


def _closed(day: date, rule: Contract) -> bool:
    year_end = rule.year_end and (day.month, day.day) in _YEAR_END
    return _weekend(day, rule) or year_end or is_national_holiday(day)


def _weekend(day: date, rule: Contract) -> bool:
    return day.weekday() == _SUNDAY or (rule.saturdays and day.weekday() == _SATURDAY)
