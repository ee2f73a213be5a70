"""The picture of the Act printed and compared: report, slides, what changed, dry run of a coming version."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import Day, language
from kaname.law import T
from kaname.ledger import clock
from kaname.registers import compare, dryrun
from kaname.registers.blocks import Picture
from kaname.registers.picture import BeforeTheAct, picture

_TAGS = ("registers",)
PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_Value = int | float | str | None
Version = Annotated[str, Field(max_length=60, description="the id of a coming version, such as health_care")]


def _bytes(media: str) -> dict[str, Any]:
    return {"responses": {200: {"content": {media: {"schema": {"type": "string", "format": "binary"}}}}}}


class AsOf(Schema):
    """`as_of`: the day of the picture; today if left out."""

    as_of: Day | None = None


class Between(Schema):
    """Two days. The second may lie before the first: then it is told as if time ran back."""

    model_config = ConfigDict(populate_by_name=True)
    from_: Annotated[Day, Field(alias="from")]
    to: Day | None = None


class From(Schema):
    """`from`: the day from which the version is supposed to be in force."""

    model_config = ConfigDict(populate_by_name=True)
    from_: Annotated[Day, Field(alias="from")]


class DayChangeOut(Schema):
    """One value on the one day and on the other; null where there was nothing. `why`: the provision or the act."""

    subject: Literal["law", "designations", "cases", "money", "dates", "figures"]
    id: str
    label: str
    before: _Value
    after: _Value
    unit: str | None
    why: str | None
    records: str | None


class ChangesOut(Schema):
    """`more`: cases whose dates may have moved and that are not told singly."""

    model_config = ConfigDict(populate_by_name=True)
    from_: Annotated[date, Field(alias="from")]
    to: date
    more: int
    changes: list[DayChangeOut]


class KindThen(Schema):
    kind: str
    label: str
    version_now: date


class AffectedOut(Schema):
    kind: str
    label: str
    state: str
    cases: int


class BeginsOut(Schema):
    id: str
    label: str
    first: date
    last: date


class DryRunOut(Schema):
    """`folded`: cases folded by both laws; `more`: cases not folded. `begins`: periods of the first matter."""

    model_config = ConfigDict(populate_by_name=True)
    version: str
    label: str
    from_: Annotated[date, Field(alias="from")]
    latest: date | None
    businesses_named: int
    designated: int
    kinds: list[KindThen]
    affected: list[AffectedOut]
    moved: list[DayChangeOut]
    folded: int
    more: int
    begins: list[BeginsOut]


@operation("GET", "/glance/report.pdf", T("報告書（PDF）", "the report"), None, tags=_TAGS, extra=_bytes(PDF))
def glance_report(request: HttpRequest, asked: Query[AsOf]) -> HttpResponse:
    """The Act on a day as PDF/A-2a, with the records that the caller may know of."""
    from kaname.registers.report import pdf

    return HttpResponse(pdf(_picture(request, asked), language(request)), content_type=PDF)


@operation("GET", "/glance/slides.pptx", T("スライド（PPTX）", "the slides"), None, tags=_TAGS, extra=_bytes(PPTX))
def glance_slides(request: HttpRequest, asked: Query[AsOf]) -> HttpResponse:
    """The same as a slide deck with native charts and tables."""
    from kaname.registers.slides import pptx

    return HttpResponse(pptx(_picture(request, asked), language(request)), content_type=PPTX)


def _picture(request: HttpRequest, asked: AsOf) -> Picture:
    try:
        return picture(asked.as_of or clock.today(), request.auth)
    except BeforeTheAct as early:
        raise Problem("invalid", faults=[("as_of", early.text)]) from None


@operation("GET", "/glance/changes", T("何が変わったか", "what changed"), ChangesOut, tags=_TAGS)
def glance_changes(request: HttpRequest, asked: Query[Between]) -> dict[str, Any]:
    """Law, designations, cases by state, money, dates that moved and figures that differ between two days."""
    to = asked.to or clock.today()
    try:
        found = compare.compare(asked.from_, to, request.auth)
    except BeforeTheAct as early:
        raise Problem("invalid", faults=[("from" if asked.from_ < to else "to", early.text)]) from None
    return compare.as_data(found, language(request))


@operation("GET", "/glance/dryrun/{version}", T("試し適用", "dry run of a coming version"), DryRunOut, tags=_TAGS)
def glance_dryrun(request: HttpRequest, version: Version, asked: Query[From]) -> dict[str, Any]:
    """Which cases a version that is enacted and not in force would reach, and which periods would move. Nothing is
    recorded."""
    try:
        found = dryrun.dry_run(version, asked.from_, request.auth)
    except dryrun.NotComing:
        raise Problem("not_found") from None
    except dryrun.BadDay as wrong:
        raise Problem("invalid", faults=[("from", wrong.text)]) from None
    return dryrun.as_data(found, language(request))
