"""Long calculations of shocks over the API: begun with tables that go on the office's shelf, looked at, called off."""

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
from kaname.desk.shocks import Sort
from kaname.files.problems import BadInput
from kaname.law import Lang, T

_Short = Annotated[str, Field(max_length=400)]
_A_SORT = {Sort.LINKS: T("取引の表（supplier, buyer, value）が要る", "expected links (supplier, buyer, value)"),
           Sort.FIRMS: T("企業の表（firm, industry）が要る", "expected firms (firm, industry)")}  # fmt: skip


class RunIn(Strict):
    """As for `/shocks`: each firm is lost alone. The tables stay on the office's shelf, as if given on its page."""

    links: FileIn
    firms: FileIn | None = None
    outage: Annotated[int, Field(ge=1, le=365)] = 30
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


class RunOut(Schema):
    """`state`: running, stopped, done or failed, with `why`. `done` of `parts` are finished."""

    id: str
    name: str
    state: str
    done: int
    parts: int
    firms: int
    why: str


class RunWhole(RunOut):
    """`ranking`: every firm, the one whose loss takes most first; empty until the run is done."""

    ranking: list[RunFirm]


@operation("POST", "/shocks/runs", T("全企業の途絶の計算を始める", "begin to lose each firm in turn"), RunOut,
           scopes=(Scope.ACT,), status=201, tags=("assess",))  # fmt: skip
def begin_shock_run(request: HttpRequest, asked: RunIn) -> dict[str, Any]:
    """Begin a calculation that goes on by itself; its parts are kept. Look at it by its id."""
    kept: list[ShockTable] = []
    try:
        links = _keep(request, "links", asked.links, Sort.LINKS, kept)
        firms = _keep(request, "firms", asked.firms, Sort.FIRMS, kept) if asked.firms else None
        run = shock_runs.begin(request.auth, links, firms, asked.replaceable, asked.measures, asked.outage)
    except BadInput as wrong:
        _forget(kept)
        raise Problem("invalid", faults=[(_field(one.file), one.text) for one in wrong.problems]) from None
    except Problem:
        _forget(kept)
        raise
    return _run(run, language(request))


@operation("GET", "/shocks/runs", T("途絶の計算の一覧", "calculations of shocks"), list[RunOut], tags=("assess",))
def list_shock_runs(request: HttpRequest) -> list[dict[str, Any]]:
    """Those of the caller's office, the newest first."""
    return [_run(run, language(request)) for run in shock_runs.listed(request.auth)]


@operation("GET", "/shocks/runs/{run}", T("途絶の計算", "a calculation of shocks"), RunWhole, tags=("assess",))
def get_shock_run(request: HttpRequest, run: str) -> dict[str, Any]:
    """How far it is, and what came out. One whose worker died goes on."""
    found = _own(request, run)
    return {**_run(found, language(request)), "ranking": [
        {"firm": one.id, "industry": one.industry, "region": one.region, "alone": one.total, "down": one.down,
         "up": one.up, "alone_with": one.after}
        for one in shock_runs.result(found)
    ]}  # fmt: skip


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


def _keep(request: HttpRequest, field: str, given: FileIn, sort: Sort, kept: list[ShockTable]) -> ShockTable:
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
    return {"id": run.public_id, "name": run.opened("asked")["name"], "state": run.state, "done": shock_runs.done(run),
            "parts": run.parts, "firms": run.firms, "why": shock_runs.why_not(run)[lang]}  # fmt: skip


def _own(request: HttpRequest, run: str) -> ShockRun:
    found = shock_runs.of(request.auth, run)
    if found is None:
        raise Problem("not_found")
    return found
