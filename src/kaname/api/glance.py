"""The picture of the Act as open data: everything as JSON, one table as CSV, and DCAT that tells of both.

The addresses are the same for every day (`as_of`), so that a report elsewhere asks again and gets the same columns.
"""

import json
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Schema
from pydantic import Field

from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import Day, language
from kaname.law import T
from kaname.ledger import clock
from kaname.registers import open_data
from kaname.registers.blocks import Picture
from kaname.registers.picture import BeforeTheAct, picture

_TAGS = ("glance",)
_TEXT = {"schema": {"type": "string"}}
_CSV = {"responses": {200: {"description": "the table", "content": {"text/csv": _TEXT}}}}
_DCAT = {"responses": {200: {"description": "the catalogue", "content": {"application/ld+json": {}}}}}
TableId = Annotated[str, Path(max_length=64, pattern=r"^[a-z0-9_.]+$")]


class GlanceAsked(Schema):
    """`as_of`: the day of the picture, from 2022-05-18; without it, today."""

    as_of: Day | None = None


class TextOut(Schema):
    ja: str
    en: str


class SourceOut(Schema):
    label: TextOut
    as_of: str | None
    url: str


class FigureOfThePicture(Schema):
    """`id` is the same on every day. `value`: a whole number, an exact decimal or a day as text; null: nobody knows."""

    id: str
    label: TextOut
    value: int | str | None
    unit: TextOut | None
    estimate: bool
    verified: bool
    source: SourceOut | None
    records: Annotated[str, Field(description="the page of the office behind it")]
    note: TextOut | None


class ColumnOut(Schema):
    id: str
    label: TextOut
    number: bool
    unit: TextOut | None


class RowOut(Schema):
    """`cells` in the order of the columns; a text is in both languages."""

    id: str
    cells: list[int | str | TextOut | None]
    records: str
    verified: bool
    note: TextOut | None


class TableOut(Schema):
    id: str
    title: TextOut
    source: SourceOut | None
    note: TextOut | None
    columns: list[ColumnOut]
    rows: list[RowOut]
    total: RowOut | None


class CoverOut(Schema):
    id: str
    title: TextOut
    figures: list[str]


class ProseOut(Schema):
    id: str
    title: TextOut
    sentences: list[TextOut]
    open_question: bool


class PageOut(Schema):
    """One subject. `tables`, `figures`: the ids of what stands on it."""

    id: str
    title: TextOut
    answer: TextOut
    prose: list[ProseOut]
    tables: list[str]
    figures: list[str]


class GlanceOut(Schema):
    as_of: str
    title: TextOut
    warnings: list[TextOut]
    cover: list[CoverOut]
    pages: list[PageOut]
    figures: list[FigureOfThePicture]
    tables: list[TableOut]


@operation("GET", "/glance", T("法の今を見る", "see the Act at a glance"), GlanceOut, tags=_TAGS)
def show_glance(request: HttpRequest, asked: Query[GlanceAsked]) -> dict[str, Any]:
    """Every figure and table of a day, texts in both languages; records are those that the caller may know of."""
    return open_data.as_data(_picture(request, asked))


@operation("GET", "/glance/tables/{table}", T("一つの表を CSV で", "one table as CSV"), None, tags=_TAGS, extra=_CSV)
def show_glance_table(request: HttpRequest, table: TableId, asked: Query[GlanceAsked]) -> HttpResponse:
    """A table of the picture (`figures`: all figures) in UTF-8, without byte order mark; heads are ids of columns."""
    found = open_data.tables(_picture(request, asked)).get(table)
    if found is None:
        raise Problem("not_found")
    return HttpResponse(open_data.csv_text(found, language(request)), content_type="text/csv; charset=utf-8")


@operation(
    "GET", "/glance/dcat", T("データの目録（DCAT）", "catalogue of the data (DCAT)"), None, tags=_TAGS, extra=_DCAT
)
def show_glance_catalogue(request: HttpRequest, asked: Query[GlanceAsked]) -> HttpResponse:
    """A dcat:Catalog in JSON-LD: every table as a dataset, with the addresses at which it is handed out."""
    root = request.build_absolute_uri("/api/v1/glance")
    office = request.auth.office
    found = open_data.dcat(_picture(request, asked), root, T(office.name_ja, office.name_en), settings.KANAME_LICENCE)
    return HttpResponse(json.dumps(found, ensure_ascii=False, indent=1), content_type="application/ld+json")


def _picture(request: HttpRequest, asked: GlanceAsked) -> Picture:
    try:
        return picture(asked.as_of or clock.today(), request.auth)
    except BeforeTheAct as error:
        raise Problem("invalid", faults=[("as_of", error.text)]) from None
