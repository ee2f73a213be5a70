"""The authority's view: one vendor in many plans, its disclosures as far as one may read them, recorded reasons."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kaname.access.errors import NotAllowed
from kaname.days import jst_date
from kaname.law import T, Text
from kaname.ledger.errors import UnknownCase
from kaname.regimes.infrastructure.filing.content import PartyRole
from kaname.vendors import api as vendors
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.vendors.views import sides
from kaname.web.views.vendors.files import in_case, linked
from kaname.web.views.vendors.told import done

_PAGE = 50


def _start(request: HttpRequest) -> int:
    asked = request.GET.get("start", "")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 0


@require_safe
def vendors_across(request: HttpRequest) -> HttpResponse:
    """The vendors in filed plans that the person may know of, by the beginning of their names."""
    text, start = request.GET.get("q", "").strip().replace("\0", ""), _start(request)
    found = vendors.vendors(request.user, text, start, _PAGE + 1)
    rows = [Row(v.name, (v.country, v.plans), reverse("vendor_across", args=[v.id])) for v in found[:_PAGE]]
    heads = (Column(T("名称", "name")), Column(T("国又は地域", "country")), Column(T("計画の数", "plans"), num=True))
    table = Table(T("届け出られた計画の供給者等", "Vendors in filed plans"), heads, rows) if rows else None
    told = {"table": table, "q": text, "start": start, **_further(start, len(found))}
    return render(request, "web/vendors/across.html", told)


def _further(start: int, found: int) -> dict[str, int | None]:
    return {"before": max(start - _PAGE, 0) if start else None, "after": start + _PAGE if found > _PAGE else None}


@require_http_methods(["GET", "HEAD", "POST"])
def vendor_across(request: HttpRequest, vendor: str) -> HttpResponse:
    """Where a vendor stands, the newest filing first, and what was recorded of it. POST: record a reason."""
    errors: dict[str, Text] = {}
    start, text, case = _start(request), request.POST.get("text", ""), request.POST.get("case", "").strip()
    if request.method == "POST":
        try:
            vendors.note(request.user, vendor, text, case)
        except UnknownCase as wrong:
            errors["case"] = wrong.text
        except NotAllowed as wrong:
            errors[wrong.field] = wrong.text
        else:
            done(request, T("理由を記録しました。", "The reason is recorded."))
            return redirect("vendor_across", vendor)
    found, standings = vendors.plans_of(request.user, vendor, start, _PAGE + 1)
    rows = [
        Row(T(f"第{s.number}号", f"No. {s.number}"),
            (s.operator, PartyRole(s.role).label, s.party, _version(s), _day(s)),
            reverse("vendor_disclosure", args=[vendor, s.case, s.version]))
        for s in standings[:_PAGE]
    ]  # fmt: skip
    heads = (T("事件", "case"), T("事業者", "operator"), T("立場", "capacity"), T("計画での名称", "name in the plan"),
             T("版", "version"), T("届出", "filed"))  # fmt: skip
    told = {
        "found": found, "vendor": vendor, "errors": errors, "text": text, "case": case,
        "table": Table(T("この供給者が立つ計画", "The plans of this vendor"), [Column(h) for h in heads], rows),
        "notes": vendors.notes(request.user, vendor), "cases": {s.case: s.number for s in standings[:_PAGE]},
        **_further(start, len(standings)),
    }  # fmt: skip
    return render(request, "web/vendors/vendor_across.html", told, status=422 if errors else 200)


def _version(s: vendors.Standing) -> Text:
    return T(f"第 {s.version} 版", f"version {s.version}")


def _day(s: vendors.Standing) -> object:
    return jst_date(s.filed_at) if s.filed_at else ""


@require_http_methods(["GET", "HEAD", "POST"])
def disclosure(request: HttpRequest, vendor: str, case: str, number: int) -> HttpResponse:
    """A passport in a filed plan: open parts as they are; all of it by a POST, which is logged before it is shown."""
    shown = [s for s in vendors.in_case(request.user, case, vendor) if s.number == number]
    if not shown:
        raise vendors.Unknown
    first, opened = shown[0], request.method == "POST"
    try:
        said = vendors.reveal(request.user, case, vendor, number, "vendor page") if opened else first.disclosure
    except NotAllowed as wrong:
        raise PermissionDenied from wrong
    may = vendors.may_open(request.user, case)
    closed = () if opened else {*first.veil, *vendors.SECRET}
    told = {
        "shown": first, "roles": [PartyRole(s.role).label for s in shown], "vendor": vendor, "case_id": case,
        "opened": opened, "may": may,
        "sides": sides(said, closed, own=opened) if said else [],
        "files": linked(said if opened or "certificates" not in first.veil else None,
                        in_case(vendor, case, number), may),
    }  # fmt: skip
    return render(request, "web/vendors/disclosure.html", told)
