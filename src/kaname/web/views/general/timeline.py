"""The timeline of the Act as of a day, the guidelines in force on it, and what both Houses asked the government."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kaname.access import api as access
from kaname.desk.resolutions import NAME, entered
from kaname.law import T, Text, cited
from kaname.regimes.general.catalogue.events import Event, Subject
from kaname.regimes.general.catalogue.guidelines import GUIDELINES
from kaname.regimes.general.catalogue.resolutions import COLUMNS, Watched, watch
from kaname.regimes.general.timeline import timeline
from kaname.web.parts.tables import Chip, Column, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.common import day_of
from kaname.web.views.infrastructure.common import with_query

_CSV = ("event", "day", "latest", "subject", "label", "basis", "source", "confidence", "note")
_POINTS = (
    Column(T("求められたこと", "asked for")), Column(T("委員会", "committee")), Column(T("決議の日", "resolved on")),
    Column(T("出典", "source")), Column(T("様子", "state")),
)  # fmt: skip


def page(request: HttpRequest) -> HttpResponseBase:
    errors: dict[str, Text] = {}
    on = day_of(request, "on", access.today(), errors)
    subject = request.GET.get("subject", "")
    subject = subject if subject in set(Subject) else ""
    found = [e for e in timeline(on) if subject in ("", e.subject.value)]
    if "csv" in request.GET:
        return as_csv(f"timeline-{on:%Y%m%d}.csv", list(_CSV), map(_line, found))
    query = {k: v for k, v in (("on", request.GET.get("on", "")[:60]), ("subject", subject)) if v}
    chips = [Chip(T("すべて", "all"), with_query(query, subject=""), on=not subject)]
    chips += [Chip(s.label, with_query(query, subject=s.value), on=s.value == subject) for s in Subject]
    rows, faults = entered()
    points = watch(on, rows)
    return render(request, "web/general/timeline.html", {
        "past": [(e, cited(e.basis, lang())) for e in reversed(found) if not e.ahead(on)],
        "ahead": [(e, cited(e.basis, lang())) for e in found if e.ahead(on)], "on": on, "chips": chips,
        "errors": errors, "typed": request.GET, "subject": subject, "csv": with_query(query, csv="1"),
        "guidelines": [(g, g.on(on)) for g in GUIDELINES.values()], "faults": faults, "file": NAME,
        "columns": ",".join(COLUMNS),
        "points": Table(T("附帯決議の項目", "points of resolutions"), _POINTS, [_point(w) for w in points]),
    }, status=400 if errors else 200)  # fmt: skip


def _line(e: Event) -> tuple[object, ...]:
    return (e.id, e.day, e.latest, e.subject.value, say(e.label), cited(e.basis, lang()), say(e.source),
            e.confidence.value, e.note)  # fmt: skip


def _point(w: Watched) -> Row:
    return Row(w.point.item, (w.resolution.committee, w.resolution.on, w.point.source, w.status.label))
