"""An operator's plans in preparation: begun, filled in, checked, handed to the act that files them."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kaname.access import api as access
from kaname.access.errors import NotAllowed
from kaname.days import jst_date
from kaname.law import T, Text
from kaname.papers.packages.typed import as_typed
from kaname.procedure.declare import Field, FieldType, Option
from kaname.regimes.infrastructure.filing.content import Plan, Sort
from kaname.vendors import api as vendors
from kaname.vendors.api import Stage
from kaname.web.parts.items import Task
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.vendors.plan import (
    FACILITY,
    PARTS,
    SORTS,
    facility_data,
    line_data,
    measure_fields,
    measures_data,
    with_facility,
    with_line,
    with_measures,
)
from kaname.web.views.people_forms import Form
from kaname.web.views.vendors.told import done

_ANSWERS = require_http_methods(["GET", "HEAD", "POST"])
_SAVED = T("保存しました。", "Saved.")
_MOVED = T(
    "開いている間に、ほかの人が計画を変えました。入力した内容は下に残っています。もう一度保存すると、この内容になります。",
    "Somebody else changed the plan while this page was open. What you entered is kept below; saving again keeps it.",
)


def plainly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who may only read the plan is told so."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as wrong:
            raise PermissionDenied from wrong

    return asked


# -- the list ---------------------------------------------------------------------------------------------------------


def _begin_fields(operators: list[str]) -> tuple[Field, ...]:
    options = tuple(Option(name, T(name, name)) for name in operators)
    sorts = tuple(Option(id, label) for id, label in SORTS.items())
    operator = Field("operator", T("事業者", "operator"), FieldType.CHOICE, required=True, options=options)
    if not options:
        operator = replace(operator, type=FieldType.TEXT)
    return (
        operator,
        Field("title", T("件名", "title"), FieldType.TEXT, required=True,
              help=T("社内での呼び名です。届出には載りません。", "your own name for it; not part of the filing")),
        Field("sort", T("種類", "sort"), FieldType.CHOICE, required=True, options=sorts),
    )  # fmt: skip


@_ANSWERS
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the operators for whom the person acts, and a new one."""
    operators = vendors.operators(request.user)
    alone = {"operator": operators[0]} if len(operators) == 1 else {}
    posted = request.POST if request.method == "POST" else None
    form = Form(_begin_fields(operators), posted, **alone, sort=Sort.INTRODUCTION.value)
    if posted is not None and form.ok:
        try:
            made = vendors.begin(request.user, form.data["operator"], form.data["title"], form.data["sort"])
            return redirect("plan", made.public_id)
        except NotAllowed as wrong:
            form.wrong(wrong)
    held = list(vendors.preparations(request.user).select_related("made_by").defer("sealed")[:200])
    rows = [
        Row(p.title, (p.operator, jst_date(p.made_at), p.made_by.name, _filed(p)), reverse("plan", args=[p.public_id]))
        for p in held
    ]
    heads = (
        T("件名", "title"),
        T("事業者", "operator"),
        T("始めた日", "begun"),
        T("始めた人", "by"),
        T("状態", "state"),
    )
    table = Table(T("計画", "Plans"), [Column(h) for h in heads], rows)
    told = {"table": table, "form": form, "may": vendors.may_prepare(request.user)}
    return render(request, "web/vendors/plans.html", told, status=200 if form.ok else 422)


def _filed(preparation: Any) -> Text:
    return T("届出済み", "filed") if preparation.case_id else T("準備中", "in preparation")


# -- one plan ---------------------------------------------------------------------------------------------------------


@require_safe
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """What is there, what is missing, and the way on."""
    now = vendors.see(request.user, plan)
    checked = vendors.check(request.user, plan, access.today())
    chased = vendors.of_plan(request.user, plan)
    preparation = vendors.preparations(request.user).get(public_id=plan)
    tasks, answer = _tasks(now, checked.findings, chased), _answer(checked)
    if preparation.case_id:  # it is not filed a second time
        tasks, answer = tasks[:-1], [_FILED]
    told = {"now": now, "tasks": tasks, "answer": answer, "preparation": preparation}
    return render(request, "web/vendors/plan.html", told)


_FILED = T("この計画は届け出ています。この後のことは、その案件で進みます。",
           "This plan was filed. What follows is done in its case.")  # fmt: skip


def _answer(checked: Any) -> list[Text]:
    left = sum(f.blocks for f in checked.findings)
    if not left:
        return [T("今日、届け出ることができます。", "It can be filed today.")]
    return [T(f"届け出るには、あと {left} か所が要ります。", f"{left} more to fill in before it can be filed."),
            T("足りないものは、根拠と直す場所とともに「点検」に全て出ます。",
              "The check names each with its provision and the place to mend it.")]  # fmt: skip


_PARTS = {
    "components": T("構成設備と供給者", "Components and suppliers"),
    "entrustments": T("委託と再委託", "Entrustments"),
}


def _tasks(now: vendors.Prepared, findings: Any, chased: list[vendors.Chased]) -> list[Task]:
    id, plan = now.id, now.plan
    missing = Counter(_group(f) for f in findings if f.blocks)
    done_ = sum(c.stage in (Stage.TAKEN, Stage.OWN) for c in chased)
    several = "components" if plan.sort is Sort.INTRODUCTION else "entrustments"
    count = len(getattr(plan, several))
    label = _PARTS[several]
    return [
        Task(T("設備と時期", "Facility and time"), reverse("plan_facility", args=[id]), _word(missing["facility"])),
        Task(T("一覧や部品表を取り込む", "Take in an inventory or a bill of materials"),
             reverse("plan_upload", args=[id]), T("CSV・XLSX・CycloneDX", "CSV, XLSX, CycloneDX")),
        Task(label, reverse("plan_parts", args=[id]),
             _word(missing[several], T(f"{count:,} 件", f"{count:,}"))),
        Task(T("供給者等の開示", "Vendors' disclosures"), reverse("plan_vendors", args=[id]),
             T(f"{len(chased)} 者のうち {done_} 者", f"{done_} of {len(chased)}") if chased
             else T("まだ相手がいません", "nobody yet")),
        Task(T("リスク管理措置", "Risk management measures"), reverse("plan_measures", args=[id]),
             _word(missing["measures"])),
        Task(T("点検：足りないもの", "Check: what is missing"), reverse("plan_checked", args=[id]),
             _word(sum(missing.values()))),
        Task(T("届出の様式へ渡す", "Hand over to the form of the filing"), reverse("plan_handover", args=[id]),
             T("最後に", "last")),
    ]  # fmt: skip


def _group(finding: Any) -> str:
    head = finding.place.partition("[")[0]
    return head if head in ("components", "entrustments", "measures", "parties") else "facility"


def _word(missing: int, otherwise: Text = T("✓ 済み", "✓ done")) -> Text:  # noqa: B008 a constant
    return T(f"あと {missing} か所", f"{missing} missing") if missing else otherwise


# -- its forms --------------------------------------------------------------------------------------------------------


@_ANSWERS
@plainly
def facility(request: HttpRequest, plan: str) -> HttpResponse:
    return _edit(request, plan, T("設備と時期", "Facility and time"), FACILITY, facility_data, with_facility, "plan")


@_ANSWERS
@plainly
def measures(request: HttpRequest, plan: str) -> HttpResponse:
    fields = tuple(measure_fields(vendors.see(request.user, plan).plan.sort))
    title = T("リスク管理措置", "Risk management measures")
    return _edit(request, plan, title, fields, measures_data, with_measures, "plan")


@_ANSWERS
@plainly
def line(request: HttpRequest, plan: str, part: str, row: int) -> HttpResponse:
    """A component or an entrustment: changed, added (row 0), or taken out."""
    now = vendors.see(request.user, plan).plan
    if part not in PARTS or row > len(getattr(now, part)):
        raise Http404
    label, fields = PARTS[part]
    if request.method == "POST" and request.POST.get("step") == "remove" and row:
        return _keep(request, plan, with_line(now, part, row, None), "plan_parts") or redirect(request.path)
    title = T(f"{label.ja} {row}", f"{label.en} {row}") if row else T(f"{label.ja}を加える", f"Add one: {label.en}")
    return _edit(
        request, plan, title, fields,
        lambda p: line_data(getattr(p, part)[row - 1]) if row else {},
        lambda p, data: with_line(p, part, row, data), "plan_parts", remove=bool(row),
    )  # fmt: skip


def _edit(
    request: HttpRequest, plan: str, title: Text, fields: tuple[Field, ...], data: Callable[[Plan], Mapping[str, Any]],
    change: Callable[[Plan, Mapping[str, Any]], Plan], back: str, remove: bool = False,
) -> HttpResponse:  # fmt: skip
    """A form over a part of a plan. Who saves second is told, and keeps what was typed."""
    now = vendors.see(request.user, plan)
    form = Form(fields, request.POST if request.method == "POST" else None)
    banner, status = None, 200 if form.ok else 422
    if request.method != "POST":
        known = {f.id: f for f in fields}
        form.typed = as_typed(known, {n: v for n, v in data(now.plan).items() if v not in (None, "")})
    elif form.ok:
        if request.POST.get("number") == str(now.number):
            if answer := _keep(request, plan, change(now.plan, form.data), back):
                return answer
            now = vendors.see(request.user, plan)
        banner, status = _MOVED, 409
    told = {"now": now, "title": title, "form": form, "banner": banner, "back": reverse(back, args=[plan]),
            "remove": remove}  # fmt: skip
    return render(request, "web/vendors/plan_form.html", told, status=status)


def _keep(request: HttpRequest, id: str, plan: Plan, back: str) -> HttpResponse | None:
    """None: somebody was faster."""
    try:
        vendors.keep(request.user, id, plan, vendors.see(request.user, id).number)
    except vendors.Changed:
        return None
    done(request, _SAVED)
    return redirect(back, id)
