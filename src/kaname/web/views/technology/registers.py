"""The registers of Chapter 4: concepts, calls, projects and council rooms that the reader may know of, with filters."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from kaname.access import api as access
from kaname.desk import technology as desk
from kaname.desk.technology import CALL, CONCEPT, COUNCIL, PROJECT, Known
from kaname.law import T, Text
from kaname.regimes.technology.budget import total
from kaname.regimes.technology.room import room_of
from kaname.web.parts import dates
from kaname.web.parts.states import due_state
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table, Tag
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.cases import page_of
from kaname.web.views.common import case_href, case_name
from kaname.web.views.infrastructure.common import with_query

SIZE = 50
_ALIKE = (Column(T("名称", "name")), Column(T("案件", "case")), Column(T("技術", "technologies")))
_STAGE = Column(T("段階", "stage"))


@dataclass(frozen=True, slots=True)
class Register:
    """One of the registers: its kind, its words, its own columns, and the page a row leads to."""

    kind: str
    title: Text
    none: Text
    heads: tuple[Column, ...]
    cells: Callable[[Known, date], Sequence[Any]]
    href: Callable[[Known], str]


def concepts(request: HttpRequest) -> HttpResponseBase:
    return _register(request, _CONCEPTS)


def calls(request: HttpRequest) -> HttpResponseBase:
    return _register(request, _CALLS)


def projects(request: HttpRequest) -> HttpResponseBase:
    return _register(request, _PROJECTS)


def rooms(request: HttpRequest) -> HttpResponseBase:
    return _register(request, _ROOMS)


def _register(request: HttpRequest, of: Register) -> HttpResponseBase:
    today, every = access.today(), desk.known(request.user)[of.kind]
    states = {c.state: c.label for c in every if c.state}
    state, words = request.GET.get("state", ""), request.GET.get("q", "").replace("\0", "").strip()[:100]
    technology = request.GET.get("technology", "")[:10]
    state = state if state in states else ""
    found = [c for c in every if state in ("", c.state) and (not technology or technology in c.about)]
    found = [c for c in found if all(w in _said(c) for w in desk.alike(words).split())]
    query = {k: v for k, v in (("state", state), ("technology", technology), ("q", words)) if v}
    if "csv" in request.GET:
        heads = (*_ALIKE, *of.heads, _STAGE)
        lines = ([say(_plain(cell)) for cell in _cells(c, of, today)] for c in found)
        return as_csv(f"{of.kind.replace('.', '-')}-{today:%Y%m%d}.csv", [h.head[lang()] for h in heads], lines)
    counts, page = Counter(c.state for c in every), page_of(request)
    chips = [Chip(T("すべて", "all"), with_query(query, state=""), len(every), not state)]
    chips += [Chip(label, with_query(query, state=id), counts[id], id == state) for id, label in states.items()]
    shown = found[(page - 1) * SIZE : page * SIZE]
    return render(request, "web/technology/register.html", {
        "of": of, "chips": chips, "typed": request.GET, "query": query, "total": len(found), "every": len(every),
        "table": Table(of.title, (*_ALIKE, *of.heads, _STAGE), [_row(c, of, today) for c in shown]),
        "pager": Pager(page, SIZE, len(found), query), "csv": with_query(query, csv="1"),
        "may": bool(access.may_open(request.user, of.kind)),
    })  # fmt: skip


def _cells(c: Known, of: Register, today: date) -> list[Any]:
    return [c.name or case_name(c.case.case), case_name(c.case.case), ", ".join(sorted(c.about)),
            *of.cells(c, today), c.label]  # fmt: skip


def _row(c: Known, of: Register, today: date) -> Row:
    name, *cells = _cells(c, of, today)
    return Row(T(name, name) if isinstance(name, str) else name, cells, of.href(c))


def _said(c: Known) -> str:
    return desk.alike(f"{c.name} {' '.join(sorted(c.about))}")


def _plain(cell: Any) -> Any:
    """A cell of a table as a spreadsheet takes it."""
    return "" if isinstance(cell, Tag) else cell


# -- what each register tells ------------------------------------------------------------------------------------------


def _fact(c: Known, name: str) -> Any:
    return c.standing.fact(name)


def _yen(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else ""


def _own_page(c: Known) -> str:
    return case_href(c.case.case)


def _of_concept(c: Known, _: date) -> Sequence[Any]:
    return (_fact(c, "concept.funding_agency") or "", _yen(_fact(c, "concept.max_budget_yen")),
            _day(_fact(c, "concept.published_on")))  # fmt: skip


def _of_call(c: Known, today: date) -> Sequence[Any]:
    closing = c.standing.clocks.get("call.closing")
    last = closing.last_day if closing else None
    proposals = [t for t in c.standing.tracks.values() if t.procedure == "proposal"]
    tag: Any = ""
    if closing and last and closing.status == "running":
        tag = Tag(*due_state(last, today))
    return (
        last or "",
        tag,
        len(proposals),
        sum(t.state in ("adopted", "plan_adjusting", "contracted") for t in proposals),
    )


def _of_project(c: Known, today: date) -> Sequence[Any]:
    gate, history = c.standing.clocks.get("project.next_gate"), _fact(c, "project.trl_history") or ()
    amount, spent = _fact(c, "project.amount"), total(_fact(c, "project.spent_by_year"))
    trl = history[-1][-1] if history else ""
    goal = _fact(c, "project.trl_goal")
    over = T("契約額を超過", "over the contract") if isinstance(amount, int) and spent > amount else ""
    due = gate.last_day if gate and gate.status == "running" else None
    return f"{trl} → {goal}" if trl and goal else str(trl), due or "", _yen(amount), _yen(spent), over


def _of_room(c: Known, today: date) -> Sequence[Any]:
    of = room_of(c.standing)
    check = next((item.check_by for item in of.checks if item.check_by), None)
    number = len(of.checks)
    waits = T(str(number), str(number))
    if check:
        left = dates.left(check, today)
        waits = T(f"{number}（{left.ja}）", f"{number} ({left.en})")
    sort = T("指定基金", "designated fund") if of.of_fund else T("62条", "Art. 62")
    return sort, of.formed_on or "", sum(s.inside for s in of.seats), sum(i.open for i in of.items), waits


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or ""


_CONCEPTS = Register(
    CONCEPT, T("研究開発構想", "R&D concepts"), T("構想の案件はありません", "There is no case of a concept"),
    (Column(T("機関", "agency")), Column(T("上限額（円）", "maximum (yen)"), num=True), Column(T("公表", "published"))),
    _of_concept, _own_page,
)  # fmt: skip
_CALLS = Register(
    CALL, T("公募", "Calls"), T("公募の案件はありません", "There is no case of a call"),
    (Column(T("締切", "closes on")), Column(T("様子", "state")), Column(T("応募", "proposals"), num=True),
     Column(T("採択", "adopted"), num=True)),
    _of_call, _own_page,
)  # fmt: skip
_PROJECTS = Register(
    PROJECT, T("研究課題", "Projects"), T("課題の案件はありません", "There is no case of a project"),
    (Column(T("TRL", "TRL")), Column(T("次のゲート", "next gate")),
     Column(T("契約額（円）", "contract (yen)"), num=True),
     Column(T("支出（円）", "spent (yen)"), num=True), Column(T("注意", "to note"))),
    _of_project, lambda c: reverse("technology_project", args=[c.case.case.public_id]),
)  # fmt: skip
_ROOMS = Register(
    COUNCIL, T("協議会の部屋", "Council rooms"),
    T("あなたが中にいる協議会はありません", "There is no council that you are inside of"),
    (Column(T("根拠", "basis")), Column(T("組織の日", "formed on")), Column(T("構成員", "members"), num=True),
     Column(T("議題", "items"), num=True), Column(T("公表前の確認", "checks due"))),
    _of_room, lambda c: reverse("council_room", args=[c.case.case.public_id]),
)  # fmt: skip
