"""The twenty-one measures: what Kaname does, what the office must do, and how it stands in this case now."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaname.access import api as access
from kaname.access.custody import api as custody
from kaname.days import jst_date
from kaname.desk import measures as checklist
from kaname.law import T, Text
from kaname.regimes.patents.measures_map import MAP, SHARES, SURE
from kaname.web.views.case import head
from kaname.web.views.custody.case import kept


@login_required
@require_safe
def page(request: HttpRequest, case: str) -> HttpResponse:
    found = kept(request, case)
    declared = found.standing.kind.custody
    if declared is None or not declared.measures:
        raise Http404
    if not found.sealed:
        return render(request, "web/custody/case.html", head(request, found, "custody"), status=403)
    now = _now(request, case)
    lines = [
        (line, MAP[line.measure.id], SHARES[MAP[line.measure.id].share], now.get(line.measure.id))
        for line in checklist.checklist(request.user, case, every=True)
    ]
    return render(request, "web/custody/measures.html", {
        **head(request, found, "custody"), "lines": lines, "sure": SURE,
    })  # fmt: skip


def _now(request: HttpRequest, case: str) -> dict[str, Text]:
    """The present state of the measures that the record can tell."""
    told: Any = custody.shown(request.user, case)
    out = [c for c in told.copies if c.out]
    waiting = sum(r.state == "waiting" for r in told.requests)
    running = sum(r.state == "approved" for r in told.requests)
    destroyed = sum(c.fate == "destroyed" for c in told.copies)
    people = len({(p.name, p.office_ja) for p in access.people_of(request.user, case)})
    last = access.read_log(request.user, case).first()
    refused = custody.decided(request.user, case).exclude(why="").count()
    room = access.in_compartment(request.user, case)
    read = jst_date(last.at).isoformat() if last else "—"
    name = told.manager.name if told.manager else "—"
    return {
        "1-イ": T(f"責任者：{name}", f"manager: {name}"),
        "1-ハ": T(f"権限のある人 {people}人", f"{people} people with mandates"),
        "2-イ": T(f"知ることのできる人 {people}人", f"{people} people may know of it"),
        "1-ニ": T(f"最後の閲覧 {read}", f"last read {read}"),
        "3-ハ": T(f"待つ求め {waiting}、有効な承認 {running}、複製 {len(told.copies)}部",
                 f"{waiting} requests waiting, {running} approvals open, {len(told.copies)} copies"),
        "3-ニ": T(f"外にある複製 {len(out)}部", f"{len(out)} copies out"),
        "3-ホ": T(f"廃棄 {destroyed}部、外にある {len(out)}部", f"{destroyed} destroyed, {len(out)} out"),
        "4-イ": T("区画にある", "in a compartment") if room else T("区画にない", "in no compartment"),
        "4-ロ": T(f"拒否 {refused}件", f"{refused} refusals"),
    }  # fmt: skip
