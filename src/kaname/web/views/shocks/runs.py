"""A long calculation on its pages: begun from a network, how far it is, called off, gone on with, its result.

The page tells how far it is whenever it is asked for; with script it asks by itself. Nothing depends on it being open.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kaname.assess.network.study import Asked
from kaname.desk import shock_runs, shocks
from kaname.desk.models import ShockRun, ShockTable
from kaname.desk.shock_runs import State
from kaname.desk.shocks import Sort
from kaname.files.problems import BadInput, Problem
from kaname.law import T
from kaname.web import tables_given
from kaname.web.parts.tables import Pager
from kaname.web.sheet import as_csv
from kaname.web.shocks.run_page import TITLES
from kaname.web.shocks.run_page import of as run_page_of
from kaname.web.templatetags.kaname import lang
from kaname.web.views.cases import page_of
from kaname.web.views.shocks.asked import A_TABLE, count_of, firms_asked, part_of, words

SIZE = 50
_NO_PLANS = T(
    "長い計算の結果は事務所の全員が見るため、認定計画の対策は入れられません。計画の選択を外すか、「対策」の欄に書いてください",
    "everybody in the office sees what a long calculation finds, so measures of certified plans cannot go in; clear the"
    " plans, or write the measures out",
)
STATES = {
    State.RUNNING: T("実行中", "running"), State.STOPPED: T("中止", "cancelled"), State.DONE: T("完了", "done"),
    State.FAILED: T("できなかった", "failed"),
}  # fmt: skip


@require_POST
def begin(request: HttpRequest, id: str) -> HttpResponse:
    """What stands in the address, as a calculation that goes on by itself: of a network each firm lost alone, or with
    `run=days` the shock that is asked for day by day; of sizes of firms, drawn networks. The whole office sees what
    comes out, so that measures of plans, which not everybody in it may know of, are not taken along."""
    one = shocks.of(request.user, id)
    if one is None or one.sort not in (Sort.LINKS, Sort.FIRMS):
        raise Http404
    typed = request.GET
    try:
        run = (_drawn if one.sort == Sort.FIRMS else _of_network)(request, one, typed)
    except BadInput as wrong:
        messages.error(request, tables_given.told(wrong)[lang()])
        return redirect(f"{reverse('shock_table', args=[id])}?{typed.urlencode()}")
    return redirect("shock_run", run.public_id)


def _of_network(request: HttpRequest, one: ShockTable, typed: QueryDict) -> ShockRun:
    firms = shocks.beside(request.user, typed.get("firms", ""), Sort.FIRMS, "firms")
    replaceable, measures = words(typed.get("replaceable", "")), typed.get("measures", "").splitlines()
    outage = count_of("--outage", typed.get("outage") or "30")
    if typed.get("plans"):
        raise BadInput([Problem("--plans", 0, "", _NO_PLANS)])
    if request.POST.get("run", "") != "days":
        return shock_runs.begin(request.user, one, firms, replaceable, measures, outage)
    kind, lost = typed.get("kind") or "firm", words(typed.get("lost", ""))
    if kind == "firm":
        _, names = shocks.network(one, firms, replaceable)
        lost = firms_asked(typed.get("lost", ""), names)
    part, days = part_of("--part", typed.get("part") or "100%"), count_of("--days", typed.get("days") or "90")
    stock = float(count_of("--stock", typed.get("stock") or "15"))
    shock = Asked(kind, tuple(lost), part, outage, days, stock)
    return shock_runs.begin_days(request.user, one, firms, replaceable, measures, shock)


def _drawn(request: HttpRequest, one: ShockTable, typed: QueryDict) -> ShockRun:
    table = shocks.beside(request.user, typed.get("table", ""), Sort.TABLE, "table")
    if table is None:
        raise BadInput([Problem("--table", 0, "", A_TABLE)])
    links, draws, seed = (count_of(f"--{name}", typed.get(name) or usual)
                          for name, usual in (("links", "0"), ("draws", "50"), ("seed", "1")))  # fmt: skip
    at_will = words(typed.get("replaceable", "")) or None
    return shock_runs.begin_draws(request.user, one, table, links, draws, seed, typed.get("year", ""), at_will)


@require_safe
def run_page(request: HttpRequest, run: str) -> HttpResponse:
    """Under way, stopped, failed, done: one address."""
    found = _own(request, run)
    asked, sort, result = found.opened("asked"), shock_runs.sort_of(found), run_page_of(found)
    number = page_of(request)
    going, done, unit = TITLES[sort]
    return render(request, "web/shocks/run.html", {
        "run": found, "size": shock_runs.size(found),
        "asked": asked, "done": shock_runs.done(found), "state": STATES[State(found.state)],
        "why": shock_runs.why_not(found), "answer": result.answer, "has_measures": bool(asked["measures"]),
        "result": result, "rows": result.shown((number - 1) * SIZE, number * SIZE), "sort": sort.value,
        "going": going, "title": done, "unit": unit, "pager": Pager(number, SIZE, len(result), {}),
        "network": shocks.of(request.user, asked["links"] or asked["firms"]),
    })  # fmt: skip


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
    result = run_page_of(found)
    return as_csv(result.name, result.columns, result.rows())


def _own(request: HttpRequest, run: str) -> ShockRun:
    found = shock_runs.of(request.user, run)
    if found is None:
        raise Http404
    return found
