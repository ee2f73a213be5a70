"""The docket on paper: every clock of the visible cases whose last day lies in a range, with boxes to tick."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.law import T, Text, cited
from kaname.regimes import KINDS
from kaname.regimes.patents.registers import clocks_between
from kaname.web.parts import dates
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.common import case_href, case_name, day_of

_RANGE, _MOST = timedelta(days=90), 2000
_HEADS = (
    T("末日", "last day"),
    T("案件", "case"),
    T("期間", "clock"),
    T("始まり", "from"),
    T("根拠", "basis"),
    T("様子", "state"),
)


def docket(request: HttpRequest) -> HttpResponse:
    errors: dict[str, Text] = {}
    today = access.today()
    first = day_of(request, "from", today, errors)
    last = day_of(request, "to", first + _RANGE, errors)
    if last < first:
        errors["to"] = T("初めの日以後の日を入力してください。", "Enter a day not before the first.")
    lines = [] if errors else sorted(_lines(request, first, last), key=lambda x: (x["last"], x["number"]))
    if "csv" in request.GET and not errors:
        rows = ([x["last"], x["number"], say(x["label"]), x["since"], x["basis"], x["status"]] for x in lines)
        return as_csv(f"docket-{first:%Y%m%d}-{last:%Y%m%d}.csv", [h[lang()] for h in _HEADS], rows)
    known = {"first": first, "last": last, "lines": lines[:_MOST], "left_out": max(len(lines) - _MOST, 0),
             "errors": errors, "typed": request.GET, "open": sum(x["status"] == "running" for x in lines)}  # fmt: skip
    return render(request, "web/patents/docket.html", known, status=400 if errors else 200)


def _lines(request: HttpRequest, first: date, last: date) -> Iterator[dict[str, Any]]:
    """A line a clock, not grouped by case: a sheet is worked through by day."""
    for kind in (id for id in KINDS if id.startswith("patents.")):
        for at in access.standings(request.user, kind):
            for r in clocks_between(at.standing, first, last):
                since = r.starts[r.winner] if r.starts else r.since
                yield {
                    "last": r.last_day, "number": at.case.number, "name": case_name(at.case),
                    "href": case_href(at.case), "label": r.clock.label, "since": since,
                    "basis": cited(r.clock.basis, lang()), "status": r.status, "met_on": r.met_on,
                    "sort": dates.sort_of(at.standing, r),
                }  # fmt: skip
