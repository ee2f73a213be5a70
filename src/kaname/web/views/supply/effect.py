"""Did the dependence fall? The products in one list; each with goals, capacity, dependence, money and questions."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.desk import plan_worth, supply
from kaname.law import T, Text
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.effect.as_data import short
from kaname.regimes.supply.effect.figures import Figure
from kaname.regimes.supply.effect.review import CAUSE, Change, Review
from kaname.regimes.supply.funds.model import What
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.shocks.told import percent as part
from kaname.web.views.common import address, day_of
from kaname.web.views.supply.amounts import nearly, oku, rounded, said
from kaname.web.views.supply.worth import table, told_of

_LEFT, _WIDE = 10, 280  # of the scale from 0 to 100 percent


def products(request: HttpRequest) -> HttpResponse:
    errors: dict[str, Text] = {}
    as_of = day_of(request, "as_of", access.today(), errors)
    found = supply.reviews(request.user, as_of)
    heads = [Column(T("物資", "product")), Column(T("目標", "goals"), num=True),
             Column(T("目標に対する数", "of them measured"), num=True),
             Column(T("依存度の変化（ポイント）", "change of dependence (points)"), num=True),
             Column(T("交付決定（億円）", "decided (100 m yen)"), num=True),
             Column(T("執行（億円）", "spent (100 m yen)"), num=True),
             Column(T("計画が途絶から守る生産", "production its plans save"), num=True),
             Column(T("分かっていないこと", "open questions"), num=True)]  # fmt: skip
    fell = sum(1 for r in found if any(c.points < 0 for c in r.changes))
    known = sum(1 for r in found if r.changes)
    answer = [T(f"依存度の前後が分かる物資は{len(found)}のうち{known}、そのうち下がったものは{fell}です。",
                f"The dependence before and after is known for {known} of {len(found)} products; "
                f"it fell for {fell}.")]  # fmt: skip
    saved: dict[str, float] = {}
    for one in plan_worth.kept(request.user):
        saved[one.product] = max(one.saved, saved.get(one.product, 0.0))
    return render(request, "web/supply/pdca.html", {
        "answer": answer, "as_of": as_of,
        "table": Table(T("物資ごと", "by product"), heads, [_row(r, saved.get(r.product.id)) for r in found]),
        "errors": errors,
    }, status=400 if errors else 200)  # fmt: skip


def _row(r: Review, saved: float | None) -> Row:
    points = "、".join(_signed(c) for c in r.changes)
    decided, spent = ((r.money.amount(w) if r.money else None) for w in (What.DECIDED, What.SPENT))
    cells = (len(r.goals) or len(r.in_words) or "", sum(1 for g in r.goals if g.now), points, oku(decided), oku(spent),
             "" if saved is None else part(saved), len(r.open))  # fmt: skip
    return Row(r.product.label, cells, address("supply_effect", r.product.id))


def _signed(change: Change) -> str:
    shown = short(change.points)
    return f"+{shown}" if change.points > 0 else shown.replace("-", "−")


def product(request: HttpRequest, product: str) -> HttpResponse:
    if product not in PRODUCTS:
        raise Http404
    errors: dict[str, Text] = {}
    as_of = day_of(request, "as_of", access.today(), errors)
    since = day_of(request, "since", PRODUCTS[product].designated_on, errors)
    found = supply.review(request.user, product, as_of, since)
    worths = plan_worth.of_product(request.user, product)
    return render(request, "web/supply/effect.html", {
        "product": found.product, "answer": answer(found), "goals": [_goal(g) for g in found.goals],
        "in_words": found.in_words, "against": [_against(a) for a in found.against],
        "drawn": [drawn(c) for c in found.changes], "changes": _changes(found), "prices": _prices(found),
        "money": [(w.label, oku(found.money.amount(w))) for w in What if found.money.amount(w) is not None]
        if found.money else [], "open": found.open, "caution": CAUSE, "as_of": as_of, "since": since,
        "errors": errors, "typed": request.GET, "worths": table(worths) if worths else None,
        "worth_told": [told_of(max(worths, key=lambda one: one.saved))] if worths else [],
    }, status=400 if errors else 200)  # fmt: skip


def answer(found: Review) -> list[Text]:
    """Whether the dependence fell, and at what price; else that it is not known."""
    lines = []
    for c in found.changes:
        fell = T("下がりました", "fell") if c.points < 0 else T("上がりました", "rose") if c.points > 0 else T(
            "変わりません", "did not change")  # fmt: skip
        by = T(f"{short(abs(c.points))}ポイント", f" by {short(abs(c.points))} points") if c.points else T("", "")
        lines.append(T(
            f"「{c.before.measure.ja}」は{c.before.on.year}年の{short(c.before.value)}%から{c.after.on.year}年の"
            f"{short(c.after.value)}%へ、{by.ja}{fell.ja}。",
            f"{c.before.measure.en}: from {short(c.before.value)}% ({c.before.on.year}) to {short(c.after.value)}% "
            f"({c.after.on.year}); it {fell.en}{by.en}.",
        ))  # fmt: skip
    for p in found.prices:
        lines.append(T(f"{p.what.label.ja}は1ポイント当たり{said(nearly(p.per_point)).ja}です。",
                       f"{said(nearly(p.per_point)).en} {p.what.label.en} for each point."))  # fmt: skip
    return lines or [
        T(
            "依存が下がったかは、まだ分かりません。前と後の依存度が要ります。",
            "Whether the dependence fell is not known yet: it takes the dependence before and after.",
        )
    ]


def percent(share: Fraction | None) -> str:
    return "" if share is None else f"{float(share):.1%}"


def _goal(g: Any) -> dict[str, Any]:
    """A goal with its bar; the words say what the bar shows."""
    shown = percent(g.reached)
    told = T(f"目標の{shown}", f"{shown} of the goal")
    return {"goal": g.goal, "now": g.now, "left": g.left, "part": float(g.reached or 0), "told": told, "shown": shown}


def _against(a: Any) -> dict[str, Any]:
    shown = percent(a.share)
    return {"have": a.have, "demand": a.demand, "part": float(a.share or 0), "shown": shown,
            "told": T(f"需要の{shown}", f"{shown} of the demand")}  # fmt: skip


def drawn(c: Change) -> dict[str, Any]:
    """Two dots on a scale from nothing to all, joined: where the dependence was and where it is."""
    before, after = (_LEFT + float(f.value) * _WIDE / 100 for f in (c.before, c.after))
    return {"before": round(before, 1), "after": round(after, 1), "change": c, "wide": _LEFT * 2 + _WIDE,
            "left": _LEFT, "right": _LEFT + _WIDE, "fell": c.points < 0}  # fmt: skip


def _changes(found: Review) -> Table | None:
    if not found.changes:
        return None
    heads = [Column(T("測るもの", "measure")), Column(T("前", "before"), num=True), Column(T("後", "after"), num=True),
             Column(T("変化（ポイント）", "change (points)"), num=True), Column(T("出所", "source"))]  # fmt: skip
    rows = [
        Row(c.before.measure, (_dated(c.before), _dated(c.after), _signed(c), c.after.source)) for c in found.changes
    ]
    return Table(T("依存度の前と後", "Dependence before and after"), heads, rows)


def _dated(f: Figure) -> str:
    day: date = f.on
    return f"{short(f.value)}% ({day.isoformat()})"


def _prices(found: Review) -> Table | None:
    if not found.prices:
        return None
    heads = [Column(T("額", "money")), Column(T("測るもの", "measure")), Column(T("額（億円）", "amount"), num=True),
             Column(T("下がったポイント", "points"), num=True),
             Column(T("1ポイント当たり（億円）", "for a point (100 m yen)"), num=True)]  # fmt: skip
    rows = [
        Row(p.what.label, (p.change.before.measure, oku(p.money.amount), short(-p.change.points), rounded(p.per_point)))
        for p in found.prices
    ]
    return Table(T("1ポイント当たりの額", "Money for a point"), heads, rows)
