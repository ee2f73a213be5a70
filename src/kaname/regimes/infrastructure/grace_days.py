"""The six months of Art. 53 (経過措置): first day excluded, never moved. A case has them as a clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from kaname.days import FirstDay, Move, Period, days_n, end, months, period
from kaname.law import T
from kaname.regimes.infrastructure.versions import ACT_38_MAIN

SIX_MONTHS, THIRTY_DAYS, FOUR_MONTHS = months(6), days_n(30), months(4)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AcceptBy:
    """The last days on which a plan can be accepted so that the standstill is over on the day of the introduction."""

    standard: date  # thirty days, Art. 52(3)
    if_extended: date  # four months, Art. 52(4)


def grace(since: date) -> Period:
    """The grace that begins with a designation, or with an amendment of the order, explained."""
    return period(since, SIX_MONTHS, FirstDay.EXCLUDED, Move.NONE, T("指定等の日", "the day of designation or listing"))


def last_exempt_day(since: date) -> date:
    return end(since, SIX_MONTHS, FirstDay.EXCLUDED, Move.NONE).last_day


def no_grace_for_successors(designated_on: date) -> bool:
    """Whether the proviso of Art. 53(1) reaches a designation of this day (Act No. 38 of 2026, suppl. Art. 2)."""
    return designated_on >= ACT_38_MAIN


def accept_by(day: date) -> AcceptBy:
    """Counted back from the first lawful day: both periods count the day of acceptance itself."""
    # Four months back lands at most a few days off, where a month is short: step down until the period fits.
    latest = day - timedelta(days=118)
    while end(latest, FOUR_MONTHS, FirstDay.COUNTED, Move.NONE).last_day >= day:
        latest -= _DAY
    return AcceptBy(day - THIRTY_DAYS.whole_days * _DAY, latest)
