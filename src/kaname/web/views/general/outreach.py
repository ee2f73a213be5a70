"""The consultation desk and briefings in figures, what waits for an answer, and the search of reusable answers."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from kaname.access import api as access
from kaname.desk import outreach as desk
from kaname.law import T, Text
from kaname.regimes.general.catalogue.events import Subject
from kaname.regimes.general.outreach import BRIEFING, CONSULTATION
from kaname.web.parts.tables import Chip, Column, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import say
from kaname.web.views.common import case_href, case_name, day_of
from kaname.web.views.infrastructure.common import with_query

_MONTHS = (
    Column(T("月", "month")), Column(T("質問", "questions"), num=True), Column(T("回答", "answered"), num=True),
    Column(T("説明会", "briefings"), num=True), Column(T("参加人数", "people"), num=True),
)  # fmt: skip
_WAITING = (
    Column(T("件名", "subject")), Column(T("案件", "case")), Column(T("制度", "regime")),
    Column(T("受け付けた日", "received on")), Column(T("段階", "stage")),
)  # fmt: skip
_STAGE = {"received": T("担当を決めていない", "not assigned"), "assigned": T("回答待ち", "waits for an answer")}


def page(request: HttpRequest) -> HttpResponseBase:
    errors: dict[str, Text] = {}
    on = day_of(request, "on", access.today(), errors)
    regime, chips, query = _regime(request)
    found = desk.on(request.user, on, regime)
    if "csv" in request.GET:
        rows = [(f"{m.first:%Y-%m}", m.questions, m.answered, m.briefings, m.people) for m in found.months]
        return as_csv(f"outreach-{on:%Y%m%d}.csv", [say(c.head) for c in _MONTHS], rows)
    waiting = [_waiting(c) for c in access.standings(request.user, CONSULTATION, on, {"consultation": tuple(_STAGE)})
               if regime in ("", c.standing.fact("consultation.regime"))]  # fmt: skip
    months = [Row(f"{m.first:%Y-%m}", (m.questions, m.answered, m.briefings, m.people)) for m in found.months]
    return render(request, "web/general/outreach.html", {
        "counts": found.counts, "on": on, "errors": errors, "typed": request.GET, "chips": chips, "regime": regime,
        "months": Table(T("月ごとの件数（すべての制度）", "By month, all regimes"), _MONTHS, months),
        "waiting": Table(T("回答を待つ質問", "Questions that wait"), _WAITING, waiting),
        "csv": with_query(query, csv="1"), "may_ask": bool(access.may_open(request.user, CONSULTATION)),
        "may_brief": bool(access.may_open(request.user, BRIEFING)),
    }, status=400 if errors else 200)  # fmt: skip


def answers(request: HttpRequest) -> HttpResponseBase:
    """Reusable answers with every word; each says on which day's law it rests, and what has moved since."""
    errors: dict[str, Text] = {}
    on = day_of(request, "on", access.today(), errors)
    regime, chips, _ = _regime(request)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = desk.search(request.user, words, on, regime)
    return render(request, "web/general/answers.html", {
        "found": [(f.answer, case_href(f.case.case), case_name(f.case.case)) for f in found], "count": len(found),
        "moved": sum(bool(f.answer.moved) for f in found), "on": on, "words": words, "errors": errors,
        "typed": request.GET, "chips": chips, "regime": regime, "filtered": bool(words or regime),
    }, status=400 if errors else 200)  # fmt: skip


def _regime(request: HttpRequest) -> tuple[str, list[Chip], dict[str, str]]:
    """The regime asked for, the filters, and the view as its address holds it."""
    regime = request.GET.get("regime", "")
    regime = regime if regime in set(Subject) else ""
    query = {k: request.GET[k][:100] for k in ("on", "q") if request.GET.get(k)}
    query |= {"regime": regime} if regime else {}
    chips = [Chip(T("すべて", "all"), with_query(query, regime=""), on=not regime)]
    chips += [Chip(s.label, with_query(query, regime=s.value), on=s.value == regime) for s in Subject]
    return regime, chips, query


def _waiting(c: access.CaseAt) -> Row:
    fact = c.standing.fact
    stage = _STAGE[c.standing.tracks["consultation"].state]
    cells = (case_name(c.case), Subject(fact("consultation.regime")).label, fact("consultation.asked_on"), stage)
    return Row(fact("consultation.subject"), cells, reverse("case", args=[c.case.public_id]))
