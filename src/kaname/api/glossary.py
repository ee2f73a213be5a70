"""The glossary: words with reading, meaning and provision."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.api.operation import operation
from kaname.api.values import Day, language
from kaname.law import T, glossary
from kaname.ledger import clock


class WordAsked(Schema):
    """`q`: a word, its reading or its English; left out, all terms. `on`: the day whose numbers are shown."""

    q: Annotated[str, Field(max_length=100)] = ""
    on: Day | None = None


class TermOut(Schema):
    """`basis`: provisions, "" for a word that no law has, then `source` says where it comes from; `see`: neighbours."""

    term: str
    ja: str
    kana: str
    en: str
    also: list[str]
    means: str
    basis: str
    source: str
    see: list[str]
    texts: list[str]


class TermsOut(Schema):
    on: str
    terms: list[TermOut]


@operation("GET", "/glossary", T("用語を調べる", "look a word up"), TermsOut, tags=("general",))
def list_terms(request: HttpRequest, asked: Query[WordAsked]) -> dict[str, Any]:
    """What words mean, in both languages, with the place they come from; the nearest first."""
    on, lang = asked.on or clock.today(), language(request)
    found = glossary.find(asked.q) if asked.q else glossary.TERMS
    return {"on": on.isoformat(), "terms": [t.told(lang, on) for t in found]}
