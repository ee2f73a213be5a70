"""The foreign-filing planner (Art. 78): when may this be filed abroad, by which way, and which step closes another."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.notices.api import calendar as days_file
from kaname.procedure.explain import explain_clock
from kaname.regimes.patents.planner import FORKS, Fork, Lane, Plan, plan, take
from kaname.web.calendar import as_calendar
from kaname.web.parts import dates
from kaname.web.parts.states import STATES
from kaname.web.templatetags.kaname import lang
from kaname.web.views.common import address, case_href
from kaname.web.views.patents.asked import EVENTS, KINDS, SUPPOSED, Asked, asked
from kaname.web.views.patents.lanes import MARKS, draw

STATUS = {
    "open": ("running", T("日が決まる", "a day is known")), "waits": ("pending", T("通知待ち", "waits for a notice")),
    "closed": ("stopped", T("閉じている", "closed")), "free": ("freed", T("この道で解除", "freed this way")),
    "passed": ("lapsed", T("不要", "not needed")),
}  # fmt: skip


def planner(request: HttpRequest) -> HttpResponse:
    case, given = _given(request)
    known = {"query": request.GET, "case": case, "kinds": KINDS, "chosen": request.GET.getlist("kind"),
             "events": _fields(request, given, EVENTS), "supposed": _fields(request, given, SUPPOSED),
             "errors": given.errors, "address": request.GET.urlencode()}  # fmt: skip
    known["more"] = any(request.GET.get(name) for name in request.GET if name not in ("on", "filed", "case"))
    if given.errors or given.empty:
        return render(request, "web/patents/planner.html", known, status=400 if given.errors else 200)
    found = plan(given.entries, access.today(), given.supposed, given.planned)
    forks = [f for f in FORKS if (f.id == "file_in_japan") is not found.filed] if found.banned else []
    return render(request, "web/patents/planner.html", known | {
        "plan": found, "sentences": _answer(found), "drawing": draw(found), "forks": forks,
        "lanes": [_shown(lane) for lane in found.lanes], "marks": [(MARKS[n], d) for n, d in found.marks],
    })  # fmt: skip


def fork(request: HttpRequest, id: str) -> HttpResponse:
    """Stop before a step that closes other ways: what it closes, and back or on."""
    chosen = next((f for f in FORKS if f.id == id), None)
    case, given = _given(request)
    if chosen is None or given.errors or given.empty:
        raise Http404
    step = take(chosen, given.entries, access.today())
    return render(request, "web/patents/planner_fork.html", {
        "fork": chosen, "step": step, "case": case, "address": request.GET.urlencode(), "onward": _onward(chosen, case),
        "closes": [_shown(before) for before, _ in step.closes], "opens": [_shown(after) for _, after in step.opens],
    })  # fmt: skip


def _onward(chosen: Fork, case: Any) -> str:
    """Where the step is taken: the form of the act in the case, or that of a new case."""
    if case:
        return case_href(case, "act", chosen.act)
    return address("new_case", chosen.kind.id) if chosen.id == "file_in_japan" else ""


def calendar(request: HttpRequest) -> HttpResponse:
    """The marks and first free days as all-day events; nothing in them tells which application it is."""
    _, given = _given(request)
    if given.errors or given.empty:
        raise Http404
    today = access.today()
    found = plan(given.entries, today, given.supposed, given.planned)
    about, told = request.GET.urlencode(), T("{d}現在の計算", "as counted on {d}").fill(d=dates.screen(today))
    days = [(f"mark-{n}", d, MARKS[n]) for n, d in found.marks]
    first = T("外国出願ができる最初の日：{w}", "first free day to file abroad: {w}")
    days += [(lane.way.id, lane.first_free, first.fill(w=lane.way.label)) for lane in found.lanes if lane.first_free]
    entries = [days_file.Entry(days_file.uid(about, id), d, text[lang()], told[lang()]) for id, d, text in days]
    return as_calendar(days_file.calendar(entries, clock.now()), "plan.ics")


# -- what is asked and shown -----------------------------------------------------------------------------------------


def _given(request: HttpRequest) -> tuple[Any, Asked]:
    """A case that the person may see, or the facts in the address."""
    today, id = access.today(), request.GET.get("case", "")
    if not id:
        return None, asked(request.GET, today)
    try:
        case = access.find(request.user, id)
    except UnknownCase:
        raise Http404 from None
    if case.kind != "patents.application":
        raise Http404
    supposed = asked(_only_supposed(request), today)
    return case, Asked(tuple(access.entries(request.user, id)), supposed=supposed.supposed, errors=supposed.errors)


def _only_supposed(request: HttpRequest) -> Any:
    query = request.GET.copy()
    for name in list(query):
        if not name.startswith("if_"):
            del query[name]
    query["filed"] = "no"
    return query


def _fields(request: HttpRequest, given: Asked, rows: Any) -> list[tuple[str, Text, str, Text | None]]:
    names = [(row[0] if rows is EVENTS else f"if_{row[0]}", row[-1]) for row in rows]
    return [(name, label, request.GET.get(name, ""), given.errors.get(name)) for name, label in names]


def _answer(found: Plan) -> list[Text]:
    """The sentence one can act on, then the condition it stands on."""
    if not found.banned:
        since = found.free_since or found.today
        return [
            T("外国出願は禁止されていません（{d}から）。", "Filing abroad is not banned (since {d}).").fill(
                d=dates.screen(since)
            )
        ]
    silence, ten = found.lane("silence"), found.lane("ten_months")
    arriving = next((lane.first_free for lane in (silence, ten) if lane.status == "passed" and lane.first_free), None)
    if arriving:
        return [_ON_ARRIVAL.fill(d=dates.screen(arriving))]
    if silence.first_free:
        return [_UNLESS_SENT.fill(d=dates.screen(silence.first_free)), *_latest(ten)]
    if ten.first_free:
        return [_UNLESS_DESIGNATED.fill(d=dates.screen(ten.first_free))]
    if not found.filed and not found.marks:
        return [T("外国出願は禁止されています。日本に出願するか、事前確認を申し出てください。",
                  "Filing abroad is banned. File in Japan, or ask for prior confirmation.")]  # fmt: skip
    waits = [lane for lane in found.lanes if lane.status == "waits" and lane.way.time]
    if waits:
        return [_NO_BASE_DAY]
    return [T("外国出願は禁止されています。時の経過によっては解除されません。",
              "Filing abroad is banned, and time alone does not end the ban.")]  # fmt: skip


def _latest(ten: Lane) -> list[Text]:
    if ten.first_free is None:
        return []
    latest = T(
        "送付された場合も、保全指定がなければ、遅くとも{d}からできます。",
        "If it is sent, then from {d} at the latest, unless designated.",
    )
    return [latest.fill(d=dates.screen(ten.first_free))]


_UNLESS_SENT = T(
    "{d}から外国出願ができます。送付の通知が発せられないことが条件です。",
    "You may file abroad from {d}, if no notice of sending is issued.",
)
_UNLESS_DESIGNATED = T(
    "{d}から外国出願ができます。保全指定の通知を受けないことが条件です。",
    "You may file abroad from {d}, if no notice of designation is received.",
)
_ON_ARRIVAL = T(
    "{d}から外国出願ができます。その日に通知又は回答が届くためです。",
    "You may file abroad from {d}, when the notice or answer on its way arrives.",
)
_NO_BASE_DAY = T(
    "起算日がまだ来ていません。翻訳文などの書類を提出すると、期間が始まります。",
    "The periods have not begun: they run from the day the translation or papers are filed.",
)


def _shown(lane: Lane) -> dict[str, Any]:
    state, word = STATUS[lane.status]
    working = [line.strip() for r in lane.clocks for line in explain_clock(r).lines(lang())[1:] if lane.way.time]
    return {"lane": lane, "way": lane.way, "state": state, "word": word, "icon": STATES[state].icon, "working": working}
