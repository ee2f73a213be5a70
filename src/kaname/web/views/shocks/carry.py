"""From a shock into a case of a product: its figures become rows of evidence in the form that judges."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kaname.law import T
from kaname.web.trade import carry
from kaname.web.views.shocks.asked import full
from kaname.web.views.shocks.table import shown

_NO_TARGET = T("この間に案件が動きました。もう一度選んでください。", "The cases have moved meanwhile. Choose again.")


@require_POST
def carried(request: HttpRequest, id: str) -> HttpResponse:
    """Into the form that was chosen; nothing is recorded yet."""
    found = full(request, id)
    wanted = request.POST.get("to", "")
    target = next((one for one in carry.targets(request.user) if one.id == wanted), None)
    if target is None:
        found.errors["to"] = _NO_TARGET
        return shown(request, found)
    carry.put(request, target, found.record.rows())
    return redirect(target.form.address)
