"""The rules of `disclosure_windows` for a disclosure's own lines: percentages as decimals, a year's end as 03-31."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kaname.regimes.infrastructure import disclosure_windows as rules
from kaname.regimes.infrastructure.answers import Verdict
from kaname.regimes.infrastructure.filing.disclosure import Certificate, Sale

_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
HOLDER_FROM = Decimal(rules.HOLDER_THRESHOLD.numerator * 100) / rules.HOLDER_THRESHOLD.denominator  # per cent


def is_year_end(text: str) -> bool:
    """Whether a text is a month and day such as 03-31."""
    found = _MONTH_DAY.fullmatch(text)
    return found is not None and int(found[2]) <= monthrange(2024, int(found[1]))[1]  # a leap year


def is_fresh(certificate: Certificate, filing: date) -> bool:
    """Valid on the filing day, or, without an expiry, made within the three months before it."""
    return rules.certificate(filing, certificate.issued_on, certificate.expires_on).verdict is Verdict.INSIDE


def oldest_evidence(filing: date) -> date:
    """The earliest day on which evidence without an expiry may have been made."""
    return rules.oldest_paper(filing)[0]


def sales_years(filing: date, year_end: str) -> tuple[date, ...]:
    """The ends of the three fiscal years that are looked at, newest first. `year_end`: month and day."""
    month, day = map(int, year_end.split("-"))
    return rules.window(filing, rules.YearEnd(month, day)).years


def told_sales(sales: Iterable[Sale], filing: date, year_end: str) -> list[Sale]:
    """The sales that a plan must name, in the order in which they were given."""
    month, day = map(int, year_end.split("-"))
    given = list(sales)
    lines = {
        row: rules.Sales(sale.year_end, sale.country, sale.body, Fraction(sale.ratio) / 100)
        for row, sale in enumerate(given)
        if sale.year_end is not None and sale.ratio is not None
    }
    listed = rules.foreign_sales(rules.window(filing, rules.YearEnd(month, day)), lines.values())
    named = {id(line) for country in listed for line in country.bodies}
    return [given[row] for row, line in lines.items() if id(line) in named]
