"""One table and what is asked of it: a network of firms, sectors whose imports fail, or networks drawn from sizes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kaname.assess.trade.tables import Sort as TradeSort
from kaname.desk import shocks, trade
from kaname.desk.shocks import Sort
from kaname.web.shocks.chain_page import ChainPage
from kaname.web.shocks.page import DrawnPage, NetworkPage, SectorPage
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
        "trade_tables": trade.listed(request.user, TradeSort.TRADE) if found.sort is Sort.TABLE else [],
        "targets": list(carry.targets(request.user)) if found.can_be_carried else [],
        "file_error": found.errors.get("file"),
    }  # fmt: skip
    return render(request, f"web/shocks/{_PAGES[found.sort]}.html", known, status=400 if found.errors else 200)


def _page(found: Question) -> NetworkPage | SectorPage | DrawnPage | ChainPage | None:
    if found.chain is not None:
        return ChainPage(found.chain, found.least, found.address(), found.typed["at"])
    if found.study is not None:
        return NetworkPage(found.study, found.names, found.address())
    if found.sectors is not None:
        return SectorPage(found.sectors, found.lost, found.parts)
    return None if found.drawn is None else DrawnPage(found.drawn)


def _beside(sort: Sort) -> tuple[Sort, ...]:
    return {Sort.LINKS: (Sort.FIRMS,), Sort.TABLE: (Sort.LEADS, Sort.NAMES), Sort.FIRMS: (Sort.TABLE,)}.get(sort, ())


@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    one = shocks.of(request.user, id)
    if one is None:
        raise Http404
    shocks.discard(one)
    return redirect("shocks")
