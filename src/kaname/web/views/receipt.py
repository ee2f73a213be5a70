"""The receipt of an act: what was recorded, when, under which digest; printable, and as JSON for a machine."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaname.access import api as access
from kaname.access.api import Group, Item
from kaname.papers.inventory import sort_of
from kaname.papers.packages.make import FILINGS
from kaname.procedure.declare import FieldType
from kaname.procedure.index import index
from kaname.task import inbox as work
from kaname.web import attached
from kaname.web.case.moved import label
from kaname.web.case.page import page
from kaname.web.views.case import head


@login_required
@require_safe
def receipt(request: HttpRequest, case: str, seq: int) -> HttpResponse:
    found = access.see(request.user, case)
    proof = access.receipt(request.user, case, seq)
    if proof is None:
        raise Http404
    if request.GET.get("format") == "signed":
        return _signed(request, case, proof.number, seq)
    if request.GET.get("format") == "json":
        told = {**asdict(proof), "effective_on": proof.effective_on.isoformat()}
        told.pop("warnings")
        response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = f'attachment; filename="kaname-{proof.number}-{proof.seq}.json"'
        return response
    (row,) = [r for r in access.recorded(request.user, case) if r.entry.seq == seq]
    of = index(found.standing.kind).acts.get(row.entry.act)
    fields = of.fields if of else {}
    held = attached.names(request, case)
    papers = [one for id, f in fields.items() if f.type is FieldType.DOCUMENT and row.entry.data.get(id)
              for one in attached.listed(f.label, row.entry.data[id], held)]  # fmt: skip
    told = {
        "receipt": proof,
        "row": row,
        "label": label(found.standing, row.entry),
        "basis": of.act.basis if of else (),
        "papers": papers,
        "is_filing": of is not None and sort_of(found.standing.kind.id, of.name).id in FILINGS,
        "papers_sealed": any(fields[n].type is FieldType.DOCUMENT for n in row.sealed if n in fields),
        "sealed": [fields[name].label for name in row.sealed if name in fields],
        "page": page(found.standing, found.roles),
        "next": _next(request, case),
    }
    return render(request, "web/case/receipt.html", {**head(request, found, ""), **told})


def _signed(request: HttpRequest, case: str, number: int, seq: int) -> HttpResponse:
    """The receipt to keep: two lines that `kaname-verify` checks."""
    raw = access.signed_receipt(request.user, case, seq)
    name = f"kaname-{number}-{seq}.receipt"
    return HttpResponse(raw, content_type="application/octet-stream",
                        headers={"Content-Disposition": f'attachment; filename="{name}"'})  # fmt: skip


_MINE = (Group.OVERDUE, Group.TODAY, Group.WEEK, Group.UNDATED, Group.LATER)


def _next(request: HttpRequest, case: str) -> Item | None:
    """What this person has to do next, in another case."""
    boxes = work.inbox(request.user, size=5, groups=_MINE)
    return next((item for box in boxes for item in box.items if item.case != case), None)
