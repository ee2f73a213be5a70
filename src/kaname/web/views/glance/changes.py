"""What changed between two days (`/glance/changes/?from=&to=`)."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kaname.access import api as access
from kaname.law import PROMULGATED, T, Text
from kaname.registers.compare import compare, page_of
from kaname.registers.picture import BeforeTheAct
from kaname.web.glance.shown import shown
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import say
from kaname.web.views.common import day_of

_YEAR = timedelta(days=365)
_CSV = (
    T("区分", "subject"), T("符号", "id"), T("何が", "what"), T("前", "before"), T("後", "after"),
    T("単位", "unit"), T("根拠", "why"),
)  # fmt: skip


def changes(request: HttpRequest) -> HttpResponse | HttpResponseBase:
    errors: dict[str, Text] = {}
    after = day_of(request, "to", access.today(), errors)
    before = day_of(request, "from", max(PROMULGATED, after - _YEAR), errors)
    try:
        found = None if errors else compare(before, after, request.user)
    except BeforeTheAct as early:
        errors["from" if before < after else "to"] = early.text
        found = None
    if found and "csv" in request.GET:
        rows = ((say(c.subject.label), c.id, say(c.label), _plain(c.before), _plain(c.after), say(c.unit), say(c.why))
                for c in found)  # fmt: skip
        return as_csv(f"changes-{before:%Y%m%d}-{after:%Y%m%d}.csv", [say(c) for c in _CSV], rows)
    page = page_of(found) if found else None
    return render(request, "web/glance/changes.html", {
        "page": page, "blocks": [shown(b) for b in page.blocks] if page else (),
        "before": before, "after": after, "errors": errors,
        "typed": request.GET, "from_error": errors.get("from"), "csv": f"?from={before}&to={after}&csv=1",
    }, status=400 if errors else 200)  # fmt: skip


def _plain(value: object) -> str | date:
    if isinstance(value, Text):
        return say(value)
    return "" if value is None else value if isinstance(value, date) else str(value)
