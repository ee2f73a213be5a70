"""The requirement sheet: the four requirements of Art. 7, each with the figures that speak to it and what stays open.

The judgement is a person's. From here the figures are carried into the form of the act that judges.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from kaname.assess.trade.evidence import Evidence, Indicator, key_of
from kaname.desk import trade
from kaname.law import T, Text
from kaname.regimes.supply.catalogue.requirements import INDICATORS, REQUIREMENTS, Requirement
from kaname.web.trade import carry, told
from kaname.web.trade.page import SIDES, ProductPage
from kaname.web.views.trade.asked import Asked, full

_NO_TARGET = T("この間に案件が動きました。もう一度選んでください。", "The cases have moved meanwhile. Choose again.")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A figure under a requirement. `without`: the address of the sheet that leaves it out."""

    indicator: Text | None
    title: Text
    value: Text
    bounds: Text
    line: Text
    mark: str
    side: Text | None
    certain: bool
    why: str
    without: str


@dataclass(frozen=True, slots=True)
class Part:
    """A requirement with what is pinned to it, and its indicators of which the tables say nothing."""

    requirement: Requirement
    pinned: list[Pinned]
    silent: list[Any]


def sheet(request: HttpRequest, id: str) -> HttpResponse:
    return _shown(request, full(request, id), {})


def _shown(request: HttpRequest, found: Asked, errors: dict[str, Text]) -> HttpResponse:
    assert found.shown is not None
    out = tuple(request.GET.getlist("without"))[:50]
    record = found.record(out)
    page = ProductPage(found.shown, lambda number: found.address("evidence_why", number), found.thresholds)
    parts = [_part(one, record, found, page, out) for one in REQUIREMENTS.values()]
    with_figures = sum(bool(part.pinned) for part in parts)
    name, who, year = found.shown.bundle.name, page.importer, page.latest
    answer = [
        T(f"{name}（{who.ja}、{year}年）：四つの要件のうち{with_figures}つに、数値の根拠があります。",
          f"{name} ({who.en}, {year}): figures speak to {with_figures} of the four requirements."),
        T("満たすかどうかは書いていません。法令に数値の基準はなく、人が理由を付けて判断します。",
          "It does not say whether a requirement is met: no number stands in the law, a person judges, with reasons."),
    ]  # fmt: skip
    rank = trade.rank(found.shown, year) if page.years else None
    if rank is not None and rank.of > 1:
        answer.insert(1, T(
            f"この表にある{who.ja}の輸入{rank.of:,}品目のうち、集中度は{rank.place:,}番目に高いです。",
            f"Of {rank.of:,} products that {who.en} imports in this table it has the {_ordinal(rank.place)} highest"
            " concentration.",
        ))  # fmt: skip
    left = [(key, _query(found, tuple(k for k in out if k != key))) for key in out]
    return render(request, "web/trade/sheet.html", {
        "one": found.one, "asked": found, "page": page, "parts": parts, "answer": answer, "record": record,
        "targets": list(carry.targets(request.user)), "errors": errors, "left_out": left,
        "query": _query(found, out), "digest": record.digest, "rank": rank,
    }, status=400 if errors else 200)  # fmt: skip


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def _query(found: Asked, out: tuple[str, ...]) -> str:
    more = urlencode([("without", key) for key in out])
    return f"{found.query}&{more}" if more else found.query


def _part(one: Requirement, record: Evidence, found: Asked, page: ProductPage, out: tuple[str, ...]) -> Part:
    mine = record.of(one.id)
    told_of = {each.indicator for each in mine}
    pinned = [_pinned(each, found, page, out) for each in mine]
    return Part(one, pinned, [each for each in one.indicators if each.id not in told_of])


def _pinned(one: Indicator, found: Asked, page: ProductPage, out: tuple[str, ...]) -> Pinned:
    figure = one.figure
    name = INDICATORS[one.indicator].name if one.indicator else None
    low, high = figure.drawn or (figure.low, figure.high)
    line, mark, side = T("", ""), "", None
    if one.judged is not None:
        line = told.number(one.judged.threshold, figure.measure, page.unit)
        mark, side = SIDES[one.judged.side]
    without = f"{reverse('evidence_sheet', args=[found.one.public_id])}?{_query(found, (*out, key_of(figure)))}"
    return Pinned(name, told.title(figure), told.value(figure, page.unit), told.span(low, high, figure.measure), line,
                  mark, side, one.judged is None or one.judged.certain, page.why(figure), without)  # fmt: skip


@require_POST
def carried(request: HttpRequest, id: str) -> HttpResponse:
    """Into the form that was chosen; nothing is recorded yet."""
    found = full(request, id)
    wanted = request.POST.get("to", "")
    target = next((one for one in carry.targets(request.user) if one.id == wanted), None)
    if target is None:
        return _shown(request, found, {"to": _NO_TARGET})
    carry.put(request, target, found.record(tuple(request.GET.getlist("without"))[:50]).rows())
    return redirect(target.form.address)
