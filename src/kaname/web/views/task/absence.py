"""Absence: I say who stands in for me and from when to when; administrators see all and agree where it is asked for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kaname.access import api as access
from kaname.access.errors import AccessError, Unknown
from kaname.access.login.fresh import fresh
from kaname.access.models import Deputy
from kaname.days import DayError
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.task import marks
from kaname.web.read import parse_day
from kaname.web.templatetags.kaname import lang

MOST_NAMES = 300


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def absence(request: HttpRequest) -> HttpResponse:
    """Whom I have named, for whom I deputise, and the form."""
    errors: dict[str, Text] = {}
    if request.method == "POST":
        made = _named(request, errors)
        if made:
            told = T(f"{made.person.name}さんを代理にしました。", f"{made.person.name} will deputise for you.")
            messages.success(request, told[lang()])
            return redirect("task_absence")
    others = [(p.public_id, p.name) for p in marks.colleagues(request.user).exclude(pk=request.user.pk)[:MOST_NAMES]]
    return render(request, "web/task/absence.html", {
        "given": access.deputies.given(request.user), "held": access.deputies.held(request.user), "others": others,
        "typed": request.POST, "errors": errors, "personal": [k.label for k in kinds().values() if k.in_person],
    }, status=422 if errors else 200)  # fmt: skip


def _named(request: HttpRequest, errors: dict[str, Text]) -> Deputy | None:
    days = {}
    for name in ("from", "until"):
        try:
            days[name] = parse_day(request.POST.get(name, "")[:60])
        except DayError as error:
            errors[name] = error.text
    whom = marks.colleagues(request.user).filter(public_id=request.POST.get("deputy", "")).first()
    if whom is None:
        errors["deputy"] = T("代理をする人を選んでください。", "Choose who deputises.")
    if errors or whom is None:
        return None
    may_act = request.POST.get("may_act") == "yes"
    try:
        return access.deputies.name(request.user, whom, days["from"], days["until"], may_act)
    except AccessError as wrong:
        errors[wrong.field or "deputy"] = wrong.text
        return None


@require_POST
def stop(request: HttpRequest, deputy: str) -> HttpResponse:
    """End it at once."""
    try:
        access.deputies.stop(request.user, deputy)
    except Unknown:
        raise Http404 from None
    messages.success(request, T("代理を終わらせました。", "It has ended.")[lang()])
    return redirect("task_absences" if "all" in request.POST else "task_absence")


def absences(request: HttpRequest) -> HttpResponse:
    """All that run or are to come: for administrators."""
    personal = [k.label for k in kinds().values() if k.in_person]
    return render(request, "web/task/absences.html",
                  {"rows": access.deputies.every(request.user), "personal": personal})  # fmt: skip


@require_POST
@fresh
def clear(request: HttpRequest, deputy: str) -> HttpResponse:
    """An administrator agrees."""
    try:
        access.deputies.clear(request.user, deputy)
    except Unknown:
        raise Http404 from None
    except AccessError as wrong:
        messages.error(request, wrong.text[lang()])
    else:
        messages.success(request, T("同意しました。", "You have agreed.")[lang()])
    return redirect("task_absences")
