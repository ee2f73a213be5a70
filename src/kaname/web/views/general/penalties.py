"""The penalties explorer: who is punished for what, and how, for conduct on a day."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kaname.access import api as access
from kaname.law import Text, cited
from kaname.law.sanctions import CUSTODY_NAME, INTENT
from kaname.regimes.general.catalogue.events import Subject
from kaname.regimes.general.penalties import (
    CHAPTERS,
    WITHOUT_PENALTY,
    Asked,
    Unreadable,
    custody,
    explore,
    marks,
    offenders,
)
from kaname.web.parts.tables import Chip
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.common import day_of
from kaname.web.views.infrastructure.common import with_query

_CSV = ("penalty", "provision", "offender", "offence", "violated", "sanction", "corporate", "attempt", "abroad")
_OF_CHAPTER = {2: Subject.SUPPLY, 3: Subject.INFRASTRUCTURE, 4: Subject.TECHNOLOGY, 5: Subject.PATENTS}


def page(request: HttpRequest) -> HttpResponseBase:
    errors: dict[str, Text] = {}
    on = day_of(request, "on", access.today(), errors)
    given = {name: request.GET.get(name, "").replace("\0", "").strip()[:100] for name in ("offender", "violated")}
    chapter = int(given_chapter) if (given_chapter := request.GET.get("chapter", "")) in map(str, CHAPTERS) else None
    asked = Asked(on, chapter, given["offender"], given["violated"])
    try:
        found = explore(asked)
    except Unreadable as wrong:
        errors[wrong.field], found = wrong.text, ()
    if "csv" in request.GET and not errors:
        rows = [
            (s.penalty.id, say(s.penalty.provision), say(s.penalty.offender), say(s.penalty.offence),
             cited(s.penalty.violated, lang(), on), say(s.sanction), s.penalty.corporate, s.penalty.attempt,
             s.penalty.abroad) for s in found
        ]  # fmt: skip
        return as_csv(f"penalties-{on:%Y%m%d}.csv", list(_CSV), rows)
    query = {k: v for k, v in (("on", request.GET.get("on", "")[:60]), ("chapter", str(chapter or "")),
                               *given.items()) if v}  # fmt: skip
    chips = [Chip(Text("すべての章", "all chapters"), with_query(query, chapter=""), on=chapter is None)]
    chips += [Chip(_OF_CHAPTER[n].label, with_query(query, chapter=str(n)), on=n == chapter) for n in CHAPTERS]
    shown = [(s, marks(s.penalty) if s.in_force else (), cited(s.penalty.violated, lang(), on)) for s in found]
    return render(request, "web/general/penalties.html", {
        "shown": shown, "count": len(found), "on": on, "custody": custody(on), "chips": chips, "errors": errors,
        "typed": request.GET, "chapter": chapter or "", "offenders": offenders(), "losses": WITHOUT_PENALTY,
        "rules": (CUSTODY_NAME, INTENT), "csv": with_query(query, csv="1"),
        "filtered": bool(chapter or given["offender"] or given["violated"]),
    }, status=400 if errors else 200)  # fmt: skip
