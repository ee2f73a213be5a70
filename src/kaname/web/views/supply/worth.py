"""What a certified plan is worth in a shock: the numbers it states, what was worked out and kept, the way to try it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kaname.access.api import Seen
from kaname.desk import plan_worth, shocks
from kaname.desk.plan_worth import Worth
from kaname.desk.shocks import EXAMPLE, Sort
from kaname.law import T, Text
from kaname.procedure import may
from kaname.regimes.supply import register
from kaname.regimes.supply.plan_numbers import SORTS, STOCK, Number, numbers
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.shocks.told import percent
from kaname.web.views.asked import seen
from kaname.web.views.case import head

NOTE = "plan.note_numbers"
_HEADS = (Column(T("対策", "measure")), Column(T("誰の", "whose")), Column(T("何の", "of what")),
          Column(T("数", "number"), num=True), Column(T("計画のどこ", "where in the plan")))  # fmt: skip
_WORTHS = (
    Column(T("途絶", "shock")), Column(T("網", "network")),
    Column(T("失われる生産：なし", "production lost: without"), num=True),
    Column(T("あり", "with"), num=True), Column(T("差", "difference"), num=True),
    Column(T("失われる付加価値の差", "value added lost: difference"), num=True), Column(T("残した日", "kept on")),
)  # fmt: skip


@require_safe
def worth(request: HttpRequest, case: str) -> HttpResponse:
    """The plan's page of what it is worth."""
    found = _plan(request, case)
    stated = numbers(found.standing.facts.get("plan.numbers"))
    kept = plan_worth.of_plan(request.user, case)
    certified = register.of_standing(found.standing, case) is not None
    tables = [(one.public_id, one.name) for one in shocks.listed(request.user, Sort.LINKS)]
    return render(request, "web/supply/worth.html", {
        **head(request, found, "supply_worth"), "answer": answer(stated, kept), "certified": certified,
        "stated": Table(T("対策ごと", "by measure"), _HEADS, [_number(n) for n in stated]),
        "kept": table(kept) if kept else None, "kept_ones": kept, "has_numbers": bool(stated),
        "tries": [(T("架空の供給網", "the invented network"), _try(EXAMPLE, case)),
                  *((T(name, name), _try(id, case)) for id, name in tables)] if stated and certified else [],
        "note": reverse("act", args=[case, NOTE]) if _may_note(found) else "",
    })  # fmt: skip


def answer(stated: tuple[Number, ...], kept: list[Worth]) -> list[Text]:
    if not stated:
        return [T("この計画の対策は、数値では記録されていません。", "No numbers of this plan are on record.")]
    if not kept:
        return [
            T(
                f"計画は対策を{len(stated)}つ数値で示しています。途絶に効くかは、まだ計算されていません。",
                f"The plan states {len(stated)} measures in numbers. What they are worth is not worked out yet.",
            )
        ]
    best = max(kept, key=lambda one: one.saved)
    return [told_of(best)]


def told_of(one: Worth) -> Text:
    """Whether the loss falls, in a sentence."""
    before, after, saved = percent(one.score), percent(one.score_with), percent(max(one.saved, 0.0))
    if one.saved <= 0:
        return T(f"{one.about.ja}とき、この計画で損失は減りません（生産の{before}）。",
                 f"If {one.about.en}, the plan does not lower the loss ({before} of production).")  # fmt: skip
    return T(f"{one.about.ja}とき、損失は生産の{before}から{after}へ減ります（差{saved}）。",
             f"If {one.about.en}, the plan lowers the loss from {before} to {after} of production (by {saved})."
             )  # fmt: skip


def table(kept: list[Worth]) -> Table:
    return Table(T("途絶ごと", "by shock"), _WORTHS, [
        Row(one.about, (one.network, percent(one.score), percent(one.score_with), _points(one.saved),
                        _points(one.added_saved), one.on), one.page)
        for one in kept
    ])  # fmt: skip


def _points(part: float) -> str:
    return percent(part) if part >= 0 else f"−{percent(-part)}"


def _number(one: Number) -> Row:
    amount = T(f"{one.amount:g}日", f"{one.amount:g} days") if one.sort == STOCK else percent(one.amount)
    return Row(SORTS[one.sort], (one.firm, one.goods, amount, one.where))


def _try(id: str, case: str) -> str:
    return f"{reverse('shock_table', args=[id])}?plans={case}"


def _may_note(found: Seen) -> bool:
    return any(now.of.name == NOTE and now.ready and {role.id for role in now.of.act.roles} & set(found.roles)
               for now in may(found.standing))  # fmt: skip


def _plan(request: HttpRequest, case: str) -> Seen:
    found = seen(request, case)
    if found.standing.kind.id != "supply.plan":
        raise Http404
    return found


@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    """What was kept is wanted no more."""
    if not plan_worth.discard(request.user, id):
        raise Http404
    return redirect("supply_pdca")
