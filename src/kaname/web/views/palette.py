"""Go to anything (Ctrl+K): the same list as a page for who has no script, and as JSON for the dialog of every page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kaname.web.palette import LONGEST, as_data, offered


@require_safe
def go(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    source = request.GET.get("from", "")[:500]
    items = offered(request, text, source)
    if request.headers.get("Accept", "").startswith("application/json"):
        answer: HttpResponse = JsonResponse({"items": [as_data(i) for i in items]})
    else:
        answer = render(request, "web/go.html", {"q": text, "source": source, "items": items})
    patch_vary_headers(answer, ["Accept"])
    answer["Cache-Control"] = "no-store"
    return answer
