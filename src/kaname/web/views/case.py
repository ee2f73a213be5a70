"""The case page: the answer first, then clocks, duties, bans, and what may be done now."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from kaname.access import api as access
from kaname.access.api import SEALED, Seen, destruction
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.web import drafts
from kaname.web.case.checks import progress
from kaname.web.case.page import Page, page
from kaname.web.parts.items import Tab
from kaname.web.views.asked import known_at, seen

TABS = (
    ("case", T("概要", "Overview")),
    ("case_history", T("経過", "History")),
    ("case_papers", T("書類", "Papers")),
    ("case_checklist", T("点検表", "Checklist")),
    ("case_notes", T("メモ", "Notes")),
    ("consultation", T("協議・照会", "Consultation")),
    ("case_people", T("人", "People")),
    ("case_flow", T("流れ図", "Flow")),
)
# What the cases of one kind have beside.
TABS_OF = {
    "supply.plan": (
        ("supply_technology", T("技術流出防止", "Technology")),
        ("supply_worth", T("途絶への効き", "Shocks")),
    ),
    "technology.project": (("technology_project", T("進みと予算", "Progress")),),
    "technology.council": (("council_room", T("部屋", "Room")),),
    "supply.product": (("requirements", T("４要件", "Requirements")),),
    "patents.application": (("measures", T("適正管理措置", "Measures")),),
}
_CUSTODY = (("custody", T("取扱い", "Custody")),)
# The track that must have begun before a tab has anything to show.
_SINCE = {"measures": "designation", "custody": "designation"}


@login_required
@require_safe
def case(request: HttpRequest, case: str) -> HttpResponse:
    found = seen(request, case)
    shown = page(found.standing, found.roles, drafts.of_case(request, case))
    checks = progress(request.user, found, shown) if shown.possible else (0, 0)
    return render(request, "web/case/overview.html", {**head(request, found, "case"), "page": shown, "checks": checks})


@login_required
@require_safe
def usual(request: HttpRequest, case: str) -> HttpResponse:
    """Straight to the form of the act that presses; to the case where none does."""
    found = seen(request, case)
    act = page(found.standing, found.roles, drafts.of_case(request, case)).usual
    if act is None:
        return redirect("case", case)
    run = f"?{urlencode({'run': act.run})}" if act.run else ""
    return redirect(reverse("act", args=[case, act.name]) + run)


@login_required
@require_safe
def acts(request: HttpRequest, case: str) -> HttpResponse:
    """What may be done, on a page of its own: the bottom button of narrow pages leads here. What cannot be done is
    long; the case page asks for that part when it is unfolded."""
    found = seen(request, case)
    shown: Page = page(found.standing, found.roles, drafts.of_case(request, case))
    if request.headers.get("HX-Request"):
        part = render(request, "web/case/impossible.html", {"page": shown, "as_of": found.standing.as_of})
        patch_vary_headers(part, ["HX-Request"])
        return part
    return render(request, "web/case/acts.html", {**head(request, found, "case"), "page": shown})


def head(request: HttpRequest, found: Seen, on: str) -> dict[str, Any]:
    """What every page of a case says of it: identity, tabs, the day it is seen by, mends of refusals."""
    standing, id = found.standing, found.case.public_id
    asked = request.GET.urlencode() if request.GET.get("as_of") or request.GET.get("known_at") else ""
    declared = (*TABS, *TABS_OF.get(standing.kind.id, ()), *(_CUSTODY if standing.kind.custody else ()))
    names = [t for t in declared if _SINCE.get(t[0]) in (None, *standing.tracks)]
    tabs = [Tab(label, reverse(name, args=[id]) + (f"?{asked}" if asked else ""), name == on) for name, label in names]
    return {
        "case": found.case,
        "reference": reference_of(found),
        "kind": standing.kind,
        "standing": standing,
        "as_of": standing.as_of,
        "is_today": standing.as_of == clock.today() and known_at(request) is None,
        "known_at": known_at(request),
        "roles": [r for r in roles_of(found) if r.id in found.roles],
        "parties": list(standing.parties.items()),
        "names": list(dict.fromkeys(name for name in standing.parties.values() if name)),
        "tabs": tabs,
        "asked": asked,
        "may_read": found.sealed,
        "destroyed": destruction.told(found.case.circle),
    }


def reference_of(found: Seen) -> Text | None:
    """By what people know the case, where that is open to its readers."""
    told = (found.standing.fact(name) for name in found.standing.kind.reference)
    plain = next((value for value in told if value and isinstance(value, str) and value is not SEALED), "")
    return access.reference_label(found.case.kind, plain) if plain else None


def roles_of(found: Seen) -> list[Any]:
    """The roles of the kind, in order of appearance."""
    acts = (a for p in found.standing.kind.procedures for a in p.acts)
    return list({r.id: r for a in acts for r in a.roles}.values())
