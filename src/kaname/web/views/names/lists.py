"""The lists of an office: loaded with their source and day, replaced by a newer one of the same name, removed."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from kaname.access import api as access
from kaname.days import DayError
from kaname.desk import names, sheets
from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.web import tables_given
from kaname.web.read import parse_day
from kaname.web.views import uploads
from kaname.web.views.names.start import pasted


@csrf_exempt  # so that the size of the upload is limited before the token is looked for in the form; see `_lists`
def lists(request: HttpRequest) -> HttpResponse:
    return _lists(request, uploads.limit(request, sheets.MOST))


@csrf_protect
def _lists(request: HttpRequest, upload: uploads.Limited) -> HttpResponse:
    if request.method != "POST":
        return _form(request, QueryDict(), {})
    typed, given = request.POST, request.FILES.get("file")
    if upload.too_large:
        return _form(request, typed, {"file": tables_given.too_large(sheets.MOST)})
    label, origin = (" ".join(typed.get(name, "").split())[:100] for name in ("label", "origin"))
    errors: dict[str, Text] = {}
    if not label:
        errors["label"] = T("一覧の名を入力してください。例：外国ユーザーリスト", "Enter a name for the list.")
    if not origin:
        errors["origin"] = T("どこから得た一覧か入力してください。例：経済産業省", "Enter where the list comes from.")
    day = access.today()
    try:
        day = parse_day(typed["day"]) if typed.get("day", "").strip() else day
    except DayError:
        errors["day"] = T("日付として読めません。20260401、令和8年4月1日のように入力してください。",
                          "This cannot be read as a date. Enter one such as 20260401.")  # fmt: skip
    text = typed.get("names", "")
    if not given and not text.strip():
        errors["file"] = T(
            "一覧のファイルを選ぶか、名称を貼り付けてください。", "Choose the file of the list, or paste its names."
        )
    if errors:
        return _form(request, typed, errors)
    name, content = (given.name, given) if given else ("pasted.csv", pasted(text))
    try:
        names.keep_list(request.user, label, origin, day, name, content, typed.get("encoding", "")[:20])
    except BadInput as wrong:
        return _form(request, typed, {"file" if given else "names": tables_given.told(wrong)})
    return redirect("names_lists")


def _form(request: HttpRequest, typed: QueryDict, errors: Mapping[str, Text]) -> HttpResponse:
    known = {"errors": errors, "typed": typed, "lists": names.lists(request.user), "most": sheets.MOST}
    return render(request, "web/names/lists.html", known, status=400 if errors else 200)


@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    one = names.list_of(request.user, id)
    if one is None:
        raise Http404
    one.delete()
    return redirect("names_lists")
