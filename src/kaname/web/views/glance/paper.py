"""The picture of a day as report and slides, drawn for the person who asks and kept nowhere."""

from collections.abc import Callable
from typing import cast, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.law import Lang, T, Text
from kaname.registers.blocks import Picture
from kaname.registers.picture import BeforeTheAct, picture
from kaname.web.templatetags.kaname import lang
from kaname.web.views.common import day_of

PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_LANG = T("lang は ja か en", "lang: expected ja or en")


def report(request: HttpRequest) -> HttpResponse:
    from kaname.registers.report import pdf

    return _drawn(request, pdf, "kaname-{day}-{lang}.pdf", PDF)


def slides(request: HttpRequest) -> HttpResponse:
    from kaname.registers.slides import pptx  # python-pptx takes a second to import: only who asks waits for it

    return _drawn(request, pptx, "kaname-{day}-{lang}.pptx", PPTX)


def _drawn(request: HttpRequest, draw: Callable[[Picture, Lang], bytes], name: str, media: str) -> HttpResponse:
    errors: dict[str, Text] = {}
    as_of = day_of(request, "as_of", access.today(), errors)
    asked = request.GET.get("lang", lang())
    if asked not in get_args(Lang):
        errors["lang"] = _LANG
    try:
        found = None if errors else picture(as_of, request.user)
    except BeforeTheAct as early:
        errors["as_of"] = early.text
        found = None
    if found is None:
        return render(request, "web/glance/refused.html", {"errors": errors, "media": media}, status=400)
    file = name.format(day=f"{as_of:%Y%m%d}", lang=asked)
    return HttpResponse(draw(found, cast(Lang, asked)), content_type=media, headers={
        "Content-Disposition": f'inline; filename="{file}"', "Cache-Control": "no-store",
    })  # fmt: skip
