"""A chain of stages and providers over the API: who provides what, and what the loss of some of them does."""

from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from kaname.access import api as access
from kaname.api.operation import operation
from kaname.api.ownership import FileIn
from kaname.api.problems import Problem
from kaname.api.values import Strict
from kaname.desk import chains
from kaname.files import problems as fault
from kaname.files.problems import BadInput
from kaname.law import T, Text

if TYPE_CHECKING:
    from kaname.assess.network.chips import Outcome

_Name = Annotated[str, Field(max_length=400)]


class ChainIn(Strict):
    """Five tables in the layout of ETO's data on advanced chips. `lost`: countries or firms, by name or id. A country
    with a share of `least` or less is no second source. `measures`: `stock INPUT DAYS` (they bridge so much of the
    `outage`, in days), `capacity INPUT PROVIDER PART`, `source INPUT PART`; of a stage, of all its inputs."""

    inputs: FileIn
    providers: FileIn
    provision: FileIn
    sequence: FileIn
    stages: FileIn
    lost: Annotated[list[_Name], Field(min_length=1, max_length=300)]
    measures: Annotated[list[_Name], Field(max_length=200)] = Field(default_factory=list)
    outage: Annotated[int, Field(ge=1, le=3650)] = 30
    least: Annotated[float, Field(ge=0, le=1)] = 0.0


class ChainLoss(Schema):
    """An input or stage: the share lost, least and most (null: none is stated), who is left, what stops it.
    `bridged`: a stock lasts as long as the loss."""

    input: str
    stage: str
    low: float | None
    high: float | None
    alone: bool
    stopped_by: str
    bridged: bool
    left: list[str]
    path: list[str]


class ChainReach(Schema):
    """The loss of one country alone."""

    country: str
    alone: int
    stopped: int
    losing: int
    largest: float
    largest_of: str


class ChainProvided(Schema):
    """Who provides an input or a stage. `small`: firms whose share is negligible."""

    input: str
    stage: str
    shares: dict[str, float]
    firms: list[str]
    small: list[str]


class ChainOut(Schema):
    """What is lost, worst first; each country alone, gravest first; who provides what; the record with its digest.
    `with_measures`: what is lost then, null where there are none."""

    losses: list[ChainLoss]
    with_measures: list[ChainLoss] | None
    countries: list[ChainReach]
    provided: list[ChainProvided]
    evidence: dict[str, Any]


@operation("POST", "/shocks/chain", T("工程と供給者の連鎖を調べる", "look at a chain of stages and providers"),
           ChainOut, tags=("assess",))  # fmt: skip
def lose_of_chain(request: HttpRequest, asked: ChainIn) -> dict[str, Any]:
    """What has no second source once countries or firms are lost, and what stops for want of it."""
    from kaname.assess.network import shock_evidence as record
    from kaname.assess.network.chain_measures import lose_with, measures_of
    from kaname.assess.network.chain_reach import provided, reaches
    from kaname.assess.network.chips import lose

    given = {table: getattr(asked, table).text for table in chains.TABLES_OF}
    try:
        chain = chains.read(given, "")
        measures = measures_of(chain, asked.measures)
        found = lose(chain, asked.lost, asked.least)
        with_ = lose_with(chain, asked.lost, measures, asked.least, asked.outage) if measures else None
    except BadInput as wrong:
        at = {f"{table}.csv": table for table in given} | {"--measure": "measures"}
        faults = [(at.get(one.file, "lost"), _placed(one)) for one in wrong.problems]
        raise Problem("invalid", faults=faults) from None
    about = T("・".join(asked.lost), ", ".join(asked.lost))
    source = record.Source("chain", "chain", chains.digest_of(given))
    said: dict[str, Any] = {"lost": asked.lost, "least": asked.least}
    if with_:
        said |= {"measures": asked.measures, "outage": asked.outage}
    evidence = record.Evidence(access.today(), about, said, (source,), tuple(record.of_chain(found, with_=with_)))

    def stage(one: str) -> str:
        return chain.stages.get(chain.stage.get(one, one), "")

    def losses(of: "Outcome") -> list[dict[str, Any]]:
        return [
            {"input": chain.called(one.input), "stage": stage(one.input), "low": one.low, "high": one.high,
             "alone": one.alone, "stopped_by": chain.called(one.stopped_by) if one.stopped_by else "",
             "bridged": one.bridged, "left": list(one.left),
             "path": [chain.called(step) for step in of.path(one.input)]}
            for one in of.losses
        ]  # fmt: skip

    return {
        "losses": losses(found), "with_measures": losses(with_) if with_ else None,
        "countries": [
            {"country": one.country, "alone": one.alone, "stopped": one.stopped, "losing": one.losing,
             "largest": one.largest, "largest_of": chain.called(one.largest_of) if one.largest_of else ""}
            for one in reaches(chain, asked.least)
        ],
        "provided": [
            {"input": chain.called(one.id), "stage": stage(one.id), "shares": dict(one.shares),
             "firms": [firm.name for firm in one.firms], "small": [firm.name for firm in one.small]}
            for one in provided(chain)
        ],
        "evidence": evidence.as_json(),
    }  # fmt: skip


def _placed(one: fault.Problem) -> Text:
    """With its line, and for a name what was given."""
    if one.line:
        return T(f"{one.line}行目：{one.text.ja}", f"line {one.line}: {one.text.en}")
    return T(f"「{one.field}」：{one.text.ja}", f"{one.field!r}: {one.text.en}") if one.field else one.text
