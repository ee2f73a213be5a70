"""The link by which a vendor comes in. One that lets nobody in is one page, whatever the reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from kaname.access.login import logged
from kaname.access.login.throttle import network
from kaname.law import Text
from kaname.vendors import api as vendors
from kaname.web.templatetags.kaname import lang


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """GET: who invites, and for what; looking does not use the link up. POST: take it."""
    me = request.user if request.user.is_authenticated else None
    errors: dict[str, Text] = {}
    log_in = False
    name = request.POST.get("name", "").strip()
    try:
        invited = vendors.look(secret)
        if request.method == "POST":
            try:
                vendor = request.POST.get("vendor", "")
                came = vendors.accept(secret, me, name=name, vendor=vendor, source=network(request), language=lang())
            except vendors.LogInFirst as known:
                errors[""], log_in = known.text, True
            except vendors.NotAllowed as wrong:
                errors[wrong.field] = wrong.text
            else:
                return _on(came)
    except vendors.Spent:
        logged.link(request)
        return render(request, "web/vendors/spent.html", status=404)
    told = {
        "invited": invited, "errors": errors, "log_in": log_in, "other": bool(me and me.email != invited.email),
        "mine": list(vendors.own_vendors(me)[:50]) if me else [], "name": name,
        "login": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }  # fmt: skip
    return render(request, "web/vendors/invitation.html", told, status=422 if errors else 200)


def _on(came: vendors.Welcome) -> HttpResponse:
    """A new person sets a password and logs in; whoever is here goes on to what the operator may see."""
    vendor = came.vendor.public_id
    if came.secret:
        there = reverse("passport", args=[vendor])
        return redirect(f"{reverse('welcome', args=[came.secret])}?{urlencode({'next': there})}")
    if vendors.versions(came.person, vendor):
        return redirect("passport_share", vendor, vendors.asks(came.person, vendor)[0].invitation)
    return redirect("passport", vendor)
