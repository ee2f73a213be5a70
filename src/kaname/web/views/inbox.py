"""Home: the inbox by due day. Mine first (dated, then what lies with me), then what has become free or forbidden, then
what waits for others.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kaname.access import api as access
from kaname.access.api import Box, Group, Item
from kaname.access.custody import api as custody
from kaname.aside import notes
from kaname.law import T
from kaname.ledger.kinds import kind
from kaname.notices.api import remind
from kaname.procedure.pending import without_delay
from kaname.task import inbox as work
from kaname.task import marks, views
from kaname.task.inbox import Show
from kaname.web.case.line import named
from kaname.web.context import Frame
from kaname.web.parts.states import due_state
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table, Tag
from kaname.web.views.cases import case_href, case_name, page_of, party_names
from kaname.web.views.task import saved
from kaname.web.views.task.marks import SLEEPS

FEW, MANY, MOST_NAMES = 12, 50, 300

_NAMES = {
    Group.OVERDUE: T("期限を過ぎたもの", "Overdue"),
    Group.TODAY: T("今日が期限", "Due today"),
    Group.WEEK: T("一週間以内", "Within a week"),
    Group.LATER: T("その後", "Later"),
    Group.UNDATED: T("末日の定めのないもの", "Without a last day"),
    Group.TURN: T("手元にある手続", "In your hands"),
    Group.NEWS: T("新しく自由又は禁止になったもの", "Newly free or forbidden"),
    Group.WAITING: T("相手を待つもの", "Waiting for others"),
}
_HEADS = (
    Column(T("期日", "day")), Column(T("すること・期間", "what")), Column(T("案件", "case")),
    Column(T("当事者", "party")), Column(T("段階", "stage")), Column(T("様子", "state")),
)  # fmt: skip
_WHO = Column(T("担当", "seen to by"))

_SHOWS = {
    Show.OPEN: T("未了", "Open"),
    Show.MINE: T("自分の担当", "Assigned to me"),
    Show.OTHERS: T("同僚の担当", "With colleagues"),
    Show.AWAY: T("片づけたもの", "Put away"),
    Show.ALL: T("すべて", "All"),
}


@access.asked_once()
def inbox(request: HttpRequest) -> HttpResponse:
    kept = views.of(request.user)
    if to := saved.begins_with(request, "inbox", kept):
        return redirect(to)
    chosen = next((g for g in Group if g == request.GET.get("group")), None)
    show = next((s for s in Show if s == request.GET.get("show")), Show.OPEN)
    page, today = page_of(request), access.today()
    boxes = (
        work.inbox(request.user, show, MANY, [chosen], (page - 1) * MANY)
        if chosen
        else work.inbox(request.user, show, FEW)
    )
    who = marks.who_sees_to(request.user, {item.case for box in boxes for item in box.items})
    names = {case: person.name for case, person in who.items()}
    if not request.GET and not any(box.items for box in boxes) and Frame(request).only_a_vendor:
        return redirect("passports")  # no case will ever come: what there is to do lies there
    shown = [_shown(box, today, chosen is not None, page, show, names) for box in boxes if box.items]
    counts = {box.group: box.count for box in boxes}
    ahead = () if chosen else access.ahead(request.user)
    return render(request, "web/inbox.html", {
        "boxes": shown, "chosen": _NAMES[chosen] if chosen else None, "show": show,
        "mine": sum(counts.get(g, 0) for g in work.DUE), "late": counts.get(Group.OVERDUE, 0),
        "open_ended": counts.get(Group.UNDATED, 0),
        "shown_alone": _SHOWS[show] if show is not Show.OPEN else None,
        "next": next((b.items[0] for b in boxes if b.group is Group.LATER and b.items), None),
        "undated": counts.get(Group.UNDATED, 0) + counts.get(Group.TURN, 0),
        "away": (0, 0) if chosen or show is not Show.OPEN else work.put_away(request.user, today),
        "chips": _chips(request, boxes, chosen, show), "shows": _shows(show),
        "ahead": ahead, "quiet": not any(n for _, n in ahead),
        "today": today, "reminders": 0 if chosen else _unread(request, today),
        "approvals": () if chosen else custody.waiting(request.user),
        "alarms": 0 if chosen else custody.new(request.user),
        "colleagues": [(p.public_id, p.name) for p in marks.colleagues(request.user)[:MOST_NAMES]] if shown else (),
        "deputy": access.deputies.held(request.user, today),
        "saved": saved.told(request, "inbox", kept), "pinned": saved.rail(request, kept), "sleeps": SLEEPS,
        "undo": marks.last(request.user),
    })  # fmt: skip


def _shows(show: Show) -> list[Chip]:
    return [Chip(label, "?" + urlencode({"show": s}), on=s is show)
            for s, label in _SHOWS.items()]  # fmt: skip


def _unread(request: HttpRequest, today: date) -> int:
    """Reminders that have come, and notes in which the person was named."""
    return remind.unread(request.user, today) + len(notes.mentions(request.user))


def _chips(request: HttpRequest, boxes: Sequence[Box], chosen: Group | None, show: Show) -> list[Chip]:
    if chosen:
        whole = Chip(T("すべて", "All"), _address(show) or "?show=")
        return [whole, Chip(_NAMES[chosen], "", boxes[0].count, on=True)]
    return [Chip(_NAMES[b.group], _address(show, b.group), b.count) for b in boxes if b.count]


def _address(show: Show, group: Group | None = None) -> str:
    said = {**({"show": str(show)} if show else {}), **({"group": str(group)} if group else {})}
    return "?" + urlencode(said) if said else ""


def _shown(
    box: Box, today: date, whole: bool, page: int, show: Show, names: Mapping[str, str]
) -> dict[str, object]:  # fmt: skip
    heads = (*_HEADS[:4], _WHO, *_HEADS[4:]) if names else _HEADS
    table = Table(_NAMES[box.group], heads, [_row(item, today, names) for item in box.items], selectable="key")
    more = "" if whole or box.count <= len(box.items) else _address(show, box.group)
    query = {**({"show": str(show)} if show else {}), "group": str(box.group)}
    pager = Pager(page, MANY, box.count, query) if whole and box.count > MANY else None
    return {"group": box.group, "table": table, "more": more, "count": box.count, "pager": pager}


def _row(item: Item, today: date, names: Mapping[str, str]) -> Row:
    prompt = without_delay(kind(item.kind), item.name)
    name = item.day or (T("遅滞なく", "without delay") if prompt else T("定めなし", "none set"))
    who = (names.get(item.case, ""),) if names else ()
    what = named(item.label, item.run, kind(item.kind).parties)
    cells = (what, case_name(item), party_names(item.kind, item.parties), *who, item.state, _tag(item, today))
    usual = reverse("case_usual", args=[item.case])
    return Row(name, cells, case_href(item.case), key=marks.named(item), usual=usual, about=case_name(item))


def _tag(item: Item, today: date) -> Tag:
    sorts = {"banned": Tag("ban"), "freed": Tag("freed"), "turn": Tag("running")}
    return sorts.get(item.sort) or Tag(*due_state(item.day, today))
