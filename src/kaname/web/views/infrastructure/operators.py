"""Designated operators in the cases a person may know of: business, grace, and the way to their plans."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

from kaname.access import api as access
from kaname.desk.plans import PLAN
from kaname.desk.plans import operators as known
from kaname.law import T, Text
from kaname.regimes.infrastructure.register import Operator
from kaname.web.parts import dates
from kaname.web.parts.tables import Chip, Column, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.common import case_href
from kaname.web.views.infrastructure.common import with_query

_HEADS = (
    Column(T("事業者", "operator")), Column(T("事業", "business")), Column(T("主務大臣", "ministry")),
    Column(T("指定の日", "designated")), Column(T("届出を要しない末日（経過措置）", "last day of grace")),
    Column(T("計画書", "plans")), Column(T("段階", "stage")), Column(T("届出の義務", "duty to file")),
)  # fmt: skip
_STATES = {"designated": T("指定中", "designated"), "all": T("すべて", "all")}
_ALL = ("designated", "lifted", "fact_finding", "not_designated")


def operators(request: HttpRequest) -> HttpResponseBase:
    group = request.GET.get("state", "designated")
    group, sector = group if group in _STATES else "designated", request.GET.get("sector", "")[:40]
    every = known(request.user, _ALL if group == "all" else ("designated",))
    found = [(at, o) for at, o in every if not sector or (o.sector and o.sector.id == sector)]
    today = access.today()
    if "csv" in request.GET:
        rows = (
            [o.name, say(_business(o)), o.designated_on, *(g.last_day for g in o.graces if not g.subject), say(o.label)]
            for _, o in found
        )
        return as_csv(f"operators-{today:%Y%m%d}.csv", [c.head[lang()] for c in (*_HEADS[:2], *_HEADS[3:5], _HEADS[6])],
                      rows)  # fmt: skip
    sectors = {o.sector.id: o.sector.name for _, o in every if o.sector}
    table = Table(T("特定社会基盤事業者", "infrastructure operators"), _HEADS, [_row(at, o, today) for at, o in found])
    query = {k: v for k in ("state", "sector") if (v := request.GET.get(k, ""))}
    return render(request, "web/infrastructure/operators.html", {
        "table": table, "count": len(found), "answer": _answer([o for _, o in found]),
        "chips": [Chip(label, with_query(query, state=id), on=id == group) for id, label in _STATES.items()],
        "sectors": [(id, name, id == sector) for id, name in sorted(sectors.items())], "filtered": bool(query),
        "csv": with_query(query, csv="1"), "group": group,
    })  # fmt: skip


def _answer(found: list[Operator]) -> list[Text]:
    bound = [o for o in found if o.state == "designated"]
    lines = [T(f"指定されている事業者は{len(bound)}です。", f"{len(bound)} designated.")]
    if grace := sorted((o.in_grace, o.name) for o in bound if o.in_grace):
        last = dates.screen(grace[0][0])
        lines.append(T(
            f"経過措置の期間中は{len(grace)}です。最も早く終わるのは{grace[0][1]}で、{last.ja}までの導入・委託には届出が要りません。",
            f"{len(grace)} in grace. The first to end is that of {grace[0][1]}: nothing to be filed up to {last.en}.",
        ))  # fmt: skip
    return lines


def _business(o: Operator) -> Text:
    if o.sector is None or o.business is None:
        return T("", "")
    return T(f"{o.sector.name.ja}：{o.business.name.ja}", f"{o.sector.name.en}: {o.business.name.en}")


def _row(at: access.CaseAt, o: Operator, today: date) -> Row:
    ministry: Any = o.sector.ministry(o.business, today) if o.sector else ""
    grace = next((g for g in o.graces if not g.subject), None)
    plans: Any = ""
    if o.name:
        address = f"{reverse('cases')}?{urlencode({'kind': PLAN, 'party': o.name})}"
        plans = format_html('<a href="{}">{}<span class="visually-hidden">{}{}</span></a>', address,
                            T("一覧", "list")[lang()], T("：", ": ")[lang()], o.name)  # fmt: skip
    duty = T("経過措置の期間中", "in grace") if o.in_grace else T("あり", "yes") if o.state == "designated" else \
        T("なし", "no")  # fmt: skip
    cells = (_business(o), ministry, o.designated_on or "", grace.last_day if grace else "", plans, o.label, duty)
    return Row(o.name or T(f"第{at.case.number}号", f"No. {at.case.number}"), cells, case_href(at.case))
