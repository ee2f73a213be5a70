"""The room of a council: who is in it, what lies on the table under which terms, what is due, who opened what.

Whoever is not inside gets the page of what does not exist. A paper leaves with the reader's name on it; every opening
is written down, and the secretary sees all of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from kaname.access import api as access
from kaname.access import exits
from kaname.access.api import Seen
from kaname.access.models import SealedRead
from kaname.access.sealed import sealed_papers
from kaname.law import Bases, T, Text
from kaname.law.laws import art
from kaname.papers import api as papers
from kaname.papers import marks
from kaname.papers.api import Paper
from kaname.regimes.technology.room import KIND, Item, Room, Seat, room_of
from kaname.web.forms.act import ActForm
from kaname.web.parts import dates
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.templatetags.kaname import say
from kaname.web.views.asked import seen
from kaname.web.views.case import head

MOST_LINES = 100
# What one does from the room: acts that open something new, each with the words of its button.
_BEGIN = (
    ("sharing.offer", T("情報の提供を申し出る", "Offer information")),
    ("sharing.request_information", T("情報の提供を求める", "Ask for information")),
    ("membership.invite", T("構成員を招く", "Invite a member")),
)
_NEXT = ("agree_handling", "share", "use", "ask_publication", "release", "hold_back", "give_back", "return",
         "report_incident", "close_incident")  # fmt: skip
_MEMBERS = (
    Column(T("構成員", "member")),
    Column(T("従事する者と、義務を説明した日", "persons, and the day the duty was explained")),
    Column(T("同意", "consented")), Column(T("加入", "joined")), Column(T("退任", "left")), Column(T("段階", "stage")),
)  # fmt: skip
_LOG = (
    Column(T("いつ", "when")), Column(T("誰が", "who")), Column(T("何を", "what")), Column(T("印", "mark")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """An item of the agenda with its papers and what this person may do with it."""

    item: Item
    papers: list[tuple[Paper, Text]]
    acts: list[tuple[Text, str]]


def of_council(request: HttpRequest, case: str) -> Seen:
    """The case of a council that the person is inside of. Raises UnknownCase, Http404 for a case of another kind."""
    found = seen(request, case)
    if found.case.kind != KIND:
        raise Http404
    return found


def told(request: HttpRequest, found: Seen) -> Room:
    case = found.case.public_id
    return room_of(found.standing, access.entries(request.user, case), sealed_papers(request.user, case))


def room(request: HttpRequest, case: str) -> HttpResponse:
    found = of_council(request, case)
    of = told(request, found)
    held = {p.reference: p for p in papers.papers(request.user, case)}
    shown = [_shown(request, found, item, held) for item in of.items]
    on_items = {ref for item in of.items for ref in item.papers}
    return render(request, "web/technology/room.html", {
        **head(request, found, "council_room"), "room": of, "answer": answer(of, found.standing.as_of),
        "basis": basis(of), "items": [one for one in shown if one.item.open],
        "closed": [one for one in shown if not one.item.open],
        "others": [_paper(p) for ref, p in held.items() if ref not in on_items], "checks": of.checks,
        "inside": exits.inside(request.user, case), "hidden": access.in_compartment(request.user, case),
        "members": _members(found, of), "begin": list(_begin(request, found)),
        "log": _log(request, case, held), "whole_log": "council_secretariat" in found.roles,
        "may_leave": bool(ways_out(found, of, request.user.name)),
    })  # fmt: skip


def basis(of: Room) -> Bases:
    return art("63(4)", "63(5)") if of.of_fund else art("62(1)", "62(4)")


def answer(of: Room, today: date) -> list[Text]:
    """Where the council stands, how many are bound, what is awaited; then what there is to check, by its day."""
    name = of.name or of.research
    seats = [s for s in of.seats if s.inside]
    persons = [p for s in seats for p in s.persons if not p.until]
    lines = [T(f"{name}：{of.label.ja}。構成員{len(seats)}、従事者名簿に{len(persons)}人。",
               f"{name}: {of.label.en}. {len(seats)} members, {len(persons)} persons on the register.")]  # fmt: skip
    for item in of.checks[:3]:
        if item.check_by:
            day, left = dates.screen(item.check_by), dates.left(item.check_by, today)
            ja = f"公表前の確認：{item.title}、{day.ja}（{left.ja}）が望まれた日です。"
            lines.append(T(ja, f"To check before publication: {item.title}, hoped for by {day.en} ({left.en})."))
        else:
            lines.append(T(f"公表前の確認：{item.title}。", f"To check before publication: {item.title}."))
    untold = [p.name for p in persons if p.explained_on is None]
    if untold:
        ja = f"義務を説明した日のない者：{'、'.join(untold)}。義務は説明がなくても負います。"
        lines.append(T(ja, f"No day on which the duty was explained: {', '.join(untold)}. It binds all the same."))
    return lines


def ways_out(found: Seen, of: Room, person: str) -> list[tuple[str, Seat, str]]:
    """What may be recorded of a leaving: the act, the seat, and the person ("": the whole member).

    Who is a member leaves the seat they hold; who records for members (a clerk) is on no seat and may choose any.
    """
    ways: list[tuple[str, Seat, str]] = []
    own = {party for role, party in found.parties if role == "member"}
    own |= {s.run for s in of.seats if person in (s.name.ja, *(p.name for p in s.persons))}
    for seat in of.seats:
        if seat.inside and "member" in found.roles and (not own or seat.run in own):
            ways.append(("membership.leave", seat, ""))
        if seat.inside and "council_secretariat" in found.roles:
            ways += [("membership.end_engagement", seat, p.name) for p in seat.persons if not p.until]
    return ways


# -- parts of the page -------------------------------------------------------------------------------------------------


def _shown(request: HttpRequest, found: Seen, item: Item, held: Mapping[str, Paper]) -> Shown:
    acts = []
    for name in _NEXT:
        form = ActForm.of_name(request.user, found, f"sharing.{name}", item.run)
        if form and form.is_mine and any(before == item.state for before, _ in form.of.act.moves):
            acts.append((form.of.act.label, form.address))
    return Shown(item, [_paper(held[ref]) for ref in item.papers if ref in held], acts)


def _paper(paper: Paper) -> tuple[Paper, Text]:
    return paper, marks.said(paper.media_type, paper.name)


def _begin(request: HttpRequest, found: Seen) -> Iterator[tuple[Text, str]]:
    for name, words in _BEGIN:
        form = ActForm.of_name(request.user, found, name, "")
        if form and form.is_mine:
            yield words, form.address


def _members(found: Seen, of: Room) -> Table:
    rows = []
    for seat in of.seats:
        people = T("、".join(_person(p).ja for p in seat.persons), ", ".join(_person(p).en for p in seat.persons))
        rows.append(
            Row(seat.name, (people, seat.consented_on or "", seat.joined_on or "", seat.left_on or "", seat.label))
        )
    return Table(T("構成員", "Members"), _MEMBERS, rows)


def _person(p: Any) -> Text:
    told = f"{p.explained_on:%Y-%m-%d}" if p.explained_on else ""
    ja = f"{p.name}（{told or '説明の日なし'}{f'、{p.until:%Y-%m-%d}まで' if p.until else ''}）"
    return T(ja, f"{p.name} ({told or 'not explained'}{f', until {p.until:%Y-%m-%d}' if p.until else ''})")


def _log(request: HttpRequest, case: str, held: Mapping[str, Paper]) -> Table:
    names = {p.id: p.name for p in held.values()}
    return Table(T("開いた記録", "Openings"), _LOG,
                 [_line(read, names) for read in access.read_log(request.user, case)[:MOST_LINES]])  # fmt: skip


def _line(read: SealedRead, names: Mapping[str, str]) -> Row:
    what: Any = format_html('<span class="mono">{}</span>', read.field)
    mark: Text | str = ""
    if read.field.startswith("document "):
        what = names.get(read.field.removeprefix("document ")) or say(T("書類", "a document"))
        mark = T("なし", "none") if read.door.endswith(marks.UNMARKED) else T("名と時刻", "name and time")
    return Row(dates.instant(read.at), (read.person.name, what, mark))


def leave_href(case: str, **asked: str) -> str:
    found = reverse("council_leave", args=[case])
    return f"{found}?{urlencode(asked)}" if asked else found
