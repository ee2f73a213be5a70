"""The register of specified critical products: by day and ministry, what each is, and the cases of this office.

And the sheet of a case: the four requirements, what was found, the evidence, and what would change the answer.
"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from kaname.access import api as access
from kaname.assess.trade import designated
from kaname.assess.trade.tables import Sort
from kaname.desk import products as desk
from kaname.desk import trade
from kaname.desk.models import TradeTable
from kaname.law import T, Text
from kaname.regimes.supply.catalogue import ORDERS, PRODUCTS
from kaname.regimes.supply.catalogue.products import DECK
from kaname.regimes.supply.catalogue.requirements import REQUIREMENTS
from kaname.regimes.supply.judgement import product_case
from kaname.web.parts.tables import Chip, Column, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.asked import seen
from kaname.web.views.case import head
from kaname.web.views.common import case_href, case_name, day_of
from kaname.web.views.infrastructure.common import with_query

_HEADS = (
    Column(T("物資", "product")), Column(T("令1条の号", "item"), num=True), Column(T("所管", "ministry")),
    Column(T("閣議決定", "decided")), Column(T("指定の施行", "in force from")),
    Column(T("範囲の追加", "scope widened")), Column(T("この事務所の案件", "cases here")), Column(T("様子", "state")),
)  # fmt: skip
_CANDIDATES = (
    Column(T("候補・物資", "candidate")), Column(T("案件", "case")), Column(T("段階", "stage")),
    Column(T("いつから", "since")),
)  # fmt: skip


def products(request: HttpRequest) -> HttpResponseBase:
    errors: dict[str, Text] = {}
    on = day_of(request, "on", access.today(), errors)
    order, words = request.GET.get("order", ""), request.GET.get("q", "").replace("\0", "").strip()[:100]
    order = order if order in ORDERS else ""
    known = desk.cases(request.user)
    found = desk.listed(known, on, order, words)
    if "csv" in request.GET:
        return as_csv(f"products-{on:%Y%m%d}.csv", [h[lang()] for h in _CSV], (_line(p, on) for p in found))
    query = {k: v for k, v in (("on", request.GET.get("on", "")[:60]), ("order", order), ("q", words)) if v}
    chips = [Chip(T("すべて", "all"), with_query(query, order=""), on=not order)]
    chips += [Chip(of.label, with_query(query, order=id), on=id == order) for id, of in ORDERS.items()]
    others = [] if order or words else desk.candidates(known)
    goods = [of.product for of in found if of.product.id in designated.goods()]
    return render(request, "web/supply/products.html", {
        "compared": [p.label for p in goods], "compare": _comparisons(request, [p.id for p in goods]),
        "table": Table(T("特定重要物資", "specified critical products"), _HEADS, [_row(p, on) for p in found]),
        "candidates": Table(T("そのほかの案件（候補など）", "Other cases: candidates"), _CANDIDATES,
                            [_candidate(c) for c in others]),
        "count": sum(p.in_force for p in desk.listed((), on)), "on": on, "chips": chips, "errors": errors,
        "typed": request.GET, "order": order, "found": len(found), "filtered": bool(order or words),
        "csv": with_query(query, csv="1"),
    }, status=400 if errors else 200)  # fmt: skip


def _comparisons(request: HttpRequest, ids: list[str]) -> list[tuple[TradeTable, str]]:
    """The tables of trade of the office, each with the address that sets these products side by side."""
    asked = urlencode([*(("product", f"@{id}") for id in ids), ("importer", "JPN")])
    tables = trade.listed(request.user, Sort.TRADE) if len(ids) > 1 else []
    return [(one, f"{reverse('evidence_compare', args=[one.public_id])}?{asked}") for one in tables]


def _row(of: desk.Listed, on: date) -> Row:
    p = of.product
    scope = p.scope_on(on)
    widened = T("、".join(t.ja for t in scope), "; ".join(t.en for t in scope))
    state = T("指定中", "designated") if of.in_force else T("指定前", "not yet")
    cells = (p.item, p.under.label, p.decided_on, p.designated_on, widened, _links(of.cases), state)
    return Row(p.label, cells, reverse("product", args=[p.id]))


def _links(cases: tuple[desk.Case, ...]) -> SafeString:
    """Each case by its number, with the stage in which it stands."""
    return format_html_join(
        mark_safe("<br>"), '<a href="{}">{}</a> {}',
        ((case_href(c.case.case), say(case_name(c.case.case)), say(c.told.label)) for c in cases),
    )  # fmt: skip


def _candidate(c: desk.Case) -> Row:
    return Row(
        c.told.name or case_name(c.case.case), (case_name(c.case.case), c.told.label, c.told.since),
        reverse("requirements", args=[c.case.case.public_id]),
    )  # fmt: skip


_CSV = (
    T("物資", "product"), T("令1条の号", "item"), T("所管", "ministry"), T("閣議決定", "decided"),
    T("指定の施行", "in force from"), T("範囲の追加", "scope widened"), T("この日に効力", "in force on the day"),
)  # fmt: skip


def _line(of: desk.Listed, on: date) -> list[object]:
    p = of.product
    scope = "; ".join(t[lang()] for t in p.scope_on(on))
    yes = T("はい", "yes") if of.in_force else T("いいえ", "no")
    return [say(p.label), p.item, say(p.under.label), p.decided_on, p.designated_on, scope, say(yes)]


def product(request: HttpRequest, product: str) -> HttpResponse:
    """One product of the Cabinet Order on a day (?on=): its designation, scope, support, and the cases about it."""
    of = PRODUCTS.get(product)
    if of is None:
        raise Http404
    errors: dict[str, Text] = {}
    on = day_of(request, "on", access.today(), errors)
    known = [c for c in desk.cases(request.user) if c.told.product is of]
    return render(request, "web/supply/product.html", {
        "of": of, "on": on, "in_force": of.designated_on <= on, "errors": errors, "typed": request.GET, "deck": DECK,
        "cases": [(c, case_name(c.case.case), case_href(c.case.case)) for c in known],
        "requirements": REQUIREMENTS.values(),
    }, status=400 if errors else 200)  # fmt: skip


def requirements(request: HttpRequest, case: str) -> HttpResponse:
    """The sheet of a case: the four requirements as a person found them, and what they rest on. A case about anything
    else has no such sheet: back to its own page."""
    found = seen(request, case)
    if found.case.kind != desk.KIND:
        return redirect("case", case)
    told = product_case(found.standing)
    return render(request, "web/supply/requirements.html", {
        **head(request, found, "requirements"), "told": told, "requirements": REQUIREMENTS.values(),
    })  # fmt: skip
