"""Cases between offices as signed bundles, and receipts asked after."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import Field

from kaname.access import api as access
from kaname.access.tokens import Scope
from kaname.api.operation import expect, operation
from kaname.api.problems import Problem
from kaname.api.shapes import HeldOut, TakenIn
from kaname.api.values import CaseId, Digest, Strict
from kaname.law import T
from kaname.ledger.bundle import LARGEST_FILE

_TAGS = ("exchange",)
BUNDLE = "application/octet-stream"
_BYTES = {"content": {BUNDLE: {"schema": {"type": "string", "format": "binary"}}}}


class Recipient(Schema):
    to: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="a pinned office: its name or its key")]


class ReceiptIn(Strict):
    """What a receipt says; the rest of it may stay away."""

    case: Annotated[str, Field(max_length=64)]
    seq: Annotated[int, Field(ge=1, lt=1 << 31)]
    digest: Digest


@operation("GET", "/cases/{case}/bundle", T("束を書き出す", "export a case"), None, scopes=(Scope.EXPORT,),
           problems=(409,), tags=_TAGS, extra={"responses": {200: _BYTES}})  # fmt: skip
def export_case(request: HttpRequest, case: CaseId, wanted: Query[Recipient]) -> HttpResponse:
    """A case as a bundle signed by this office, meant for one other. Sealed values go along where the caller may read
    them."""
    raw = access.export(request.auth, case, wanted.to)
    return HttpResponse(raw, content_type=BUNDLE, headers={"Content-Disposition": 'attachment; filename="case.kaname"'})


@operation("POST", "/bundles", T("束を取り込む", "take in a bundle"), TakenIn,
           scopes=(Scope.EXPORT, Scope.ADMIN), problems=(507,), tags=_TAGS,
           extra={"requestBody": {**_BYTES, "required": True}})  # fmt: skip
def import_case(request: HttpRequest) -> dict[str, Any]:
    """Take in a bundle of a pinned office: checked whole, then written. The same bundle again changes nothing."""
    expect(request, BUNDLE)
    if int(request.headers.get("Content-Length") or 0) > LARGEST_FILE:
        raise Problem("too_large", T(f"{LARGEST_FILE >> 20} MB まで", f"expected at most {LARGEST_FILE >> 20} MB"))
    taken = access.take_in(request.auth, request.read(LARGEST_FILE + 1))
    return {
        "case": taken.case, "number": taken.number, "sender": taken.sender, "entries": taken.entries, "new": taken.new,
    }  # fmt: skip


@operation("POST", "/receipts/verify", T("受領証を確かめる", "is a receipt held?"), HeldOut,
           problems=(404,), tags=_TAGS)  # fmt: skip
def verify_receipt(request: HttpRequest, asked: ReceiptIn) -> dict[str, Any]:
    """Whether the entry that a receipt names stands in the case with the same digest."""
    return {"held": access.held(request.auth, asked.case, asked.seq, asked.digest)}
