"""Until when a disclosure serves: papers grow old, and a new fiscal year comes under the rule of the two months."""

from collections.abc import Iterable
from datetime import date, timedelta

from kaname.regimes.infrastructure.filing.disclosure import Certificate, Disclosure
from kaname.regimes.infrastructure.filing.windows import is_fresh, sales_years

_DAY = timedelta(days=1)
_THREE_MONTHS = range(88, 95)  # days after which a paper of three months may be too old


def serves_until(said: Disclosure, today: date) -> date | None:
    """The last day on which a plan can be filed with it as it is. None: nothing in it grows old.

    A paper that is missing, or is too old already, gives no day: what is missing is told by `of_party`.
    """
    return min(_ends(said, today), default=None)


def _ends(said: Disclosure, today: date) -> Iterable[date]:
    if not said.individual:
        yield from _latest(c for c in said.certificates if c.sort == "registry")
        for number in range(1, len(said.officers or ()) + 1):
            yield from _latest(c for c in said.certificates if c.sort == "officer" and c.about == number)
    if said.sales is not None and said.year_end:
        yield _window_ends(said.year_end, today)


def _latest(held: Iterable[Certificate]) -> list[date]:
    """The day to which the best of several papers for one thing serves."""
    return sorted(day for c in held if (day := last_fresh(c)))[-1:]


def last_fresh(paper: Certificate) -> date | None:
    """The last filing day for which a paper is fresh enough."""
    if paper.expires_on is not None:
        return paper.expires_on
    if paper.issued_on is None:
        return None
    days = (paper.issued_on + timedelta(n) for n in _THREE_MONTHS)
    return max(day for day in (*days, paper.issued_on) if is_fresh(paper, day))


def _window_ends(year_end: str, today: date) -> date:
    """The last day before the next fiscal year must be told: the window moves two months after it has ended."""
    years, day = sales_years(today, year_end), today
    while sales_years(day + _DAY, year_end) == years:
        day += _DAY
    return day
