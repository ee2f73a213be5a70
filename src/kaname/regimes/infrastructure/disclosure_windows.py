"""What a party must disclose, and how old a paper may be (orders Arts. 9(2), 11(ii), 11(iv); MIC 10, 12). Exact, pure.

    window(filing_day, year_end)        the three fiscal years of the sales test
    foreign_sales(filing_day, years)    the countries whose bodies reach 25% in one of them, year by year
    named_holders(holders)              the direct holders of 5% or more
    certificate(filing_day, made_on)    whether a paper is fresh enough
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from kaname.days.count import months_before
from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.infrastructure.answers import Answer, Need, Why, ask, inside, outside
from kaname.regimes.infrastructure.catalogue import under_order

SALES_THRESHOLD = Fraction(25, 100)
HOLDER_THRESHOLD = Fraction(5, 100)
YEARS = 3
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The day on which a company's fiscal years end; 28 or 29 February both mean the end of February (2月末)."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        last = monthrange(year, self.month)[1]
        return date(year, self.month, last if (self.month, self.day) == (2, 28) else min(self.day, last))


@dataclass(frozen=True, slots=True)
class Window:
    """The cut-off (two months before the filing) and the fiscal years tested, the newest first."""

    filing_day: date
    cut_off: date
    years: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Sales:
    """The share of a year's sales that went to one body (機関) of a foreign country or region."""

    year_end: date
    country: str
    body: str
    ratio: Fraction


@dataclass(frozen=True, slots=True)
class Listed:
    """One country to be disclosed for one year, with every body and its ratio."""

    year_end: date
    country: str
    bodies: tuple[Sales, ...]

    @property
    def total(self) -> Fraction:
        return sum((s.ratio for s in self.bodies), Fraction(0))

    @property
    def text(self) -> Text:
        """The year, the country with its sum, each body with its ratio."""
        bodies = [f"{b.body} {_shown(b.ratio)}" for b in self.bodies]
        total = _shown(self.total)
        return T(f"{self.year_end} の事業年度：{self.country} 合計{total}（{'、'.join(bodies)}）",
            f"year ended {self.year_end}: {self.country} {total} in all ({', '.join(bodies)})")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds votes, and whether directly."""

    name: str
    ratio: Fraction
    direct: bool = True


def window(filing_day: date, year_end: YearEnd) -> Window:
    """The three most recent fiscal years that ended on or before the day two months before the filing."""
    cut_off = months_before(filing_day, 2)
    newest = year_end.in_year(cut_off.year)
    first = cut_off.year if newest <= cut_off else cut_off.year - 1
    return Window(filing_day, cut_off, tuple(year_end.in_year(first - back) for back in range(YEARS)))


def window_of(filing_day: date, year_ends: Iterable[date]) -> Window:
    """The same for a company whose fiscal years changed: its actual year ends."""
    cut_off = months_before(filing_day, 2)
    ended = sorted({e for e in year_ends if e <= cut_off}, reverse=True)
    return Window(filing_day, cut_off, tuple(ended[:YEARS]))


def foreign_sales(within: Window, sales: Iterable[Sales]) -> tuple[Listed, ...]:
    """Every country that reaches 25% in one year of the window. Each year and each country for itself."""
    by: dict[tuple[date, str], list[Sales]] = defaultdict(list)
    for s in sales:
        if s.year_end in within.years:
            by[s.year_end, s.country].append(s)
    listed = (Listed(year, country, tuple(rows)) for (year, country), rows in by.items())
    return tuple(sorted((x for x in listed if x.total >= SALES_THRESHOLD), key=lambda x: (-x.year_end.toordinal(),
        x.country)))


def sales_answer(within: Window, sales: Iterable[Sales], told: Iterable[date] | None = None,
    order: str | None = None) -> Answer:
    """Whether there is anything to disclose. `told`: the years whose sales are known (all, where left out)."""
    listed = foreign_sales(within, sales)
    basis = under_order("foreign_sales", order)
    years = T("、".join(map(str, within.years)), ", ".join(map(str, within.years)))
    tested = Why(T(
        f"届出日 {within.filing_day} の二月前は {within.cut_off}。対象は {years.ja} に終わる事業年度",
        f"two months before the filing on {within.filing_day} is {within.cut_off}: years ended {years.en} are tested",
    ), basis)
    if listed:
        return inside(tested, *(Why(x.text, basis) for x in listed))
    missing = [y for y in within.years if told is not None and y not in set(told)]
    if missing:
        return ask(tested, needs=(Need(f"sales.{y}", T(f"{y} に終わる事業年度の取引高",
            f"sales of the year ended {y}"))
            for y in missing))
    return outside(tested, Why(T("同一の国・地域で25%に達する年度はない",
        "no country reaches 25% in any of them"), basis))


def named_holders(holders: Iterable[Holder]) -> tuple[Holder, ...]:
    """The direct holders of 5% or more; what is held through others is not asked."""
    return tuple(h for h in holders if h.direct and h.ratio >= HOLDER_THRESHOLD)


def oldest_paper(filing_day: date) -> tuple[date, bool]:
    """The oldest day on which evidence without an expiry may have been made; True where the month end is unclear."""
    found = months_before(filing_day, 3)
    if found.day == filing_day.day:
        return found, False
    return found + _DAY, True  # no such day three months before: the later, stricter day (note 0314)


def certificate(filing_day: date, made_on: date | None, expires_on: date | None = None,
    order: str | None = None) -> Answer:
    """Whether a paper can be attached: with an expiry, valid on the filing day; else not older than three months."""
    basis = under_order("document_age", order)
    if made_on is not None and made_on > filing_day:
        return outside(Why(T(f"{made_on} は届出日 {filing_day} より後",
            f"{made_on} lies after the filing on {filing_day}"), basis))
    if expires_on is not None:
        valid = filing_day <= expires_on
        why = Why(T(f"有効期限 {expires_on}、届出日 {filing_day}", f"expires on {expires_on}, filed on {filing_day}"),
            basis)
        return inside(why) if valid else outside(why)
    if made_on is None:
        return ask(Why(T("作成の日が分からない", "the day it was made is not told"), basis),
            needs=(Need("made_on", T("作成の日", "day it was made")),))
    oldest, unclear = oldest_paper(filing_day)
    text = T(f"{oldest} 以後に作成されたものに限る（作成 {made_on}）",
        f"must have been made on or after {oldest} (made on {made_on})")
    why = Why(text, basis, Confidence.LOW if unclear else Confidence.HIGH, 314 if unclear else None)
    return inside(why) if made_on >= oldest else outside(why)


def _shown(ratio: Fraction) -> str:
    """Percent without rounding away a difference: 24.999% stays below 25%."""
    value = ratio * 100
    return f"{value.numerator}%" if value.denominator == 1 else f"{float(value):.6g}%"
