"""A long calculation on its pages: begun from a network, how far it is, called off, gone on with, its result.

The page tells how far it is whenever it is asked for; with script it asks by itself. Nothing depends on it being open.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kaname.desk import shock_runs, shocks
from kaname.desk.models import ShockRun
from kaname.desk.shock_runs import Firm, State
from kaname.desk.shocks import Sort
from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.web import tables_given
from kaname.web.parts.tables import Pager
from kaname.web.sheet import as_csv
from kaname.web.shocks.told import percent
from kaname.web.templatetags.kaname import lang
from kaname.web.views.cases import page_of
from kaname.web.views.shocks.asked import count_of, words

SIZE = 50
_COLUMNS = ("place", "firm", "name", "industry", "region", "alone", "alone_down", "alone_up", "alone_with", "saved")
STATES = {
    State.RUNNING: T("実行中", "running"), State.STOPPED: T("中止", "cancelled"), State.DONE: T("完了", "done"),
    State.FAILED: T("できなかった", "failed"),
}  # fmt: skip


@require_POST
def begin(request: HttpRequest, id: str) -> HttpResponse:
    """Each firm of this network lost alone, with the assumptions and measures that stand in the address."""
    one = shocks.of(request.user, id)
    if one is None or one.sort != Sort.LINKS:
        raise Http404
    typed = request.GET
    try:
        firms = shocks.beside(request.user, typed.get("firms", ""), Sort.FIRMS, "firms")
        run = shock_runs.begin(
            request.user, one, firms, words(typed.get("replaceable", "")), typed.get("measures", "").splitlines(),
            count_of("--outage", typed.get("outage") or "30"),
        )  # fmt: skip
    except BadInput as wrong:
        messages.error(request, tables_given.told(wrong)[lang()])
        return redirect(f"{reverse('shock_table', args=[id])}?{typed.urlencode()}")
    return redirect("shock_run", run.public_id)


@require_safe
def run_page(request: HttpRequest, run: str) -> HttpResponse:
    """Under way, stopped, failed, done: one address."""
    found = _own(request, run)
    asked, firms = found.opened("asked"), shock_runs.result(found)
    number = page_of(request)
    shown = firms[(number - 1) * SIZE : number * SIZE]
    whole = firms[0].total if firms else 1.0
    return render(request, "web/shocks/run.html", {
        "run": found, "asked": asked, "done": shock_runs.done(found), "state": STATES[State(found.state)],
        "why": shock_runs.why_not(found), "answer": _answer(found, firms), "has_measures": bool(asked["measures"]),
        "rows": [(place, firm, round(100 * firm.total / (whole or 1.0), 1), percent(firm.total), percent(firm.down),
                  percent(firm.up), *_with(firm)) for place, firm in enumerate(shown, (number - 1) * SIZE + 1)],
        "pager": Pager(number, SIZE, len(firms), {}), "network": shocks.of(request.user, asked["links"]),
    })  # fmt: skip


def _with(firm: Firm) -> tuple[str, str]:
    return ("", "") if firm.after is None else (percent(firm.after), percent(max(0.0, firm.total - firm.after)))


def _answer(run: ShockRun, firms: list[Firm]) -> list[Text]:
    if not firms:
        return []
    first, ten = firms[0], sum(one.total >= 0.1 for one in firms)
    told = [
        T(f"失われると最も響くのは{first.name}で、生産の{percent(first.total)}が失われます。",
          f"The loss of {first.name} hurts most: {percent(first.total)} of production."),
        T(f"{run.firms:,}社のうち、一社で1割以上を失わせるのは{ten:,}社です。",
          f"Of {run.firms:,} firms, {ten:,} take a tenth or more each."),
    ]  # fmt: skip
    helped = [one for one in firms if one.after is not None and one.total - one.after > 0]
    if helped:
        best = max(helped, key=lambda one: one.total - (one.after or 0.0))
        told.append(T(f"対策は{len(helped):,}社の喪失を和らげ、最も効くのは{best.name}の喪失です（{_with(best)[1]}）。",
                      f"The measures soften the loss of {len(helped):,} firms, most that of {best.name}"
                      f" ({_with(best)[1]})."))  # fmt: skip
    return told


@require_POST
def do(request: HttpRequest, run: str) -> HttpResponse:
    """`do`: cancel, again, discard."""
    found = _own(request, run)
    match request.POST.get("do", ""):
        case "cancel":
            shock_runs.cancel(found)
        case "again":
            try:
                shock_runs.again(found)
            except BadInput as wrong:
                messages.error(request, tables_given.told(wrong)[lang()])
        case "discard":
            shock_runs.discard(found)
            return redirect("shocks")
    return redirect("shock_run", run)


@require_safe
def figures(request: HttpRequest, run: str) -> StreamingHttpResponse:
    found = _own(request, run)
    if found.state != State.DONE:
        raise Http404
    return as_csv("shock-ranking.csv", _COLUMNS, _rows(shock_runs.result(found)))


def _rows(firms: list[Firm]) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(firms, 1):
        after = ("", "") if one.after is None else (repr(one.after), repr(one.total - one.after))
        yield (place, one.id, one.name, one.industry, one.region, repr(one.total), repr(one.down), repr(one.up), *after)


def _own(request: HttpRequest, run: str) -> ShockRun:
    found = shock_runs.of(request.user, run)
    if found is None:
        raise Http404
    return found
