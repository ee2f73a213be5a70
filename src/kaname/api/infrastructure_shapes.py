"""What the operations of critical infrastructure are asked and answer."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, create_model

from kaname.api.values import Day, Strict
from kaname.regimes.infrastructure.board import GROUPS
from kaname.regimes.infrastructure.catalogue import ORDERS
from kaname.regimes.infrastructure.change import SUBJECTS, Plan, Stage
from kaname.regimes.infrastructure.exempt_persons import Supplier
from kaname.regimes.infrastructure.scope_event import EMERGENCY, Event
from kaname.regimes.infrastructure.situation import Grace

# The choices below are read off the catalogue and the declarations: schema and law cannot drift apart. A Literal made
# at run time is what pydantic wants and what mypy cannot evaluate, hence `valid-type` on those lines alone.
_Name = Annotated[str, Field(max_length=60)]
_Text = Annotated[str, Field(max_length=200)]
MOST = 1000  # pages


class WhyOut(Schema):
    """One reason. `question`: the note in docs/law on which it rests."""

    text: str
    basis: list[str]
    confidence: str
    unverified: bool
    question: int | None


class NeedOut(Schema):
    """A fact that is missing, by the name under which it is given; `options`: the names of its answers with their
    words, where there are only so many."""

    id: str
    label: str
    options: dict[str, str]


class AnswerOut(Schema):
    verdict: Literal["inside", "outside", "ask"]
    why: list[WhyOut]
    needs: list[NeedOut]


class GraceOut(Schema):
    first_day: str
    last_day: str
    first_free_day: str
    working: list[str]


class AcceptByOut(Schema):
    """The last days on which a plan can be accepted for this day: usual, and extended to the cap."""

    standard: str
    if_extended: str
    within_grace: bool


class ScopeOut(Schema):
    """`route`: plan, emergency_notice, nothing or ask; `plan` is the whole answer, the others its parts."""

    on: str
    sector: str
    business: str | None
    facility_id: str | None
    order: str
    ministry: str
    criteria: AnswerOut
    operator: AnswerOut
    facility: AnswerOut
    event: AnswerOut
    plan: AnswerOut
    route: Literal["plan", "emergency_notice", "nothing", "ask"]
    grace: GraceOut | None
    accept_by: AcceptByOut | None


class ScopeIn(Strict):
    """What is known. All but the sector may be left out; `on`: the day of the event (default: today)."""

    sector: _Name
    on: Day | None = None
    business: _Name | None = None
    figures: Annotated[dict[_Name, bool | int | float | _Text], Field(max_length=50)] = Field(default_factory=dict)
    designated: bool | None = None
    designated_on: Day | None = None
    lifted_on: Day | None = None
    successor: bool | None = None
    grace: Literal[tuple(g.value for g in Grace)] | None = None  # type: ignore[valid-type]
    facility: _Name | None = None
    facility_listed_on: Day | None = None
    work_listed_on: Day | None = None
    event: Literal[tuple(e.value for e in Event)] | None = None  # type: ignore[valid-type]
    supplier: Literal[tuple(s.value for s in Supplier)] | None = None  # type: ignore[valid-type]
    third_party_facility: bool | None = None
    third_party_component: bool | None = None
    emergency: dict[Literal[tuple(EMERGENCY)], bool] = Field(default_factory=dict)  # type: ignore[valid-type]


class FormOut(Schema):
    id: str
    title: str
    number: str | None


class PenaltyOut(Schema):
    id: str
    basis: str
    offence: str


class StandstillOut(Schema):
    last_banned_day: str
    first_free_day: str
    if_extended_last_day: str


class _Changed(Schema):
    plan: str
    stage: str
    subject: str
    aspect: str
    before: str | None
    after: str | None
    rule: str
    why: list[WhyOut]
    when: str
    form: FormOut | None
    penalty: PenaltyOut | None
    needs: list[NeedOut]
    safe: str | None
    standstill: StandstillOut | None


# `class` is a word of the language, so this one field is made by name (and no overload of create_model fits that).
ChangeOut = create_model(
    "ChangeOut",
    __base__=_Changed,
    __doc__="`class` says what the change asks for; `safe` is the careful course where it is ask.",
    **{"class": (Literal["significant", "report", "minor", "nothing", "ask"], ...)},
)  # type: ignore[call-overload]


class ChangeIn(Strict):
    """A change to a filed plan. `before` and `after`: countries, percentages, months or start/end."""

    plan: Literal[tuple(p.value for p in Plan)]  # type: ignore[valid-type]
    stage: Literal[tuple(s.value for s in Stage)]  # type: ignore[valid-type]
    subject: Literal[tuple(SUBJECTS)]  # type: ignore[valid-type]
    aspect: _Name
    before: _Text | None = None
    after: _Text | None = None
    omitted: bool = False
    emergency_notice: bool = False
    emergency: bool = False
    accepted_on: Day | None = None
    order: Literal[tuple(ORDERS)] | None = None  # type: ignore[valid-type]


class FigureOut(Schema):
    id: str
    label: str
    unit: str


class CriterionOut(Schema):
    rule: str
    since: str | None
    until: str | None
    figures: list[FigureOut]


class FacilityOut(Schema):
    facility: str
    name: str
    since: str | None
    until: str | None
    components: list[str]
    figures: list[FigureOut]


class BusinessOut(Schema):
    business: str
    name: str
    criteria: list[CriterionOut]
    facilities: list[FacilityOut]


class SectorOut(Schema):
    """`in_force`: null where it is enacted only. `ministry`: of the day asked for."""

    sector: str
    code: str
    name: str
    item: str
    in_force: str | None
    ministry: str
    confidence: str
    unverified: bool
    question: int | None
    businesses: list[BusinessOut]


class SectorsOut(Schema):
    on: str
    sectors: list[SectorOut]


class PlanOut(Schema):
    """A plan as the board shows it. `free`: the first day on which the standstill is over; `worst`: if extended."""

    case: str
    number: int
    operator: str
    sectors: list[str]
    facility: str
    supplier: str
    state: str
    label: str
    go_live: str | None
    accepted_on: str | None
    standstill_first: str | None
    standstill_last: str | None
    thirty_last: str | None
    free: str | None
    worst: str | None
    last_useful_day: str | None
    order_first: str | None
    order_last: str | None
    too_early: bool
    changes: list[str]


class BoardOut(Schema):
    as_of: str
    total: int
    plans: list[PlanOut]


class BoardAsked(Schema):
    state: Literal[tuple(GROUPS)] = "open"  # type: ignore[valid-type]
    sector: _Name = ""
    page: Annotated[int, Field(ge=1, le=MOST)] = 1


class DayAsked(Schema):
    on: Day | None = None
