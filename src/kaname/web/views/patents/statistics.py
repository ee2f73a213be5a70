"""The six yearly figures of Chapter 5: as published, and counted over the cases the reader may know of."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.days import fiscal_year
from kaname.law import T
from kaname.regimes.patents.statistics import PUBLISHED, Figures, added, count
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say

NAMES = {
    "sent": T("送付", "sent"), "designations": T("保全指定", "designations"),
    "lifted_or_expired": T("解除・満了", "lifted or expired"),
    "standing_at_end": T("年度末の指定", "standing at the end"),
    "prior_confirmation_requests": T("事前確認の申出", "prior confirmation requests"),
    "non_sending_notices": T("送付しない旨の通知", "non-sending notices"),
}  # fmt: skip
_FIRST = 2024
_BATCH = 500


def statistics(request: HttpRequest) -> HttpResponse:
    today = access.today()
    this = fiscal_year(today).year
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 and _FIRST <= int(text) <= this else this
    own = _own(request, year, min(date(year + 1, 3, 31), today))
    published = next((p for p in PUBLISHED if p.fiscal_year == year), None)
    rows = [(id, name, getattr(published.figures, id) if published else None, getattr(own, id))
            for id, name in NAMES.items()]  # fmt: skip
    if "csv" in request.GET:
        return as_csv(f"statistics-{year}.csv", [say(h) for h in _HEADS], _lines(year, rows))
    return render(request, "web/patents/statistics.html", {
        "year": year, "years": range(_FIRST, this + 1), "rows": rows, "published": published, "chart": _chart(rows),
        "running": year == this, "own": own, "as_of": min(date(year + 1, 3, 31), today),
    })  # fmt: skip


_HEADS = (
    T("年度", "fiscal year"),
    T("項目", "figure"),
    T("公表", "published"),
    T("見える案件から", "over visible cases"),
)


def _lines(year: int, rows: list[Any]) -> Iterable[list[Any]]:
    return ([year, name[lang()], published, own] for _, name, published, own in rows)


def _own(request: HttpRequest, year: int, as_of: date) -> Figures:
    """Added up batch by batch: standings are many, figures are six."""
    total, batch = Figures(0, 0, 0, 0, 0, 0), []
    for kind in ("patents.application", "patents.prior_confirmation"):
        for at in access.standings(request.user, kind, as_of):
            batch.append(at.standing)
            if len(batch) == _BATCH:
                total, batch = added(total, count(batch, year)), []
    return added(total, count(batch, year))


def _chart(rows: list[Any]) -> dict[str, Any]:
    """Bars from zero on one scale, the published figure over our own."""
    top = max([1, *(v for _, _, published, own in rows for v in (published, own) if v)])
    bars, y = [], 8
    for _, name, published, own in rows:
        for sort, value in (("published", published), ("own", own)):
            if value is not None:
                bars.append({"name": name if sort == "published" or published is None else None, "sort": sort,
                             "value": value, "y": y, "width": round(520 * value / top, 1)})  # fmt: skip
                y += 24
        y += 10
    return {"bars": bars, "height": y + 4}
