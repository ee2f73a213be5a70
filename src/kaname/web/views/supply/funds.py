"""The fund dashboard: how much was contributed, decided and spent, and where the printed sums do not meet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kaname.access import api as access
from kaname.desk import supply
from kaname.law import T, Text
from kaname.regimes.supply.board import GROUP_WORDS
from kaname.regimes.supply.catalogue.products import certified_plans
from kaname.regimes.supply.funds import compare
from kaname.regimes.supply.funds.model import What
from kaname.regimes.supply.funds.table import Row as FundRow
from kaname.regimes.supply.funds.table import Table as Funds
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.common import address, day_of
from kaname.web.views.supply.amounts import chart, oku, part, said

STAGES = (What.CONTRIBUTED, What.DECIDED, What.SPENT)
_UNIT = T("単位：億円", "100 million yen")


def funds(request: HttpRequest) -> HttpResponse | HttpResponseBase:
    errors: dict[str, Text] = {}
    as_of = day_of(request, "as_of", access.today(), errors)
    found = supply.money(request.user, as_of)
    if "csv" in request.GET:
        return as_csv(f"funds-{as_of:%Y%m%d}.csv", [say(c) for c in _CSV], _lines(found))
    loaded = [one for one in supply.listed(request.user) if one.kind == supply.FUNDS]
    bars = chart((r.product.label, [(what.value, r.amount(what)) for what in STAGES]) for r in found.rows)
    return render(request, "web/supply/funds.html", {
        "title": headline(found), "numbers": numbers(found), "chart": bars, "table": table(found), "as_of": as_of,
        "compared": compared(), "budgets": [(b.fiscal_year, b.label, oku(b.amount), b.source) for b in found.budgets],
        "notes": found.notes, "loaded": loaded, "published": certified_plans(),
        "groups": [(GROUP_WORDS[id], many, f"{address('supply_board')}?state={id}") for id, many in
                   supply.by_group(request.user).items()], "errors": errors,
        "typed": request.GET, "csv": f"?as_of={as_of.isoformat()}&csv=1", "stages": STAGES,
    }, status=400 if errors else 200)  # fmt: skip


def headline(found: Funds) -> Text:
    """What one would say in a sentence."""
    paid_in, decided, spent = (found.totals[w] or 0 for w in STAGES)
    return T(
        f"基金に{said(paid_in).ja}、交付決定は{said(decided).ja}（{part(decided, paid_in)}）、"
        f"執行は{said(spent).ja}（{part(spent, paid_in)}）",
        f"{said(paid_in).en} in the funds, {said(decided).en} decided ({part(decided, paid_in)}), "
        f"{said(spent).en} spent ({part(spent, paid_in)})",
    )


def numbers(found: Funds) -> list[tuple[Text, str, Text]]:
    """The big numbers, each with what it is a part of."""
    paid_in = found.totals[What.CONTRIBUTED]
    of_funds = [(w.label, oku(found.totals[w]), part(found.totals[w], paid_in)) for w in STAGES]
    shown = [(label, amount, T(f"造成の{share}", f"{share} of what was contributed") if share else T("", ""))
             for label, amount, share in of_funds]  # fmt: skip
    shown[0] = (shown[0][0], shown[0][1], T("", ""))
    left = found.undecided
    return [*shown, (T("まだ決定していない額", "not yet decided"), oku(left),
                     T(f"造成の{part(left, paid_in)}", f"{part(left, paid_in)} of what was contributed"))]  # fmt: skip


def table(found: Funds) -> Table:
    years = [Column(T(f"{year}年度の造成", f"contributed in {year}"), num=True) for year in found.years]
    heads = [Column(T("物資", "product")), *years, *(Column(w.label, num=True) for w in STAGES),
             Column(T("未決定", "undecided"), num=True), Column(T("基金の終期", "fund ends"))]  # fmt: skip
    rows = [_row(r, found) for r in found.rows]
    of_years = [oku(found.totals_of_year[year]) for year in found.years]
    total = [*of_years, *(oku(found.totals[w]) for w in STAGES), oku(found.undecided), ""]
    rows.append(Row(T("基金の合計（船舶の部品を除く）", "all funds (without ship parts)"), total))
    return Table(T("物資ごとの額", "by product"), heads, rows, sub=_UNIT)


def _row(r: FundRow, found: Funds) -> Row:
    years = r.years.get(What.CONTRIBUTED, {})
    fund = r.product.fund
    cells: list[Any] = [oku(years[y].amount if y in years else None) for y in found.years]
    cells += [_amount(r, what) for what in STAGES]
    cells += [oku(r.undecided), fund.ends_on if fund and fund.ends_on else T("基金でない", "no fund")]
    return Row(r.product.label, cells, address("supply_effect", r.product.id))


def _amount(r: FundRow, what: What) -> Text | str:
    """An amount, with 約 where it is an estimate."""
    money = r.sums[what]
    if money is None:
        return ""
    shown = oku(money.amount)
    return T(f"約{shown}", f"approx. {shown}") if money.estimate else shown


def compared() -> Table:
    """Every printed total beside the sum of its rows."""
    heads = [Column(T("資料の合計", "total of the deck")), Column(T("印刷された額", "printed"), num=True),
             Column(T("行の合計", "sum of the rows"), num=True), Column(T("差", "difference"), num=True),
             Column(T("足した行", "rows added"))]  # fmt: skip
    rows = [Row(c.label, (oku(c.printed), oku(c.added), _signed(c.differs), c.rows)) for c in compare()]
    return Table(
        T("政府資料（2024年6月4日）の合計", "Totals of the government deck of 2024-06-04"), heads, rows, sub=_UNIT
    )


def _signed(amount: int) -> Text | str:
    if not amount:
        return ""
    sign = "+" if amount > 0 else "−"
    return f"{sign}{oku(abs(amount))}"


_CSV = (
    T("物資", "product"), T("年度", "fiscal_year"), T("区分", "what"), T("範囲", "extent"), T("金額（円）", "yen"),
    T("時点", "as_of"), T("見込み", "estimate"), T("出所", "source"),
)  # fmt: skip


def _lines(found: Funds) -> Iterator[list[str | int | date]]:
    """Every line behind the table, in whole yen."""
    for r in found.rows:
        for what in What:
            money = r.sums[what]
            shown = {id(x): x for x in (*r.years[what].values(), *(money.lines if money else ()))}
            for x in sorted(shown.values(), key=lambda x: x.fiscal_year):
                yield [r.product.label[lang()], x.fiscal_year, say(what.label), x.extent.value, x.amount, x.as_of,
                       "yes" if x.estimate else "", say(x.source)]  # fmt: skip
    for x in found.budgets:
        yield [say(x.label), x.fiscal_year, say(x.what.label), x.extent.value, x.amount, x.as_of, "", say(x.source)]
