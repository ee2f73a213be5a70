"""The fund table on a day: a row for each product, with years, sums, and what does not fit together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kaname.law import T, Text
from kaname.regimes.supply.catalogue.products import PRODUCTS, Product
from kaname.regimes.supply.funds.model import Extent, Line, What


@dataclass(frozen=True, slots=True)
class Money:
    """All up to the last year known, with the lines it was added from."""

    amount: int
    upto: int
    lines: tuple[Line, ...]

    @property
    def estimate(self) -> bool:
        return any(line.estimate for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """One product. A sum is None where no line tells it: nothing known is not nothing spent."""

    product: Product
    years: Mapping[What, Mapping[int, Line]]
    sums: Mapping[What, Money | None]

    def amount(self, what: What) -> int | None:
        found = self.sums.get(what)
        return found.amount if found else None

    @property
    def undecided(self) -> int | None:
        """What of the fund is neither decided nor returned; None while one side is not known."""
        contributed, decided = self.amount(What.CONTRIBUTED), self.amount(What.DECIDED)
        if contributed is None or decided is None or not (self.product.fund and self.product.fund.is_fund):
            return None
        return contributed - decided - (self.amount(What.RETURNED) or 0)


@dataclass(frozen=True, slots=True)
class Table:
    """`totals` add the rows with a fund, as the deck does; ship parts stand beside them. `budgets`: of all products."""

    as_of: date
    rows: tuple[Row, ...]
    years: tuple[int, ...]
    totals: Mapping[What, int | None]
    totals_of_year: Mapping[int, int]
    budgets: tuple[Line, ...]
    notes: tuple[Text, ...] = field(default=())

    def row(self, product: str) -> Row | None:
        return next((r for r in self.rows if r.product.id == product), None)

    @property
    def undecided(self) -> int | None:
        contributed, decided = self.totals[What.CONTRIBUTED], self.totals[What.DECIDED]
        if contributed is None or decided is None:
            return None
        return contributed - decided - (self.totals[What.RETURNED] or 0)


def table(lines: Iterable[Line], as_of: date) -> Table:
    """The table of the lines known on a day. Of two lines that tell the same the newer holds, of one day the later."""
    held: dict[tuple[str, int, What, Extent, str], Line] = {}
    for line in lines:
        before = held.get(line.key)
        if line.as_of <= as_of and (before is None or before.as_of <= line.as_of):
            held[line.key] = line
    rows = tuple(
        row for p in PRODUCTS.values() if (row := _row(p, [x for x in held.values() if x.product == p.id])) is not None
    )
    funds = [r for r in rows if r.product.fund is None or r.product.fund.is_fund]
    years = sorted({year for r in rows for year in r.years.get(What.CONTRIBUTED, {})})
    totals = {what: _added(r.amount(what) for r in funds) for what in What}
    of_year = {
        year: sum(r.years[What.CONTRIBUTED][year].amount for r in funds if year in r.years.get(What.CONTRIBUTED, {}))
        for year in years
    }
    budgets = tuple(sorted((x for x in held.values() if not x.product), key=lambda x: (x.fiscal_year, x.label.ja)))
    return Table(as_of, rows, tuple(years), totals, of_year, budgets, tuple(_notes(rows, as_of)))


def _row(product: Product, lines: list[Line]) -> Row | None:
    if not lines:
        return None
    years = {
        what: {x.fiscal_year: x for x in sorted(lines, key=lambda x: x.fiscal_year) if x.what is what and _of_year(x)}
        for what in What
    }
    return Row(product, years, {what: _sum([x for x in lines if x.what is what]) for what in What})


def _of_year(line: Line) -> bool:
    return line.extent is Extent.YEAR


def _sum(lines: list[Line]) -> Money | None:
    """The last sum up to a year's end, and every later year on top of it; years it covers count no second time."""
    if not lines:
        return None
    totals = [x for x in lines if x.extent is Extent.TOTAL]
    base = max(totals, key=lambda x: x.fiscal_year, default=None)
    parts = [x for x in lines if x.extent is Extent.YEAR and (base is None or x.fiscal_year > base.fiscal_year)]
    used = ([base] if base else []) + sorted(parts, key=lambda x: x.fiscal_year)
    return Money(sum(x.amount for x in used), max(x.fiscal_year for x in used), tuple(used))


def _added(amounts: Iterable[int | None]) -> int | None:
    known = [a for a in amounts if a is not None]
    return sum(known) if known else None


def _notes(rows: Iterable[Row], as_of: date) -> Iterable[Text]:
    """What does not fit together, in words."""
    for r in rows:
        contributed, decided, spent = (r.amount(w) for w in (What.CONTRIBUTED, What.DECIDED, What.SPENT))
        name, fund = r.product.label, r.product.fund
        if decided is not None and spent is not None and spent > decided:
            yield T(f"{name.ja}：執行が交付決定を超える", f"{name.en}: more is spent than was decided")
        if contributed is not None and decided is not None and decided > contributed and fund and fund.is_fund:
            yield T(f"{name.ja}：交付決定が造成額を超える", f"{name.en}: more is decided than was contributed")
        if decided is None:
            yield T(f"{name.ja}：交付決定の額が示されていない", f"{name.en}: no decided amount is known")
        if fund and fund.ends_on and fund.ends_on < as_of and (r.undecided or 0) > 0:
            yield T(f"{name.ja}：基金の終期（{fund.ends_on}）を過ぎて未決定の額がある",
                    f"{name.en}: the fund ended on {fund.ends_on} with money undecided")  # fmt: skip
