"""One table and what is asked of it: a network of firms, sectors whose imports fail, or networks drawn from sizes."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaname.assess.trade.tables import Sort as TradeSort
from kaname.desk import plan_worth, shocks, trade
from kaname.desk.shocks import Sort
from kaname.law import T
from kaname.regimes.supply.plan_numbers import line
from kaname.web.shocks.chain_page import ChainPage
from kaname.web.shocks.page import DrawnPage, NetworkPage, SectorPage
from kaname.web.shocks.told import about_loss
from kaname.web.templatetags.kaname import lang, say
from kaname.web.trade import carry
from kaname.web.views.shocks.asked import Question, asked

_PAGES = {Sort.LINKS: "network", Sort.TABLE: "sectors", Sort.FIRMS: "drawn", Sort.CHAIN: "chain",
          Sort.LEADS: "beside", Sort.NAMES: "beside"}  # fmt: skip


def table(request: HttpRequest, id: str) -> HttpResponse:
    return shown(request, asked(request, id))


def shown(request: HttpRequest, found: Question) -> HttpResponse:
    """The page of a question, with what is wrong in it."""
    known = {
        "asked": found, "typed": found.typed, "errors": found.errors, "page": _page(found), "one": found.one,
        "choices": {sort.value: shocks.listed(request.user, sort) for sort in _beside(found.sort)},
        "trade_tables": trade.listed(request.user, TradeSort.TRADE) if found.sort in (Sort.TABLE, Sort.LINKS) else [],
        "targets": list(carry.targets(request.user)) if found.can_be_carried else [],
        "file_error": found.errors.get("file"), **_plans(found),
    }  # fmt: skip
    return render(request, f"web/shocks/{_PAGES[found.sort]}.html", known, status=400 if found.errors else 200)


def _page(found: Question) -> NetworkPage | SectorPage | DrawnPage | ChainPage | None:
    if found.chain is not None:
        return ChainPage(found.chain, found.least, found.address(), found.typed["at"], found.chain_with)
    if found.study is not None:
        return NetworkPage(found.study, found.names, found.address(), found.parts)
    if found.sectors is not None:
        return SectorPage(found.sectors, found.lost, found.parts)
    return None if found.drawn is None else DrawnPage(found.drawn)


def _plans(found: Question) -> dict[str, Any]:
    """The certified plans that state numbers, those that are chosen, and what of them does not fit the network."""
    if found.sort is not Sort.LINKS:
        return {}
    chosen = {one.key for one in found.plans}
    return {
        "plans": [(one, one.key in chosen, "; ".join(line(n) for n in one.plan.numbers))
                  for one in plan_worth.choices(found.request.user)],
        "left_out": [(line(number), why) for number, why in found.left_out],
        "can_be_kept": bool(found.plans) and found.study is not None and found.study.after is not None,
    }  # fmt: skip


@require_POST
def keep_worth(request: HttpRequest, id: str) -> HttpResponse:
    """Keep what each chosen plan is worth by itself in this shock, for its page and the check of its product."""
    found = asked(request, id)
    if found.study is None or found.study_of is None or not found.plans:
        raise Http404
    for one in found.plans:
        mine = plan_worth.put(found.study.network, found.names, one.plan.numbers).measures
        if mine:
            alone = found.study_of(replace(found.study.asked, measures=mine))
            plan_worth.keep(request.user, one, alone, about_loss(found.study, found.names), say(found.name),
                            found.address())  # fmt: skip
    messages.success(request, KEPT[lang()])
    return redirect(f"{reverse('shock_table', args=[id])}?{found.query}#worth")


KEPT = T("計画の頁と、物資の点検の頁に残しました。", "Kept for the pages of the plans and of the check of the product.")


def _beside(sort: Sort) -> tuple[Sort, ...]:
    return {
        Sort.LINKS: (Sort.FIRMS, Sort.TABLE, Sort.LEADS, Sort.NAMES),
        Sort.TABLE: (Sort.LEADS, Sort.NAMES),
        Sort.FIRMS: (Sort.TABLE,),
    }.get(sort, ())


@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    one = shocks.of(request.user, id)
    if one is None:
        raise Http404
    shocks.discard(one)
    return redirect("shocks")
