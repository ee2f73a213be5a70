"""The way in: give a table or take the invented network; the tables that the office has."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from kaname.desk import sheets, shocks
from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.web import tables_given
from kaname.web.views import uploads


@csrf_exempt  # so that the size of the upload is limited before the token is looked for in the form; see `_start`
def start(request: HttpRequest) -> HttpResponse:
    return _start(request, uploads.limit(request, sheets.MOST))


@csrf_protect
def _start(request: HttpRequest, upload: uploads.Limited) -> HttpResponse:
    if request.method != "POST":
        return _form(request, QueryDict(), {})
    typed, given = request.POST, request.FILES.get("file")
    if upload.too_large:
        return _form(request, typed, {"file": tables_given.too_large(sheets.MOST)})
    text = typed.get("table", "")
    if not given and not text.strip():
        nothing = T("ファイルを選ぶか、表を貼り付けてください。", "Choose a file or paste a table.")
        return _form(request, typed, {"file": nothing})
    try:
        if given:
            one = shocks.keep(request.user, given.name, given, typed.get("encoding", "")[:20])
        else:
            one = shocks.keep(request.user, tables_given.name_of(text), tables_given.content(text))
    except BadInput as wrong:
        return _form(request, typed, {"file" if given else "table": tables_given.told(wrong)})
    return redirect("shock_table", one.public_id)


def _form(request: HttpRequest, typed: QueryDict, errors: Mapping[str, Text]) -> HttpResponse:
    listed = shocks.listed(request.user)
    sorts = [(sort.label, mine) for sort in shocks.Sort if (mine := [one for one in listed if one.sort == sort])]
    return render(request, "web/shocks/start.html", {
        "errors": errors, "typed": typed, "sorts": sorts, "most": sheets.MOST, "days": shocks.KEPT.days,
    }, status=400 if errors else 200)  # fmt: skip
