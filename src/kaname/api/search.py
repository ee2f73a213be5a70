"""Search over numbers, references, names of parties and titles."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.access import api as access
from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.shapes import FoundPage
from kaname.api.values import Name
from kaname.law import T


class Words(Schema):
    q: Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$", description="words, from one character on")]
    kind: Name | None = None
    state: Name | None = None
    start: Annotated[int, Field(ge=0, le=10_000)] = 0
    limit: Annotated[int, Field(ge=1, le=100)] = 20


@operation("GET", "/search", T("検索", "search"), FoundPage, scopes=(Scope.READ, Scope.SEALED), tags=("cases",))
def search_cases(request: HttpRequest, wanted: Query[Words]) -> dict[str, Any]:
    """Cases in which every word stands somewhere. Sealed titles are looked through for who may read them, which is
    written down; so the token needs the scope `sealed` too."""
    found = access.search(
        request.auth, wanted.q, kind_id=wanted.kind or "", state=wanted.state or "", start=wanted.start,
        size=wanted.limit,
    )  # fmt: skip
    return {"items": [_hit(hit) for hit in found.hits], "total": found.total, "cut": found.cut}


def _hit(hit: access.Hit) -> dict[str, Any]:
    row = hit.row
    return {
        "id": row.case, "number": row.number, "reference": row.reference, "kind": row.kind, "state": row.state,
        "opened_on": row.opened_on.isoformat(), "title": hit.title, "parties": list(row.parties),
        "next_due_on": row.next_due_on.isoformat() if row.next_due_on else None,
    }  # fmt: skip
