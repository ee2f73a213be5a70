"""Supply plans (Chapter 2): the check of an application, the class of a change, the board, technology, surveys."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field, create_model

from kaname.access import api as access
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import CaseId, Day, Strict, language
from kaname.desk.supply_plans import PLAN, Planned, listed, responses
from kaname.law import Lang, T
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.procedure.standing import Reason
from kaname.regimes.supply.board import GROUPS, Month, Pending
from kaname.regimes.supply.checklist import checklist
from kaname.regimes.supply.filing import as_data, read
from kaname.regimes.supply.filing.change import as_data as change_data
from kaname.regimes.supply.filing.check import check

_TAGS = ("supply",)
PAGE, MOST = 50, 1000


# -- shapes ----------------------------------------------------------------------------------------------------------


class SupplyApplicationIn(Strict):
    """`data`: what the act that files it would say, by the names of its fields. `filing`: the day (default: today)."""

    filing: Day | None = None
    data: Annotated[dict[str, Any], Field(max_length=100)]


class LackOut(Schema):
    """One thing that is missing, wrong or to be checked. `row`: of several applicants, which one; `question`: the note
    in docs/law on which it rests."""

    weight: Literal["missing", "wrong", "check"]
    part: str
    field: str
    row: int
    text: str
    basis: list[str]
    question: int | None


class ReportDayOut(Schema):
    party: str
    key: str
    year_end: str
    due: str
    unmoved: str


class ApplicationOut(Schema):
    """`act`: alone or jointly. `target`: the end of the month of processing, if received on the day. `reports`: the
    yearly reports of each applicant, if certified on that end."""

    can_be_filed: bool
    act: str
    product: str | None
    order: str | None
    ministry: str | None
    target: str
    findings: list[LackOut]
    reports: list[ReportDayOut]


class PlanChangeIn(Strict):
    """`was_`: the plan as it is; `certified_`: as last certified, where minor changes were notified since; others: what
    changes. Days as 2028-03-31, money as whole yen."""

    order: Annotated[str, Field(max_length=20)]
    was_period_start: Day | None = None
    was_period_end: Day | None = None
    was_funds: int | None = None
    was_grant: int | None = None
    certified_period_start: Day | None = None
    certified_period_end: Day | None = None
    certified_funds: int | None = None
    certified_grant: int | None = None
    period_start: Day | None = None
    period_end: Day | None = None
    funds: int | None = None
    grant: int | None = None
    particulars: bool | None = None
    other: bool | None = None
    substance_kept: bool | None = None


class _WhyClass(Schema):
    text: str
    firm: bool


class OpenPoint(Schema):
    """What the orders leave open, with the note in docs/law."""

    text: str
    question: int


_CLASS: Any = Literal["minor_notice", "prior_certification"]
# `class` is a word of the language, so these fields are made by name: no overload of create_model fits that, and what
# it returns is no type to mypy.
WhyClass = create_model("WhyClass", __base__=_WhyClass, **{"class": (_CLASS, ...)})  # type: ignore[call-overload]


class _PlanChanged(Schema):
    order: str
    why: list[WhyClass]  # type: ignore[valid-type]
    warnings: list[OpenPoint]
    form: str | None
    act: str | None
    basis: list[str]


PlanChangeOut = create_model(
    "PlanChangeOut",
    __base__=_PlanChanged,
    __doc__="`class` is null where nothing changes.",
    **{"class": (_CLASS | None, ...)},
)  # type: ignore[call-overload]


class SupplyBoardAsked(Schema):
    """`state`: which plans; `page`: fifty each, from 1."""

    state: Literal[tuple(GROUPS)] = "review"  # type: ignore[valid-type]  # read off the board
    page: Annotated[int, Field(ge=1, le=MOST)] = 1


class MonthOut(Schema):
    """A target. `net`: its end if the days of waiting for documents were left out, which is not laid down."""

    first: str
    last: str
    met_on: str | None
    waited: int
    net: str


class PendingOut(Schema):
    """An application under review; `run` empty: the plan's own. `consulted`: Art. 9(5) is on record."""

    run: str
    state: str
    label: str
    month: MonthOut | None
    consulted: bool


class ReportOut(Schema):
    party: str
    key: str
    year_end: str
    due: str
    overdue: bool


class BoardPlanOut(Schema):
    case: str
    number: int
    certified_as: str
    product: str | None
    order: str | None
    item: str
    applicants: list[str]
    state: str
    label: str
    funds: int | None
    grant: int | None
    pending: list[PendingOut]
    reports: list[ReportOut]


class SupplyBoardOut(Schema):
    as_of: str
    total: int
    plans: list[BoardPlanOut]


class TechnologyLine(Schema):
    partner: str
    answer: str
    evidence: str
    reviewed_on: str | None


class TechnologyItem(Schema):
    id: str
    measure: int
    asks: str
    state: Literal["met", "no", "open"]
    unverified: bool
    question: int | None
    answers: list[TechnologyLine]


class TechnologyOut(Schema):
    """`asked`: the policy of the product makes it a requirement; otherwise it is voluntary."""

    asked: bool
    met: int
    items: list[TechnologyItem]


class AskedOut(Schema):
    """One business asked by a survey. What it answered is sealed: `reveal` it in the case."""

    case: str
    number: int
    run: str
    business: str
    goods: str
    state: str
    label: str
    asked_on: str | None
    answer_by: str | None
    answered_on: str | None


class SurveysOut(Schema):
    total: int
    asked: list[AskedOut]


# -- operations ------------------------------------------------------------------------------------------------------


@operation("POST", "/supply/application", T("申請を点検する", "check an application"), ApplicationOut, tags=_TAGS)
def check_application(request: HttpRequest, asked: SupplyApplicationIn) -> dict[str, Any]:
    """All that an application for certification lacks, the order that applies, the days; nothing is recorded."""
    values, wrong = read.application(asked.data)
    if wrong:
        raise Problem("invalid", faults=[(f"data.{name}", text) for name, text in _faults(wrong)])
    return as_data.checked(check(values, asked.filing or clock.today()), language(request))


@operation("POST", "/supply/change", T("計画の変更を判定する", "judge a change of a plan"), PlanChangeOut, tags=_TAGS)
def judge_change(request: HttpRequest, asked: PlanChangeIn) -> dict[str, Any]:
    """Whether a change of a certified plan is minor under a ministry's order, with every reason. Nothing is kept."""
    found, wrong = read.change(asked.model_dump(mode="json", exclude_none=True))
    if found is None:
        raise Problem("invalid", faults=_faults(wrong))
    return change_data(found, language(request))


def _faults(wrong: tuple[Reason, ...]) -> list[tuple[str, Any]]:
    return [(reason.field, reason.text) for reason in wrong]


@operation("GET", "/supply/board", T("計画の進みを見る", "see the board of plans"), SupplyBoardOut, tags=_TAGS)
def supply_board(request: HttpRequest, asked: Query[SupplyBoardAsked]) -> dict[str, Any]:
    """Plans of the cases the caller may know of: the month of processing, consultations, reports due."""
    found = listed(request.auth, asked.state, (asked.page - 1) * PAGE, PAGE)
    lang = language(request)
    return {"as_of": clock.today().isoformat(), "total": found.total, "plans": [_plan(r, lang) for r in found.rows]}


def _plan(row: Planned, lang: Lang) -> dict[str, Any]:
    p = row.plan
    return {
        "case": row.case.case.public_id, "number": row.case.case.number, "certified_as": p.number,
        "product": p.product.id if p.product else None, "order": p.product.order if p.product else None,
        "item": p.item, "applicants": [a.party for a in p.applicants], "state": p.state, "label": p.label[lang],
        "funds": p.funds, "grant": p.grant, "pending": [_pending(one, lang) for one in p.pending],
        "reports": [
            {"party": r.applicant.party, "key": r.applicant.key, "year_end": r.year_end.isoformat(),
             "due": r.due.isoformat(), "overdue": r.overdue}
            for r in p.reports
        ],
    }  # fmt: skip


def _pending(one: Pending, lang: Lang) -> dict[str, Any]:
    return {"run": one.run, "state": one.state, "label": one.label[lang], "consulted": one.consulted,
            "month": _month(one.month) if one.month else None}  # fmt: skip


def _month(month: Month) -> dict[str, Any]:
    return {"first": month.first.isoformat(), "last": month.last.isoformat(), "waited": month.waited,
            "met_on": month.met_on and month.met_on.isoformat(), "net": month.net.isoformat()}  # fmt: skip


@operation("GET", "/cases/{case}/technology", T("技術流出防止の点検を見る", "see the checklist on technology"),
           TechnologyOut, tags=_TAGS)  # fmt: skip
def supply_technology(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """The 22 questions of a plan's case with the answers on record; an answer is given by the act that records it."""
    seen = access.see(request.auth, case)
    if seen.case.kind != PLAN:
        raise UnknownCase
    found, lang = checklist(seen.standing), language(request)
    return {
        "asked": found.asked, "met": found.met,
        "items": [
            {"id": i.question.id, "measure": i.question.measure, "asks": i.question.asks[lang], "state": i.state,
             "unverified": i.question.confidence.unverified, "question": i.question.question,
             "answers": [{"partner": line.partner, "answer": line.answer, "evidence": line.evidence,
                          "reviewed_on": line.reviewed_on and line.reviewed_on.isoformat()} for line in i.lines]}
            for i in found.items
        ],
    }  # fmt: skip


class SurveysAsked(Schema):
    page: Annotated[int, Field(ge=1, le=MOST)] = 1


@operation("GET", "/supply/surveys", T("調査の相手を見る", "see whom surveys ask"), SurveysOut, tags=_TAGS)
def supply_surveys(request: HttpRequest, asked: Query[SurveysAsked]) -> dict[str, Any]:
    """Every business asked in the surveys the caller may know of, fifty a page, who has not answered first."""
    every, lang, start = responses(request.auth), language(request), (asked.page - 1) * PAGE
    return {
        "total": len(every),
        "asked": [
            {"case": one.case.case.public_id, "number": one.case.case.number, "run": one.run,
             "business": one.business, "goods": one.goods, "state": one.state, "label": one.label[lang],
             **{name: (day := getattr(one, name)) and day.isoformat()
                for name in ("asked_on", "answer_by", "answered_on")}}
            for one in every[start : start + PAGE]
        ],
    }  # fmt: skip
