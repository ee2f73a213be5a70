"""The list of cases: filters, sorts and pages in the address; the same rows as CSV or JSON."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from kaname.access import api as access
from kaname.access.api import CaseRow, Wanted
from kaname.law import T, Text
from kaname.ledger.kinds import kind, kinds
from kaname.procedure.declare import CaseKind
from kaname.task import views
from kaname.web.parts.states import due_state
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table, Tag
from kaname.web.sheet import as_csv, asks
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.cases_wanted import wanted_of
from kaname.web.views.task import saved

SIZE, MOST = 50, 100_000
_HEADS = (
    Column(T("番号", "no."), sort="number"), Column(T("整理番号", "reference")), Column(T("種類", "kind")),
    Column(T("当事者", "party")), Column(T("起こした日", "opened"), sort="opened"),
    Column(T("次の期日", "next due"), sort="due"), Column(T("段階", "stage"), sort="state"), Column(T("様子", "state")),
)  # fmt: skip


def case_name(row: Any) -> Text:
    """How a case is called in a list: its number, and the reference people know it by."""
    said = access.reference_label(row.kind, row.reference)
    return T(f"第{row.number}号 {said.ja}".rstrip(), f"No. {row.number} {said.en}".rstrip())


def party_names(of: str, parties: Iterable[str]) -> Text:
    """The parties of a case of a kind in a row, in words."""
    called = kind(of).parties
    said = [called.get(party) or T(party, party) for party in parties]
    return T("、".join(p.ja for p in said), ", ".join(p.en for p in said))


@lru_cache(maxsize=4096)
def case_href(case: str) -> str:
    return reverse("case", args=[case])


def page_of(request: HttpRequest) -> int:
    """The page asked for, from 1; 1 where it is left out or no number."""
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


@access.asked_once()
def cases(request: HttpRequest) -> HttpResponseBase:
    kept = views.of(request.user, "cases")
    if to := saved.begins_with(request, "cases", kept):
        return redirect(to)
    errors: dict[str, Text] = {}
    wanted, query = wanted_of(request.GET, errors), _query(request)
    form = request.GET.get("format", "")
    if form in ("csv", "json") and not errors:
        return _csv(request, wanted) if form == "csv" else asks(request) or _json(request, wanted)
    page = page_of(request)
    found = access.listed(request.user, wanted, (page - 1) * SIZE, SIZE)
    today, own = access.today(), access.kinds_of(request.user)
    table = Table(T("案件", "cases"), _HEADS, [_row(r, today) for r in found.rows], sorted_by=wanted.sort, query=query,
                  selectable="case")  # fmt: skip
    return render(request, "web/cases.html", {
        "table": table, "total": found.total, "pager": Pager(page, SIZE, found.total, query, found.more),
        "errors": errors, "more": found.more, "saved": saved.told(request, "cases", kept),
        "chips": _chips(query), "kinds": [(k.id, k.label, k.id == wanted.kind) for k in own],
        "states": _states(wanted, own), "typed": request.GET, "filtered": bool(query.keys() - {"sort", "into"}),
        "query": urlencode({k: v for k, v in query.items() if k != "into"}), "into": query.get("into", ""),
        "csv": _with(query, format="csv"), "json": _with(query, format="json"),
    })  # fmt: skip


_KEPT = ("kind", "state", "party", "overdue", "breach", "due_from", "due_until", "sort", "into")


def _query(request: HttpRequest) -> dict[str, str]:
    """What of the address makes the view; it goes along with every link of the list."""
    found = {name: value for name in _KEPT if (value := request.GET.get(name, "").strip())}
    return found if found.get("into", "x").isalnum() else {k: v for k, v in found.items() if k != "into"}


def _with(query: dict[str, str], **more: str) -> str:
    return "?" + urlencode({**query, **more})


_WORDS = {
    "kind": T("種類", "kind"), "state": T("段階", "stage"), "party": T("当事者", "party"),
    "overdue": T("期限超過", "overdue"), "breach": T("違反あり", "with a breach"),
    "due_from": T("期日（から）", "due from"), "due_until": T("期日（まで）", "due until"),
}  # fmt: skip


def _chips(query: dict[str, str]) -> list[Chip]:
    """The filters that are on, each a link that takes it off."""
    found = []
    for name, value in query.items():
        if name in _WORDS:
            said = T(f"{_WORDS[name].ja}：{_value(name, value).ja} ×", f"{_WORDS[name].en}: {_value(name, value).en} ×")
            label = _WORDS[name] if name in ("overdue", "breach") else said
            found.append(Chip(label, _with({k: v for k, v in query.items() if k != name}), on=True))
    return found


def _value(name: str, value: str) -> Text:
    if name == "kind" and value in kinds():
        return kinds()[value].label
    if name == "state":
        return next((label for id, label in _all_states(kinds().values()) if id == value), T(value, value))
    return T(value, value)


def _all_states(of: Iterable[CaseKind]) -> Iterator[tuple[str, Text]]:
    """Every stage once: one that several kinds call alike is one choice."""
    each = {(state, label.ja): label for k in of for state, label in access.stages(k).items()}
    return ((state, label) for (state, _), label in each.items())


def _states(wanted: Wanted, own: Iterable[CaseKind]) -> list[tuple[str, Text, bool]]:
    found = _all_states(k for k in own if wanted.kind in ("", k.id))
    return [(id, label, id == wanted.state) for id, label in found]


def _row(r: CaseRow, today: date) -> Row:
    tag: Any = Tag("overdue") if r.overdue else Tag("ban") if r.breach else ""
    if not tag and r.next_due_on:
        tag = Tag(*due_state(r.next_due_on, today))
    name = T(f"第{r.number}号", f"No. {r.number}")
    reference, parties = access.reference_label(r.kind, r.reference), party_names(r.kind, r.parties)
    cells = (reference, r.kind_label, parties, r.opened_on, r.next_due_on or "", r.state_label, tag)
    return Row(name, cells, case_href(r.case), key=r.case)


# -- the same rows to take away --------------------------------------------------------------------------------------


def _all(request: HttpRequest, wanted: Wanted) -> Iterator[CaseRow]:
    for start in range(0, MOST, 1000):
        page = access.listed(request.user, wanted, start, 1000)
        yield from page.rows
        if len(page.rows) < 1000:
            return


def _csv(request: HttpRequest, wanted: Wanted) -> HttpResponseBase:
    heads = [*(c.head[lang()] for c in _HEADS[:-1]), say(T("期限超過", "overdue")), say(T("違反", "breach")), "id"]
    rows = (
        [r.number, say(access.reference_label(r.kind, r.reference)), say(r.kind_label), ";".join(r.parties),
         r.opened_on, r.next_due_on, say(r.state_label), int(r.overdue), int(r.breach), r.case]
        for r in _all(request, wanted)
    )  # fmt: skip
    return as_csv(f"cases-{access.today():%Y%m%d}.csv", heads, rows)


def _json(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    rows = [
        {"case": r.case, "number": r.number, "reference": r.reference, "kind": r.kind, "state": r.state,
         "parties": list(r.parties), "opened_on": r.opened_on, "next_due_on": r.next_due_on, "overdue": r.overdue,
         "breach": r.breach}
        for r in _all(request, wanted)
    ]  # fmt: skip
    return JsonResponse({"as_of": access.today(), "cases": rows}, json_dumps_params={"ensure_ascii": False})
