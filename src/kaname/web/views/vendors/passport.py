"""A vendor's passport: the list of short tasks, how far it is, until when it holds, who has seen it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaname.vendors import api as vendors


@require_safe
def passports(request: HttpRequest) -> HttpResponse:
    """The vendors for which a person speaks."""
    return render(request, "web/vendors/passports.html", {"mine": list(vendors.own_vendors(request.user)[:100])})
