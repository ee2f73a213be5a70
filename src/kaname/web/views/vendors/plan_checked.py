"""The check before filing, and the way into the form of the act that files the plan."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kaname.access import api as access
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.papers.packages.typed import as_typed
from kaname.procedure.index import index
from kaname.regimes.infrastructure.catalogue.orders import ORDERS
from kaname.regimes.infrastructure.filing.act_data import ACTS
from kaname.regimes.infrastructure.filing.content import Plan
from kaname.regimes.infrastructure.filing.finding import Finding, Weight
from kaname.vendors import api as vendors
from kaname.web import drafts
from kaname.web.forms.opening import OpeningForm
from kaname.web.parts import dates
from kaname.web.vendors.plan import mend_href
from kaname.web.views.common import day_of
from kaname.web.views.vendors.plans import plainly

KIND = "infrastructure.plan"
_WORDS = {
    Weight.MISSING: (T("足りない", "missing"), "unverified", "?"),
    Weight.WRONG: (T("合わない", "wrong"), "overdue", "!"),
    Weight.CHECK: (T("確かめる", "to check"), "running", "▶"),
}
_SHOWN = 500


@require_safe
def checked(request: HttpRequest, plan: str) -> HttpResponse:
    """Everything that is missing at once, with its provision and the place where it is mended."""
    now = vendors.see(request.user, plan)
    errors: dict[str, Text] = {}
    filing = day_of(request, "filing", access.today(), errors)
    order = request.GET.get("order", "")
    order = order if order in ORDERS else ""
    answer = vendors.check(request.user, plan, filing, order)
    groups = list(_groups(now, answer.findings[:_SHOWN]))
    told = {
        "now": now, "filing": filing, "typed": request.GET.get("filing", ""), "order": order, "errors": errors,
        "orders": [(id, T(law.short_ja, law.short_en)) for id, law in ORDERS.items()], "groups": groups,
        "answer": _answer(answer.findings, filing), "more": max(len(answer.findings) - _SHOWN, 0),
    }  # fmt: skip
    return render(request, "web/vendors/checked.html", told)


def _answer(findings: Iterable[Finding], filing: object) -> list[Text]:
    found = list(findings)
    missing, wrong = (sum(f.weight is w for f in found) for w in (Weight.MISSING, Weight.WRONG))
    day = dates.screen(filing)  # type: ignore[arg-type]
    if missing or wrong:
        return [T(f"{day.ja} の届出には、{missing} か所が足りず、{wrong} か所が合いません。",
                  f"For a filing on {day.en}: {missing} missing, {wrong} wrong.")]  # fmt: skip
    return [T(f"{day.ja} に届け出ることができます。", f"It can be filed on {day.en}.")]


def _groups(now: vendors.Prepared, findings: Iterable[Finding]) -> Iterable[tuple[Text, list[tuple[Finding, object]]]]:
    for head, found in groupby(findings, key=_head):
        yield _title(head), [(f, _WORDS[f.weight], mend_href(now.id, now.plan, f)) for f in found]  # type: ignore[misc]


def _head(finding: Finding) -> str:
    if finding.party:
        return f"party {finding.party}"
    return finding.place.partition("[")[0].partition(".")[0]


_TITLES = {
    "components": T("構成設備", "Components"), "entrustments": T("委託と再委託", "Entrustments"),
    "measures": T("リスク管理措置", "Risk management measures"),
}  # fmt: skip


def _title(head: str) -> Text:
    if head.startswith("party "):
        name = head.removeprefix("party ")
        return T(f"供給者等：{name}", f"Vendor: {name}")
    return _TITLES.get(head, T("設備と時期", "Facility and time"))


@require_http_methods(["GET", "HEAD", "POST"])
@plainly
def handover(request: HttpRequest, plan: str) -> HttpResponse:
    """Fill the form of the act that files the plan with what is prepared: a draft there, nothing is filed by this."""
    now = vendors.see(request.user, plan)
    form = _form(request, now.plan)
    left = sum(f.blocks for f in vendors.check(request.user, plan, access.today()).findings)
    if request.method == "POST" and form is not None:
        place = form.place
        drafts.drop(request, place)
        fields = index(form.kind).acts[form.of.name].fields
        typed = {**form.first(), **as_typed(fields, vendors.data_for_act(request.user, plan))}
        typed["act.party"] = [now.plan.operator]
        drafts.save(request, drafts.opened(request, place, 0), typed)
        return redirect(form.address)
    told = {"now": now, "left": left, "may": form is not None, "draft": bool(form and _has_draft(request, form)),
            "label": form.of.act.label if form else None}  # fmt: skip
    return render(request, "web/vendors/handover.html", told)


def _form(request: HttpRequest, plan: Plan) -> OpeningForm | None:
    """The form of the act, where the person may do it."""
    kind = kinds()[KIND]
    of = index(kind).acts[ACTS[plan.sort]]
    held = {m.role for m in access.may_open(request.user, KIND)}
    return OpeningForm(request.user, kind, of) if any(r.id in held for r in of.act.roles) else None


def _has_draft(request: HttpRequest, form: OpeningForm) -> bool:
    return not drafts.opened(request, form.place, 0).fresh
