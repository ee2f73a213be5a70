"""Documents of cases: handed in as they are, listed, handed out. What a sealed field names takes scope `sealed`."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Schema
from pydantic import Field

from kaname.access.tokens import Scope
from kaname.api.document_shapes import DocumentHits, DocumentList, DocumentOut, DocumentTextOut
from kaname.api.operation import expect, operation
from kaname.api.problems import Problem
from kaname.api.values import CaseId, language
from kaname.law import T
from kaname.ledger.rows import instant
from kaname.papers import api as papers
from kaname.papers import letters, previews

_TAGS = ("documents",)
BYTES = "application/octet-stream"
RAW = {"content": {BYTES: {"schema": {"type": "string", "format": "binary"}}}}
# A file goes out as what it is, not as what it came in as.
FILE = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
PNG = {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}
PDF = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
DocumentId = Annotated[str, Field(max_length=64)]


class DocumentWords(Schema):
    """What is looked for."""

    text: Annotated[str, Field(min_length=1, max_length=200, description="words, all of which must stand in it")]
    case: CaseId | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class Given(Schema):
    """What a file is called, and the case it belongs to; without one it waits for the act that names it."""

    name: Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$", description="file name")]
    case: CaseId | None = None


@operation("GET", "/cases/{case}/documents", T("事件の書類", "documents of a case"), DocumentList, tags=_TAGS,
           gives={"/documents/{document}": "body#/items/0/id"})  # fmt: skip
def list_documents(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """In order of arrival. `name` is "" where only who may read what is sealed may know it, which takes the scope
    `sealed`."""
    return {"items": [shown(p) for p in papers.papers(request.auth, case, unsealing=_unsealing(request))]}


@operation("GET", "/documents/{document}", T("書類を受け取る", "download a document"), None, tags=_TAGS,
           extra={"responses": {200: FILE}})  # fmt: skip
def get_document(request: HttpRequest, document: DocumentId) -> HttpResponseBase:
    """The bytes of a document, its reading written down first. What a sealed field names takes the scope `sealed`."""
    return handed_out(papers.fetch(request.auth, document, "api", unsealing=_unsealing(request)))


@operation("GET", "/search/documents", T("書類を言葉で探す", "find documents by their text"), DocumentHits, tags=_TAGS)
def find_documents(request: HttpRequest, asked: Query[DocumentWords]) -> dict[str, Any]:
    """The newest in which every word stands, from one letter on. Each one shown is logged as read. What a sealed field
    names takes the scope `sealed`."""
    found = papers.find(request.auth, asked.text, asked.limit, case=asked.case or "", unsealing=_unsealing(request),
                        door="api")  # fmt: skip
    return {"more": found.more, "items": [
        {"document": h.document, "name": h.name, "media_type": h.media_type, "at": instant(h.at), "case": h.case,
         "kind": h.kind, "page": h.page, "pages": h.pages, "snippet": "".join(words for words, _ in h.snippet)}
        for h in found.hits
    ]}  # fmt: skip


@operation("GET", "/documents/{document}/text", T("書類の文字", "text of a document"), DocumentTextOut, tags=_TAGS)
def get_document_text(request: HttpRequest, document: DocumentId) -> dict[str, Any]:
    """Read by a process of its own when it came in, or now. The reading is written down first."""
    look = previews.look(request.auth, "", document, "api", unsealing=_unsealing(request))
    lang = language(request)
    return {"pages": list(look.texts), "pictures": look.pictures, "marks": [mark[lang] for mark in look.marks],
            "cut": look.cut, "refused": look.why[lang] if look.why else ""}  # fmt: skip


@operation("GET", "/documents/{document}/pages/{page}", T("書類のページを絵で", "a page of a document as PNG"), None,
           tags=_TAGS, extra={"responses": {200: PNG}})  # fmt: skip
def get_document_page(
    request: HttpRequest, document: DocumentId, page: Annotated[int, Field(ge=1, le=3_000)]
) -> HttpResponseBase:
    """Of a PDF or picture. The reading is written down first."""
    png = previews.page(request.auth, "", document, page, unsealing=_unsealing(request), door="api")
    return HttpResponse(png, content_type="image/png")


@operation("GET", "/cases/{case}/letters/{seq}", T("行為を紙面にする", "an act on paper"), None, tags=_TAGS,
           extra={"responses": {200: PDF}})  # fmt: skip
def get_letter(
    request: HttpRequest, case: CaseId, seq: Annotated[int, Field(ge=1, le=999_999_999)]
) -> HttpResponseBase:
    """The letter or filing of an entry as PDF/A, in the language asked for, without what is sealed. The same entry
    gives the same bytes."""
    found = letters.letter(request.auth, case, seq, language(request))
    return HttpResponse(letters.pdf(found), content_type="application/pdf")


def handed_out(found: papers.Opened) -> HttpResponseBase:
    """The bytes on their way, as a download."""
    return StreamingHttpResponse(found.pieces, content_type=found.media_type, headers={
        "Content-Disposition": content_disposition_header(True, found.name) or "attachment",
        "Content-Length": str(found.size),
        "X-Content-Type-Options": "nosniff",
    })  # fmt: skip


@operation("POST", "/documents", T("書類を預ける", "hand in a document"), DocumentOut, scopes=(Scope.ACT,), status=201,
           tags=_TAGS, problems=(404,), gives={"/documents/{document}": "body#/id"},
           extra={"requestBody": {**RAW, "required": True}})  # fmt: skip
def add_document(request: HttpRequest, given: Query[Given]) -> dict[str, Any]:
    """One file as the body. The answer's `reference` goes into the field of the act that names it; what no act names is
    removed after thirty days."""
    expect(request, BYTES)
    too_large(request)
    return shown(papers.take(request.auth, request, given.name, given.case or ""))


def too_large(request: HttpRequest) -> None:
    """Raises Problem where the body says itself that it is too large."""
    most = papers.LARGEST
    if int(request.headers.get("Content-Length") or 0) > most:
        raise Problem("too_large", T(f"{most >> 20} MB まで", f"expected at most {most >> 20} MB"))


def _unsealing(request: HttpRequest) -> bool:
    return Scope.SEALED in request.kaname_scopes


def shown(paper: papers.Paper) -> dict[str, Any]:
    """A document in an answer."""
    return {
        "id": paper.id, "reference": paper.reference, "name": paper.name, "media_type": paper.media_type,
        "size": paper.size, "at": instant(paper.at), "by": paper.by,
        "sha256": paper.sha256, "quarantine": paper.quarantine,
    }  # fmt: skip
