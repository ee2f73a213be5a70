"""The reader's own settings, and the language switch of the top bar."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from kaname.days import DayError
from kaname.law import T
from kaname.web import choices
from kaname.web.parts import dates
from kaname.web.read import parse_day
from kaname.web.templatetags.kaname import lang, say
from kaname.web.way_back import page_here


def settings(request: HttpRequest) -> HttpResponse:
    """Language, theme, keys. Works before a login too: the choice belongs to the browser."""
    if request.method != "POST":
        return render(request, "web/settings.html", {"saved": "saved" in request.GET})
    response = HttpResponseRedirect(f"{request.path}?saved")
    choices.keep(response, _one_of(request, "theme", choices.THEMES), request.POST.get("keys") != "off")
    choices.keep_keys(request, request.POST.get("keys") != "off")
    if language := _one_of(request, "language", choices.LANGUAGES):
        choices.keep_language(response, request.user, language)
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and come back to the page."""
    response = HttpResponseRedirect(page_here(request.POST.get("next", "")) or "/")
    if chosen := _one_of(request, "language", choices.LANGUAGES):
        choices.keep_language(response, request.user, chosen)
    return response


def _one_of(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    value = request.POST.get(name, "")
    return value if value in known else ""


@require_GET
def read_day(request: HttpRequest) -> JsonResponse:
    """How a typed day is read, for the echo under the field. There is one reader of dates, and it is here."""
    try:
        day = parse_day(request.GET.get("day", "")[:40])
    except DayError as error:
        return JsonResponse({"day": None, "text": error[lang()]})
    return JsonResponse({"day": day.isoformat(), "text": say(T("→ {d}", "→ {d}").fill(d=dates.read_back(day)))})
