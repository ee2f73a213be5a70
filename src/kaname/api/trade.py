"""Dependence on trade, as `kaname assess trade` computes it for a file. Nothing that is sent is kept."""

import hashlib
from contextlib import ExitStack
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from kaname.access import api as access
from kaname.api.operation import operation
from kaname.api.ownership import FileIn, LineProblem
from kaname.api.problems import Problem
from kaname.api.values import Strict, language
from kaname.desk import sheets
from kaname.files.formats import FORMATS, format_of
from kaname.files.problems import BadInput
from kaname.files.problems import Problem as LineOf
from kaname.law import Lang, T

if TYPE_CHECKING:
    from kaname.assess.trade.compare import Candidate, Comparison
    from kaname.assess.trade.notes import Note

_SHOWN = 200
_Short = Annotated[str, Field(max_length=400)]
_Part = Annotated[float, Field(ge=0, le=1)]
_LARGE = T(f"{sheets.MOST >> 20} MBまで", f"expected at most {sheets.MOST >> 20} MB")


class TradeIn(Strict):
    """`trade`: the table. `product`: codes, names or `@` with a designated product, as for the command.

    `thresholds`: a line for a measure; none stands in the law.
    """

    trade: FileIn
    production: FileIn | None = None
    governance: FileIn | None = None
    concordance: FileIn | None = None
    uses: FileIn | None = None
    product: Annotated[list[_Short], Field(min_length=1, max_length=200)]
    materials: Annotated[list[_Short], Field(max_length=50)] = Field(default_factory=list)
    importer: _Short
    years: _Short
    by: Literal["value", "weight"] = "value"
    reported: Literal["importer", "exporter"] = "importer"
    revision: Annotated[str, Field(pattern="^(H[0-6])?$")] = ""
    suppliers: Annotated[list[_Short], Field(max_length=250)] = Field(default_factory=list)
    area: _Short = ""
    recycled: _Part = 0.0
    substitution: _Part = 1.0
    trade_parameters: dict[str, Annotated[float, Field(ge=0, le=10)]] = Field(default_factory=dict)
    error: _Part = 0.1
    uses_substitution: _Part = 1.0
    largest: Annotated[float, Field(gt=0)] | None = None
    thresholds: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)


class TradeFigureOut(Schema):
    """One figure with its working; `records`: rows of its file, from 1; null where there is no data."""

    year: int
    measure: str
    partner: str
    of: str
    value: float | None
    low: float | None
    high: float | None
    drawn: list[float] | None
    formula: str
    inputs: dict[str, Any]
    records: list[int]
    source: str
    working: str


class TradeNote(Schema):
    """A rule that was applied to rows."""

    rule: str
    rows: int
    found: list[str]
    detail: str


class TradeOut(Schema):
    """`evidence`: the record that can be carried into a case, with its digest."""

    unit: str
    figures: list[TradeFigureOut]
    notes: list[TradeNote]
    problems: list[LineProblem]
    evidence: dict[str, Any]


@operation("POST", "/trade", T("対外依存を調べる", "look at dependence on trade"), TradeOut, tags=("assess",))
def depend(request: HttpRequest, asked: TradeIn) -> dict[str, Any]:
    """Shares of suppliers, concentration, import reliance and supply risk of a product, each with its working."""
    from kaname.assess.trade import question  # tables of countries come along: only who asks waits for them
    from kaname.assess.trade.evidence import Source, evidence
    from kaname.assess.trade.products import bundle
    from kaname.assess.trade.run import Given, read_all

    lang = language(request)
    try:
        chosen = bundle(asked.product, asked.materials)
        wanted = question.asked(
            asked.importer, asked.years, asked.by, asked.reported, asked.suppliers, asked.area, str(asked.recycled),
            str(asked.substitution), [f"{code}={t}" for code, t in asked.trade_parameters.items()], str(asked.error),
        )  # fmt: skip
        with ExitStack() as held:
            tables = {name: _table(name, getattr(asked, name), held) for name in _TABLES if getattr(asked, name)}
            read = read_all(Given(**tables, revision=asked.revision), chosen)
            largest = None if asked.largest is None else Decimal(str(asked.largest))
            page = read.page(chosen, wanted, Decimal(str(asked.uses_substitution)), largest)
    except BadInput as wrong:
        raise Problem("invalid", faults=[(_field(p.file), p.text) for p in wrong.problems]) from None
    sources = [Source(one.name, name, _digest(one), _rows(one)) for name in _TABLES if (one := getattr(asked, name))]
    record = evidence(page, chosen, sources, access.today(), asked.thresholds)
    return {
        "unit": read.flows.currency if asked.by == "value" else "kg",
        "figures": [_figure(figure.as_json(), lang) for figure in page.figures],
        "notes": [_note(note, lang) for note in page.notes],
        "problems": [_problem(p, lang) for p in read.problems[:_SHOWN]],
        "evidence": record.as_json(),
    }  # fmt: skip


class CompareIn(Strict):
    """`products`: each a candidate, as for the command. `indicators`: measures; left out: the largest supplier, the
    three largest, HHI. `thresholds`: a line for a measure, beside the latest figure; none stands in the law.
    """

    trade: FileIn
    production: FileIn | None = None
    governance: FileIn | None = None
    concordance: FileIn | None = None
    products: Annotated[list[_Short], Field(min_length=2, max_length=30)]
    importer: _Short
    years: _Short
    by: Literal["value", "weight"] = "value"
    reported: Literal["importer", "exporter"] = "importer"
    revision: Annotated[str, Field(pattern="^(H[0-6])?$")] = ""
    indicators: Annotated[list[_Short], Field(max_length=30)] = Field(default_factory=list)
    thresholds: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)


class ComparedFigureOut(Schema):
    """A figure of a candidate in a year; `side` and `certain` of the latest one that has a threshold."""

    requirement: str
    indicator: str
    measure: str
    of: str
    year: int
    value: float | None
    low: float | None
    high: float | None
    drawn_low: float | None
    drawn_high: float | None
    threshold: float | None
    side: str | None
    certain: bool | None


class CandidateOut(Schema):
    """`over`: how many of the thresholds it is over. `problems`: rows that cannot be used, or why it has no figures."""

    name: str
    unverified: bool
    over: int
    figures: list[ComparedFigureOut]
    notes: list[TradeNote]
    problems: list[LineProblem]


class ComparedOut(Schema):
    """`silent`: requirements of which no chosen indicator speaks. No ranking, and no judgement."""

    unit: str
    indicators: list[str]
    silent: list[str]
    candidates: list[CandidateOut]


@operation(
    "POST", "/trade/compare", T("候補を並べて比べる", "compare products side by side"), ComparedOut, tags=("assess",)
)
def compare_products(request: HttpRequest, asked: CompareIn) -> dict[str, Any]:
    """Several products beside each other: the chosen indicators of the four requirements over the years."""
    from kaname.assess.trade import compare, question
    from kaname.assess.trade.run import Given

    lang = language(request)
    try:
        wanted = question.asked(asked.importer, asked.years, asked.by, asked.reported)
        indicators = compare.indicators_of([*(asked.indicators or compare.USUAL), *asked.thresholds])
        with ExitStack() as held:
            tables = {name: _table(name, getattr(asked, name), held) for name in _COMPARED if getattr(asked, name)}
            given = Given(**tables, revision=asked.revision)
            found = compare.compare(given, asked.products, wanted, indicators, asked.thresholds)
    except BadInput as wrong:
        raise Problem("invalid", faults=[(_field(p.file, CompareIn), p.text) for p in wrong.problems]) from None
    return {
        "unit": found.unit, "indicators": found.indicators, "silent": found.silent,
        "candidates": [_candidate(one, found, lang) for one in found.candidates],
    }  # fmt: skip


def _candidate(one: "Candidate", found: "Comparison", lang: Lang) -> dict[str, Any]:
    return {
        "name": one.name, "unverified": one.bundle is not None and one.bundle.unverified, "over": one.over,
        "figures": found.figures(one),
        "notes": [_note(note, lang) for note in one.notes],
        "problems": [_problem(p, lang) for p in (*one.refused, *one.problems)[:_SHOWN]],
    }  # fmt: skip


_TABLES = ("trade", "production", "governance", "concordance", "uses")
_COMPARED = ("trade", "production", "governance", "concordance")


def _note(note: "Note", lang: Lang) -> dict[str, Any]:
    return {"rule": note.rule.name.lower(), "rows": note.rows, "found": note.found, "detail": note.said()[lang]}


def _problem(one: LineOf, lang: Lang) -> dict[str, Any]:
    return {"line": one.line, "field": one.field, "detail": one.text[lang]}


def _table(name: str, given: FileIn, held: ExitStack) -> Any:
    from kaname.files.named import Table

    raw = given.text.encode()
    if len(raw) > sheets.MOST:
        raise Problem("invalid", faults=[(name, _LARGE)])
    form = format_of(given.name)
    path = held.enter_context(sheets.path_of(raw))
    return Table(path, form if form in FORMATS else None, "utf-8", given.name)


def _field(place: str, body: type[Schema] = TradeIn) -> str:
    """The field of a body that an option stands for; a file is that of trade."""
    plain = place.removeprefix("--").replace("-", "_")
    known = {"year": "years", "supplier": "suppliers", "material": "materials", "trade_parameter": "trade_parameters"}
    if body is CompareIn:
        known |= {"product": "products", "indicator": "indicators", "threshold": "thresholds"}
    name = known.get(plain, plain)
    return name if name in body.model_fields else "trade"


def _digest(given: FileIn) -> str:
    return hashlib.sha256(given.text.encode()).hexdigest()


def _rows(given: FileIn) -> int:
    lines = given.text.count("\n") + (not given.text.endswith("\n"))
    return lines - (format_of(given.name) == "csv")


def _figure(told: dict[str, Any], lang: Lang) -> dict[str, Any]:
    return {**told, "working": told[f"working_{lang}"]}
