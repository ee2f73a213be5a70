"""The money of Chapter 2: contributed, decided and spent; where printed sums do not meet, both stand."""

from collections.abc import Iterable
from decimal import Decimal

from kaname.desk import supply
from kaname.law import T, Text
from kaname.regimes.supply import funds
from kaname.regimes.supply.catalogue.products import DECK as COUNTED_ON
from kaname.regimes.supply.funds.model import What
from kaname.regimes.supply.funds.table import Row as FundRow
from kaname.registers.at import At
from kaname.registers.blocks import Bars, Block, Column, Figure, Numbers, Page, Prose, Row, Series, Table
from kaname.registers.sources import DECK, OKU, UNPUBLISHED

TITLE = T("基金と予算", "Funds and budgets")

_BEHIND = "/supply/funds/"
_STAGES = (What.CONTRIBUTED, What.DECIDED, What.SPENT)


def table_on(at: At) -> funds.Table:
    """The deck's lines and, for a reader, those that the office loaded."""
    return supply.money(at.person, at.day) if at.person else funds.table(funds.DECK_LINES, at.day)


def oku(yen: int | None) -> Decimal | None:
    """Whole yen in 億円, without zeros at its end."""
    if yen is None:
        return None
    exact = Decimal(yen) / 100_000_000
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def amount(found: funds.Table, what: What, at: At) -> Figure:
    """One stage of all funds."""
    yen = found.totals[what]
    estimated = any(m.estimate for r in found.rows if (m := r.sums.get(what)))
    return Figure(
        f"supply.money.{what.value}",
        what.label,
        oku(yen),
        OKU,
        None if yen is None else DECK,
        at.address(_BEHIND),
        UNPUBLISHED if yen is None else _differs(what),
        estimate=estimated,
    )


def _differs(what: What) -> Text | None:
    """What to tell beside a total that the deck prints otherwise than its rows add up to."""
    printed = {What.DECIDED: 2, What.SPENT: 3}.get(what)
    if printed is None or not (c := funds.compare()[printed]).differs:
        return None
    told, added = oku(c.printed), oku(c.added)
    return T(
        f"資料の合計は{told}億円、行の合計は{added}億円。どちらも示す",
        f"the deck prints {told}, its rows add up to {added}; both are shown",
    )


def page(at: At) -> Page:
    found = table_on(at)
    figures = tuple(amount(found, what, at) for what in _STAGES)
    undecided = Figure(
        "supply.money.undecided",
        T("まだ決定していない額", "not yet decided"),
        oku(found.undecided),
        OKU,
        DECK if found.rows else None,
        at.address(_BEHIND),
        None if found.rows else UNPUBLISHED,
    )
    blocks: list[Block] = [
        Numbers(
            "supply.money.numbers",
            T("基金の合計（船舶の部品を除く）", "All funds, without ship parts"),
            (*figures, undecided),
        )
    ]
    if found.rows:
        blocks += [_bars(found, at), _table(found, at)]
    if at.day >= COUNTED_ON:
        blocks += [_compared(), _budgets(found, at)]
    if found.notes:
        blocks.append(Prose("supply.money.notes", T("合わないところ", "What does not fit"), found.notes, DECK, True))
    return Page("money", TITLE, _answer(found), tuple(blocks))


def _answer(found: funds.Table) -> Text:
    paid_in, decided, spent = (oku(found.totals[w]) for w in _STAGES)
    if paid_in is None:
        return T("この日までに公表された基金の額はありません。", "No amount of a fund was published up to this day.")
    return T(
        f"基金に{paid_in:,f}億円、うち交付決定は約{decided or 0:,f}億円、執行は約{spent or 0:,f}億円です。",
        f"JPY {paid_in / 10:,f} bn is in the funds; about {(decided or 0) / 10:,f} bn decided and about "
        f"{(spent or 0) / 10:,f} bn spent.",
    )


def _bars(found: funds.Table, at: At) -> Bars:
    rows = sorted(found.rows, key=lambda r: -(r.amount(What.CONTRIBUTED) or 0))
    first = [r for r in rows[:2] if r.amount(What.CONTRIBUTED)]
    whole = found.totals[What.CONTRIBUTED] or 1
    share = Decimal(sum(r.amount(What.CONTRIBUTED) or 0 for r in first)) / whole
    return Bars(
        "supply.money.by_product",
        T(
            f"{'と'.join(r.product.label.ja for r in first)}に造成額の{share:.1%}",
            f"{' and '.join(r.product.label.en for r in first)}: {share:.1%} of the funds",
        ),
        T(
            f"物資別の造成・交付決定・執行、億円、{COUNTED_ON} までの公表",
            f"contributed, decided and spent by product, JPY 100 m, as published up to {COUNTED_ON}",
        ),
        tuple(r.product.label for r in rows),
        tuple(Series(w.label, tuple(oku(r.amount(w)) for r in rows)) for w in _STAGES),
        OKU,
        DECK,
        at.address(_BEHIND),
    )


def _table(found: funds.Table, at: At) -> Table:
    years = [Column(f"contributed_{y}", T(f"{y}年度の造成", f"contributed in {y}"), True, OKU) for y in found.years]
    columns = (
        Column("product", T("物資", "product")),
        *years,
        *(Column(w.value, w.label, True, OKU) for w in _STAGES),
        Column("undecided", T("未決定", "undecided"), True, OKU),
        Column("ends_on", T("基金の終期", "fund ends")),
    )
    total = Row(
        "total",
        (
            T("基金の合計", "all funds"),
            *(oku(found.totals_of_year[y]) for y in found.years),
            *(oku(found.totals[w]) for w in _STAGES),
            oku(found.undecided),
            "",
        ),
    )
    return Table(
        "supply.money.table",
        T("物資ごとの額", "Money by product"),
        columns,
        tuple(_row(r, found.years, at) for r in found.rows),
        total,
        DECK,
        T(
            "交付決定と執行は2023年度末の見込み。船舶の部品は基金でなく毎年度の予算で、合計に入らない",
            "decided and spent are estimates for the end of fiscal 2023; ship parts are paid from yearly budgets "
            "and are not in the total",
        ),
    )


def _row(r: FundRow, years: Iterable[int], at: At) -> Row:
    given, fund = r.years.get(What.CONTRIBUTED, {}), r.product.fund
    return Row(
        r.product.id,
        (
            r.product.label,
            *(oku(given[y].amount) if y in given else None for y in years),
            *(oku(r.amount(w)) for w in _STAGES),
            oku(r.undecided),
            fund.ends_on if fund and fund.ends_on else T("基金でない", "no fund"),
        ),
        f"/supply/pdca/{r.product.id}/?as_of={at.day}",
    )


def _compared() -> Table:
    columns = (
        Column("total", T("資料の合計", "total of the deck")),
        Column("printed", T("印刷された額", "printed"), True, OKU),
        Column("added", T("行の合計", "sum of the rows"), True, OKU),
        Column("difference", T("差", "difference"), True, OKU),
        Column("rows", T("足した行", "rows added")),
    )
    rows = tuple(
        Row(f"total{n}", (c.label, oku(c.printed), oku(c.added), oku(c.differs) if c.differs else None, c.rows))
        for n, c in enumerate(funds.compare(), 1)
    )
    return Table(
        "supply.money.compared",
        T("資料の合計と行の合計", "Totals of the deck beside the sums of its rows"),
        columns,
        rows,
        None,
        DECK,
        T("合わないところは両方を示し、どちらにも寄せない", "where they differ both stand; neither is forced"),
    )


def _budgets(found: funds.Table, at: At) -> Table:
    columns = (
        Column("year", T("年度", "fiscal year")),
        Column("budget", T("予算", "budget")),
        Column("amount", T("額", "amount"), True, OKU),
    )
    rows = tuple(
        Row(f"budget{n}", (str(b.fiscal_year), b.label, oku(b.amount)), at.address(_BEHIND))
        for n, b in enumerate(found.budgets, 1)
    )
    return Table("supply.money.budgets", T("予算", "Budgets"), columns, rows, None, DECK)
