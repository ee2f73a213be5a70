"""What is taken away: the figures as CSV, the record of evidence as JSON."""

import json

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from kaname.web.sheet import as_csv
from kaname.web.views.trade.asked import full

_COLUMNS = ("year", "measure", "partner", "of", "value", "low", "high", "drawn_low", "drawn_high", "rows", "formula",
            "source", "working_ja", "working_en")  # fmt: skip


def figures(request: HttpRequest, id: str) -> StreamingHttpResponse:
    found = full(request, id)
    assert found.shown is not None
    rows = []
    for one in found.shown.page.figures:
        low, high = one.drawn or (None, None)
        working = one.working()
        rows.append((one.year, one.measure, one.partner, one.of, one.value, one.low, one.high, low, high,
                     len(one.records), one.stated.formula, one.source, working.ja, working.en))  # fmt: skip
    return as_csv(f"trade-{found.shown.asked.importer}.csv", _COLUMNS, rows)


def record(request: HttpRequest, id: str) -> HttpResponse:
    """The evidence as it would be carried into a case, with its digest."""
    found = full(request, id)
    told = found.record(tuple(request.GET.getlist("without"))).as_json()
    response = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="evidence-{told["digest"][:12]}.json"'
    response["Cache-Control"] = "no-store"
    return response
