"""Ownership looked through, as `kaname assess ownership` does it for a file. Nothing that is sent is kept."""

import csv
import io
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from kaname.access import api as access
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import Day, Strict, language
from kaname.desk import holdings
from kaname.files.problems import BadInput
from kaname.law import Lang, T

MOST = 5000
_SHOWN = 200
_Short = Annotated[str, Field(max_length=400)]
_Share = Annotated[str, Field(max_length=60)] | int | float
_ONE = T("rows か file の一方を", "expected either rows or file")
_NOBODY = T("この資料にない識別子", "no such identifier in this source")


class HoldingIn(Strict):
    """A row of a table of holdings. Shares are percent: a number, `12.5`, `25..50`, or "" where not known."""

    holder: _Short
    company: _Short
    votes: _Share | None = None
    capital: _Share | None = None
    share: _Share | None = None
    since: _Short = ""
    until: _Short = ""
    group: _Short = ""
    holder_name: _Short = ""
    holder_country: _Short = ""
    holder_kind: _Short = ""
    company_name: _Short = ""
    company_country: _Short = ""
    company_kind: _Short = ""


class FileIn(Strict):
    """A file as text: `name` tells the format (.csv, .jsonl, .json for BODS and FollowTheMoney)."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(min_length=1)]


class OwnershipIn(Strict):
    """`rows` or `file`. `company`: its holders, each with the working; without it, a row for every company.

    `before`: also the lines (5 %, 25 %, one third, 50 %) that direct holders crossed from that day to `as_of`.
    """

    rows: Annotated[list[HoldingIn], Field(min_length=1, max_length=MOST)] | None = None
    file: FileIn | None = None
    company: _Short | None = None
    as_of: Day | None = None
    before: Day | None = None
    right: Literal["capital", "votes"] = "capital"
    home: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "JP"


class LineProblem(Schema):
    """What cannot be used, at its line; the rest of the row counts."""

    line: int
    field: str
    detail: str


class OwnershipOut(Schema):
    """`rows`: companies, or the holders of `company`, with the columns of the command; shares in percent."""

    as_of: date
    rows: list[dict[str, str]]
    changes: list[dict[str, str]]
    problems: list[LineProblem]
    notes: list[LineProblem]


@operation("POST", "/ownership", T("持分をたどる", "look through ownership"), OwnershipOut, tags=("assess",))
def look_through(request: HttpRequest, asked: OwnershipIn) -> dict[str, Any]:
    """Direct holders of 5 %, control by majority, and shares by country and kind with lower and upper bounds."""
    if (asked.rows is None) == (asked.file is None):
        raise Problem("invalid", faults=[("rows", _ONE)])
    name, raw = _given(asked)
    lang = language(request)
    try:
        found = holdings.read(name, raw)
    except BadInput as wrong:
        wrongs = [("file" if asked.file else "rows", problem.text) for problem in wrong.problems]
        raise Problem("invalid", faults=wrongs) from None
    from kaname.assess.ownership import report, target  # brings a compiler along
    from kaname.assess.ownership.network import Right

    book, right = found.book, Right(asked.right)
    if asked.company is not None and asked.company not in book.number:
        raise Problem("invalid", faults=[("company", _NOBODY)])
    day = asked.as_of or access.today()
    state = holdings.on(found, day)
    rows = (
        report.companies(state, right, asked.home) if asked.company is None
        else target.holders(state, asked.company, right, asked.home)
    )  # fmt: skip
    crossed = report.changes(book, asked.before, day, asked.company) if asked.before else ()
    faults = holdings.told(found, [*state.votes.faults, *state.capital.faults])
    notes = holdings.told(found, [*state.votes.notes, *state.capital.notes])
    return {
        "as_of": day, "rows": [_texts(row) for row in rows], "changes": [_texts(row) for row in crossed],
        "problems": _problems([*found.problems, *faults], lang), "notes": _problems([*found.notes, *notes], lang),
    }  # fmt: skip


def _given(asked: OwnershipIn) -> tuple[str, bytes]:
    if asked.file is not None:
        return asked.file.name, asked.file.text.encode()
    out = io.StringIO()
    cells = [row.model_dump(exclude_unset=True) for row in asked.rows or ()]
    columns = [name for name in HoldingIn.model_fields if any(name in row for row in cells)]
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(cells)
    return "rows.csv", out.getvalue().encode()


def _texts(row: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items()}


def _problems(found: list[Any], lang: Lang) -> list[dict[str, Any]]:
    return [{"line": p.line, "field": p.field, "detail": p.text[lang]} for p in found[:_SHOWN]]
