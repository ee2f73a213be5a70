"""Days (日): holidays, periods of the Civil Code and their moves, era names, each result with its working.

    end(start, length, first_day, move)      the days of a period, fast
    period(start, length, first_day, move)   the same days, explained
    last_day_before(event_day, length)       counting backwards, two readings

Holidays are known from 20 July 1948 to 2099; outside, a period that moves raises DayError, one that stays is counted.
`kaname.days.bulk` does the same for arrays of days; `kaname.days.rules` lists the rules R01 to R20.
"""

from kaname.days.backward import LastDayBefore, Reading, last_day_before
from kaname.days.closed import (
    Contract,
    Move,
    Moving,
    closed_name,
    is_agency_closed,
    is_closed,
    next_open_day,
    previous_open_day,
)
from kaname.days.count import Ends, end
from kaname.days.eras import ERAS, Era, FiscalYear, fiscal_year, fiscal_year_end, format_era, parse_era
from kaname.days.error import DayError
from kaname.days.explain import Period, Step, move_basis, period, recompute
from kaname.days.holiday import (
    FIRST_KNOWN,
    GAZETTED_THROUGH,
    LAST_KNOWN,
    holiday_name,
    is_national_holiday,
    is_provisional,
)
from kaname.days.instants import JST, hours_end, jst_date, parse_instant
from kaname.days.length import FirstDay, Length, days_n, months, weeks, years

__all__ = [
    "ERAS",
    "FIRST_KNOWN",
    "GAZETTED_THROUGH",
    "JST",
    "LAST_KNOWN",
    "Contract",
    "DayError",
    "Ends",
    "Era",
    "FirstDay",
    "FiscalYear",
    "LastDayBefore",
    "Length",
    "Move",
    "Moving",
    "Period",
    "Reading",
    "Step",
    "closed_name",
    "days_n",
    "end",
    "fiscal_year",
    "fiscal_year_end",
    "format_era",
    "holiday_name",
    "hours_end",
    "is_agency_closed",
    "is_closed",
    "is_national_holiday",
    "is_provisional",
    "jst_date",
    "last_day_before",
    "months",
    "move_basis",
    "next_open_day",
    "parse_era",
    "parse_instant",
    "period",
    "previous_open_day",
    "recompute",
    "weeks",
    "years",
]
