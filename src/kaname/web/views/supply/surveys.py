"""The answers to surveys (Art. 48(1)): every business asked, who has answered, and until when an answer is hoped for.

Answering is a duty of effort: silence is listed as silence, without a word of lateness or sanction.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from secrets import token_hex

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from kaname.access import api as access
from kaname.desk.supply_plans import SURVEY, Asked, responses
from kaname.desk.surveys import MOST, SEND, send
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.procedure import Refused
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.index import index
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table, Tag
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.cases import page_of
from kaname.web.views.common import case_href, case_name
from kaname.web.views.infrastructure.common import with_query
from kaname.web.views.people_forms import Form

SIZE = 50
_HEADS = (
    Column(T("求める相手", "business asked")), Column(T("調査", "survey")), Column(T("物資・原材料等", "goods")),
    Column(T("求めた日", "asked on")), Column(T("回答の目安の日", "answer hoped for by")),
    Column(T("回答の日", "answered on")), Column(T("段階", "stage")), Column(T("様子", "state")),
)  # fmt: skip
_TAGS = {"sent": "pending", "answered": "met", "partly_answered": "running", "not_answered": "lapsed", "closed": "met"}


def surveys(request: HttpRequest) -> HttpResponseBase:
    declared = kinds()[SURVEY].procedures[0]
    words = {id: declared.label_of(id) for id in declared.states}
    every = responses(request.user)
    state = request.GET.get("state", "")
    state = state if state in words else ""
    rows = [one for one in every if state in ("", one.state)]
    today = access.today()
    if "csv" in request.GET:
        lines = [[one.business, one.case.case.number, one.run, one.goods, one.asked_on, one.answer_by, one.answered_on,
                  say(one.label)] for one in rows]  # fmt: skip
        return as_csv(f"survey-answers-{today:%Y%m%d}.csv", [h[lang()] for h in _CSV], lines)
    counts, page = Counter(one.state for one in every), page_of(request)
    shown = rows[(page - 1) * SIZE : page * SIZE]
    query = {"state": state} if state else {}
    chips = [Chip(T("すべて", "all"), "?", len(every), not state)]
    chips += [Chip(label, with_query({}, state=id), counts[id], id == state) for id, label in words.items()]
    return render(request, "web/supply/surveys.html", {
        "table": Table(T("調査の相手", "businesses asked"), _HEADS, [_row(one) for one in shown]), "chips": chips,
        "pager": Pager(page, SIZE, len(rows), query), "total": len(rows), "answer": _answer(every, today),
        "csv": with_query(query, csv="1"), "may": bool(access.may_open(request.user, SURVEY)),
    })  # fmt: skip


def _row(one: Asked) -> Row:
    name = one.business or one.run
    cells = (case_name(one.case.case), one.goods, one.asked_on or "", one.answer_by or "", one.answered_on or "",
             one.label, Tag(_TAGS.get(one.state, "pending")))  # fmt: skip
    return Row(T(name, name), cells, case_href(one.case.case))


def _answer(every: list[Asked], today: date) -> list[Text]:
    if not every:
        return []
    waits = [one for one in every if one.waits]
    come = sum(one.answered_on is not None for one in every)
    lines = [T(f"{len(every)}者に求め、{come}者が回答し、{len(waits)}者の回答を待っています。",
               f"{len(every)} asked, {come} answered, {len(waits)} awaited.")]  # fmt: skip
    gone = sum(1 for one in waits if one.answer_by and one.answer_by < today)
    if gone:
        lines.append(T(f"{gone}者は目安の日を過ぎました。回答は努力義務で、罰則も処分もありません。",
                       f"{gone} of them past the day hoped for. No sanction: a duty of effort."))  # fmt: skip
    return lines


_CSV = (
    T("求める相手", "business asked"), T("案件", "case"), T("相手の記号", "run"), T("物資・原材料等", "goods"),
    T("求めた日", "asked on"), T("回答の目安の日", "answer hoped for by"), T("回答の日", "answered on"),
    T("段階", "stage"),
)  # fmt: skip


def to_several(request: HttpRequest) -> HttpResponseBase:
    """One survey sent to several businesses at once: each has its own run, answer and day in one case.

    Who could not be asked is told; sent again, the page asks only those who were not asked yet.
    """
    may = bool(access.may_open(request.user, SURVEY))
    form = Form(_asked_of_all(), request.POST if request.method == "POST" and may else None)
    key = request.POST.get("key", "")
    if form.data and form.ok and len(key) == 32 and key.isalnum():
        asked = {name: value for name, value in form.data.items() if name != "businesses"}
        done = send(request.user, asked, form.data["businesses"], key)
        if not isinstance(done, Refused) and not done.refused:
            return redirect("case", done.case)
        known = {field.id for field in form.fields}
        for reason in done.reasons if isinstance(done, Refused) else ():
            form.errors[reason.field if reason.field in known else ""] = reason.text
        for business, refused in () if isinstance(done, Refused) else done.refused:
            why = refused.reasons[0].text
            form.errors["businesses"] = T(f"「{business}」には求められません：{why.ja}", f"{business}: {why.en}")
    return render(request, "web/supply/survey_send.html", {
        "form": form, "may": may, "key": key if len(key) == 32 else token_hex(16),
    }, status=200 if form.ok else 400)  # fmt: skip


def _asked_of_all() -> list[Field]:
    """The form of the act, but for the business: of those there may be several, one a line."""
    fields = index(kinds()[SURVEY]).acts[SEND].act.fields
    one = next(f for f in fields if f.type is FieldType.PARTY)
    label, help = T("求める相手（1行に1者）", "businesses asked, one a line"), T(f"{MOST}者まで", f"up to {MOST}")
    several = replace(one, id="businesses", label=label, several=True, required=True, help=help)
    return [several, *(f for f in fields if f is not one)]
