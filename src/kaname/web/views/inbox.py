"""Home: the inbox by due day. Mine first (dated, then what lies with me), then what has become free or forbidden, then
what waits for others.
"""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaname.access import api as access
from kaname.access.api import Box, Group, Item
from kaname.law import T
from kaname.notices.api import remind
from kaname.web.parts.states import due_state
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table, Tag
from kaname.web.views.cases import case_href, case_name, page_of

FEW, MANY = 12, 50

_NAMES = {
    Group.OVERDUE: T("期限を過ぎたもの", "Overdue"),
    Group.TODAY: T("今日が期限", "Due today"),
    Group.WEEK: T("一週間以内", "Within a week"),
    Group.LATER: T("その後", "Later"),
    Group.UNDATED: T("遅滞なくするもの", "Without delay"),
    Group.TURN: T("手元にある手続", "In your hands"),
    Group.NEWS: T("新しく自由又は禁止になったもの", "Newly free or forbidden"),
    Group.WAITING: T("相手を待つもの", "Waiting for others"),
}
_HEADS = (
    Column(T("期日", "day")), Column(T("すること・期間", "what")), Column(T("案件", "case")),
    Column(T("当事者", "party")), Column(T("段階", "stage")), Column(T("様子", "state")),
)  # fmt: skip


def inbox(request: HttpRequest) -> HttpResponse:
    chosen = next((g for g in Group if g == request.GET.get("group")), None)
    page = page_of(request)
    boxes = (
        access.inbox(request.user, size=MANY, groups=[chosen], start=(page - 1) * MANY)
        if chosen
        else access.inbox(request.user, size=FEW)
    )
    today = access.today()
    shown = [_shown(box, today, whole=chosen is not None, page=page) for box in boxes if box.items]
    mine = sum(box.count for box in boxes if box.group in (Group.OVERDUE, Group.TODAY, Group.WEEK))
    return render(request, "web/inbox.html", {
        "boxes": shown, "chosen": _NAMES[chosen] if chosen else None, "mine": mine,
        "late": next((b.count for b in boxes if b.group is Group.OVERDUE), 0),
        "next": next((b.items[0] for b in boxes if b.group is Group.LATER and b.items), None),
        "chips": _chips(request, boxes, chosen), "ahead": () if chosen else access.ahead(request.user),
        "today": today, "reminders": 0 if chosen else len(remind.on_page(request.user, today)),
    })  # fmt: skip


def _chips(request: HttpRequest, boxes: Sequence[Box], chosen: Group | None) -> list[Chip]:
    if chosen:
        whole = Chip(T("すべて", "All"), reverse("inbox"))
        return [whole, Chip(_NAMES[chosen], "", boxes[0].count, on=True)]
    return [Chip(_NAMES[b.group], "?" + urlencode({"group": b.group}), b.count) for b in boxes if b.count]


def _shown(box: Box, today: date, whole: bool, page: int) -> dict[str, object]:
    table = Table(_NAMES[box.group], _HEADS, [_row(item, today) for item in box.items])
    more = "" if whole or box.count <= len(box.items) else "?" + urlencode({"group": box.group})
    pager = Pager(page, MANY, box.count, {"group": box.group}) if whole and box.count > MANY else None
    return {"group": box.group, "table": table, "more": more, "count": box.count, "pager": pager}


def _row(item: Item, today: date) -> Row:
    name = item.day or T("遅滞なく", "without delay")
    cells = (item.label, case_name(item), "、".join(item.parties), item.state, _tag(item, today))
    return Row(name, cells, case_href(item.case), usual=reverse("case_usual", args=[item.case]))


def _tag(item: Item, today: date) -> Tag:
    sorts = {"banned": Tag("ban"), "freed": Tag("freed"), "turn": Tag("running")}
    return sorts.get(item.sort) or Tag(*due_state(item.day, today))
