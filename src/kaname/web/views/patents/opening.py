"""A case out of a screened row: what the row tells is laid into the person's draft of the opening act."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kaname.desk.screenings import Row
from kaname.regimes.patents.cells import read_day
from kaname.web import drafts
from kaname.web.drafts import Place

PLACE = Place("", "patents.application", "first_review.file")


def prefill(request: HttpRequest, row: Row) -> HttpResponse:
    """Fill the draft and lead to its form; nothing is recorded. What the row does not tell stays as it was typed."""
    cells, day = row.cells, read_day(row.cells.get("in.filing_date") or "")
    told = {
        "act.on": f"{day:%Y/%m/%d}" if day else "",
        "application_number": cells["application_id"] or "",
        "ipc": "\n".join(s.text for s in row.looked.symbols) if row.looked else cells.get("in.ipc") or "",
        **{name: cells.get(f"in.{name}") or "" for name in ("title", "abstract", "claims")},
    }
    for q in row.looked.questions if row.looked else ():
        if q.answered is not None and q.name.startswith("requirement_"):
            told[q.name] = "yes" if q.answered else "no"
    kept = drafts.opened(request, PLACE, 0)
    typed = {**kept.typed, **{name: [value] for name, value in told.items() if value}}
    drafts.save(request, kept, typed)
    return redirect("new_case", PLACE.kind)
