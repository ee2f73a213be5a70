"""Days that a disclosure is measured by: how old evidence may be, which fiscal years count, which sales are told.

Rules CNT_DOCUMENT_AGE (orders Art. 9(2), MIC 10) and CNT_FISCAL_YEAR_WINDOW (Art. 11(iv), MIC 12).
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from kaname.days.count import months_before
from kaname.regimes.infrastructure.filing.disclosure import Certificate, Sale

HOLDER_FROM, SALES_FROM = Decimal(5), Decimal(25)  # per cent
_AGE, _CUT_OFF, _YEARS = 3, 2, 3
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def oldest_evidence(filing: date) -> date:
    """The earliest day on which evidence without an expiry may have been made. Where the month three before has no
    such day (31 May), the day after its last: the stricter of two readings (question U14 of the facts)."""
    day = months_before(filing, _AGE)
    return day if day.day == filing.day else day + timedelta(1)


def is_fresh(certificate: Certificate, filing: date) -> bool:
    """Valid on the filing day, or, without an expiry, made within the three months before it."""
    if certificate.expires_on is not None:
        return certificate.expires_on >= filing
    return certificate.issued_on is not None and oldest_evidence(filing) <= certificate.issued_on <= filing


def is_year_end(text: str) -> bool:
    """Whether a text is a month and day such as 03-31."""
    found = _MONTH_DAY.fullmatch(text)
    return found is not None and int(found[2]) <= monthrange(2024, int(found[1]))[1]  # a leap year


def sales_years(filing: date, year_end: str) -> tuple[date, ...]:
    """The ends of the three fiscal years that are looked at: the last that ended on or before the day two months
    before the filing, newest first. `year_end`: month and day; the last of February is found where there is no 29th."""
    cut_off = months_before(filing, _CUT_OFF)
    month, day = map(int, year_end.split("-"))
    ends = [_on(cut_off.year - back, month, day) for back in range(_YEARS + 1)]
    return tuple(end for end in ends if end <= cut_off)[:_YEARS]


def _on(year: int, month: int, day: int) -> date:
    last = monthrange(year, month)[1]
    return date(year, month, last if (month, day) == (2, 28) and last == 29 else min(day, last))


def told_sales(sales: Iterable[Sale], years: Iterable[date]) -> list[Sale]:
    """The sales that a plan must name: of each year looked at, those to every country whose bodies together reach a
    quarter of that year's total. Countries are never added up."""
    sales, wanted = list(sales), set(years)
    sums: dict[tuple[date, str], Decimal] = {}
    for sale in sales:
        if sale.year_end in wanted and sale.ratio is not None:
            key = (sale.year_end, sale.country)
            sums[key] = sums.get(key, Decimal(0)) + sale.ratio
    return [s for s in sales if s.year_end is not None and sums.get((s.year_end, s.country), Decimal(0)) >= SALES_FROM]
