"""Consultations on the page of a case: what is asked, of whom, with whom and at which level it lies, what came back."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kaname.access import api as access
from kaname.access.api import Seen
from kaname.access.models import Person
from kaname.consult import api as consult
from kaname.consult.api import Consultation
from kaname.law import T, Text
from kaname.procedure import may
from kaname.procedure.index import index
from kaname.regimes.general.roles import DRAFTER
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang
from kaname.web.views.asked import seen
from kaname.web.views.case import head

_COLUMNS = (
    Column(T("件名", "subject")), Column(T("相手方", "asked of")), Column(T("種別", "sort")),
    Column(T("いま誰の番か", "with whom it lies")), Column(T("決裁の段階", "level")),
    Column(T("回答を求めた日（相手方指定）", "asked for by (set by the asker)")), Column(T("回答", "answer")),
    Column(T("状態", "state")),
)  # fmt: skip
_CAPTION = T("協議・照会", "Consultations")


@login_required
@require_safe
def of_case(request: HttpRequest, case: str) -> HttpResponseBase:
    """The consultations about a case; of an inquiry itself, the inquiry and what is done upon it; of an opinion, its
    levels."""
    found = seen(request, case)
    user, kind = request.user, found.case.kind
    told: dict[str, Any] = {**head(request, found, "consultation"), "acts": list(_acts(found))}
    if kind == consult.OPINION:
        opinion = consult.of_opinion(user, case)
        return render(request, "web/consult/opinion.html", {**told, "opinion": opinion})
    if kind == consult.INQUIRY:
        of = consult.of_inquiry(user, case)
        opinions = consult.opinions(user, case)
        told |= {"of": of, "opinions": opinions, "to_send": any(o.state == "approved" for o in opinions),
                 "may_begin": of is not None and may_begin(user, of) and not _under_way(opinions)}  # fmt: skip
        return render(request, "web/consult/inquiry.html", told)
    asked = consult.asked_about(user, case)
    table = table_of(asked)
    if "csv" in request.GET:
        return taken_away(table, f"consultations-{found.case.number}.csv")
    acts = index(found.standing.kind).acts
    waiting = {of.act: acts[of.act].act.label for of in asked if of.act in acts}
    told |= {"table": table, "found": asked, "may_ask": consult.may_ask(user),
             "waiting": waiting, "answer": answer(asked), "csv": "?csv=1"}  # fmt: skip
    return render(request, "web/consult/page.html", told)


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponseBase:
    """All consultations that the person may know of, those that wait first."""
    found = sorted(consult.listed(request.user), key=lambda of: (not of.open, not of.overdue))
    table = table_of(found)
    if "csv" in request.GET:
        return taken_away(table, "consultations.csv")
    return render(request, "web/consult/every.html", {"table": table, "answer": answer(found), "csv": "?csv=1"})


def taken_away(table: Table, name: str) -> StreamingHttpResponse:
    """The list as a file, in the language of the page."""
    rows = [[c[lang()] if isinstance(c, Text) else c for c in (row.name, *row.cells)] for row in table.rows]
    return as_csv(name, [column.head[lang()] for column in table.columns], rows)


def answer(found: list[Consultation]) -> list[Text]:
    """How many wait, for whom, and what is late: the sentence a page opens with."""
    waiting, late = [of for of in found if of.open], [of for of in found if of.overdue]
    back = [of for of in found if of.state == "answered"]
    if not found:
        return []
    lines = [T(f"回答を待つ協議・照会は{len(waiting)}件です。", f"Waiting for an answer: {len(waiting)}.")]
    if late:
        names = "、".join(of.asked for of in late)
        lines.append(T(f"{len(late)}件は求めた日を過ぎています（{names}）。",
                       f"Past the day asked for: {len(late)} ({', '.join(of.asked for of in late)})."))  # fmt: skip
    if back:
        lines.append(T(f"回答が届いています：{len(back)}件。", f"Answers that have come: {len(back)}."))
    return lines


def table_of(found: list[Consultation]) -> Table:
    """A line each; the first cell leads to the inquiry."""
    rows = [
        Row(of.subject, (
            of.asked, of.sort, of.waits_for or "", of.level or "", of.reply_by or "",
            of.outcome if of.answer and of.outcome else "", _state(of),
        ), reverse("consultation", args=[of.case]))
        for of in found
    ]  # fmt: skip
    return Table(_CAPTION, _COLUMNS, rows)


def _state(of: Consultation) -> Text:
    return T(f"{of.label.ja}（期限超過）", f"{of.label.en} (overdue)") if of.overdue else of.label


def may_begin(person: Person, of: Consultation) -> bool:
    """Whether the person may begin an opinion on an inquiry: who drafts for the authority that is asked."""
    held = access.may_open(person, consult.OPINION)
    return of.open and any(m.role == DRAFTER.id and m.party in ("", of.asked) for m in held)


def _under_way(opinions: list[consult.Opinion]) -> bool:
    return any(o.state not in ("issued", "dropped") for o in opinions)


def _acts(found: Seen) -> Iterator[tuple[Text, str]]:
    """What this person may do here now, each with the address of its form. The answer has a page of its own."""
    for m in may(found.standing):
        mine = any(r.id in found.roles for r in m.of.act.roles)
        if mine and not m.why and m.of.name not in ("inquiry.answer", "inquiry.answer_partly", "opinion.issue"):
            yield m.of.act.label, reverse("act", args=[found.case.public_id, m.of.name])
