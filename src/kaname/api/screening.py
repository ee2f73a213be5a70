"""Screening of patent applications (特許出願の非公開), as `kaname assess patents` does it for a file."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import pyarrow as pa
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, create_model

from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import Day, Strict, language
from kaname.law import T
from kaname.regimes.patents.columns import OPTIONAL, OUTPUT, REQUIRED, REQUIREMENT_COLUMNS

if TYPE_CHECKING:
    from kaname.regimes.patents.docket import Docket

MOST = 1000
_Text = Annotated[str, Field(max_length=100_000)]
_Short = Annotated[str, Field(max_length=200)]
_SHOWN = 200
_SINCE = T("制度の始まった 2024-05-01 以後の日を", "expected a day from 2024-05-01, when the regime began")

# The columns of a docket file are the fields of a row: both are read from one list.
ApplicationIn = create_model(
    "ApplicationIn",
    __base__=Strict,
    __doc__="A row of the docket. `ipc`: a list of symbols, or one text separated by ; or | or commas.",
    **{
        name: (_Short if name != "ipc" else Annotated[list[_Short], Field(max_length=200)] | _Text, ...)
        for name in REQUIRED
    },
    **{name: (bool | _Short | None if name in REQUIREMENT_COLUMNS else _Text | None, None) for name in OPTIONAL},
)  # type: ignore[call-overload]
ScreenedOut = create_model(
    "ScreenedOut",
    __base__=Schema,
    __doc__="The row's screening: `outcome` is in, in_if_requirement, ask, near, invalid or out.",
    **dict.fromkeys(OUTPUT.names, (str | None, ...)),
)  # type: ignore[call-overload]


class DocketIn(Strict):
    """Applications to screen. `as_of`: judge each as if filed on that day."""

    applications: Annotated[list[ApplicationIn], Field(min_length=1, max_length=MOST)]  # type: ignore[valid-type]
    as_of: Day | None = None


class CellProblem(Schema):
    """What cannot be used in a cell. The row still gets the best answer that is left."""

    row: int
    field: str
    found: str
    expected: str


class DocketOut(Schema):
    """`rows` in the order given, `counts` by outcome, `problems` the first of those found."""

    rows: list[ScreenedOut]  # type: ignore[valid-type]
    counts: dict[str, int]
    problems: list[CellProblem]


@operation("POST", "/patents/screening", T("特許出願を調べる", "screen patent applications"), DocketOut,
           tags=("patents",))  # fmt: skip
def screen_applications(request: HttpRequest, asked: DocketIn) -> dict[str, Any]:
    """Screen applications under Art. 66(1) against the 47 items of Order Art. 12(1): outcome, days, reasons."""
    docket = _docket(asked.as_of)
    lang = language(request)
    rows: list[dict[str, Any]] = [row.model_dump() for row in asked.applications]  # type: ignore[attr-defined]
    screened = docket.screen({name: _column(rows, name) for name in (*REQUIRED, *OPTIONAL)})
    table = screened.table().to_pylist()
    problems = sorted(
        (row, problem.field, found or "", problem.expected[lang])
        for problem in screened.problems
        for row, found in zip(problem.rows.tolist(), problem.found.to_pylist(), strict=True)
    )
    return {
        "rows": [{k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in table],
        "counts": {outcome: n for (outcome, number), n in screened.counts.items() if not number},
        "problems": [dict(zip(("row", "field", "found", "expected"), p, strict=True)) for p in problems[:_SHOWN]],
    }


def _docket(as_of: date | None) -> "Docket":
    from kaname.regimes.patents.docket import Docket  # brings a compiler along: only who screens waits for it

    try:
        return Docket(None, as_of)
    except ValueError:
        raise Problem("invalid", faults=[("as_of", _SINCE)]) from None


def _column(rows: list[dict[str, Any]], name: str) -> pa.Array:
    return pa.array([_cell(row[name]) for row in rows], pa.string())


def _cell(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(value) if isinstance(value, list) else value
