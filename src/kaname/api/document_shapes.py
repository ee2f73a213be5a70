"""What operations on documents answer."""

from ninja import Schema


class DocumentOut(Schema):
    """A document. `reference` is what a field of an act holds; `name` and `sha256` are "" where the caller may not know
    them. `quarantine`: `waiting` for the virus scanner, `infected`, or ""."""

    id: str
    reference: str
    name: str
    media_type: str
    size: int
    at: str
    by: str
    sha256: str
    quarantine: str


class DocumentList(Schema):
    items: list[DocumentOut]


class DocumentTextOut(Schema):
    """What stands in a document, by pages. `refused`: why nothing could be read; `marks`: what to mind."""

    pages: list[str]
    pictures: int
    marks: list[str]
    cut: bool
    refused: str


class DocumentHit(Schema):
    """A document found by its text. `snippet`: the words around; "" where a kind of case shows none of its papers."""

    document: str
    name: str
    media_type: str
    at: str
    case: str
    kind: str
    page: int
    pages: int
    snippet: str


class DocumentHits(Schema):
    items: list[DocumentHit]
    more: bool
