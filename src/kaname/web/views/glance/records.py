"""The cases behind a figure: those that stood in a state on the day, as lists show them today."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from kaname.access import api as access
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.procedure.declare import CaseKind
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.views.common import address
from kaname.web.views.glance.pages import asked, frame

SIZE = 50
_HEADS = (
    Column(T("案件", "case")), Column(T("種類", "kind")), Column(T("呼び名", "known by")),
    Column(T("開いた日", "opened on")), Column(T("今の段階", "stage today")),
)  # fmt: skip


def records(request: HttpRequest) -> HttpResponse:
    said = asked(request)
    kind = kinds().get(request.GET.get("kind", ""))
    if kind is None:
        raise Http404
    procedure = request.GET.get("procedure", "")[:64]
    states = [s for s in request.GET.get("state", "")[:400].split(",") if s]
    start = int(text) if (text := request.GET.get("start", "")[:7]).isdecimal() else 0
    found = access.cases_in(request.user, said.day, kind.id, procedure, states, start, SIZE)
    rows = [
        Row(T(f"第{r.number}号", f"No. {r.number}"), (r.kind_label, access.reference_label(r.kind, r.reference),
             r.opened_on, r.state_label),
            address("case", r.case))
        for r in found.rows
    ]  # fmt: skip
    query = {"kind": kind.id, "procedure": procedure, "state": ",".join(states), "as_of": said.day.isoformat()}
    return render(request, "web/glance/records.html", {
        **frame(said, request), "title": _title(kind, procedure, states), "rows": rows,
        "table": Table(kind.label, _HEADS, rows), "first": start + 1, "last": start + len(rows),
        "earlier": "?" + urlencode({**query, "start": max(start - SIZE, 0)}) if start else "",
        "later": "?" + urlencode({**query, "start": start + SIZE}) if found.more else "",
    }, status=400 if said.errors else 200)  # fmt: skip


def _title(kind: CaseKind, procedure: str, states: list[str]) -> Text:
    """What is listed, in words."""
    of = next((p for p in kind.procedures if p.id == procedure), None)
    if of is None:
        return kind.label
    named = [of.label_of(s) for s in states if s in of.states]
    if not named:
        return T(f"{kind.label.ja}：{of.label.ja}", f"{kind.label.en}: {of.label.en}")
    return T(f"{kind.label.ja}：{'・'.join(n.ja for n in named)}", f"{kind.label.en}: {', '.join(n.en for n in named)}")
