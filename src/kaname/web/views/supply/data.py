"""Tables that go on with the deck: money, certified plans, figures. Loaded, their faults told by line, removed."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from kaname.desk import sheets, supply
from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.web import tables_given
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.views import uploads

KINDS = {
    supply.FUNDS: T(
        "額（予算、造成、交付決定、執行、国庫納付）", "money: budgets, contributed, decided, spent, returned"
    ),
    supply.PLANS: T("認定計画の一覧", "a list of certified plans"),
    supply.FIGURES: T("数（目標、能力、備蓄、需要、依存度）", "figures: goals, capacity, stock, demand, dependence"),
}
COLUMNS = {
    supply.FUNDS: "product, fiscal_year, what, amount, unit, as_of, source, extent, estimate",
    supply.PLANS: "product, applicants, certified_on, item, number, funds, grant, unit, cancelled_on, source",
    supply.FIGURES: "product, kind, measure, value, unit, on, source",
}
_SHOWN = 200
_GOES_TO = {supply.FUNDS: "supply_funds", supply.PLANS: "supply_register", supply.FIGURES: "supply_pdca"}


@csrf_exempt  # so that the size of the upload is limited before the token is looked for in the form; see `_load`
def load(request: HttpRequest) -> HttpResponse:
    return _load(request, uploads.limit(request, sheets.MOST))


@csrf_protect
def _load(request: HttpRequest, upload: uploads.Limited) -> HttpResponse:
    if request.method != "POST":
        return _form(request, request.GET, {})
    typed, given = request.POST, request.FILES.get("file")
    if upload.too_large:
        return _form(request, typed, {"file": tables_given.too_large(sheets.MOST)})
    kind, pasted = typed.get("kind", ""), typed.get("table", "")
    errors: dict[str, Text] = {}
    if kind not in KINDS:
        errors["kind"] = T("何の表かを選んでください。", "Choose what the table holds.")
    if not given and not pasted.strip():
        errors["file"] = T("ファイルを選ぶか、表を貼り付けてください。", "Choose a file, or paste the table.")
    if errors:
        return _form(request, typed, errors)
    name, content = (given.name, given) if given else ("pasted.csv", tables_given.content(pasted))
    try:
        one = supply.keep(request.user, kind, name, content)
    except BadInput as wrong:
        return _form(request, typed, {"file" if given else "table": tables_given.told(wrong)})
    return redirect("supply_table", one.public_id)


def _form(request: HttpRequest, typed: QueryDict, errors: Mapping[str, Text]) -> HttpResponse:
    return render(request, "web/supply/data.html", {
        "errors": errors, "typed": typed, "kinds": [(id, label, COLUMNS[id]) for id, label in KINDS.items()],
        "tables": [(one, KINDS[one.kind]) for one in supply.listed(request.user)], "most": sheets.MOST,
    }, status=400 if errors else 200)  # fmt: skip


def table(request: HttpRequest, id: str) -> HttpResponse:
    """One table: what it holds, and every row that was left out."""
    one = supply.of(request.user, id)
    if one is None:
        raise Http404
    found = supply.opened(one)
    heads = [Column(T("行", "line")), Column(T("列", "column")), Column(T("何が違うか", "what is wrong"))]
    rows = [Row(str(p.line), (p.field, p.text)) for p in found.problems[:_SHOWN]]
    return render(request, "web/supply/table.html", {
        "one": one, "kind": KINDS[one.kind], "held": len(found.held), "problems": len(found.problems),
        "wrong": Table(T("使えなかった行", "rows left out"), heads, rows), "more": len(found.problems) - len(rows),
        "next": _GOES_TO[one.kind],
    })  # fmt: skip


@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    one = supply.of(request.user, id)
    if one is None:
        raise Http404
    supply.discard(one)
    return redirect("supply_data")
