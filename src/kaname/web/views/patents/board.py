"""The renewal board: which designations end when, in weeks across; extensions previewed and done many at a time."""

from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.access import api as access
from kaname.days import DayError
from kaname.law import T, Text
from kaname.ledger.errors import LedgerError, UnknownCase
from kaname.ledger.judging import Receipt
from kaname.procedure import Entry, Reason, Refused
from kaname.regimes.patents.roles import PM
from kaname.web.parts.states import due_state
from kaname.web.parts.tables import Column, Row, Table, Tag
from kaname.web.read import parse_day
from kaname.web.views.common import case_href, case_name
from kaname.web.views.patents.registers import designated

WEEKS, WIDE, LEFT, LINE = 56, 1000, 120, 34
_MOST = 500  # cases in one go
ACTS = {
    "hear": ("designation.hear_before_extension", T("延長前に意見を聴く", "hear before the extension")),
    "extend": ("designation.extend", T("期間を延長する", "extend the period")),
}  # fmt: skip
_NO_MANDATE = T(
    "内閣総理大臣の役割の権限がありません。管理者に権限の付与を求めてください。",
    "You have no mandate as the Prime Minister. Ask an administrator for one.",
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A designation on the board, cut at its edges. `last`: where its last day lies, None beyond the board."""

    name: Text
    y: int
    x: float
    width: float
    last: float | None


_HEADS = (
    Column(T("案件", "case")), Column(T("期間の末日", "last day")),
    Column(T("延長できる最後の開庁日", "last open day to extend")), Column(T("延長", "extended"), num=True),
    Column(T("意見聴取", "heard")), Column(T("様子", "state")),
)  # fmt: skip


def renewals(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _done(request) if request.POST.get("step") == "do" else _preview(request)
    return _board(request, {})


def _board(request: HttpRequest, errors: dict[str, Text]) -> HttpResponse:
    today = access.today()
    found = [(at, d) for at, d in designated(request) if d.stands and d.last_day]
    first = today - timedelta(today.weekday())
    rows = [
        Row(case_name(at.case), (d.last_day, d.act_by or "", d.extensions or "", T("済み", "yes") if d.heard else "",
                                 Tag(*due_state(d.act_by, today))), case_href(at.case), at.case.public_id)
        for at, d in found
    ]  # fmt: skip
    table = Table(T("保全指定の期間", "periods of designation"), _HEADS, rows, selectable="case")
    bars = [_bar(case_name(at.case), d.designated_on, d.last_day, first, n) for n, (at, d) in enumerate(found[:40])]
    ticks = [(_x(first + timedelta(7 * n), first), first + timedelta(7 * n)) for n in range(0, WEEKS, 8)]
    return render(request, "web/patents/renewals.html", {
        "table": table, "bars": bars, "ticks": ticks, "today": _x(today, first), "height": 40 + LINE * len(bars) + 8,
        "wide": WIDE, "left": LEFT, "acts": [(id, label) for id, (_, label) in ACTS.items()], "errors": errors,
        "count": len(found), "more": max(len(found) - 40, 0), "first": found[0] if found else None,
    }, status=400 if errors else 200)  # fmt: skip


def _x(day: date, first: date) -> float:
    return round(LEFT + (WIDE - LEFT - 10) * (day - first).days / (7 * WEEKS), 1)


def _bar(name: Text, since: date, last: date | None, first: date, n: int) -> Bar:
    assert last
    edge = first + timedelta(7 * WEEKS)
    start, end = _x(max(since, first), first), _x(min(last, edge), first)
    return Bar(name, 40 + n * LINE, start, max(end - start, 1), end if last <= edge else None)


# -- many at a time --------------------------------------------------------------------------------------------------


def _preview(request: HttpRequest) -> HttpResponse:
    chosen, act = request.POST.getlist("case")[:_MOST], request.POST.get("act", "")
    errors: dict[str, Text] = {}
    if act not in ACTS:
        errors["act"] = T("する行為を選んでください。", "Choose what to do.")
    if not chosen:
        errors["case"] = T("案件を一つ以上選んでください。", "Select at least one case.")
    ends_on = _ends_on(request, errors)
    if errors:
        return _board(request, errors)
    lines = [_tried(request, id, _entry(act, ends_on, "need" in request.POST)) for id in dict.fromkeys(chosen)]
    return render(request, "web/patents/renewals_preview.html", {
        "act": act, "label": ACTS[act][1], "ready": [x for x in lines if not x["reasons"]],
        "refused": [x for x in lines if x["reasons"]], "key": token_hex(16), "ends_on": ends_on,
        "need": "need" in request.POST,
    })  # fmt: skip


def _ends_on(request: HttpRequest, errors: dict[str, Text]) -> date | None:
    text = request.POST.get("ends_on", "").strip()[:60]
    try:
        return parse_day(text) if text else None
    except DayError as error:
        errors["ends_on"] = error.text
        return None


def _entry(act: str, ends_on: date | None, need: bool) -> Entry:
    data: dict[str, Any] = {}
    if act == "extend":
        data = {"continued_need": True} if need else {}
        data |= {"ends_on": ends_on} if ends_on else {}
    return Entry(ACTS[act][0], access.today(), data, by=PM.id)


def _tried(request: HttpRequest, id: str, entry: Entry) -> dict[str, Any]:
    """What the act would do in a case: the last day before and after, or every reason against."""
    try:
        seen = access.see(request.user, id)
    except UnknownCase as unknown:
        return {"name": T("？", "?"), "reasons": [Reason(unknown.text)]}
    line: dict[str, Any] = {
        "case": seen.case,
        "name": case_name(seen.case),
        "href": case_href(seen.case),
        "reasons": (),
    }
    line["before"] = _last_day(seen.standing)
    if PM.id not in seen.roles:
        return line | {"reasons": [Reason(_NO_MANDATE)]}
    (answer,) = access.try_acts(request.user, id, [access.Tried(entry)])
    if isinstance(answer, Refused):
        return line | {"reasons": answer.reasons}
    return line | {"after": _last_day(answer.standing), "warnings": answer.warnings}


def _last_day(standing: Any) -> date | None:
    term = standing.clocks.get("designation.term")
    return term.last_day if term else None


def _done(request: HttpRequest) -> HttpResponse:
    """Each act under a key of its own: sent twice, it is recorded once."""
    act, key, errors = request.POST.get("act", ""), request.POST.get("key", ""), dict[str, Text]()
    ends_on = _ends_on(request, errors)
    if act not in ACTS or len(key) != 32 or not key.isalnum() or errors:
        return _board(request, {"act": T("もう一度選んでください。", "Choose again.")})
    entry, lines = _entry(act, ends_on, "need" in request.POST), []
    for id in dict.fromkeys(request.POST.getlist("case")[:_MOST]):
        try:
            case = access.find(request.user, id)
            done = access.act(request.user, id, entry, idempotency_key=f"{key}-{id}")
        except UnknownCase:
            continue
        except LedgerError as error:
            lines.append({"name": case_name(case), "reasons": [Reason(error.text)]})
            continue
        line = {"name": case_name(case), "href": case_href(case), "receipt": None, "reasons": ()}
        lines.append(line | ({"receipt": done} if isinstance(done, Receipt) else {"reasons": done.reasons}))
    return render(request, "web/patents/renewals_done.html", {
        "label": ACTS[act][1], "done": [x for x in lines if not x["reasons"]],
        "refused": [x for x in lines if x["reasons"]],
    })  # fmt: skip
