"""The general part of the Act: penalties, timeline, guidelines, points of resolutions; outreach and its answers."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.shapes import UnreadLawOut
from kaname.api.values import Day, language
from kaname.desk import outreach as desk
from kaname.law import T
from kaname.ledger import clock
from kaname.regimes.general import as_data, penalties
from kaname.regimes.general.catalogue.events import Subject
from kaname.regimes.general.catalogue.guidelines import GUIDELINES
from kaname.regimes.general.catalogue.resolutions import watch
from kaname.regimes.general.outreach import figures
from kaname.regimes.general.timeline import timeline

_TAGS = ("general",)


class PenaltiesAsked(Schema):
    """`on`: the day of the conduct; `offender`: words in who is punished; `violated`: a place such as 52(1)."""

    on: Day | None = None
    chapter: int | None = None
    offender: Annotated[str, Field(max_length=100)] = ""
    violated: Annotated[str, Field(max_length=40)] = ""


class ListedPenaltyOut(Schema):
    """`sanction`: the maximum for conduct of that day; `note`: number of an open question."""

    penalty: str
    provision: str
    chapter: int
    offence: str
    offender: str
    violated: list[str]
    sanction: str
    in_force: bool
    in_force_from: str
    imprisonment_max_years: int | None
    fine_max_yen: int
    combination: str
    kind: str
    corporate: bool
    attempt: bool
    abroad: bool
    excluded_when: str | None
    remark: str | None
    note: int | None
    confidence: str


class LossOut(Schema):
    text: str
    basis: str


class PenaltiesOut(Schema):
    """`custody`: what imprisonment is called for conduct of the day; `without_penalty`: losses that are no penalty."""

    on: str
    custody: str | None
    penalties: list[ListedPenaltyOut]
    without_penalty: list[LossOut]
    unverified: list[UnreadLawOut]


class AsOfAsked(Schema):
    on: Day | None = None


class TimelineAsked(Schema):
    on: Day | None = None
    subject: Subject | None = None


class EventOut(Schema):
    """`day`: null where it is not fixed yet, `latest` is then the last one possible; `ahead`: after the day asked."""

    event: str
    day: str | None
    latest: str | None
    ahead: bool
    subject: str
    label: str
    basis: str
    source: str
    confidence: str
    verified: bool
    note: int | None


class TimelineOut(Schema):
    on: str
    events: list[EventOut]


class EditionOut(Schema):
    decided_on: str
    source: str
    confidence: str
    verified: bool
    note: int | None


class GuidelineOut(Schema):
    """`in_force`: day of the edition in force, null before the first; `kind`: under which kind of case it is run."""

    guideline: str
    label: str
    basis: str
    regime: str
    kind: str
    in_force: str | None
    editions: list[EditionOut]


class PointOut(Schema):
    """A point of a resolution of a committee; `note`: the question that says what was not seen."""

    point: str
    committee: str
    on: str
    bill: str
    item: str
    status: str
    source: str
    entered: bool
    note: int | None


class GuidelinesOut(Schema):
    on: str
    guidelines: list[GuidelineOut]
    resolutions: list[PointOut]


class OutreachAsked(Schema):
    on: Day | None = None
    regime: Subject | None = None


class OutreachMonthOut(Schema):
    month: str
    questions: int
    answered: int
    briefings: int
    people: int


class OutreachOut(Schema):
    """Figures over the cases that the caller may know of; `waiting`: neither answered nor withdrawn."""

    on: str
    questions: int
    answered: int
    waiting: int
    withdrawn: int
    reusable: int
    briefings: int
    people: int
    materials: int
    downloads: int
    months: list[OutreachMonthOut]


class AnswersAsked(Schema):
    q: Annotated[str, Field(max_length=100)] = ""
    on: Day | None = None
    regime: Subject | None = None


class MovedOut(Schema):
    on: str
    what: str


class ReusableAnswerOut(Schema):
    """`law_of`: the day whose law it rests on; `moved`: what has changed since."""

    case: str
    subject: str
    question: str
    answer: str
    regime: str
    provisions: str
    published_on: str
    law_of: str
    moved: list[MovedOut]


class AnswersOut(Schema):
    on: str
    answers: list[ReusableAnswerOut]


@operation("GET", "/penalties", T("罰則を調べる", "explore the penalties"), PenaltiesOut, tags=_TAGS)
def list_penalties(request: HttpRequest, asked: Query[PenaltiesAsked]) -> dict[str, Any]:
    """Who is punished for what conduct, and how, for conduct on a day."""
    on, lang = asked.on or clock.today(), language(request)
    try:
        found = penalties.explore(penalties.Asked(on, asked.chapter, asked.offender, asked.violated))
    except penalties.Unreadable as wrong:
        raise Problem("invalid", faults=[(wrong.field, wrong.text)]) from None
    name = penalties.custody(on)
    return {
        "on": on.isoformat(), "custody": name and name[lang],
        "penalties": [as_data.shown(s, on, lang) for s in found],
        "without_penalty": [as_data.without_penalty(c, lang) for c in penalties.WITHOUT_PENALTY],
        "unverified": as_data.unread_penalties(on, lang),
    }  # fmt: skip


@operation("GET", "/timeline", T("法の年表を見る", "see the timeline of the Act"), TimelineOut, tags=_TAGS)
def show_timeline(request: HttpRequest, asked: Query[TimelineAsked]) -> dict[str, Any]:
    """Promulgation, commencement, guidelines, amendments and first acts known on a day."""
    on, lang = asked.on or clock.today(), language(request)
    found = [e for e in timeline(on) if asked.subject in (None, e.subject)]
    return {"on": on.isoformat(), "events": [as_data.event(e, on, lang) for e in found]}


@operation("GET", "/guidelines", T("基本方針・基本指針を見る", "see the basic policy and guidelines"), GuidelinesOut,
           tags=_TAGS)  # fmt: skip
def list_guidelines(request: HttpRequest, asked: Query[AsOfAsked]) -> dict[str, Any]:
    """The basic policy and the four basic guidelines with the Cabinet's decisions, and what both Houses asked for."""
    on, lang = asked.on or clock.today(), language(request)
    return {
        "on": on.isoformat(), "guidelines": [as_data.guideline(g, on, lang) for g in GUIDELINES.values()],
        "resolutions": [as_data.watched(w, lang) for w in watch(on)],
    }  # fmt: skip


@operation("GET", "/outreach", T("相談・説明会の件数を見る", "see the figures of consultations and briefings"),
           OutreachOut, tags=_TAGS)  # fmt: skip
def show_outreach(request: HttpRequest, asked: Query[OutreachAsked]) -> dict[str, Any]:
    """Questions, answers, briefings and materials at the end of a day, and the twelve months up to it."""
    found = desk.on(request.auth, asked.on or clock.today(), asked.regime or "")
    months = [
        {"month": f"{m.first:%Y-%m}", "questions": m.questions, "answered": m.answered, "briefings": m.briefings,
         "people": m.people} for m in found.months
    ]  # fmt: skip
    return {"on": found.as_of.isoformat(), **figures(found.counts), "months": months}


@operation("GET", "/outreach/answers", T("回答例を探す", "search the reusable answers"), AnswersOut, tags=_TAGS)
def list_answers(request: HttpRequest, asked: Query[AnswersAsked]) -> dict[str, Any]:
    """Answers of the consultation desk that can be used again, with what has moved in the law since."""
    on, lang = asked.on or clock.today(), language(request)
    found = desk.search(request.auth, asked.q, on, asked.regime or "")
    return {
        "on": on.isoformat(),
        "answers": [
            {"case": f.case.case.public_id, "subject": f.answer.subject, "question": f.answer.question,
             "answer": f.answer.answer, "regime": f.answer.regime.value, "provisions": f.answer.provisions,
             "published_on": f.answer.published_on.isoformat(), "law_of": f.answer.law_of.isoformat(),
             "moved": [{"on": m.on.isoformat(), "what": m.text[lang]} for m in f.answer.moved]} for f in found
        ],
    }  # fmt: skip
