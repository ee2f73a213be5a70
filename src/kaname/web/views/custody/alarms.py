"""Who read very many sealed objects within an hour; a stop ends here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kaname.access.custody import api as custody
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.login.fresh import fresh
from kaname.law import T
from kaname.web.templatetags.kaname import say

_ON = T("閲覧の停止を解除しました。", "Reading goes on.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and "confirm" in request.POST:
        return _confirmed(request)
    if request.method == "POST":
        try:
            custody.release(request.user, request.POST.get("alarm", "")[:40])
        except (Unknown, NotAllowed):
            raise Http404 from None
        messages.success(request, say(_ON))
        return redirect("alarms")
    return render(request, "web/custody/alarms.html", {
        "alarms": custody.alarms(request.user)[:100], "stopped": custody.is_stopped(request.user),
    })  # fmt: skip


@fresh
def _confirmed(request: HttpRequest) -> HttpResponse:
    custody.confirm(request.user)
    messages.success(request, say(_ON))
    return redirect("alarms")
