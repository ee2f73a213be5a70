"""What is taken away: the figures as CSV or XLSX, the record of evidence as JSON."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from kaname.assess.network.chips import Chain, Loss, Outcome
from kaname.assess.network.drawn_risk import DrawnRisk
from kaname.assess.network.imported import Ends
from kaname.assess.network.sectors import Sectors
from kaname.assess.network.study import Study
from kaname.web.sheet import as_csv
from kaname.web.views.shocks.asked import asked, full

_FIRMS = ("firm", "name", "industry", "alone", "alone_down", "alone_up", "lost_here")
_DAYS = ("day", "production", "consumption", "value_added", "production_with", "value_added_with")
_FIRST = ("firm", "sector", "low", "high")
_SECTORS = ("sector", "name", "low", "high", "value_added_low", "value_added_high", "import_share", "path")
_CHAIN = ("input", "stage", "state", "low", "high", "left", "stopped_by", "way")
_WITH = ("state_with", "low_with", "high_with")
_SHARES = ("input", "stage", "provider", "kind", "country", "share", "negligible")
_DRAWN = ("firm", "industry", "size", "low", "middle", "high", "among_first")


def figures(request: HttpRequest, id: str) -> StreamingHttpResponse:
    """`of=days`: days of the inventory model; `of=first`: what firms lose at first for want of imports; `of=shares`:
    who provides what; else a row each firm, sector, input."""
    found = asked(request, id)
    if found.chain is not None:
        if request.GET.get("of") == "shares":
            return as_csv("chain-shares.csv", _SHARES, _shares(found.chain.chain))
        if found.chain_with is not None:
            return as_csv("chain-losses.csv", _CHAIN + _WITH, _chain_with(found.chain, found.chain_with))
        return as_csv("chain-losses.csv", _CHAIN, map(_chain_row(found.chain), found.chain.losses))
    if found.study is not None:
        if request.GET.get("of") == "days":
            return as_csv("shock-days.csv", _DAYS, _days(found.study))
        if request.GET.get("of") == "first" and found.study.ends:
            return as_csv("shock-first.csv", _FIRST, _first(found.study, found.study.ends))
        return as_csv("shock-firms.csv", _FIRMS, _firms(found.study, dict(found.names)))
    if found.sectors is not None:
        return as_csv("shock-sectors.csv", _SECTORS, _sectors(found.sectors))
    if found.drawn is not None:
        return as_csv("shock-drawn.csv", _DRAWN, _drawn(found.drawn))
    raise Http404


def record(request: HttpRequest, id: str) -> HttpResponse:
    """The evidence as it would be carried into a case, with its digest."""
    told = full(request, id).record.as_json()
    response = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="shock-{told["digest"][:12]}.json"'
    response["Cache-Control"] = "no-store"
    return response


def _firms(found: Study, names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    network, alone = found.network, found.alone
    for n in found.ranked():
        one = network.names[n]
        yield (one, names.get(one, one), network.industries[network.industry[n]], _exact(alone.total[n]),
               _exact(alone.down[n]), _exact(alone.up[n]), _exact(found.explained.lost[n]))  # fmt: skip


def _days(found: Study) -> Iterator[tuple[Any, ...]]:
    days, with_ = found.days, found.days_after
    for n, day in enumerate(days.day.tolist()):
        after = ("", "") if with_ is None else (_exact(with_.production[n]), _exact(with_.value_added[n]))
        yield (day, _exact(days.production[n]), _exact(days.consumption[n]), _exact(days.value_added[n]), *after)


def _first(found: Study, ends: Ends) -> Iterator[tuple[Any, ...]]:
    for n, low, high in zip(ends.high.firms.tolist(), ends.low.loss, ends.high.loss, strict=True):
        yield found.network.names[n], ends.code(n), _exact(low), _exact(high)


def _sectors(found: Sectors) -> Iterator[tuple[Any, ...]]:
    table = found.table
    for n in found.ranked():
        path = " > ".join(f"{table.codes[s.source]}{'*' if s.abroad else ''}" for s in found.path(n))
        added = table.value_added[n]
        yield (table.codes[n], table.names[n], _exact(found.low[n]), _exact(found.high[n]),
               _exact(found.low[n] * added), _exact(found.high[n] * added), _exact(table.import_share[n]),
               path)  # fmt: skip


def _chain_row(found: Outcome) -> Callable[[Loss], tuple[Any, ...]]:
    chain = found.chain

    def row(one: Loss) -> tuple[Any, ...]:
        return (chain.called(one.input), _stage(chain, one.input), *_state(one), ", ".join(one.left),
                chain.called(one.stopped_by) if one.stopped_by else "",
                " > ".join(map(chain.called, found.path(one.input))) if one.stopped else "")  # fmt: skip

    return row


def _chain_with(found: Outcome, with_: Outcome) -> Iterator[tuple[Any, ...]]:
    """What loses something without or with measures, each beside what it loses with them."""
    row, after = _chain_row(found), {one.input: one for one in with_.losses}
    for one in found.losses:
        yield (*row(one), *(_state(after[one.input]) if one.input in after else ("", "", "")))


def _state(one: Loss) -> tuple[str, str, str]:
    """State, low, high."""
    state = "bridged" if one.bridged else "alone" if one.alone else "stopped" if one.stopped_by else "less"
    low, high = ("" if part is None else _exact(part) for part in (one.low, one.high))
    return state, low, high


def _shares(chain: Chain) -> Iterator[tuple[Any, ...]]:
    for one, of in chain.provided.items():
        for given in of:
            who = given.provider
            yield (chain.called(one), _stage(chain, one), who.name, "country" if who.is_country else "firm",
                   who.country, "" if given.share is None else _exact(given.share),
                   "yes" if given.negligible else "")  # fmt: skip


def _stage(chain: Chain, one: str) -> str:
    return chain.stages.get(chain.stage.get(one, one), "")


def _drawn(found: DrawnRisk) -> Iterator[tuple[Any, ...]]:
    of = found.margins
    for n in found.ranked():
        yield (of.ids[n], of.codes[of.sector[n]], _exact(of.size[n]), _exact(found.low[n]), _exact(found.middle[n]),
               _exact(found.high[n]), _exact(found.among_first[n]))  # fmt: skip


def _exact(value: float) -> str:
    return f"{value:.9g}"
