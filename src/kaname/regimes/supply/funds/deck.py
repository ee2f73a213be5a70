"""The fund table of the government deck of 2024-06-04 as lines, and where it disagrees with itself.

Decided and spent are printed once, for the end of fiscal 2023 and as an estimate: read here as all up to that day.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kaname.law import T, Text
from kaname.regimes.supply.catalogue.products import DECK, PRINTED_TOTALS, PRODUCTS, added, oku
from kaname.regimes.supply.funds.model import Extent, Line, What

SOURCE = T("政府資料（2024年6月4日）", "government deck of 2024-06-04")
LAST_YEAR = 2023
# Ship parts are paid from yearly budgets and stand beside the fund table.
SHIP_PARTS = {2022: oku("63") or 0, 2023: oku("25") or 0}
BUDGETS: tuple[tuple[int, Text, int], ...] = (
    (2022, T("令和4年度第2次補正", "second supplementary budget of fiscal 2022"), oku("10358") or 0),
    (2023, T("令和5年度補正", "supplementary budget of fiscal 2023"), oku("9172") or 0),
    (2024, T("令和6年度当初", "initial budget of fiscal 2024"), oku("2300") or 0),
)


def _lines() -> Iterator[Line]:
    for p in PRODUCTS.values():
        if p.fund is None:
            continue
        for year, amount in ((2022, p.fund.fiscal_2022), (2023, p.fund.fiscal_2023)):
            if amount is not None:
                yield Line(p.id, year, What.CONTRIBUTED, amount, DECK, source=SOURCE)
        for what, amount in ((What.DECIDED, p.fund.decided), (What.SPENT, p.fund.spent)):
            if amount is not None:
                yield Line(p.id, LAST_YEAR, what, amount, DECK, Extent.TOTAL, SOURCE, estimate=True)
    for year, amount in SHIP_PARTS.items():
        yield Line("ship_parts", year, What.BUDGET, amount, DECK, source=SOURCE)
    for year, label, amount in BUDGETS:
        yield Line("", year, What.BUDGET, amount, DECK, source=SOURCE, label=label)


DECK_LINES: tuple[Line, ...] = tuple(_lines())


@dataclass(frozen=True, slots=True)
class Comparison:
    """A total as printed and as the rows add up; `rows` says which. None: nothing printed, or no rows to add."""

    label: Text
    printed: int | None
    added: int | None
    rows: Text

    @property
    def differs(self) -> int:
        """How much the rows add up to beyond what is printed."""
        return 0 if self.printed is None or self.added is None else self.added - self.printed


_FUNDS = T("基金のある物資の合計", "products with a fund")
_ALL = T("基金のある物資と船舶の部品の合計", "products with a fund, and ship parts")


def compare() -> tuple[Comparison, ...]:
    """Every total that the deck prints, beside the sum of its rows. Neither is forced."""
    columns = (
        ("fiscal_2022", T("令和4年度の造成", "contributed in fiscal 2022")),
        ("fiscal_2023", T("令和5年度の造成", "contributed in fiscal 2023")),
        ("decided", T("交付決定（令和5年度末見込み）", "decided (estimate for the end of fiscal 2023)")),
        ("spent", T("執行（令和5年度末見込み）", "spent (estimate for the end of fiscal 2023)")),
    )
    found = [Comparison(label, PRINTED_TOTALS[id], added(id), _FUNDS) for id, label in columns]
    for year, label, printed in BUDGETS:
        rows = added(f"fiscal_{year}") + SHIP_PARTS[year] if year in SHIP_PARTS else None
        found.append(Comparison(label, printed, rows, _ALL if rows is not None else T("内訳なし", "no rows printed")))
    return tuple(found)
