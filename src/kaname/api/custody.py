"""Custody of cases: approvals of copies, the register of copies, decisions on what is sealed. All takes `sealed`."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.access.custody import api as custody
from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.values import CaseId, Day, Strict, language
from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.rows import instant
from kaname.papers.leak import report

_TAGS = ("custody",)
_READS, _ACTS = (Scope.READ, Scope.SEALED), (Scope.ACT, Scope.SEALED)
RequestId = Annotated[str, Field(max_length=40)]
Words = Annotated[str, Field(min_length=1, max_length=1000)]


class CopyAskedIn(Strict):
    """`what`: `document <id>`, `letter <entry>`, `package <entry>`, `value <entry> <field>` or `bundle`."""

    what: Annotated[str, Field(max_length=128)]
    form: Literal["download", "print", "export"]
    copies: Annotated[int, Field(ge=1, le=custody.MOST_COPIES)] = 1
    why: Words


class CopyAskedOut(Schema):
    request: str


class CopyAnswerIn(Strict):
    """`withdrawn`: by who asked; the others by a second person. `revoked`: ends an approval before its time."""

    verdict: Literal["approved", "refused", "withdrawn", "revoked"]
    why: Annotated[str, Field(max_length=1000)] = ""
    copies: Annotated[int, Field(ge=1, le=custody.MOST_COPIES)] | None = None
    hours: Annotated[int, Field(ge=1, le=custody.MOST_HOURS)] | None = None


class CopyRequestOut(Schema):
    request: str
    case: str
    who: str
    what: str
    form: str
    copies: int
    why: str | None
    at: str
    state: str
    by: str | None
    answer: str | None
    approved: int
    left: int
    until: str | None


class CopyStepOut(Schema):
    fate: str
    words: str | None
    who: str
    at: str


class CopyOut(Schema):
    """A copy of the register. `out`: neither returned nor destroyed."""

    number: int
    what: str
    form: str
    who: str
    approved_by: str
    request: str
    at: str
    out: bool
    steps: list[CopyStepOut]


class CustodyOut(Schema):
    """`applies`: copies need approval now. `manager`: who answers; null: somebody other than who asks."""

    applies: bool
    manager: str | None
    requests: list[CopyRequestOut]
    copies: list[CopyOut]


class CopyRequestsOut(Schema):
    items: list[CopyRequestOut]


class CopyFateIn(Strict):
    fate: Literal["kept", "returned", "destroyed", "lost"]
    words: Words


class DecisionOut(Schema):
    """`why`: empty where it was allowed, else the code of the refusal."""

    seq: int
    who: str
    entry: int
    field: str
    door: str
    why: str
    at: str
    digest: str


class DecisionsOut(Schema):
    items: list[DecisionOut]


@operation("GET", "/cases/{case}/custody", T("取扱い", "custody of a case"), CustodyOut, scopes=_READS, tags=_TAGS,
           gives={"/cases/{case}/custody/copies/{number}": "body#/copies/0/number"})  # fmt: skip
def show_custody(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """Requests and copies, for who reads what is sealed in the case."""
    told = custody.shown(request.auth, case)
    return {
        "applies": told.applies, "manager": told.manager.name if told.manager else None,
        "requests": [_request(one) for one in told.requests], "copies": [_copy(one) for one in told.copies],
    }  # fmt: skip


@operation("POST", "/cases/{case}/custody", T("承認を求める", "ask for approval of copies"), CopyAskedOut,
           scopes=_ACTS, status=201, tags=_TAGS, gives={"/custody/requests/{asked}": "body#/request"})  # fmt: skip
def ask_for_copies(request: HttpRequest, case: CaseId, asked: CopyAskedIn) -> dict[str, Any]:
    """What, in which form, how many and why. A second person answers."""
    return {"request": custody.ask(request.auth, case, asked.what, asked.form, asked.copies, asked.why)}


@operation("GET", "/custody/requests", T("答えを待つ求め", "requests that wait for the caller"), CopyRequestsOut,
           scopes=_READS, tags=_TAGS, gives={"/custody/requests/{asked}": "body#/items/0/request"})  # fmt: skip
def list_copy_requests(request: HttpRequest) -> dict[str, Any]:
    """Of all cases, the oldest first."""
    return {"items": [_request(one) for one in custody.waiting(request.auth)]}


@operation("POST", "/custody/requests/{asked}", T("求めに答える", "answer a request for copies"), CopyRequestOut,
           scopes=_ACTS, tags=_TAGS)  # fmt: skip
def answer_copy_request(request: HttpRequest, asked: RequestId, given: CopyAnswerIn) -> dict[str, Any]:
    """Approve or refuse; withdraw one's own; revoke. An approval holds for so many copies and hours."""
    if given.verdict == "withdrawn":
        custody.withdraw(request.auth, asked)
    elif given.verdict == "revoked":
        custody.revoke(request.auth, asked, given.why)
    else:
        custody.answer(request.auth, asked, given.verdict, given.why, given.copies, given.hours)
    return _request(custody.one(request.auth, asked))


@operation("POST", "/cases/{case}/custody/copies/{number}", T("簿冊に書く", "what became of a copy"), CustodyOut,
           scopes=_ACTS, tags=_TAGS)  # fmt: skip
def note_copy(
    request: HttpRequest, case: CaseId, number: Annotated[int, Field(ge=1, le=999_999_999)], told: CopyFateIn
) -> dict[str, Any]:
    """Where a copy is kept, that it was returned, destroyed or lost."""
    custody.note(request.auth, case, number, told.fate, told.words)
    return show_custody(request, case)


@operation("GET", "/cases/{case}/custody/decisions", T("判断の記録", "decisions on what is sealed"), DecisionsOut,
           scopes=_READS, tags=_TAGS)  # fmt: skip
def list_decisions(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """Allowed and refused, the newest 200 first, each with its digest in the chain."""
    return {"items": [
        {"seq": d.seq, "who": d.person.name, "entry": d.entry, "field": d.field, "door": d.door, "why": d.why,
         "at": d.at, "digest": d.digest}
        for d in custody.decided(request.auth, case)[:200]
    ]}  # fmt: skip


class LeakAsked(Schema):
    since: Day
    until: Day | None = None


class LeakTableOut(Schema):
    """A table of the report: its rows in the order of `heads`. `open`: what a person must fill in."""

    id: str
    title: str
    heads: list[str]
    rows: list[list[str]]


class LeakReportOut(Schema):
    title: str
    head: list[str]
    sections: list[LeakTableOut]


@operation("GET", "/cases/{case}/custody/leak", T("漏えいの報告の下書き", "the draft report of a leak"), LeakReportOut,
           scopes=_READS, tags=_TAGS)  # fmt: skip
def leak_report(request: HttpRequest, case: CaseId, wanted: Query[LeakAsked]) -> dict[str, Any]:
    """Who could and did read, what was approved and left, which copies are out; open questions are marked."""
    until = wanted.until or clock.today()
    return report(request.auth, case, wanted.since, until, language(request)).data


def _request(one: custody.Request) -> dict[str, Any]:
    return {
        "request": one.id, "case": one.case, "who": one.person.name, "what": one.what, "form": one.form,
        "copies": one.copies, "why": one.why, "at": instant(one.at), "state": one.state,
        "by": one.by.name if one.by else None, "answer": one.answer, "approved": one.approved, "left": one.left,
        "until": instant(one.until) if one.until else None,
    }  # fmt: skip


def _copy(one: custody.Held) -> dict[str, Any]:
    return {
        "number": one.number, "what": one.what, "form": one.form, "who": one.person.name,
        "approved_by": one.approved_by.name, "request": one.request, "at": instant(one.at), "out": one.out,
        "steps": [{"fate": s.fate, "words": s.words, "who": s.person.name, "at": instant(s.at)} for s in one.steps],
    }  # fmt: skip
