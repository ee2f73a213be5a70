"""By when each applicant reports, told before the plan is certified: every business year that lies in its period.

The days are those the clock of the yearly report will count: three months from the day after the year, in principle,
moved over closed days (question 212).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.days import DayError, FirstDay, Move, end, months
from kaname.procedure.declare import Kind
from kaname.regimes.supply.applicants import Applicant, year_begins, year_end_in

MOST = 40  # years of a plan looked at


@dataclass(frozen=True, slots=True)
class ReportDay:
    """A yearly report to come: whose, of which year, its last day and what that would be without the move."""

    applicant: Applicant
    year_end: date
    due: date
    unmoved: date


def report_days(of: Iterable[Applicant], start: date, last: date, certified: date) -> tuple[ReportDay, ...]:
    """Every report that falls due if the plan is certified on a day and stays so, in the order of the days."""
    found = [one for a in of if a.year_end for one in _of_one(a, a.year_end, start, last, certified)]
    return tuple(sorted(found, key=lambda r: (r.due, r.applicant.key)))


def _of_one(a: Applicant, pattern: date, start: date, last: date, certified: date) -> Iterator[ReportDay]:
    for year in range(start.year, min(last.year + 1, start.year + MOST) + 1):
        closes = year_end_in(pattern, year)
        if max(start, certified) <= closes and year_begins(pattern, closes) <= last:
            yield _due(a, closes)


def _due(a: Applicant, closes: date) -> ReportDay:
    first = closes + timedelta(1)
    try:
        found = end(first, months(3), FirstDay.COUNTED, Kind.FILING.move)
    except DayError:  # past the years whose holidays are known
        found = end(first, months(3), FirstDay.COUNTED, Move.NONE)
    return ReportDay(a, closes, found.last_day, found.unmoved_last_day)
