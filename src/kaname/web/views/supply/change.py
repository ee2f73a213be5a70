"""The classifier of changes to a certified plan: minor by rule, or to be certified beforehand (Art. 10(1)).

The plan is one of the cases, or told by its figures. Every field stands in the address, so a result can be sent on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from kaname.desk.supply_plans import Planned, listed
from kaname.law import T, Text
from kaname.procedure.declare import Field, FieldType, Option
from kaname.procedure.index import index
from kaname.regimes.supply.catalogue import ORDERS
from kaname.regimes.supply.filing.change import Judged, judge
from kaname.regimes.supply.minor_change import Change, Plan, Result
from kaname.regimes.supply.plan_change import CHANGED
from kaname.regimes.supply.plan_now import FIGURES, figures
from kaname.web.parts.states import STATES
from kaname.web.views.common import address, case_href, case_name
from kaname.web.views.people_forms import Form

MOST = 200  # certified plans offered
_BEFORE = (
    Field("order", T("認定省令", "certification order"), FieldType.CHOICE,
          options=tuple(Option(o.id, o.label) for o in ORDERS.values())),
    Field("was_period_start", T("今の実施期間の始期", "period from, now"), FieldType.DAY),
    Field("was_period_end", T("今の実施期間の終期", "period to, now"), FieldType.DAY),
    Field("was_funds", T("今の必要な資金の額", "required funds, now"), FieldType.YEN),
    Field("was_grant", T("今の助成金の額", "grant, now"), FieldType.YEN),
)  # fmt: skip
_AFTER = tuple(replace(field, basis=()) for field in CHANGED)


def change(request: HttpRequest) -> HttpResponse:
    """Certified plans to choose from, what changes, and what that asks for."""
    known = {row.case.case.public_id: row for row in listed(request.user, "certified", size=MOST).rows}
    row = known.get(request.GET.get("case", ""))
    of_case = Field("case", T("計画", "plan"), FieldType.CHOICE,
                    options=tuple(Option(id, _named(r)) for id, r in known.items()))  # fmt: skip
    form = Form((*((of_case,) if known else ()), *(() if row else _BEFORE), *_AFTER), request.GET or None)
    result = _judged(form.data, row) if form.ok and (row or "order" in form.data) else None
    return render(request, "web/supply/change.html", {
        "form": form, "result": result, "row": row, "known": bool(known), "views": {v.name: v for v in form.views},
        **(_told(request, result, row, form.data) if result and result.result else {}),
        "now": list(_now(row)) if row else [],
    }, status=200 if form.ok else 400)  # fmt: skip


def _judged(data: Mapping[str, Any], row: Planned | None) -> Judged:
    told = Change(
        Plan(*(_value(data.get(name)) for name in FIGURES)), bool(data.get("particulars")), bool(data.get("other")),
        data.get("substance_kept"),
    )  # fmt: skip
    if row is None:
        return judge(ORDERS[data["order"]], Plan(*(_value(data.get(f"was_{name}")) for name in FIGURES)), told)
    fact, order = row.case.standing.fact, row.plan.product.under if row.plan.product else ORDERS["meti"]
    now, certified = (figures(lambda name: _value(fact(name)), at) for at in ("", "certified_"))
    return judge(order, now, told, certified)


def _value(value: Any) -> Any:
    """Days come as text out of forms."""
    return date.fromisoformat(value) if isinstance(value, str) else value


# -- the answer ------------------------------------------------------------------------------------------------------


def sentences(found: Judged) -> list[Text]:
    """What the change asks for, first of all."""
    if found.result is Result.MINOR:
        return [T("軽微な変更です。変更した後、遅滞なく届け出ます（様式第九）。",
                  "A minor change: make it, then give notice without delay (form 9).")]  # fmt: skip
    return [T("変更の前に認定を受ける必要があります（様式第五）。認定の前に実施すると、取消しの理由となりえます。",
              "It needs a certification beforehand (form 5); made before, it may cost the certification.")]  # fmt: skip


def _told(request: HttpRequest, found: Judged, row: Planned | None, data: Mapping[str, Any]) -> dict[str, Any]:
    state = "met" if found.result is Result.MINOR else "due_soon"
    word = T("軽微な変更（届出）", "minor (notice)") if found.result is Result.MINOR else T(
        "変更の認定を要する", "needs certification beforehand")  # fmt: skip
    return {"sentences": sentences(found), "state": state, "icon": STATES[state].icon, "word": word,
            "act": _act(request, found, row)}  # fmt: skip


def _act(request: HttpRequest, found: Judged, row: Planned | None) -> dict[str, Any] | None:
    """The act to do next in the case, in a run of its own."""
    if row is None:
        return None
    standing, case = row.case.standing, row.case.case
    of = index(standing.kind).acts[found.act]
    letter = {"plan_change": "c", "plan_minor_change": "n"}[of.procedure.id]
    runs = {t.run for t in standing.tracks.values() if t.procedure == of.procedure.id}
    run = next(f"{letter}{n}" for n in range(1, len(runs) + 2) if f"{letter}{n}" not in runs)
    return {"label": of.act.label, "case": case_href(case), "name": case_name(case),
            "href": f"{address('act', case.public_id, found.act)}?{urlencode({'run': run})}"}  # fmt: skip


def _named(row: Planned) -> Text:
    name, more = case_name(row.case.case), f"{row.plan.number} {row.plan.lead} {row.plan.item}".strip()
    return T(f"{name.ja} {more}", f"{name.en} {more}")


def _now(row: Planned) -> Iterator[tuple[Text, Any]]:
    """The plan as it stands, beside the form."""
    plan = row.plan
    if plan.product:
        yield T("認定省令", "certification order"), plan.product.under.label
    if plan.period:
        yield (
            T("実施期間", "period"),
            T(f"{plan.period[0]} から {plan.period[1]}", f"{plan.period[0]} to {plan.period[1]}"),
        )
    for label, amount in (
        (T("必要な資金の額", "required funds"), plan.funds),
        (T("うち助成金の額", "grant in them"), plan.grant),
    ):
        if amount is not None:
            yield label, T(f"{amount:,}円", f"{amount:,} yen")
