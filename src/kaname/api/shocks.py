"""Shocks to a supply network and imports that fail, as the pages work them out. Nothing that is sent is kept."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from kaname.access import api as access
from kaname.api.operation import operation
from kaname.api.ownership import FileIn
from kaname.api.problems import Problem
from kaname.api.values import Strict, language
from kaname.desk import plan_worth, sheets
from kaname.files.formats import format_of
from kaname.files.problems import BadInput
from kaname.files.problems import Problem as Fault
from kaname.law import T
from kaname.regimes.supply.plan_numbers import Number, line

if TYPE_CHECKING:
    from kaname.assess.network.imported import Importers
    from kaname.assess.network.reading import Read
    from kaname.assess.network.study import Study
    from kaname.files.named import Table

_LARGE = T(f"{sheets.MOST >> 20} MBまで", f"expected at most {sheets.MOST >> 20} MB")
_NO_PLAN = T("選べる認定計画でない", "no certified plan with numbers that you may choose")
_FILES = {"table", "names", "trade", "leads"}
_Short = Annotated[str, Field(max_length=400)]
_Part = Annotated[float, Field(ge=0, le=1)]


class ShockImports(Strict):
    """Who imports what: an input-output table (row, col, value_...). A firm is of a sector by its column `sector`, else
    by its industry, and imports by its column `imported` (part of its inputs), else as its sector does.

    With `trade`, `product`, `supplier` and `years` (and `rate`, where its currency is another than the table's) what
    that country sells of the product fails too. `leads`: prefix, sector.
    """

    table: FileIn
    names: FileIn | None = None
    year: _Short = ""
    least: _Part = 0.01
    trade: FileIn | None = None
    product: _Short = ""
    supplier: _Short = ""
    years: _Short = ""
    importer: _Short = "JPN"
    rate: Annotated[float, Field(gt=0)] | None = None
    leads: FileIn | None = None


class ShockIn(Strict):
    """`links`: supplier, buyer, value. `firms`: firm, industry, also name, region, sales. `lost`: of `kind`; of imports
    the sectors (code or name) whose imports fall by `part`.

    `plans`: cases of certified plans that state numbers; what does not fit the network is left out and told.
    `measures`: `stock FIRM DAYS`, `capacity FIRM PART`, `source FIRM SUPPLIER PART`. `replaceable`: industries, or `*`.
    """

    links: FileIn
    firms: FileIn | None = None
    kind: Literal["firm", "industry", "region", "imports"] = "firm"
    imports: ShockImports | None = None
    lost: Annotated[list[_Short], Field(max_length=1000)] = Field(default_factory=list)
    part: _Part = 1.0
    outage: Annotated[int, Field(ge=1, le=365)] = 30
    days: Annotated[int, Field(ge=1, le=365)] = 90
    stock: Annotated[float, Field(ge=0, le=365)] = 15.0
    measures: Annotated[list[_Short], Field(max_length=200)] = Field(default_factory=list)
    plans: Annotated[list[_Short], Field(max_length=100)] = Field(default_factory=list)
    replaceable: Annotated[list[_Short], Field(max_length=500)] = Field(default_factory=list)


class ShockFirm(Schema):
    """`alone`: of all production, what the loss of this firm alone takes; `lost`: of its own, what this shock takes."""

    firm: str
    industry: str
    alone: float
    lost: float


class ShockStep(Schema):
    """A firm on a way of the loss, what it loses, and how much of that the one before passes on."""

    firm: str
    loss: float
    passed: float
    essential: bool


class ShockChain(Schema):
    """`down`: to buyers, else to suppliers. `counts`: what the last firm's loss adds."""

    steps: list[ShockStep]
    down: bool
    counts: float


class ShockDay(Schema):
    """Production and value added of a day; with the measures, null where there are none."""

    day: int
    production: float
    value_added: float
    production_with: float | None
    value_added_with: float | None


class ShockFirst(Schema):
    """What a firm loses at first for want of imports, least and most, and the sector whose imports set the most."""

    firm: str
    sector: str
    low: float
    high: float


class ShockOut(Schema):
    """Parts of all production. `saved`: by the measures. `evidence`: the record with its digest.

    Where imports fail, all of it is what they take at most; `score_low` is the least, `bound` tells how that was bound,
    `first` what firms lose at first.
    """

    score: float
    score_low: float | None
    bound: str
    first: list[ShockFirst]
    down: float
    up: float
    iterations: int
    score_with: float | None
    saved: float | None
    firms: list[ShockFirm]
    chains: list[ShockChain]
    days: list[ShockDay]
    left_out: list[str]
    evidence: dict[str, Any]


@operation("POST", "/shocks", T("供給網の途絶を試す", "try a shock to a supply network"), ShockOut, tags=("assess",))
def try_shock(request: HttpRequest, asked: ShockIn) -> dict[str, Any]:
    """What the loss of firms, industries or regions takes, which way, day by day, and what measures save."""
    from kaname.assess.network import shock_evidence as record  # the engines load a compiler: only who asks waits
    from kaname.assess.network.classes import replaceable
    from kaname.assess.network.net import by_name
    from kaname.assess.network.reading import read_network
    from kaname.assess.network.study import Asked, measures_of, study

    with _refused(ShockIn, "links"), ExitStack() as held:
        links = _source("links", asked.links, held)
        firms = None if asked.firms is None else _source("firms", asked.firms, held)
        read = read_network(links, firms, replaceable(asked.replaceable))
        network, names = read.network, read.names
        ids = by_name(names)
        lost = tuple(ids.get(one, one) if asked.kind == "firm" else one for one in asked.lost)
        put = plan_worth.put(network, names, _numbers(request, asked.plans))
        measures = measures_of(asked.measures, names) + put.measures
        question = Asked(asked.kind, lost, asked.part, asked.outage, asked.days, asked.stock, measures)
        of = None
        if asked.kind == "imports" and asked.imports is not None:
            with _refused(ShockIn, "imports"):
                of, cuts = _abroad(asked, asked.imports, read, held)
            question = replace(question, cuts=tuple(cuts.items()), lost=tuple(cuts))
        found = study(network, question, of)
    days, with_ = found.days, found.days_after
    said = asked.model_dump(exclude={"links": True, "firms": True, "imports": _FILES})
    given = {"links": asked.links, "firms": asked.firms}
    if asked.imports is not None:
        given |= {sort: getattr(asked.imports, sort) for sort in ("table", "names", "trade", "leads")}
    files = [record.Source(one.name, sort, _digest(one)) for sort, one in given.items() if one is not None]
    about = found.hit.about if found.ends else T("・".join(asked.lost), ", ".join(asked.lost))
    evidence = record.Evidence(access.today(), about, said, tuple(files), tuple(record.of_study(found)))
    scores, firm = found.explained.scores, network.names
    return {
        "score": found.score, "score_low": found.least.score if found.least else None,
        "bound": found.ends.bound[language(request)] if found.ends else "", "first": _first(found),
        "down": scores.down[0], "up": scores.up[0], "iterations": int(scores.iterations[0]),
        "score_with": found.score_after, "saved": found.saved,
        "firms": [
            {"firm": firm[n], "industry": network.industries[network.industry[n]], "alone": found.alone.total[n],
             "lost": found.explained.lost[n]}
            for n in found.ranked()
        ],
        "chains": [
            {"steps": [{"firm": step.name, "loss": step.loss, "passed": step.passed, "essential": step.essential}
                       for step in one.steps],
             "down": one.down, "counts": one.counts}
            for one in found.explained.chains
        ],
        "days": [
            {"day": day, "production": days.production[n], "value_added": days.value_added[n],
             "production_with": None if with_ is None else with_.production[n],
             "value_added_with": None if with_ is None else with_.value_added[n]}
            for n, day in enumerate(days.day.tolist())
        ],
        "left_out": [line(number) for number, _ in put.left_out], "evidence": evidence.as_json(),
    }  # fmt: skip


def _first(found: "Study") -> list[dict[str, Any]]:
    ends = found.ends
    if ends is None:
        return []
    firms = ends.high.firms.tolist()
    return [{"firm": found.network.names[n], "sector": ends.code(n), "low": low, "high": high}
            for n, low, high in zip(firms, ends.low.loss, ends.high.loss, strict=True)]  # fmt: skip


def _abroad(
    asked: ShockIn, given: ShockImports, read: "Read", held: ExitStack
) -> tuple["Importers", dict[str, float]]:  # fmt: skip
    """Whose imports fail, and by sector which part of them. Raises BadInput."""
    from kaname.assess.network.imported import codes_of, importers
    from kaname.assess.network.imports import Product, of_product
    from kaname.assess.network.io_table import read_io

    source = _source("imports", given.table, held)
    called, leads = (_source("imports", one, held).path if one else "" for one in (given.names, given.leads))
    table = read_io(source.path, called, given.year, source.form, called=source.name)
    if table.problems:
        raise BadInput(table.problems)
    cuts = dict.fromkeys(codes_of(table, asked.lost), asked.part)
    if given.trade is not None:
        gone = Product(given.product, given.supplier, given.years, given.importer, asked.part, given.rate)
        for one in of_product(table, _source("imports", given.trade, held), gone, leads)[1]:
            cuts[one.sector] = min(1.0, cuts.get(one.sector, 0.0) + one.part)
    return importers(read, table, given.least), cuts


def _numbers(request: HttpRequest, wanted: list[str]) -> list[Number]:
    """What the certified plans state that were chosen. Raises BadInput."""
    if not wanted:
        return []
    known = {one.key: one.plan.numbers for one in plan_worth.choices(request.auth)}
    if lacking := [key for key in wanted if key not in known]:
        raise BadInput([Fault("--plans", 0, key, _NO_PLAN) for key in lacking])
    return [number for key in wanted for number in known[key]]


class SectorsIn(Strict):
    """`table`: row, col, value_... . `cuts`: by code, the part of a sector's imports that fails. `replaceable`: sectors
    that others can make up for; left out, services."""

    table: FileIn
    names: FileIn | None = None
    year: _Short = ""
    cuts: Annotated[dict[str, _Part], Field(min_length=1, max_length=1000)]
    least: _Part = 0.01
    replaceable: Annotated[list[_Short], Field(max_length=1000)] | None = None


class SectorLossOut(Schema):
    """Parts of its output, least and most; `path`: sectors through which the most comes about."""

    sector: str
    name: str
    low: float
    high: float
    value_added: float
    path: list[str]


class SectorLossesOut(Schema):
    """`of_value_added`: of all, least and most. `problems`: what does not add up in the table."""

    unit: str
    of_value_added: list[float]
    sectors: list[SectorLossOut]
    problems: list[str]
    evidence: dict[str, Any]


@operation("POST", "/shocks/sectors", T("輸入の途絶を部門で調べる", "look at imports that fail by sector"),
           SectorLossesOut, tags=("assess",))  # fmt: skip
def cut_imports(request: HttpRequest, asked: SectorsIn) -> dict[str, Any]:
    """What failing imports take of the output and value added of sectors, between two ends."""
    from kaname.assess.network import shock_evidence as record
    from kaname.assess.network.io_table import read_io
    from kaname.assess.network.sectors import cut

    with _refused(SectorsIn, "table"), ExitStack() as held:
        table = _source("table", asked.table, held)
        called = _source("names", asked.names, held).path if asked.names else ""
        read = read_io(table.path, called, asked.year, table.form, called=table.name)
        spared = None if asked.replaceable is None else frozenset(asked.replaceable)
        found = cut(read, asked.cuts, asked.least, spared)
    files = (record.Source(asked.table.name, "table", _digest(asked.table)),)
    about = T("、".join(asked.cuts), ", ".join(asked.cuts))
    said = asked.model_dump(exclude={"table", "names"})
    evidence = record.Evidence(access.today(), about, said, files, tuple(record.of_sectors(found)))
    return {
        "unit": read.unit, "of_value_added": list(found.of_value_added),
        "sectors": [
            {"sector": read.codes[n], "name": read.names[n], "low": found.low[n], "high": found.high[n],
             "value_added": read.value_added[n], "path": [read.codes[step.source] for step in found.path(n)]}
            for n in found.ranked()
        ],
        "problems": [one.said(language(request)) for one in read.problems], "evidence": evidence.as_json(),
    }  # fmt: skip


@contextmanager
def _refused(body: type[Schema], else_: str) -> Iterator[None]:
    """What is wrong is told at the field of the body that it belongs to."""
    try:
        yield
    except BadInput as wrong:
        plain = {"measure": "measures", "cut": "cuts"} | ({} if "table" in body.model_fields else {"table": "imports"})
        faults = []
        for one in wrong.problems:
            name = one.file.removeprefix("--").replace("-", "_")
            field = plain.get(name, name)
            faults.append((field if field in body.model_fields else else_, one.text))
        raise Problem("invalid", faults=faults) from None


def _source(field: str, given: FileIn, held: ExitStack) -> "Table":
    from kaname.files.named import Table

    raw = given.text.encode()
    if len(raw) > sheets.MOST:
        raise Problem("invalid", faults=[(field, _LARGE)])
    return Table(held.enter_context(sheets.path_of(raw)), format_of(given.name), called=given.name)


def _digest(given: FileIn) -> str:
    return hashlib.sha256(given.text.encode()).hexdigest()
