"""A document of a case before it is opened: small pages that lead to large ones, or its text. Each look is logged."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kaname.access import api as access
from kaname.access.errors import NotAllowed
from kaname.access.login.fresh import proved
from kaname.ledger.errors import CannotOpen
from kaname.papers import previews
from kaname.papers.previews import AT_ONCE, Look
from kaname.web.templatetags.kaname import say
from kaname.web.views.asked import seen
from kaname.web.views.case import head

TEXT = 50_000  # letters of a text on a page: what is longer is downloaded


@login_required
@require_safe
def paper(request: HttpRequest, case: str, document: str) -> HttpResponse:
    """What a document is, and its pages a dozen at a time."""
    return _shown(request, case, document, _first(request))


def _first(request: HttpRequest) -> int:
    given = request.GET.get("from", "")
    return max(int(given), 1) if given.isascii() and given.isdecimal() and len(given) < 6 else 1


def _shown(request: HttpRequest, case: str, document: str, first: int) -> HttpResponse:
    told: dict[str, Any] = head(request, seen(request, case), "case_papers")
    try:
        look = previews.look(request.user, case, document, proved=proved(request))
    except NotAllowed as wrong:
        return render(request, "web/case/paper.html", {**told, "shut": wrong.text}, status=403)
    pages = range(first, min(first + AT_ONCE, look.pictures + 1))
    return render(request, "web/case/paper.html", {
        **told, "look": look, "pages": pages, "text": _text(look),
        "before": first - AT_ONCE if first > AT_ONCE else 1 if first > 1 else None,
        "after": first + AT_ONCE if first + AT_ONCE <= look.pictures else None,
    })  # fmt: skip


def _text(look: Look) -> list[tuple[int, str]]:
    """The pages of a document that has none to be seen, as far as one page of ours goes."""
    shown, left = [], TEXT
    for number, text in enumerate(look.texts if not look.pictures else (), 1):
        if text[:left]:
            shown.append((number, text[:left]))
            left -= len(text[:left])
    return shown


@login_required
@require_safe
def page(request: HttpRequest, case: str, document: str, number: int) -> HttpResponse:
    """One page, large, its words under it, and the ways to the next."""
    told = head(request, seen(request, case), "case_papers")
    try:
        look = previews.look(request.user, case, document, f"page {number}", proved=proved(request))
    except NotAllowed as wrong:
        return render(request, "web/case/paper.html", {**told, "shut": wrong.text}, status=403)
    if not 1 <= number <= look.pictures:
        raise Http404
    at = {
        name: reverse("paper_page", args=[case, document, to]) if 1 <= to <= look.pictures else ""
        for name, to in (("before", number - 1), ("after", number + 1))
    }
    text = look.texts[number - 1] if number <= len(look.texts) else ""
    return render(request, "web/case/paper_page.html", {**told, "look": look, "number": number, "text": text, **at})


@login_required
@require_safe
def picture(request: HttpRequest, case: str, document: str, number: int, small: bool = False) -> HttpResponse:
    """A page as PNG."""
    paint = previews.small if small else previews.page
    try:
        png = paint(request.user, case, document, number, proved=proved(request))
    except (access.Unknown, CannotOpen):
        raise Http404 from None
    except NotAllowed as wrong:
        return HttpResponse(say(wrong.text), status=403, content_type="text/plain; charset=utf-8")
    return HttpResponse(png, content_type="image/png", headers={"X-Content-Type-Options": "nosniff"})
