"""Search over everything: cases, parties, papers, the law and the glossary, with facets."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.access import api as access
from kaname.access.api import Hit, Narrowed
from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.shapes import FoundPage
from kaname.api.values import Name
from kaname.law import T
from kaname.search import api as find


class SearchWords(Schema):
    q: Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$", description="words, from one character on")]
    regime: Name | None = None
    kind: Name | None = None
    state: Name | None = None
    year: Annotated[int, Field(ge=1000, le=9999, description="of the opening")] | None = None
    role: Annotated[Name, Field(description="cases in which somebody fills this role")] | None = None
    overdue: Literal[True] | None = None
    authority: Annotated[Name, Field(description="under whom the case falls: `jpo_pm`, `meti`, `fsa` ...")] | None = (
        None
    )
    start: Annotated[int, Field(ge=0, le=10_000)] = 0
    limit: Annotated[int, Field(ge=1, le=100)] = 20


@operation("GET", "/search", T("検索", "search"), FoundPage, scopes=(Scope.READ, Scope.SEALED), tags=("cases",))
def search_everything(request: HttpRequest, wanted: Query[SearchWords]) -> dict[str, Any]:
    """Cases in which every word stands somewhere, best first; and parties, papers, entries of the law and words of the
    glossary.

    Sealed titles are looked through for who may read them, which is written down; so the token needs the scope
    `sealed` too. Facets heed all filters but their own; states, roles, authorities and overdue count `looked` cases at
    the most.
    """
    narrowed = Narrowed(
        wanted.regime or "", wanted.kind or "", wanted.state or "", str(wanted.year or ""), wanted.role or "",
        bool(wanted.overdue), wanted.authority or "",
    )  # fmt: skip
    found = find.everything(request.auth, wanted.q, narrowed, start=wanted.start, size=wanted.limit,
                            door="api")  # fmt: skip
    of = found.cases
    return {
        "items": [_hit(hit) for hit in of.hits], "total": of.total, "looked": min(of.total, access.LOOKED),
        "tried": list(find.tried(wanted.q)),
        "facets": {
            "regime": of.regimes, "kind": of.kinds, "year": of.years, "role": of.roles, "overdue": of.overdue,
            "authority": of.authorities,
            "state": [{"kind": kind, "state": state, "cases": n} for (kind, state), n in sorted(of.states.items())],
        },
        "parties": [{"name": p.name, "roles": list(p.roles), "cases": p.cases} for p in of.parties],
        "papers": [
            {"document": p.document, "name": _plain(p.name), "case": p.case, "page": p.page or None,
             "words": _plain(p.snippet)}
            for p in found.papers
        ],
        "terms": [{"id": t.id, "ja": t.ja, "en": t.en, "kana": t.kana} for t in found.terms],
        "law": [
            {"sort": e.sort, "id": e.id, "place": _both(e.place), "label": _both(e.label), "url": e.url}
            for e in found.law
        ],
    }  # fmt: skip


def _plain(marks: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in marks)


def _both(text: Any) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def _hit(hit: Hit) -> dict[str, Any]:
    row = hit.row
    return {
        "id": row.case, "number": row.number, "reference": row.reference, "kind": row.kind, "state": row.state,
        "opened_on": row.opened_on.isoformat(), "title": hit.title, "parties": list(row.parties),
        "next_due_on": row.next_due_on.isoformat() if row.next_due_on else None,
    }  # fmt: skip
