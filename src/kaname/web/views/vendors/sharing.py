"""Consent: who may see what, both views side by side; given for a plan or an operator, until a day, and withdrawn."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kaname.access import api as access
from kaname.days import DayError
from kaname.law import T, Text
from kaname.regimes.infrastructure.filing import record
from kaname.regimes.infrastructure.filing.disclosure import SEALABLE
from kaname.vendors import api as vendors
from kaname.web.parts import dates
from kaname.web.read import parse_day
from kaname.web.vendors.tasks import PARTS
from kaname.web.vendors.views import sides
from kaname.web.views.vendors.told import done

_YEAR = timedelta(days=365)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, vendor: str, invitation: str) -> HttpResponse:
    """Let the operator of an invitation use the passport. `step` is preview, or give."""
    draft, made = vendors.draft(request.user, vendor), vendors.versions(request.user, vendor)
    ask = next((a for a in vendors.asks(request.user, vendor) if a.invitation == invitation), None)
    if ask is None:
        raise vendors.Unknown
    said = vendors.read(request.user, vendor, made[0].number) if made else record.read(draft.data)[0]
    posted = request.method == "POST"
    veil = request.POST.getlist("veil") if posted else list(ask.veil if ask.consent else vendors.VEILED_UNLESS_SAID)
    until = request.POST.get("until", "") if posted else f"{access.today() + _YEAR:%Y/%m/%d}"
    whole = request.POST.get("plans") == "all"
    errors: dict[str, Text] = {}
    if posted and request.POST.get("step") != "preview":
        day = _day(until, errors)
        if day is not None:
            try:
                given = vendors.give(request.user, vendor, invitation, day, every_plan=whole, veil=veil)
                if ask.consent and ask.consent != given.public_id:
                    vendors.revoke(request.user, vendor, ask.consent)
            except vendors.NotAllowed as wrong:
                errors[wrong.field] = wrong.text
            else:
                done(request, _given(ask.operator, day))
                return redirect("passport", vendor)
    parts = [(part, PARTS[part], part in veil) for part in SEALABLE]
    told = {"vendor": vendor, "name": said.name, "ask": ask, "sides": sides(said, veil), "parts": parts, "until": until,
            "whole": whole, "errors": errors, "made": made}  # fmt: skip
    return render(request, "web/vendors/share.html", told, status=422 if errors else 200)


def _given(operator: str, day: date) -> Text:
    last = dates.screen(day)
    return T(f"{operator} が {last.ja} まで使えます。いつでも取り消せます。",
             f"{operator} may use it until {last.en}. You may withdraw at any time.")  # fmt: skip


def _day(text: str, errors: dict[str, Text]) -> date | None:
    try:
        return parse_day(text)
    except DayError as wrong:
        errors["until"] = wrong.text
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, vendor: str, consent: str) -> HttpResponse:
    """Withdraw a consent: what it does is told before."""
    held = next((c for c in vendors.of_vendor(request.user, vendor) if c.public_id == consent), None)
    if held is None:
        raise vendors.Unknown
    if request.method == "POST":
        gone = vendors.revoke(request.user, vendor, consent)
        done(request, T(f"取り消しました。準備中の {gone} 件の計画から外れました。",
                        f"Withdrawn. It was taken out of {gone} plan(s) in preparation."))  # fmt: skip
        return redirect("passport", vendor)
    return render(request, "web/vendors/withdraw.html", {"vendor": vendor, "consent": held})
