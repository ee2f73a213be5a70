"""The way in: give a table or take the invented network; the tables that the office has."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from kaname.desk import chains, sheets, shock_runs, shocks
from kaname.desk.shock_runs import State
from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.web import tables_given
from kaname.web.shocks.run_page import TITLES
from kaname.web.views import uploads
from kaname.web.views.shocks.runs import STATES


@csrf_exempt  # so that the size of the upload is limited before the token is looked for in the form; see `_start`
def start(request: HttpRequest) -> HttpResponse:
    return _start(request, uploads.limit(request, sheets.MOST))


@csrf_protect
def _start(request: HttpRequest, upload: uploads.Limited) -> HttpResponse:
    if request.method != "POST":
        return _form(request, QueryDict(), {})
    typed, given = request.POST, request.FILES.getlist("file")
    if upload.too_large:
        return _form(request, typed, {"file": tables_given.too_large(sheets.MOST)})
    text = typed.get("table", "")
    if not given and not text.strip():
        nothing = T("ファイルを選ぶか、表を貼り付けてください。", "Choose a file or paste a table.")
        return _form(request, typed, {"file": nothing})
    try:
        if len(given) > 1:
            one = chains.keep(request.user, [(f.name, f) for f in given], typed.get("encoding", "")[:20])
        elif given:
            one = shocks.keep(request.user, given[0].name, given[0], typed.get("encoding", "")[:20])
        else:
            one = shocks.keep(request.user, tables_given.name_of(text), tables_given.content(text))
    except BadInput as wrong:
        every = tables_given.told_all(wrong) if len(given) > 1 else []
        first = every[0] if every else tables_given.told(wrong)
        return _form(request, typed, {"file" if given else "table": first}, every)
    return redirect("shock_table", one.public_id)


def _form(
    request: HttpRequest, typed: QueryDict, errors: Mapping[str, Text], faults: Sequence[Text] = ()
) -> HttpResponse:  # fmt: skip
    listed = shocks.listed(request.user)
    sorts = [(sort.label, mine) for sort in shocks.Sort if (mine := [one for one in listed if one.sort == sort])]
    runs = [
        (run, STATES[State(run.state)], shock_runs.done(run), run.opened("asked")["name"], what, shock_runs.size(run),
         unit)
        for run in shock_runs.listed(request.user) for _, what, unit in (TITLES[shock_runs.sort_of(run)],)
    ]  # fmt: skip
    return render(request, "web/shocks/start.html", {
        "runs": runs,
        "errors": errors, "faults": faults, "typed": typed, "sorts": sorts, "most": sheets.MOST,
        "days": shocks.KEPT.days,
    }, status=400 if errors else 200)  # fmt: skip
