"""One table: what it is, and of a table of trade the question to ask, with all its products beside each other."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from kaname.assess.trade.countries import country
from kaname.assess.trade.flows import IMPORTER
from kaname.assess.trade.tables import Sort
from kaname.desk import trade
from kaname.desk.models import TradeTable
from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.web.parts.tables import Pager
from kaname.web.trade import told
from kaname.web.trade.charts import radius
from kaname.web.views.trade.asked import choices, mine

_PAGE = 25
_YEARS = 8  # columns of the table of products
_HOME = "JPN"
_NO_ROW_COUNTS = T("使える行が一つもありません。品目を調べると、理由が行ごとに分かります。",
                   "No row can be used. Look at a product to see why, row by row.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dot:
    """Concentration of a product in a year: nothing where nothing was imported."""

    radius: float
    hhi: Text
    top: Text


def table(request: HttpRequest, id: str) -> HttpResponse:
    one = mine(request, id)
    sort = Sort(one.sort)
    known: dict[str, Any] = {"one": one, "sort": sort, "is_trade": sort is Sort.TRADE,
                             "asks": sort in (Sort.TRADE, Sort.PRODUCTION), "choices": choices(request)}  # fmt: skip
    typed = dict(request.GET.items())
    if known["is_trade"]:
        try:
            known |= _products(request, one)
        except BadInput as wrong:
            known["unreadable"] = [problem.text for problem in wrong.problems[:3]]
    known["typed"] = {"importer": _HOME, "years": known.get("span", ""), **typed}
    return render(request, "web/trade/table.html", known)


def _products(request: HttpRequest, one: TradeTable) -> dict[str, Any]:
    """Every product of an importer over the last years of the table, the most concentrated first."""
    whole = trade.whole(one)
    years = whole.years[-_YEARS:]
    if not years:
        return {"unreadable": [_NO_ROW_COUNTS]}
    wanted = _importer(request.GET.get("importer", ""), whole.importers(IMPORTER))
    cells: dict[str, dict[int, Any]] = {}
    for year in years:
        for _, _, code, _, hhi, top_1, _ in zip(*whole.rows(year, IMPORTER, [wanted], ()), strict=True):
            cells.setdefault(code, {})[year] = (hhi, top_1)
    codes = sorted(cells, key=lambda code: (-cells[code][max(cells[code])][0], code))  # by the last year of each
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and 0 < len(page) < 6 and int(page) else 1
    number = min(number, 1 + max(len(codes) - 1, 0) // _PAGE)
    rows = [
        (code, _address(one, code, wanted, years), [_dot(cells[code].get(year)) for year in years])
        for code in codes[(number - 1) * _PAGE : number * _PAGE]
    ]
    span = f"{whole.years[0]}..{whole.years[-1]}" if len(whole.years) > 1 else str(whole.years[0])
    return {
        "importer": told.country(wanted), "importer_code": wanted, "columns": years, "rows": rows, "total": len(codes),
        "pager": Pager(number, _PAGE, len(codes), {"importer": wanted}), "span": span,
        "notes": [note.said() for note in whole.notes], "bad": len(whole.faults),
    }  # fmt: skip


def _importer(text: str, there: list[str]) -> str:
    """The importer asked for; else Japan, or the first that the table has."""
    found = country(text) if text.strip() else None
    if found is not None and found.code.isalnum():
        return found.code
    return _HOME if _HOME in there or not there else there[0]


def _dot(cell: tuple[float, float] | None) -> Dot | None:
    if cell is None:
        return None
    hhi, top = cell
    return Dot(radius(hhi), told.number(hhi, "hhi"), told.number(top, "top_1"))


def _address(one: TradeTable, code: str, importer: str, years: list[int]) -> str:
    asked = {"product": code, "importer": importer,
             "years": f"{years[0]}..{years[-1]}" if len(years) > 1 else str(years[0])}  # fmt: skip
    return f"{reverse('evidence_product', args=[one.public_id])}?{urlencode(asked)}"


@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    trade.discard(mine(request, id))
    return redirect("evidence")
