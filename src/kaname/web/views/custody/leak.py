"""The report of a leak: what it would say, and the file to take."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaname.access import api as access
from kaname.access.errors import AccessError
from kaname.access.login.fresh import unproved
from kaname.law import Text
from kaname.papers.leak import Report, report
from kaname.typeset import Unprintable
from kaname.web.templatetags.kaname import lang
from kaname.web.views import errors
from kaname.web.views.case import head
from kaname.web.views.custody.case import kept
from kaname.web.workbook import as_workbook

_MONTH = timedelta(days=30)
_SHOWN = 50  # rows of a table on the page; the file has all


@login_required
@require_safe
def page(request: HttpRequest, case: str) -> HttpResponse:
    found = kept(request, case)
    if not found.sealed:
        return render(request, "web/custody/case.html", head(request, found, "custody"), status=403)
    today = access.today()
    wrong: dict[str, Text] = {}
    if request.GET.get("as") and (answer := unproved(request)):
        return answer
    since, until = _day(request, "since", today - _MONTH), _day(request, "until", today)
    try:
        made: Report | None = report(request.user, case, since, until, "en" if lang() == "en" else "ja")
    except AccessError as error:
        made, wrong = None, {error.field or "since": error.text}
    if made and (answer := _file(request, made)):
        return answer
    tables = [(s, s.rows[:_SHOWN], len(s.rows)) for s in made.sections] if made else []
    return render(request, "web/custody/leak.html", {
        **head(request, found, "custody"), "made": made, "tables": tables, "since": since, "until": until,
        "errors": wrong, "forms": ("pdf", "xlsx", "json"),
    }, status=400 if wrong else 200)  # fmt: skip


def _file(request: HttpRequest, made: Report) -> HttpResponse | None:
    match request.GET.get("as"):
        case "pdf":
            try:
                response = HttpResponse(made.pdf(), content_type="application/pdf")
            except Unprintable as wrong:
                return errors.unprintable(request, wrong.text)
            response["Content-Disposition"] = 'attachment; filename="leak.pdf"'
            return response
        case "xlsx":
            return as_workbook("leak.xlsx", made.xlsx())
        case "json":
            return JsonResponse(made.data, json_dumps_params={"ensure_ascii": False})
    return None


def _day(request: HttpRequest, name: str, usual: date) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return usual
