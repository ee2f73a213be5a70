"""The register of persons bound to secrecy: who, by which council, since when, explained, left, and still bound."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from kaname.access import api as access
from kaname.desk import secrecy as desk
from kaname.desk.secrecy import Line
from kaname.desk.technology import alike
from kaname.law import T, Text
from kaname.regimes.technology.secrecy import COUNCIL, FUND_COUNCIL
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.cases import page_of
from kaname.web.views.common import address
from kaname.web.views.infrastructure.common import with_query

SIZE = 50
_BY = {COUNCIL: T("協議会（62条）", "council (Art. 62)"), FUND_COUNCIL: T("指定基金協議会", "designated-fund council")}
_STUDY = T("調査研究", "commissioned study")
_HEADS = (
    Column(T("人", "person")), Column(T("所属", "organisation")), Column(T("何によって", "bound by")),
    Column(T("いつから", "since")), Column(T("義務の説明", "duty explained")), Column(T("退いた日", "left on")),
    Column(T("手元の資料", "papers in hand")), Column(T("義務", "duty")),
)  # fmt: skip
STATES = {
    "inside": T("従事中", "at work"), "left": T("退いた", "left"),
    "unexplained": T("説明の日なし", "not explained"), "papers": T("手元に資料", "with papers"),
}  # fmt: skip


def secrecy(request: HttpRequest) -> HttpResponseBase:
    every = desk.lines(request.user)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = [one for one in every if (not state or state in _states(one)) and _fits(one, words)]
    if "csv" in request.GET:
        rows = ([say(cell) for cell in (one.bound.person, *_cells(one))] for one in found)
        return as_csv(f"secrecy-{access.today():%Y%m%d}.csv", [h.head[lang()] for h in _HEADS], rows)
    page = page_of(request)
    query = {k: v for k, v in (("state", state), ("q", words)) if v}
    chips = [Chip(T("すべて", "all"), with_query(query, state=""), len(every), not state)]
    chips += [
        Chip(label, with_query(query, state=id), sum(id in _states(one) for one in every), id == state)
        for id, label in STATES.items()
    ]
    shown = found[(page - 1) * SIZE : page * SIZE]
    return render(request, "web/technology/secrecy.html", {
        "answer": answer(every), "chips": chips, "typed": request.GET, "total": len(found), "query": query,
        "table": Table(T("秘密を守る義務を負う人", "Persons bound to secrecy"), _HEADS, [_row(one) for one in shown]),
        "pager": Pager(page, SIZE, len(found), query), "csv": with_query(query, csv="1"), "every": len(every),
    })  # fmt: skip


def answer(every: list[Line]) -> list[Text]:
    """How many are bound, how many of them have left; then one's own duty."""
    left = sum(one.bound.left_on is not None for one in every)
    people = len({one.bound.person for one in every})
    lines = [T(f"{people}人が秘密を守る義務を負っています。うち退いた者は{left}件で、義務は続いています。",
               f"{people} persons are bound. {left} entries are of people who left: their duty goes on.")]  # fmt: skip
    own = [one for one in every if one.own]
    if own:
        lines.append(T(f"あなた自身は{len(own)}件の義務を負っています。", f"You yourself are bound by {len(own)}."))
    return lines


def _states(one: Line) -> set[str]:
    b = one.bound
    return {name for name, holds in (
        ("inside", b.left_on is None), ("left", b.left_on is not None), ("unexplained", b.explained_on is None),
        ("papers", bool(b.in_hand)),
    ) if holds}  # fmt: skip


def _fits(one: Line, words: str) -> bool:
    said = alike(f"{one.bound.person} {one.bound.organisation} {one.bound.name}")
    return all(word in said for word in alike(words).split())


def _cells(one: Line) -> list[Any]:
    b = one.bound
    sort = _BY.get(b.by, _STUDY)
    by = T(f"{b.name}、{sort.ja}" if b.name else sort.ja, f"{b.name}, {sort.en}" if b.name else sort.en)
    papers = "、".join(h.title or h.item for h in b.in_hand)
    goes_on = T("続く（退任後も）", "goes on") if b.left_on else T("負う", "bound")
    return [b.organisation, by, b.since, b.explained_on or T("なし", "none"), b.left_on or "", papers, goes_on]


def _row(one: Line) -> Row:
    href = address("council_room", one.case) if one.case and one.bound.by in _BY else ""
    href = href or (reverse("case", args=[one.case]) if one.case else "")
    return Row(T(one.bound.person, one.bound.person), _cells(one), href)
