"""Home: the inbox by due day."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    rows = access.cases(request.user)[:50]
    return render(request, "web/inbox.html", {"rows": rows})
