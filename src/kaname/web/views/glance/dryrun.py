"""Dry run of a coming version (`/glance/dryrun/?version=health_care&from=`). It records nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.law import Text
from kaname.regimes.infrastructure.coming import coming
from kaname.registers.dryrun import BadDay, NotComing, dry_run, page_of
from kaname.web.glance.shown import shown
from kaname.web.views.common import day_of


def dryrun(request: HttpRequest) -> HttpResponse:
    errors: dict[str, Text] = {}
    known = coming()
    version = request.GET.get("version", known[0].id if known else "")[:60]
    one = next((c for c in known if c.id == version), None)
    latest = one.latest if one and one.latest else access.today()
    since = day_of(request, "from", latest, errors)
    found = None
    try:
        found = dry_run(version, since, request.user) if known and not errors else None
    except NotComing as wrong:
        errors["version"] = wrong.text
    except BadDay as wrong:
        errors["from"] = wrong.text
    page = page_of(found) if found else None
    return render(request, "web/glance/dryrun.html", {
        "page": page, "blocks": [shown(b) for b in page.blocks] if page else (),
        "known": known, "version": version, "since": since,
        "errors": errors, "typed": request.GET, "from_error": errors.get("from"),
    }, status=400 if errors else 200)  # fmt: skip
