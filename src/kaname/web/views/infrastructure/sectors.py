"""The sectors of Art. 50(1): businesses, ministries, criteria with their numbers, critical facilities, components."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaname.access import api as access
from kaname.law import T, Text, cited
from kaname.regimes.infrastructure.catalogue import SECTORS
from kaname.regimes.infrastructure.catalogue.model import Sector
from kaname.regimes.infrastructure.catalogue.orders import ORDERS
from kaname.regimes.infrastructure.catalogue.sources import SOURCES
from kaname.web.parts.tables import Column, Row, Table, Tag
from kaname.web.templatetags.kaname import lang
from kaname.web.views.common import day_of

_HEADS = (
    Column(T("分野", "sector")), Column(T("号", "item")), Column(T("主務大臣", "ministry")),
    Column(T("事業", "businesses"), num=True), Column(T("特定重要設備", "critical facilities"), num=True),
    Column(T("施行の日", "in force from")), Column(T("様子", "state")),
)  # fmt: skip


def sectors(request: HttpRequest) -> HttpResponse:
    errors: dict[str, Text] = {}
    on = day_of(request, "on", access.today(), errors)
    rows = [_row(s, on) for s in SECTORS]
    in_force = [s for s in SECTORS if s.since and s.since <= on]
    return render(request, "web/infrastructure/sectors.html", {
        "table": Table(T("基幹インフラの分野", "sectors of critical infrastructure"), _HEADS, rows), "on": on,
        "count": len(in_force), "enacted": len(SECTORS) - len(in_force), "errors": errors, "typed": request.GET,
    }, status=400 if errors else 200)  # fmt: skip


def _row(s: Sector, on: date) -> Row:
    facilities = {f.id for b in s.businesses for f in b.facilities_on(on)}
    state = Tag("unverified") if s.confidence.unverified else Tag("running") if s.since and s.since <= on else \
        Tag("pending")  # fmt: skip
    since = s.since or T("未施行", "not in force")
    cells = (cited((s.item,), lang(), on), s.competence(on).ministry, len(s.businesses), len(facilities), since, state)
    return Row(s.name, cells, reverse("sector", args=[s.id]))


def _order(key: str) -> Text:
    return T(ORDERS[key].name_ja, ORDERS[key].name_en)


def sector(request: HttpRequest, sector: str) -> HttpResponse:
    """One sector on a day (?on=)."""
    of = next((s for s in SECTORS if s.id == sector), None)
    if of is None:
        raise Http404
    errors: dict[str, Text] = {}
    on = day_of(request, "on", access.today(), errors)
    shown = [
        {"of": b, "own": b.order or b.ministry, "ministry": of.ministry(b, on), "order": _order(of.order(b, on)),
         "criteria": b.criteria, "now": b.criterion(on), "facilities": b.facilities, "standing": b.facilities_on(on)}
        for b in of.businesses
    ]  # fmt: skip
    return render(request, "web/infrastructure/sector.html", {
        "of": of, "item": (of.item,), "on": on, "businesses": shown, "errors": errors, "typed": request.GET,
        "sources": [SOURCES[id] for id in of.sources if id in SOURCES],
        "competences": [(c.ministry, _order(c.order), c.since) for c in of.competences],
    }, status=400 if errors else 200)  # fmt: skip
