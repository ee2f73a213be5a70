"""Shapes of the operations on money, plans and effect of stable supply. Money is whole yen; null: not known."""

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from kaname.api.values import Day, Strict

_Word = Annotated[str, Field(max_length=80)]


class FundsAsked(Schema):
    """`as_of`: as known on this day; today if left out."""

    as_of: Day | None = None


class MoneyLine(Schema):
    """One amount. `extent`: that of the year, or all up to its end. `loaded`: from a table of this office."""

    fiscal_year: int
    what: str
    extent: str
    amount: int
    as_of: date
    estimate: bool
    source: str
    label: str
    loaded: bool


class FundRow(Schema):
    """A product. `undecided`: contributed less decided and returned. `lines`: what the sums were added from."""

    product: str
    label: str
    is_fund: bool
    ends_on: date | None
    contributed_by_year: dict[str, int]
    budget: int | None
    contributed: int | None
    decided: int | None
    spent: int | None
    returned: int | None
    estimated: list[str]
    undecided: int | None
    lines: list[MoneyLine]


class DeckTotal(Schema):
    """A total as the deck prints it and as its rows add up; neither is changed."""

    label: str
    printed: int | None
    added: int | None
    difference: int
    rows: str


class FundsOut(Schema):
    as_of: date
    unit: Literal["yen"]
    years: list[int]
    rows: list[FundRow]
    totals: dict[str, int | None]
    contributed_by_year: dict[str, int]
    undecided: int | None
    budgets: list[MoneyLine]
    deck_totals: list[DeckTotal]
    notes: list[str]


class RegisterAsked(Schema):
    """Filters; money in whole yen. Fifty plans a page."""

    product: _Word = ""
    ministry: _Word = ""
    item: _Word = ""
    applicant: _Word = ""
    since: Day | None = None
    until: Day | None = None
    least: Annotated[int, Field(ge=0, le=10**18)] | None = None
    most: Annotated[int, Field(ge=0, le=10**18)] | None = None
    origin: Literal["", "case", "import"] = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class CertifiedOut(Schema):
    """A certified plan. `origin`: a case of this office (`case`), or an imported list."""

    product: str
    label: str
    ministry: str
    applicants: list[str]
    certified_on: date | None
    item: str
    number: str
    funds: int | None
    grant: int | None
    cancelled_on: date | None
    source: str
    origin: Literal["case", "import"]
    case: str | None


class CountOut(Schema):
    """`published`: printed for 2024-06-04. `missing`: published, and in no entry here."""

    product: str
    label: str
    published: int | None
    listed: int
    up_to_deck: int
    missing: int | None
    cancelled: int
    grants: int | None


class MeasuresAsked(Schema):
    """`plan`: a case, or the number of a certificate."""

    product: Annotated[str, Field(max_length=80)] = ""
    plan: Annotated[str, Field(max_length=80)] = ""


class SupplyMeasureOut(Schema):
    """A counter-measure that a plan states in numbers: days of a stock, parts of the others."""

    kind: str
    firm: str
    amount: float
    of: str
    source: str
    plan: str
    product: str
    applicants: str
    where: str


class RegisterOut(Schema):
    total: int
    plans: list[CertifiedOut]
    counts: list[CountOut]


class EffectAsked(Schema):
    """`since`: the day that parts the dependence before from after; the designation if left out."""

    as_of: Day | None = None
    since: Day | None = None


class SupplyFigure(Schema):
    """A figure as an exact decimal, with its unit, day and source."""

    kind: str
    measure: str
    value: str
    unit: str
    on: date
    source: str
    confidence: str
    loaded: bool


class GoalOut(Schema):
    """`reached`: the share of the goal, four places; null where no present figure is known."""

    goal: SupplyFigure
    now: SupplyFigure | None
    reached: str | None
    left: str | None


class WordsOut(Schema):
    text: str
    source: str
    confidence: str


class AgainstOut(Schema):
    have: SupplyFigure
    demand: SupplyFigure
    share: str | None


class DependenceOut(Schema):
    """`points` below zero: the dependence fell."""

    before: SupplyFigure
    after: SupplyFigure
    points: str


class PerPoint(Schema):
    """Whole yen for each point by which the dependence fell; a division, no proof of a cause."""

    what: str
    measure: str
    yen: int
    working: str


class EffectOut(Schema):
    """`open`: what cannot be answered, and which figure would answer it."""

    as_of: date
    product: str
    label: str
    goals: list[GoalOut]
    goals_in_words: list[WordsOut]
    against_demand: list[AgainstOut]
    dependence: list[DependenceOut]
    money: dict[str, int | None] | None
    per_point: list[PerPoint]
    open: list[str]
    caution: str


class SupplyTableIn(Strict):
    """A table in CSV as text; `kind` says what it holds."""

    kind: Literal["funds", "plans", "figures"]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(min_length=1)]


class RowProblem(Schema):
    """What cannot be used, at its line; the other rows count."""

    line: int
    field: str
    detail: str


class SupplyTableOut(Schema):
    id: str
    kind: str
    name: str
    made_on: date
    rows: int
    problems: list[RowProblem]


class SupplyTablesOut(Schema):
    tables: list[SupplyTableOut]
