"""Critical technologies (Chapter 4): the board of the visions' technologies, and who is bound to secrecy."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.access import api as access
from kaname.api.operation import operation
from kaname.api.values import Day, language
from kaname.desk import secrecy
from kaname.desk import technology as desk
from kaname.law import Lang, T
from kaname.regimes.technology.as_data import bound, technology
from kaname.regimes.technology.catalogue import DOMAINS, VISIONS

_TAGS = ("technology",)


class TechnologyBoardAsked(Schema):
    """`on`: the day by which it is asked; `q`: words in names of technologies and cases."""

    on: Day | None = None
    domain: Literal[tuple(DOMAINS)] | None = None  # type: ignore[valid-type]  # read off the catalogue
    vision: Literal[tuple(VISIONS)] | None = None  # type: ignore[valid-type]  # the same
    q: Annotated[str, Field(max_length=100)] = ""


class TechnologyCase(Schema):
    """A case about a technology, of those the caller may know of."""

    case: str
    kind: str
    number: int
    name: str
    state: str
    label: str


class CriticalTechnologyOut(Schema):
    """`reached`: the last kind of which there is a case, null where there is none."""

    technology: str
    name: str
    domain: str
    domain_name: str
    group: str
    vision: int
    since: str
    vision_verified: bool
    confidence: str
    reached: str | None
    cases: list[TechnologyCase]


class TechnologyBoardOut(Schema):
    on: str
    technologies: list[CriticalTechnologyOut]


class PaperInHand(Schema):
    item: str
    title: str
    secret: bool | None


class BoundOut(Schema):
    """A person bound. `case`: null for one that the caller has left; `left_on` ends the work, never the duty."""

    person: str
    organisation: str
    by: str
    name: str
    member: str
    since: str
    explained_on: str | None
    consented_on: str | None
    suspended_since: str | None
    left_on: str | None
    penalty: str
    in_hand: list[PaperInHand]
    case: str | None


class SecrecyOut(Schema):
    persons: list[BoundOut]


@operation("GET", "/technology/board", T("技術の一覧を見る", "see the board of technologies"), TechnologyBoardOut,
           tags=_TAGS)  # fmt: skip
def technology_board(request: HttpRequest, asked: Query[TechnologyBoardAsked]) -> dict[str, Any]:
    """The technologies of the visions decided by a day, each with the cases about it that the caller may know of."""
    on, lang = asked.on or access.today(), language(request)
    found = desk.sifted(desk.board(request.auth, on), asked.domain or "", asked.vision or 0, "", asked.q)
    return {"on": on.isoformat(), "technologies": [_line(line, lang) for line in found]}


def _line(line: desk.Line, lang: Lang) -> dict[str, Any]:
    cases = [
        {"case": c.case.case.public_id, "kind": c.kind, "number": c.case.case.number, "name": c.name,
         "state": c.state, "label": c.label[lang]}
        for found in line.cases.values() for c in found
    ]  # fmt: skip
    return {**technology(line.technology, lang), "reached": line.reached or None, "cases": cases}


@operation(
    "GET", "/technology/secrecy", T("守秘義務の名簿を見る", "see who is bound to secrecy"), SecrecyOut, tags=_TAGS
)
def technology_secrecy(request: HttpRequest) -> dict[str, Any]:
    """Everyone bound by the councils and studies whose register the caller keeps, and the caller's own lines."""
    return {"persons": [{**bound(line.bound), "case": line.case or None} for line in secrecy.lines(request.auth)]}
