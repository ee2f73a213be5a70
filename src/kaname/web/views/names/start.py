"""The way in: paste names or drop a file; the lists that they are held against; the names given before."""

import csv
import io
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from kaname.desk import names, sheets
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
    field = "file" if given else "names"
    try:
        if given:
            one = names.keep(request.user, given.name, given, typed.get("encoding", "")[:20])
        elif (text := typed.get("names", "")).strip():
            one = names.keep(request.user, "pasted.csv", pasted(text))
        else:
            nothing = T("名称を入力するか、ファイルを選んでください。", "Enter names or choose a file.")
            return _form(request, typed, {"names": nothing})
    except BadInput as wrong:
        return _form(request, typed, {field: tables_given.told(wrong)})
    return redirect("names_result", one.public_id)


def pasted(text: str) -> io.BytesIO:
    """What was pasted as a table: one name a line; with tabs it comes out of a spreadsheet, its header first."""
    plain = text.replace("\r\n", "\n")
    if "\t" in plain:
        return tables_given.content(plain)
    out = io.StringIO()
    csv.writer(out).writerows([["name"], *([line.strip()] for line in plain.split("\n") if line.strip())])
    return io.BytesIO(out.getvalue().encode())


def _form(request: HttpRequest, typed: QueryDict, errors: Mapping[str, Text]) -> HttpResponse:
    known = {"errors": errors, "typed": typed, "mine": names.listed(request.user), "lists": names.lists(request.user),
             "most": sheets.MOST, "names": names.MOST_NAMES, "days": names.KEPT.days}  # fmt: skip
    return render(request, "web/names/start.html", known, status=400 if errors else 200)
