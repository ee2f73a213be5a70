"""The cover and one page a subject, of the day in the address."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaname.access import api as access
from kaname.law import PROMULGATED, Text
from kaname.registers.picture import TITLE, BeforeTheAct, at_day, warnings
from kaname.registers.subjects import SUBJECTS, TITLES
from kaname.registers.subjects import cover as numbers_of
from kaname.web.glance.shown import shown
from kaname.web.views.common import day_of

AS_OF = "as_of"


@dataclass(frozen=True, slots=True)
class Asked:
    """The day of the address; one that cannot be used is told, and today is shown instead."""

    day: date
    errors: dict[str, Text] = field(default_factory=dict)

    @property
    def query(self) -> str:
        return f"?{AS_OF}={self.day.isoformat()}"


def asked(request: HttpRequest) -> Asked:
    """Reads the day and tells the frame."""
    errors: dict[str, Text] = {}
    today = access.today()
    day = day_of(request, AS_OF, today, errors)
    if day < PROMULGATED:
        errors[AS_OF], day = BeforeTheAct(day).text, today
    request.as_of = day  # the frame reads it
    return Asked(day, errors)


def cover(request: HttpRequest) -> HttpResponse:
    said = asked(request)
    at = at_day(said.day, request.user)
    return render(request, "web/glance/cover.html", {
        **frame(said, request), "title": TITLE, "numbers": [shown(n, said.day.isoformat()) for n in numbers_of(at)],
        "warnings": warnings(at),
    }, status=400 if said.errors else 200)  # fmt: skip


def subject(request: HttpRequest, subject: str) -> HttpResponse:
    if subject not in SUBJECTS:
        raise Http404
    said = asked(request)
    at = at_day(said.day, request.user)
    page = SUBJECTS[subject](at)
    return render(request, "web/glance/page.html", {
        **frame(said, request, subject), "page": page, "warnings": warnings(at),
        "blocks": [shown(b, said.day.isoformat()) for b in page.blocks],
    }, status=400 if said.errors else 200)  # fmt: skip


def frame(said: Asked, request: HttpRequest, here: str = "") -> dict[str, Any]:
    """What cover and pages have in common: the day, the list of subjects, the pages before and after."""
    steps = [("", TITLE), *TITLES.items()]
    hrefs = [(id, title, (reverse("glance_page", args=[id]) if id else reverse("glance")) + said.query)
             for id, title in steps]  # fmt: skip
    place = next(n for n, (id, _, _) in enumerate(hrefs) if id == here)
    return {
        "day": said.day, "errors": said.errors, "typed": request.GET, "query": said.query, "here": here,
        "subjects": hrefs, "before": hrefs[place - 1] if place else None,
        "after": hrefs[place + 1] if place + 1 < len(hrefs) else None,
    }  # fmt: skip
