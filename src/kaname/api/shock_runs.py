"""Long calculations of shocks over the API: begun with tables that go on the office's shelf, looked at, called off."""

from dataclasses import asdict
from io import BytesIO
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.ownership import FileIn
from kaname.api.problems import Problem
from kaname.api.values import Strict, language
from kaname.desk import shock_runs, shocks
from kaname.desk.models import ShockRun, ShockTable
from kaname.desk.shock_works import Sort as Work
from kaname.desk.shocks import Sort
from kaname.files.problems import BadInput
from kaname.law import Lang, T

_Short = Annotated[str, Field(max_length=400)]
_A_SORT = {Sort.LINKS: T("取引の表（supplier, buyer, value）が要る", "expected links (supplier, buyer, value)"),
           Sort.FIRMS: T("企業の表（firm, industry）が要る", "expected firms (firm, industry)"),
           Sort.TABLE: T("産業連関表（row, col, value_…）が要る",
                         "expected an input-output table (row, col, value_...)")}  # fmt: skip


class RunIn(Strict):
    """As for `/shocks`. `sort`: each firm lost alone (ranking), or what is `lost` day by day (days), of `links`; or
    networks drawn from sizes (drawn), of `firms` (firm, industry, size) and an input-output `table`, with some `aim`
    links each (0: as many as inputs ask for). The tables stay on the office's shelf, as if given on its page."""

    sort: Literal["ranking", "days", "drawn"] = "ranking"
    links: FileIn | None = None
    firms: FileIn | None = None
    table: FileIn | None = None
    kind: Literal["firm", "industry", "region"] = "firm"
    lost: Annotated[list[_Short], Field(max_length=1000)] = Field(default_factory=list)
    part: Annotated[float, Field(ge=0, le=1)] = 1.0
    days: Annotated[int, Field(ge=1, le=3650)] = 90
    stock: Annotated[float, Field(ge=0, le=365)] = 15.0
    aim: Annotated[int, Field(ge=0, le=100_000_000)] = 0
    draws: Annotated[int, Field(ge=1, le=2_000)] = 100
    seed: Annotated[int, Field(ge=0, le=1_000_000_000)] = 1
    outage: Annotated[int, Field(ge=1, le=3650)] = 30
    measures: Annotated[list[_Short], Field(max_length=200)] = Field(default_factory=list)
    replaceable: Annotated[list[_Short], Field(max_length=500)] = Field(default_factory=list)


class RunDo(Strict):
    """`cancel` after the part under way, go on `again` where it stopped, or `discard` it with its result."""

    do: Literal["cancel", "again", "discard"]


class RunFirm(Schema):
    """Of all production, what the loss of this firm alone takes; `alone_with`: with the measures, null without any."""

    firm: str
    industry: str
    region: str
    alone: float
    down: float
    up: float
    alone_with: float | None


class RunDrawn(Schema):
    """Of all production, what the loss of this firm takes: nine draws in ten lie between `low` and `high`;
    `among_first`: the part of the draws in which it is among the ten that hurt most."""

    firm: str
    industry: str
    low: float
    middle: float
    high: float
    among_first: float


class RunDay(Schema):
    """A day, -1 the one before; with the measures, null without any."""

    day: int
    production: float
    consumption: float
    value_added: float
    production_with: float | None
    consumption_with: float | None
    value_added_with: float | None


class RunOut(Schema):
    """`state`: running, stopped, done or failed, with `why`. `done` of `parts` are finished. `firms`: of a ranking;
    draws or days of the others."""

    id: str
    sort: str
    name: str
    state: str
    done: int
    parts: int
    firms: int
    why: str


class RunWhole(RunOut):
    """`ranking`: every firm, the one whose loss takes most first; `drawn`: the same between two ends; `days`: from the
    one before on. Of the sort that was asked for; empty until the run is done."""

    ranking: list[RunFirm]
    drawn: list[RunDrawn]
    days: list[RunDay]


@operation("POST", "/shocks/runs", T("途絶の長い計算を始める", "begin a long calculation of shocks"), RunOut,
           scopes=(Scope.ACT,), status=201, tags=("assess",), gives={"/shocks/runs/{run}": "body#/id"})  # fmt: skip
def begin_shock_run(request: HttpRequest, asked: RunIn) -> dict[str, Any]:
    """Begin a calculation that goes on by itself; its parts are kept. Look at it by its id."""
    kept: list[ShockTable] = []
    try:
        run = (_draws if asked.sort == "drawn" else _of_network)(request, asked, kept)
    except BadInput as wrong:
        _forget(kept)
        raise Problem("invalid", faults=[(_field(one.file), one.text) for one in wrong.problems]) from None
    except Problem:
        _forget(kept)
        raise
    return _run(run, language(request))


def _of_network(request: HttpRequest, asked: RunIn, kept: list[ShockTable]) -> ShockRun:
    from kaname.assess.network.study import Asked

    links = _keep(request, "links", asked.links, Sort.LINKS, kept)
    firms = _keep(request, "firms", asked.firms, Sort.FIRMS, kept) if asked.firms else None
    given = (request.auth, links, firms, asked.replaceable, asked.measures)
    if asked.sort == "ranking":
        return shock_runs.begin(*given, asked.outage)
    shock = Asked(asked.kind, tuple(asked.lost), asked.part, asked.outage, asked.days, asked.stock)
    return shock_runs.begin_days(*given, shock)


def _draws(request: HttpRequest, asked: RunIn, kept: list[ShockTable]) -> ShockRun:
    firms = _keep(request, "firms", asked.firms, Sort.FIRMS, kept)
    table = _keep(request, "table", asked.table, Sort.TABLE, kept)
    at_will = asked.replaceable or None
    return shock_runs.begin_draws(request.auth, firms, table, asked.aim, asked.draws, asked.seed, "", at_will)


@operation("GET", "/shocks/runs", T("途絶の計算の一覧", "calculations of shocks"), list[RunOut], tags=("assess",),
           gives={"/shocks/runs/{run}": "body#/0/id"})  # fmt: skip
def list_shock_runs(request: HttpRequest) -> list[dict[str, Any]]:
    """Those of the caller's office, the newest first."""
    return [_run(run, language(request)) for run in shock_runs.listed(request.auth)]


@operation("GET", "/shocks/runs/{run}", T("途絶の計算", "a calculation of shocks"), RunWhole, tags=("assess",))
def get_shock_run(request: HttpRequest, run: str) -> dict[str, Any]:
    """How far it is, and what came out. One whose worker died goes on."""
    found = _own(request, run)
    sort = shock_runs.sort_of(found)
    return {
        **_run(found, language(request)),
        "ranking": [
            {"firm": one.id, "industry": one.industry, "region": one.region, "alone": one.total, "down": one.down,
             "up": one.up, "alone_with": one.after}
            for one in (shock_runs.result(found) if sort is Work.RANKING else ())
        ],
        "drawn": [
            {"firm": one.id, "industry": one.industry, "low": one.low, "middle": one.middle, "high": one.high,
             "among_first": one.among_first}
            for one in (shock_runs.drawn(found)[1] if sort is Work.DRAWN else ())
        ],
        "days": [asdict(one) for one in (shock_runs.days(found)[0] if sort is Work.DAYS else ())],
    }  # fmt: skip


@operation("POST", "/shocks/runs/{run}", T("途絶の計算を止める・続ける・消す", "stop, continue or remove it"), RunOut,
           scopes=(Scope.ACT,), tags=("assess",))  # fmt: skip
def do_shock_run(request: HttpRequest, run: str, body: RunDo) -> dict[str, Any]:
    """What is finished stays when it is stopped."""
    found = _own(request, run)
    try:
        if body.do == "again":
            shock_runs.again(found)
    except BadInput as wrong:
        raise Problem("invalid", faults=[("do", wrong.problems[0].text)]) from None
    if body.do == "cancel":
        shock_runs.cancel(found)
    told = _run(found, language(request))
    if body.do == "discard":
        shock_runs.discard(found)
    return told


def _keep(request: HttpRequest, field: str, given: FileIn | None, sort: Sort, kept: list[ShockTable]) -> ShockTable:
    if given is None:
        raise Problem("invalid", faults=[(field, _A_SORT[sort])])
    try:
        one = shocks.keep(request.auth, given.name, BytesIO(given.text.encode()))
    except BadInput as wrong:
        raise Problem("invalid", faults=[(field, problem.text) for problem in wrong.problems]) from None
    kept.append(one)
    if one.sort != sort:
        raise Problem("invalid", faults=[(field, _A_SORT[sort])])
    return one


def _forget(kept: list[ShockTable]) -> None:
    for one in kept:
        shocks.discard(one)


def _field(place: str) -> str:
    name = {"--measure": "measures"}.get(place, place.removeprefix("--"))
    return name if name in RunIn.model_fields else "links"


def _run(run: ShockRun, lang: Lang) -> dict[str, Any]:
    return {"id": run.public_id, "sort": shock_runs.sort_of(run).value, "name": run.opened("asked")["name"],
            "state": run.state, "done": shock_runs.done(run), "parts": run.parts, "firms": shock_runs.size(run),
            "why": shock_runs.why_not(run)[lang]}  # fmt: skip


def _own(request: HttpRequest, run: str) -> ShockRun:
    found = shock_runs.of(request.auth, run)
    if found is None:
        raise Problem("not_found")
    return found
