"""Cases between offices as signed bundles, and receipts asked after."""

from base64 import b64encode
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Schema
from pydantic import Field

from kaname.access import api as access
from kaname.access.tokens import Scope
from kaname.api.exchange_shapes import AnchorWhole, HeldOut, TakenIn, TrustOut
from kaname.api.operation import expect, operation
from kaname.api.problems import Problem
from kaname.api.values import CaseId, Digest, Strict, language
from kaname.law import T
from kaname.ledger.bundle import LARGEST_FILE
from kaname.ledger.envelope import OVERHEAD
from kaname.ledger.proof.contact import LARGEST as CONTACT_LARGEST

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
    """A case as a bundle signed by this office and sealed for one other, which alone opens it. Sealed values go along
    where the caller may read them."""
    raw = access.export(request.auth, case, wanted.to)
    return _file(raw, "case.kaname")


@operation("POST", "/bundles", T("束を取り込む", "take in a bundle"), TakenIn,
           scopes=(Scope.EXPORT, Scope.ADMIN), problems=(507,), tags=_TAGS,
           extra={"requestBody": {**_BYTES, "required": True}})  # fmt: skip
def import_case(request: HttpRequest) -> dict[str, Any]:
    """Take in a bundle of a pinned office: checked whole, then written. The same bundle again changes nothing."""
    expect(request, BUNDLE)
    if int(request.headers.get("Content-Length") or 0) > LARGEST_FILE + OVERHEAD:
        raise Problem("too_large", T(f"{LARGEST_FILE >> 20} MB まで", f"expected at most {LARGEST_FILE >> 20} MB"))
    taken = access.take_in(request.auth, request.read(LARGEST_FILE + OVERHEAD + 1))
    return {
        "case": taken.case, "number": taken.number, "sender": taken.sender, "entries": taken.entries, "new": taken.new,
    }  # fmt: skip


@operation("GET", "/cases/{case}/entries/{seq}/receipt", T("署名した受領証", "a signed receipt"), None,
           problems=(409,), tags=_TAGS, extra={"responses": {200: _BYTES}})  # fmt: skip
def signed_receipt(request: HttpRequest, case: CaseId, seq: Annotated[int, Path(ge=1, lt=1 << 31)]) -> HttpResponse:
    """The receipt of an entry, signed by this office: two lines, the same whenever it is asked for."""
    raw = access.signed_receipt(request.auth, case, seq)
    if raw is None:
        raise Problem("not_found")
    return _file(raw, f"entry-{seq}.receipt")


@operation("GET", "/cases/{case}/proof", T("定点に含まれることの証明", "that an anchor covers a case"), None,
           problems=(409,), tags=_TAGS, extra={"responses": {200: _BYTES}})  # fmt: skip
def case_proof(request: HttpRequest, case: CaseId) -> HttpResponse:
    """The proof that the newest anchor covers a case, and up to which entry. It tells nothing of any other case."""
    return _file(access.proof(request.auth, case).encode(), "case.proof")


@operation("GET", "/anchors", T("定点", "anchors"), TrustOut, tags=_TAGS,
           gives={"/anchors/{number}": "body#/anchors/0/number"})  # fmt: skip
def anchors(request: HttpRequest) -> dict[str, Any]:
    """The newest anchors and who has countersigned them."""
    found = access.trust()
    told = [{"number": a.number, "made_at": a.made_at, "digest": a.digest, "countersigned": list(a.countersigned),
             "stamps": [{"authority": s.authority, "at": s.at} for s in a.stamped]}
            for a in found.anchors]  # fmt: skip
    wrong = [one[language(request)] for one in found.contradictions]
    return {"key": found.key, "protected": found.protected or None, "anchors": told, "contradictions": wrong}


@operation(
    "GET",
    "/anchors/{number}",
    T("定点と時刻認証", "an anchor and its time stamps"),
    AnchorWhole,
    problems=(404,),
    tags=_TAGS,
)
def anchor(request: HttpRequest, number: Annotated[int, Path(ge=1, lt=1 << 31)]) -> dict[str, Any]:
    """The statement of an anchor as this office signed it, and each answer of an authority of time under it."""
    found = access.anchor(number)
    if found is None:
        raise Problem("not_found")
    statement, stamps = found
    told = [{"authority": s.authority, "at": s.at, "answer": b64encode(s.answer).decode()} for s in stamps]
    return {"number": number, "statement": statement, "stamps": told}


@operation("POST", "/contacts", T("他の機関と伝え合う", "tell each other of anchors"), None,
           scopes=(Scope.EXPORT, Scope.ADMIN), problems=(409,), tags=_TAGS,
           extra={"requestBody": {**_BYTES, "required": True}, "responses": {200: _BYTES}})  # fmt: skip
def meet(request: HttpRequest) -> HttpResponse:
    """Take in what a pinned office tells of its anchors; answered with what this office tells. 409 where the other
    office contradicts what it told before, or what we hold: the evidence is kept."""
    expect(request, BUNDLE)
    sender, found = access.meet(request.auth, request.read(CONTACT_LARGEST + 1))
    if found:
        raise Problem("contradiction", found[0])
    return _file(access.contact_for(request.auth, sender), "contact.kaname")


def _file(raw: bytes, name: str) -> HttpResponse:
    return HttpResponse(raw, content_type=BUNDLE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@operation("POST", "/receipts/verify", T("受領証を確かめる", "is a receipt held?"), HeldOut,
           problems=(404,), tags=_TAGS)  # fmt: skip
def verify_receipt(request: HttpRequest, asked: ReceiptIn) -> dict[str, Any]:
    """Whether the entry that a receipt names stands in the case with the same digest."""
    return {"held": access.held(request.auth, asked.case, asked.seq, asked.digest)}
