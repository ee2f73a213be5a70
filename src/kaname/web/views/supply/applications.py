"""The company's side: an application prepared part by part, checked as it grows, handed to the act that files it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaname.access import api as access
from kaname.days import jst_date
from kaname.law import T, Text
from kaname.regimes.supply.catalogue.orders import CertificationOrder
from kaname.regimes.supply.filing.check import Checked
from kaname.regimes.supply.filing.finding import Finding, Weight
from kaname.regimes.supply.filing.parts import PARTS
from kaname.web.parts import dates
from kaname.web.parts.fields import field_view
from kaname.web.parts.items import Task
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.supply import preparation
from kaname.web.supply.preparation import Prepared
from kaname.web.views.common import day_of

_ANSWERS = require_http_methods(["GET", "HEAD", "POST"])
_WORDS = {
    Weight.MISSING: (T("足りない", "missing"), "unverified", "?"),
    Weight.WRONG: (T("合わない", "wrong"), "overdue", "!"),
    Weight.CHECK: (T("確かめる", "to check"), "running", "▶"),
}
_REPORTS = (
    Column(T("申請者", "applicant")), Column(T("事業年度の末日", "business year ends")),
    Column(T("報告の期限（原則）", "report due (in principle)")), Column(T("休日による移動の前", "before the move")),
)  # fmt: skip


@_ANSWERS
def applications(request: HttpRequest) -> HttpResponse:
    """The person's own preparations; a POST begins one."""
    if request.method == "POST":
        return redirect("supply_application", preparation.begin(request))
    today = access.today()
    return render(request, "web/supply/applications.html", {"table": _table(preparation.mine(request), today)})


def _table(held: list[Prepared], today: date) -> Table:
    heads = tuple(map(Column, (
        T("件名", "title"), T("物資", "product"), T("主務大臣", "minister"), T("保存した日", "saved on"),
        T("様子", "state"),
    )))  # fmt: skip
    return Table(T("準備中の申請", "Applications in preparation"), heads, [_row(p, today) for p in held])


def _row(now: Prepared, today: date) -> Row:
    found = now.checked(today)
    left = sum(f.blocks for f in found.findings)
    word = T("申請済み", "filed") if now.case else T(f"あと {left} か所", f"{left} left") if left else _WHOLE
    product = found.product.label if found.product else T("", "")
    minister = found.order.label if found.order else T("", "")
    cells = (product, minister, jst_date(now.updated) if now.updated else "", word)
    return Row(now.title or T("件名なし", "untitled"), cells, reverse("supply_application", args=[now.id]))


_WHOLE = T("申請できます", "can be filed")


# -- one application -------------------------------------------------------------------------------------------------


@require_safe
def application(request: HttpRequest, application: str) -> HttpResponse:
    """What is there, what is missing, which order applies, and the days of each applicant."""
    now, today = _own(request, application), access.today()
    found = now.checked(today)
    return render(request, "web/supply/application.html", {
        "now": now, "answer": answer(now, found, today), "tasks": list(_tasks(now, found)), "found": found,
        "order": list(_order(found.order)) if found.order else [], "reports": _reports(found),
    })  # fmt: skip


def answer(now: Prepared, found: Checked, filing: date) -> list[Text]:
    """Whether it can be filed on a day, and until when the ministry then aims to decide."""
    if now.case:
        return [T("この申請は出しました。", "This application has been filed.")]
    left = sum(f.blocks for f in found.findings)
    day, target = dates.screen(filing), dates.screen(found.target)
    if left:
        return [T(f"申請するには、あと {left} か所が要ります。", f"{left} more to fill in before it can be filed.")]
    return [T(f"{day.ja}に申請できます。", f"It can be filed on {day.en}."),
            T(f"その日に受理されれば、標準処理期間（目安）は{target.ja}までです。",
              f"Received on that day, the month of processing (a target) ends on {target.en}.")]  # fmt: skip


def _tasks(now: Prepared, found: Checked) -> Iterator[Task]:
    missing = Counter(f.part for f in found.findings if f.blocks)
    unread = {name.partition(".")[0] for name in now.errors}
    for id, part in PARTS.items():
        href = reverse("supply_application_part", args=[now.id, id])
        if unread & {f.id for f in part.fields}:
            yield Task(part.title, href, T("読めない欄があります", "cannot be read"))
        else:
            left = missing[id]
            yield Task(part.title, href, T(f"あと {left} か所", f"{left} missing") if left else T("✓ 済み", "✓ done"))
    left = sum(missing.values())
    word = T(f"あと {left} か所", f"{left} missing") if left else _WHOLE
    yield Task(T("点検して申請へ", "Check, and on to filing"), reverse("supply_application_check", args=[now.id]), word)


def _order(order: CertificationOrder) -> Iterator[tuple[Text, Text]]:
    """What this ministry's order asks that another's may not."""
    yield T("認定省令", "certification order"), T(order.law.short_ja, order.law.short_en)
    yield T("逼迫時などの措置", "measures for tight supply"), order.tight_supply
    yield (
        T("要る措置の数", "how many of them"),
        (T("いずれか一つ", "any one") if order.any_one else T("両方の群が挙げられている", "both groups are listed")),
    )
    yield T("措置を証する書類", "proof of the measures"), order.proof
    yield T("許認可等", "permits under other laws"), order.permits
    yield T("処理の一月の起算", "the month is counted from"), (
        T("申請の日", "the day of application") if order.target_from_application
        else T("申請を受理した日", "the day of receipt"))  # fmt: skip
    yield (
        T("実施期間の六月以内の変更", "a period moved by six months or less"),
        (
            T("軽微な変更", "is a minor change")
            if order.period_item
            else T(
                "定めがなく、実質的な変更でない場合に限り軽微", "no such item: minor only where the substance is kept"
            )
        ),
    )


def _reports(found: Checked) -> Table | None:
    rows = [
        Row(T(r.applicant.party, r.applicant.party), (r.year_end, r.due, r.unmoved if r.unmoved != r.due else ""))
        for r in found.reports
    ]  # fmt: skip
    sub = T("標準処理期間の末日に認定された場合", "if certified on the last day of the month of processing")
    return Table(T("定期の報告", "yearly reports"), _REPORTS, rows, sub) if rows else None


# -- a part ----------------------------------------------------------------------------------------------------------


@_ANSWERS
def part(request: HttpRequest, application: str, part: str) -> HttpResponse:
    """The form of a part. A POST saves it; `step` says what then: effect (the check alone is drawn again), on, save."""
    now = _own(request, application)
    if part not in PARTS:
        raise Http404
    of = PARTS[part]
    wrong: Mapping[str, Text] = {}
    step = request.POST.get("step", "")
    if request.method == "POST":
        now, wrong = preparation.keep(request, now, of)
    names = {f.id for f in of.fields}
    errors = {n: t for n, t in {**now.errors, **wrong}.items() if n.partition(".")[0] in names}
    here = [(f, _WORDS[f.weight], f"#f-{f.field}") for f in now.checked(access.today()).findings if f.part == part]
    if step == "effect":
        return render(request, "web/supply/application_live.html", {"findings": here})
    if request.method == "POST" and not errors and step == "on":
        following = _after(part)
        return redirect("supply_application_part", now.id, following) if following else redirect(
            "supply_application_check", now.id)  # fmt: skip
    views = [
        field_view(f, now.kept.typed, errors=errors, on=access.today(), long=f.id in _LONG) for f in of.fields
    ]  # fmt: skip
    return render(request, "web/supply/application_part.html", {
        "now": now, "part": of, "views": views, "errors": errors, "findings": here, "saved": request.method == "POST",
        "takes_files": part == "papers", "number": list(PARTS).index(part) + 1, "all": len(PARTS),
    }, status=422 if errors and request.method == "POST" else 200)  # fmt: skip


_LONG = ("goals", "content", "structure", "funding", "smooth_measures", "information", "present_state", "permits")


def _after(part: str) -> str:
    ids = list(PARTS)
    return ids[ids.index(part) + 1] if part != ids[-1] else ""


# -- the check, and on to the act ------------------------------------------------------------------------------------


@require_safe
def checked(request: HttpRequest, application: str) -> HttpResponse:
    """Everything that is missing at once, with its provision and the place that mends it; then the way on."""
    now = _own(request, application)
    errors: dict[str, Text] = {}
    filing = day_of(request, "filing", access.today(), errors)
    found = now.checked(filing)
    form = preparation.form_of(request, found)
    left = sum(f.blocks for f in found.findings)
    return render(request, "web/supply/application_check.html", {
        "now": now, "answer": answer(now, found, filing), "groups": list(_groups(now, found.findings)), "left": left,
        "filing": filing, "typed": request.GET.get("filing", ""), "errors": errors, "may": form is not None,
        "label": form.of.act.label if form else None, "reports": _reports(found), "unread": bool(now.errors),
    }, status=400 if errors else 200)  # fmt: skip


def _groups(now: Prepared, findings: Iterable[Finding]) -> Iterator[tuple[Text, list[tuple[Finding, Any, str]]]]:
    for id, found in groupby(findings, key=lambda f: f.part):
        href = reverse("supply_application_part", args=[now.id, id])
        yield PARTS[id].title, [(f, _WORDS[f.weight], f"{href}#f-{f.field}") for f in found]


@require_POST
def file(request: HttpRequest, application: str) -> HttpResponse:
    """Fill the form of the act with what is prepared and open its check page; `step` drop: throw it away."""
    now = _own(request, application)
    if request.POST.get("step") == "drop":
        preparation.drop(request, now.id)
        return redirect("supply_applications")
    form = preparation.form_of(request, now.checked(access.today()))
    if form is None or now.case or now.errors:
        return redirect("supply_application_check", now.id)
    return redirect(preparation.hand_over(request, now, form))


def _own(request: HttpRequest, id: str) -> Prepared:
    found = preparation.see(request, id)
    if found is None:
        raise Http404
    return found
