"""Names held against lists, as `kaname assess names` does it for a file. Nothing that is sent is kept."""

import json
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import Strict, language
from kaname.desk import names
from kaname.desk.names import MOST_NAMES, USUAL
from kaname.files.problems import BadInput
from kaname.law import T

_SHOWN = 200
_MOST_LISTED = 20_000
_Short = Annotated[str, Field(max_length=1000)]
_TWICE = T("一覧の名は一つずつ", "expected lists of different labels")


class NameIn(Strict):
    """An entity: a name, other names, and (13 digits) a Japanese corporate number."""

    name: _Short
    id: _Short = ""
    aliases: Annotated[list[_Short], Field(max_length=100)] = []  # noqa: RUF012
    corporate_number: _Short = ""


class ListIn(Strict):
    """A list to compare with."""

    label: Annotated[str, Field(min_length=1, max_length=100)]
    names: Annotated[list[NameIn], Field(min_length=1, max_length=_MOST_LISTED)]


class NamesIn(Strict):
    """Names, and lists to hold them against; without lists those that the office has loaded."""

    names: Annotated[list[NameIn], Field(min_length=1, max_length=MOST_NAMES)]
    lists: Annotated[list[ListIn], Field(min_length=1, max_length=20)] | None = None
    threshold: Annotated[float, Field(ge=0.5, le=1, strict=False)] = USUAL


class NameFindingOut(Schema):
    """A similar name (never an identity), or a name without any. `outcome`: similar, same_number, changed, cleared,
    confirmed, none, invalid; `pair` is the fingerprint of all names of both sides."""

    id: str
    name: str
    outcome: str
    score: float | None
    matched: str
    list: str
    entity_id: str
    listed: str
    rule: str
    pair: str
    decision: str
    decided_by: str
    decided_on: str
    note: str
    reasons_ja: str
    reasons_en: str


class NameProblem(Schema):
    """What cannot be used, by the number of the name from 1."""

    row: int
    field: str
    detail: str


class NamesOut(Schema):
    """`rows` by name and then score; `counts` by outcome; `lists` that were compared with."""

    rows: list[NameFindingOut]
    counts: dict[str, int]
    lists: list[str]
    problems: list[NameProblem]


@operation("POST", "/names", T("名称を一覧と照らす", "screen names against lists"), NamesOut, tags=("assess",))
def screen_names(request: HttpRequest, asked: NamesIn) -> dict[str, Any]:
    """Which names are similar to names on lists, with the reasons and what the office has decided about each pair."""
    lang = language(request)
    given = asked.lists
    labels = [each.label for each in given] if given is not None else [one.label for one in names.lists(request.auth)]
    if len(set(labels)) < len(labels):
        raise Problem("invalid", faults=[("lists", _TWICE)])
    try:
        screen = (
            names.screen(request.auth, asked.threshold) if given is None
            else names.screen_of([(each.label, _lines(each.names)) for each in given], asked.threshold)
        )  # fmt: skip
        found = names.screened("names", _lines(asked.names), "jsonl", "utf-8", screen, names.decisions(request.auth))
    except BadInput as wrong:
        raise Problem("invalid", faults=[("names", p.text) for p in wrong.problems]) from None
    problems = [{"row": p.line, "field": p.field, "detail": p.text[lang]} for p in found.problems[:_SHOWN]]
    return {"rows": list(found.rows), "counts": dict(found.outcomes), "lists": labels, "problems": problems}


def _lines(those: list[NameIn]) -> bytes:
    return "".join(json.dumps(one.model_dump(), ensure_ascii=False) + "\n" for one in those).encode()
