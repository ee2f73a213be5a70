"""History, papers and people of a case."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kaname.access import api as access
from kaname.access.api import Recorded, Seen
from kaname.law import Text
from kaname.papers import inventory, letters
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.index import ActOf, index
from kaname.procedure.kernel_acts import ANNUL, CORRECT, KERNEL_ACTS
from kaname.web import attached
from kaname.web.case.moved import label
from kaname.web.case.timeline import timeline
from kaname.web.forms.values import shown
from kaname.web.views.asked import known_at, seen
from kaname.web.views.case import head, roles_of


@login_required
@require_safe
def history(request: HttpRequest, case: str) -> HttpResponse:
    """What people did and what the law did upon it, in the order in which it took effect."""
    found = seen(request, case)
    rows = {r.entry.seq: r for r in access.recorded(request.user, case)}
    lines = timeline(found.standing.kind, access.entries(request.user, case), found.standing.as_of, known_at(request))
    events = [{"h": h, **(_entry(found, rows[h.seq]) if h.seq in rows else {})} for h in lines]
    return render(request, "web/case/history.html", {**head(request, found, "case_history"), "events": events})


def _entry(found: Seen, row: Recorded) -> dict[str, Any]:
    """Who recorded an entry, what it says, and what the person may do upon it."""
    of = index(found.standing.kind).acts.get(row.entry.act)
    fields: dict[str, Field] = dict(of.fields) if of else {}
    role = next((r.label for r in of.act.roles if r.id == row.entry.by), None) if of else None
    return {
        "row": row,
        "role": role,
        "values": _values(fields, row),
        "mine": row.entry.by in found.roles and row.entry.act not in KERNEL_ACTS,
    }


def _values(fields: dict[str, Field], row: Recorded) -> list[tuple[Text | str, Text | None]]:
    """The open values by their labels; what is sealed is named, never shown (None)."""
    said: list[tuple[Text | str, Text | None]] = []
    for id, value in row.entry.data.items():
        if id not in ("context", "entry", "data"):
            field = fields.get(id)
            said.append((field.label if field else id, shown(field, value)))
    if isinstance(row.entry.data.get("data"), dict):
        said += [(id, shown(None, value)) for id, value in row.entry.data["data"].items()]
    names = (name.removeprefix("data.") for name in row.sealed)
    return [*said, *((fields[n].label if n in fields else n, None) for n in names)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sealed(request: HttpRequest, case: str, seq: int) -> HttpResponse:
    """The sealed values of an entry, for who may read them. They are read by a POST: each reading is logged."""
    found = access.see(request.user, case)
    row = next((r for r in access.recorded(request.user, case) if r.entry.seq == seq and r.sealed), None)
    if row is None:
        raise Http404
    of = index(found.standing.kind).acts.get(row.entry.act)
    values = None
    if request.method == "POST":
        values = [(_label(of, name), _revealed(request, case, seq, name, of)) for name in row.sealed]
    told = {"row": row, "label": label(found.standing, row.entry), "values": values, "may": found.sealed,
            "fields": [_label(of, name) for name in row.sealed]}  # fmt: skip
    page = render(request, "web/case/sealed.html", {**head(request, found, "case_history"), **told})
    page.status_code = 200 if found.sealed else 403
    return page


def _label(of: ActOf | None, name: str) -> Text | str:
    id = name.removeprefix("data.")
    return of.fields[id].label if of and id in of.fields else id


def _revealed(request: HttpRequest, case: str, seq: int, name: str, of: ActOf | None) -> Text | None:
    """One value; None where it was destroyed, or may not be read."""
    try:
        value = access.reveal(request.user, case, seq, name)
    except (access.NotAllowed, access.Unknown):
        return None
    return shown(of.fields.get(name.removeprefix("data.")) if of else None, value)


@login_required
@require_safe
def papers(request: HttpRequest, case: str) -> HttpResponse:
    """Entries that are notices or filings, fill an official form or carry documents; with the papers that went out."""
    found = seen(request, case)
    acts = index(found.standing.kind).acts
    listed, held, out = [], attached.names(request, case), letters.issued(request.user, case)
    for row in access.recorded(request.user, case):
        of = acts.get(row.entry.act)
        if row.entry.on > found.standing.as_of or (of is None and row.entry.act not in (ANNUL, CORRECT)):
            continue
        documents = [one for id, f in of.fields.items() if f.type is FieldType.DOCUMENT and row.entry.data.get(id)
                     for one in attached.listed(f.label, row.entry.data[id], held)] if of else []  # fmt: skip
        sort = inventory.sort_of(found.standing.kind.id, of.name) if of else inventory.SORTS["notice"]
        if sort.id in inventory.PAPERS or documents:
            issued = [one for one in out if one.of == row.entry.seq]
            listed.append({"row": row, "label": label(found.standing, row.entry), "documents": documents,
                           "forms": inventory.forms_of(row.entry, found.standing) if of else (),
                           "notice": sort.notice, "basis": of.act.basis if of else (), "issued": issued,
                           "to_issue": _to_issue(found, row, sort, issued)})  # fmt: skip
    return render(request, "web/case/papers.html", {**head(request, found, "case_papers"), "papers": listed})


def _to_issue(found: Seen, row: Recorded, sort: inventory.Sort, issued: list[letters.Issued]) -> bool:
    """Whether the person may issue the paper of an entry now: none went out, or what went out is no longer so."""
    if found.case.origin or sort.id not in inventory.PAPERS or row.entry.act in (ANNUL, CORRECT):
        return not found.case.origin and row.entry.act in (ANNUL, CORRECT) and not issued and bool(found.roles)
    return row.entry.by in found.roles and all(one.state is not None for one in issued)


@login_required
@require_safe
def people(request: HttpRequest, case: str) -> HttpResponse:
    """Whose mandates cover the case, and who fills which role in it. Names only."""
    found = seen(request, case)
    labels = {r.id: r.label for r in roles_of(found)}
    some = [(s, labels.get(s.role, s.role)) for s in access.people_of(request.user, case)]
    parties = [(labels.get(role, role), name) for role, name in found.standing.parties.items() if name]
    read = access.read_log(request.user, case)[:50]
    told = {"people": some, "parties": parties, "read": read}
    return render(request, "web/case/people.html", {**head(request, found, "case_people"), **told})
