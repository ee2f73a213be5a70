"""Designations that stand (法70条), and who shares their inventions (法76条): only of cases the reader may know of."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.law import T
from kaname.regimes.patents.registers import DESIGNATED, Designation, designation_of, operators_of
from kaname.web.parts.states import due_state
from kaname.web.parts.tables import Column, Row, Table, Tag
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.common import case_href, case_name

KIND = "patents.application"


def designated(request: HttpRequest) -> Iterator[tuple[access.CaseAt, Designation]]:
    """The designations of the visible cases, those that end first on top."""
    found = [
        (at, d) for at in access.standings(request.user, KIND, within=DESIGNATED) if (d := designation_of(at.standing))
    ]
    yield from sorted(found, key=lambda pair: (pair[1].last_day is None, pair[1].last_day, pair[0].case.number))


_HEADS = (
    Column(T("案件", "case")), Column(T("指定の日", "designated")), Column(T("通知の到達", "notice received")),
    Column(T("期間の末日", "last day")), Column(T("延長", "extended"), num=True),
    Column(T("発明共有事業者", "sharing operators")), Column(T("段階", "stage")), Column(T("様子", "state")),
)  # fmt: skip


def designations(request: HttpRequest) -> HttpResponse:
    today, found = access.today(), list(designated(request))
    if "csv" in request.GET:
        rows = (
            [at.case.number, d.designated_on, d.noticed_on, d.last_day, d.extensions, ";".join(d.operators), d.state]
            for at, d in found
        )
        return as_csv(f"designations-{today:%Y%m%d}.csv", [c.head[lang()] for c in _HEADS[:-1]], rows)
    table = Table(T("保全指定", "designations"), _HEADS, [_line(at, d, today) for at, d in found])
    near = sum(1 for _, d in found if d.stands and d.last_day and 0 <= (d.last_day - today).days <= 90)
    return render(request, "web/patents/designations.html", {"table": table, "count": len(found), "near": near})


def _line(at: access.CaseAt, d: Designation, today: Any) -> Row:
    state = Tag(*due_state(d.last_day, today)) if d.stands else Tag("pending")
    times = T(f"{d.extensions}回", f"{d.extensions}x") if d.extensions else ""
    cells = (d.designated_on, d.noticed_on or "", d.last_day or "", times, "、".join(d.operators), d.label, state)
    return Row(case_name(at.case), cells, case_href(at.case))


_OPERATOR_HEADS = (
    Column(T("事業者", "operator")), Column(T("案件", "case")), Column(T("段階", "stage")), Column(T("日", "since")),
    Column(T("適正管理措置", "measures")), Column(T("すべきこと", "owes")),
)  # fmt: skip


def sharing(request: HttpRequest) -> HttpResponse:
    """Operators across the cases, or of one case (`?case=`)."""
    only, lines = request.GET.get("case", ""), []
    for at in access.standings(request.user, KIND):
        if only and at.case.public_id != only:
            continue
        lines += [(at, o) for o in operators_of(at.standing)]
    lines.sort(key=lambda pair: (pair[1].operator, pair[0].case.number))
    today = access.today()
    if "csv" in request.GET:
        rows = ([o.operator, at.case.number, say(o.label), o.since, say(o.measures), "; ".join(
            f"{say(label)} {due or ''}" for label, due, *_ in o.owes)] for at, o in lines)  # fmt: skip
        return as_csv(f"sharing-{today:%Y%m%d}.csv", [c.head[lang()] for c in _OPERATOR_HEADS], rows)
    rows_ = [
        Row(o.operator, (case_name(at.case), o.label, o.since or "", o.measures or "",
                         T("、".join(t.ja for t, *_ in o.owes), ", ".join(t.en for t, *_ in o.owes))),
            case_href(at.case))
        for at, o in lines
    ]  # fmt: skip
    table = Table(T("発明共有事業者", "sharing operators"), _OPERATOR_HEADS, rows_)
    owing = sum(1 for _, o in lines if o.owes)
    return render(request, "web/patents/sharing.html", {
        "table": table, "count": len({o.operator for _, o in lines}), "owing": owing, "only": only,
    })  # fmt: skip
