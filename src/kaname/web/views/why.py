"""Why this date: the working of a clock, a second count by another person, a calendar entry."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from kaname.access import api as access
from kaname.access.api import Seen
from kaname.days import DayError
from kaname.law import T
from kaname.ledger import clock as now_is
from kaname.procedure.explain import explain_clock
from kaname.procedure.standing import Running
from kaname.web.calendar import as_calendar
from kaname.web.case import why as working
from kaname.web.models import Count
from kaname.web.parts import dates
from kaname.web.parts.clocks import clock_view
from kaname.web.read import parse_day
from kaname.web.templatetags.kaname import lang
from kaname.web.views.asked import seen
from kaname.web.views.case import head


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest, case: str, key: str) -> HttpResponse:
    """The page; the working alone where a part of another page asks for it. A POST keeps a second count."""
    found = seen(request, case)
    running = _clock(found, key)
    explained = explain_clock(running)
    if request.headers.get("HX-Request"):
        response = render(request, "web/case/why_part.html", {"explained": explained, "key": key, "case": found.case})
        patch_vary_headers(response, ["HX-Request"])
        return response
    typed, error = request.POST.get("typed", ""), None
    if request.method == "POST" and running.last_day:
        try:
            day = parse_day(typed)
        except DayError as wrong:
            error = wrong.text
        else:
            Count.objects.create(person=request.user, case=case, clock=key, typed=day, last_day=running.last_day)
            return redirect(f"{request.get_full_path()}#counts")
    entries = {r.entry.seq: r for r in access.recorded(request.user, case)}
    told = {
        "explained": explained,
        "running": running,
        "clock": clock_view(found.standing, running),
        "key": key,
        "marks": working.strip_of(running, found.standing.as_of),
        "both": request.GET.get("both") == "1",
        "other_lang": "en" if lang() == "ja" else "ja",
        "copied": working.text_of(running, lang(), found.standing.as_of),
        "version": found.standing.kind.version(found.standing.as_of),
        "first": entries.get(running.entry),
        "counts": _counts(case, key, running),
        "typed": typed,
        "error": error,
    }
    return render(request, "web/case/why.html", {**head(request, found, ""), **told}, status=422 if error else 200)


@login_required
@require_safe
def ics(request: HttpRequest, case: str, key: str) -> HttpResponse:
    """The last day as a calendar entry. Of a case in a compartment it says nothing but that there is a date."""
    found = access.see(request.user, case)
    running = _clock(found, key)
    if running.last_day is None:
        raise Http404
    hidden = access.in_compartment(request.user, case)
    label = T("期日", "date") if hidden else running.clock.label
    number = "" if hidden else f"（{found.case.number}）" if lang() == "ja" else f" ({found.case.number})"
    as_of = dates.screen(found.standing.as_of)
    said = T(f"{as_of.ja}現在の計算。変わることがあります。", f"As computed on {as_of.en}; it may change.")
    body = working.ics(case, running, f"Kaname: {label[lang()]}{number}", said[lang()], now_is.now())
    return as_calendar(body, "kaname.ics")


def _clock(found: Seen, key: str) -> Running:
    running = found.standing.clocks.get(key)
    if running is None:
        raise Http404
    return running


def _counts(case: str, key: str, running: Running) -> list[dict[str, Any]]:
    """Who counted, which day they came to, and how it compares with the day that stands here now."""
    kept = Count.objects.filter(case=case, clock=key).select_related("person").order_by("counted_at", "pk")
    return [
        {"who": c.person.name, "typed": c.typed, "at": c.counted_at, "then": c.last_day,
         "found": working.counted(running, c.typed), "moved": c.last_day != running.last_day}
        for c in kept
    ]  # fmt: skip
