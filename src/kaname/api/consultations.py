"""Consultations between authorities: those of a case, asking, taking up, sending the answer. The rest are acts."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from kaname.access.tokens import Scope
from kaname.api.acts import Key, receipt_data
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.shapes import ReceiptOut
from kaname.api.values import CaseId, Day, Strict, language
from kaname.consult import api as consult
from kaname.law import Lang, T
from kaname.ledger import clock
from kaname.procedure import Entry

_TAGS = ("consultations",)
_Id = Annotated[str, Field(max_length=64)]


class ConsultationOut(Schema):
    """An inquiry to another authority. `parent`, `act`: the case it is about and the act there that waits for it, null
    where the caller may not know of it. `level`: where the other authority's opinion lies; its text is its own."""

    case: str
    number: int
    sort: str
    asking: str
    asked: str
    subject: str
    question: str
    provision: str
    round: int
    state: str
    label: str
    waits_for: str | None
    level: str | None
    reply_by: str | None
    overdue: bool
    outcome: str | None
    answer: str | None
    answered_on: str | None
    parent: str | None
    act: str | None


class ConsultationsOut(Schema):
    consultations: list[ConsultationOut]


class SignatureOut(Schema):
    """Who has signed which text, on which day. `absent`: in whose place."""

    name: str
    on: str
    version: int
    of_text: str
    absent: str
    remark: str
    dissents: bool


class LevelOut(Schema):
    """A level that signs. `now`: the text lies here."""

    grade: str
    label: str
    now: bool
    signature: SignatureOut | None


class OpinionOut(Schema):
    """An opinion, for the authority whose it is."""

    case: str
    number: int
    authority: str
    state: str
    label: str
    outcome: str | None
    text: str
    version: int
    digest: str
    returned_for: str
    levels: list[LevelOut]
    inquiry: str | None


class OpinionsOut(Schema):
    opinions: list[OpinionOut]


class InquiryIn(Strict):
    """`data`: the fields of the act `inquiry.ask`. `entries`: numbers of entries of the case that are told;
    `documents`: ids of its documents of which copies go along; `people`: who of the other authority is to know, where
    the case lies in a compartment; `act`: which act of the case waits for it."""

    data: dict[str, Any] = Field(max_length=50)
    on: Day | None = None
    party: Annotated[str, Field(max_length=256)] = ""
    entries: Annotated[list[Annotated[int, Field(ge=1)]], Field(default_factory=list, max_length=200)]
    documents: Annotated[list[_Id], Field(default_factory=list, max_length=50)]
    people: Annotated[list[_Id], Field(default_factory=list, max_length=100)]
    act: Annotated[str, Field(max_length=128)] = ""


class OpinionIn(Strict):
    """`levels`: the grades that sign, from below. `internal_due`: a day of the office's own, no period of the law."""

    levels: Annotated[list[Annotated[str, Field(max_length=64)]], Field(min_length=1, max_length=20)]
    internal_due: Day | None = None


class AnswerIn(Strict):
    """`opinion`: the case of the opinion that every level has signed."""

    opinion: _Id


@operation("GET", "/consultations", T("協議・照会の一覧", "consultations"), ConsultationsOut, tags=_TAGS)
def list_consultations(request: HttpRequest) -> dict[str, Any]:
    """The inquiries that the caller may know of, the newest first."""
    lang = language(request)
    return {"consultations": [_consultation(of, lang) for of in consult.listed(request.auth)]}


@operation("GET", "/cases/{case}/consultations", T("事件の協議・照会", "consultations about a case"), ConsultationsOut,
           tags=_TAGS)  # fmt: skip
def consultations_of_case(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """The inquiries about a case that the caller may know of; of an inquiry itself, that one."""
    lang, one = language(request), consult.of_inquiry(request.auth, case)
    found = [one] if one else consult.asked_about(request.auth, case)
    return {"consultations": [_consultation(of, lang) for of in found]}


@operation("GET", "/cases/{case}/opinions", T("照会への意見", "opinions on an inquiry"), OpinionsOut, tags=_TAGS)
def opinions_of_case(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """The opinions on an inquiry, level by level, for the authority whose they are; of an opinion itself, that one."""
    lang, one = language(request), consult.of_opinion(request.auth, case)
    return {"opinions": [_opinion(o, lang) for o in ([one] if one else consult.opinions(request.auth, case))]}


@operation("POST", "/cases/{case}/consultations", T("他の機関に協議・照会する", "ask another authority"), ReceiptOut,
           status=201, scopes=(Scope.ACT,), problems=(409, 507), tags=_TAGS,
           gives={"/cases/{case}/*/{seq}": "body#/seq"})  # fmt: skip
def ask_authority(request: HttpRequest, response: HttpResponse, case: CaseId, asked: InquiryIn, key: Key) -> Any:
    """Ask about a case. The inquiry is a case of its own: nothing here moves, and only what is chosen is told. A copy
    of a document that a sealed field names takes the scope `sealed`."""
    on = asked.on or clock.today()
    entry = Entry("inquiry.ask", on, asked.data, party=asked.party)
    chosen = consult.Asked(entry, asked.entries, asked.documents, asked.people, asked.act, language(request))
    unsealing = Scope.SEALED in request.kaname_scopes
    done = consult.ask(request.auth, case, chosen, idempotency_key=key, unsealing=unsealing)
    return receipt_data(done, on, language(request))


@operation("POST", "/cases/{case}/opinions", T("意見の起案を始める", "begin an opinion"), ReceiptOut, status=201,
           scopes=(Scope.ACT,), problems=(409, 507), tags=_TAGS)  # fmt: skip
def begin_opinion(request: HttpRequest, case: CaseId, asked: OpinionIn, key: Key) -> Any:
    """Begin an opinion on an inquiry: a case of the asked authority's own, signed level by level."""
    _inquiry(request, case)
    done = consult.begin(
        request.auth, case, asked.levels, idempotency_key=key, internal_due=asked.internal_due
    )  # fmt: skip
    return receipt_data(done, clock.today(), language(request))


@operation("POST", "/cases/{case}/answer", T("決裁を終えた回答を発する", "send the approved answer"), ReceiptOut,
           status=201, scopes=(Scope.ACT,), problems=(409, 507), tags=_TAGS)  # fmt: skip
def send_answer(request: HttpRequest, case: CaseId, asked: AnswerIn, key: Key) -> Any:
    """Send what every level has signed as the answer to an inquiry; refused before the last one has."""
    _inquiry(request, case)
    own = f"{request.auth.public_id}:{key}"
    done = consult.answer(request.auth, case, asked.opinion, idempotency_key=own)
    return receipt_data(done, clock.today(), language(request))


def _inquiry(request: HttpRequest, case: str) -> None:
    """Raises UnknownCase, Problem for a case that is no inquiry."""
    if consult.of_inquiry(request.auth, case) is None:
        raise Problem("invalid", faults=[("case", T("協議・照会の事件を", "expected the case of an inquiry"))])


def _consultation(of: consult.Consultation, lang: Lang) -> dict[str, Any]:
    return {
        "case": of.case, "number": of.number, "sort": of.sort[lang], "asking": of.asking, "asked": of.asked,
        "subject": of.subject, "question": of.question, "provision": of.provision, "round": of.round,
        "state": of.state, "label": of.label[lang], "waits_for": of.waits_for and of.waits_for[lang],
        "level": of.level and of.level[lang], "reply_by": of.reply_by and of.reply_by.isoformat(),
        "overdue": of.overdue, "outcome": of.outcome and of.outcome[lang], "answer": of.answer or None,
        "answered_on": of.answered_on and of.answered_on.isoformat(), "parent": of.parent or None,
        "act": of.act or None,
    }  # fmt: skip


def _opinion(of: consult.Opinion, lang: Lang) -> dict[str, Any]:
    return {
        "case": of.case, "number": of.number, "authority": of.authority, "state": of.state, "label": of.label[lang],
        "outcome": of.outcome and of.outcome[lang], "text": of.text, "version": of.version, "digest": of.digest,
        "returned_for": of.returned_for, "levels": [_level(level, lang) for level in of.levels],
        "inquiry": of.inquiry or None,
    }  # fmt: skip


def _level(of: consult.Level, lang: Lang) -> dict[str, Any]:
    s = of.signature
    signed = s and {
        "name": s.name, "on": s.on.isoformat(), "version": s.version, "of_text": s.of_text, "absent": s.absent,
        "remark": s.remark, "dissents": s.dissents,
    }  # fmt: skip
    return {"grade": of.grade, "label": of.label[lang], "now": of.now, "signature": signed}
