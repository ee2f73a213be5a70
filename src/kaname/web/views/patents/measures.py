"""The checklist of the management measures of a case (法75条、府令10条): status, what shows it, who and when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kaname.access import api as access
from kaname.desk import measures
from kaname.law import T
from kaname.web.views.common import case_href, case_name

STATUSES = {
    "taken": ("met", T("講じた", "taken")), "under_way": ("running", T("準備中", "under way")),
    "open": ("pending", T("未着手", "not begun")),
}  # fmt: skip


def checklist(request: HttpRequest, case: str) -> HttpResponse:
    seen = access.see(request.user, case)
    if seen.case.kind != measures.KIND:
        raise Http404
    known = measures.parties(seen)
    party = request.POST.get("party", request.GET.get("party", ""))
    if party not in known:
        raise Http404
    if request.method == "POST":
        return _note(request, seen, party)
    groups: dict[str, list[measures.Checked]] = {}
    lines = measures.checklist(request.user, case, party)
    for line in lines:
        groups.setdefault(line.measure.group.ja, []).append(line)
    taken = sum(bool(line.now and line.now.status == "taken") for line in lines)
    track = seen.standing.tracks.get(f"proper_management/{party}" if party else "proper_management")
    return render(request, "web/patents/measures.html", {
        "seen": seen, "name": case_name(seen.case), "href": case_href(seen.case), "party": party, "parties": known,
        "groups": [(found[0].measure.group, found) for found in groups.values()], "taken": taken, "all": len(lines),
        "statuses": [(id, word) for id, (_, word) in STATUSES.items()], "may": bool(seen.roles),
        "states": {id: state for id, (state, _) in STATUSES.items()}, "track": track,
        "act": case_href(seen.case, "act", "proper_management.implement"),
    })  # fmt: skip


def _note(request: HttpRequest, seen: access.Seen, party: str) -> HttpResponse:
    """One form for the whole list: each line that says something new is added."""
    if not seen.roles:
        raise Http404
    id = seen.case.public_id
    for line in measures.checklist(request.user, id, party):
        status = request.POST.get(f"{line.measure.id}.status", "")
        evidence = request.POST.get(f"{line.measure.id}.evidence", "")
        if status in STATUSES:
            measures.note(request.user, id, party, line.measure.id, status, evidence)
    return redirect(f"{reverse('measures', args=[id])}?{urlencode({'party': party, 'saved': 1})}")
