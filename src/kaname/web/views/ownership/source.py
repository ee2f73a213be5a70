"""One source: how it was read, and its companies to choose from."""

from unicodedata import normalize

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaname.assess.ownership.origins import origins
from kaname.desk import holdings
from kaname.law import T
from kaname.web.ownership import told
from kaname.web.parts.tables import Column, Pager, Row, Table
from kaname.web.views.ownership.asked import asked, mine

PAGE = 50
_SHOWN = 100
_COLUMNS = (
    Column(T("会社", "Company")), Column(T("識別子", "Identifier")), Column(T("国", "Country")),
    Column(T("直接の保有者", "Direct holders"), num=True),
    Column(T("外国の持分（資本）", "Foreign (capital)"), num=True),
)  # fmt: skip


def source(request: HttpRequest, id: str) -> HttpResponse:
    """Companies that somebody holds; those that hold nothing themselves first, for one of them is asked about."""
    one = mine(request, id)
    if not holdings.is_open(one):
        failed = holdings.why_not(one) if one.state == holdings.State.FAILED else None
        return render(request, "web/ownership/waits.html", {"one": one, "failed": failed, "mb": one.size / (1 << 20)})
    found = asked(request, id)
    day = holdings.on(found.read, found.day)
    flow = day.capital
    held, count = np.unique(flow.company, return_counts=True)
    holders = dict(zip(held.tolist(), count.tolist(), strict=True))
    holding = set(flow.holder.tolist())
    entities = flow.book.entities
    text = request.GET.get("q", "").strip()[:100]
    plain = _plain(text)
    chosen = [n for n in holders if plain in _plain(entities[n].name) or plain in _plain(entities[n].id)]
    chosen.sort(key=lambda n: (n in holding, _plain(told.who(entities[n]))))
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and 0 < len(page) < 6 and int(page) else 1
    number = min(number, 1 + (len(chosen) - 1) // PAGE) if chosen else 1
    low, high = origins(flow).foreign
    rows = [
        Row(told.who(entities[n]),
            (entities[n].id, entities[n].country, holders[n], told.figure(float(low[n]), float(high[n]))),
            href=f"{reverse('ownership_company', args=[id, n])}?{found.query}".rstrip("?"))
        for n in chosen[(number - 1) * PAGE : number * PAGE]
    ]  # fmt: skip
    faults = holdings.told(found.read, [*day.votes.faults, *day.capital.faults])
    notes = holdings.told(found.read, [*day.votes.notes, *day.capital.notes])
    problems, remarks = [*found.read.problems, *faults], [*found.read.notes, *notes]
    query = {name: value for name in ("q", "day", "right") if (value := request.GET.get(name, "")[:100])}
    return render(request, "web/ownership/source.html", {
        "one": found.one, "q": text, "day": found.day, "errors": found.errors, "total": len(holders),
        "table": Table(T(f"会社 {len(chosen):,}社", f"{len(chosen):,} companies"), _COLUMNS, rows),
        "pager": Pager(number, PAGE, len(chosen), query), "rows": found.read.book.rows, "query": found.query,
        "problems": problems[:_SHOWN], "bad": len(problems), "notes": remarks[:_SHOWN], "remarks": len(remarks),
        "more_bad": len(problems) - _SHOWN,
    })  # fmt: skip


@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    holdings.discard(mine(request, id))
    return redirect("ownership")


def _plain(text: str) -> str:
    return normalize("NFKC", text).casefold()
