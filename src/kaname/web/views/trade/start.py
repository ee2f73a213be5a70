"""The way in: drop or paste a table; the tables that the office has."""

from collections.abc import Mapping
from importlib.resources import files

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from kaname.assess.trade.tables import Sort
from kaname.desk import sheets, trade
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
        example = request.GET.get("example") == "1"
        return _form(request, _example() if example else QueryDict(), {})
    typed, given = request.POST, request.FILES.get("file")
    if upload.too_large:
        return _form(request, typed, {"file": tables_given.too_large(sheets.MOST)})
    table = typed.get("table", "")
    if not given and not table.strip():
        nothing = T("ファイルを選ぶか、表を貼り付けてください。", "Choose a file or paste a table.")
        return _form(request, typed, {"file": nothing})
    try:
        if given:
            one = trade.keep(request.user, given.name, given, typed.get("encoding", "")[:20])
        else:
            one = trade.keep(request.user, tables_given.name_of(table), tables_given.content(table))
    except BadInput as wrong:
        return _form(request, typed, {"file" if given else "table": tables_given.told(wrong)})
    return redirect("evidence_table", one.public_id)


def _form(request: HttpRequest, typed: QueryDict, errors: Mapping[str, Text]) -> HttpResponse:
    listed = trade.listed(request.user)
    sorts = [(sort.label, [one for one in listed if one.sort == sort]) for sort in Sort]
    known = {"errors": errors, "typed": typed, "sorts": [(label, mine) for label, mine in sorts if mine],
             "most": sheets.MOST, "days": trade.KEPT.days}  # fmt: skip
    return render(request, "web/trade/start.html", known, status=400 if errors else 200)


def _example() -> QueryDict:
    """Fictional figures, to try the pages with."""
    found = QueryDict(mutable=True)
    found["table"] = files("kaname.assess.trade").joinpath("example.csv").read_text("utf-8")
    return found
