"""The papers behind vendors' certificates, and what an operator opens of a passport: each opening is logged first."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Schema
from pydantic import Field

from kaname.access.tokens import Scope
from kaname.api.document_shapes import DocumentList, DocumentOut
from kaname.api.documents import BYTES, FILE, RAW, handed_out, shown, too_large
from kaname.api.operation import expect, operation
from kaname.api.values import CaseId
from kaname.api.vendors import OpenedOut, PlanId, VendorId
from kaname.law import T
from kaname.regimes.infrastructure.filing import record
from kaname.vendors import api as vendors

_OWN, _PLANS, _ACROSS = ("vendors",), ("plans in preparation",), ("vendors across plans",)
_SECRET, _OUT = (Scope.READ, Scope.SEALED), {"responses": {200: FILE}}
FileId = Annotated[str, Field(max_length=64, description="the id of a file")]
Number = Annotated[int, Field(ge=0, lt=1 << 31, description="the number of the version")]


class FileNamed(Schema):
    """What a file is called."""

    name: Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$", description="file name")]


@operation("POST", "/vendors/own/{vendor}/files", T("書類のファイルを預ける", "hand in a paper"), DocumentOut,
           scopes=(Scope.READ, Scope.ACT), status=201, tags=_OWN,
           gives={"/vendors/own/{vendor}/files/{file}": "body#/id"},
           extra={"requestBody": {**RAW, "required": True}})  # fmt: skip
def add_vendor_file(request: HttpRequest, vendor: VendorId, given: Query[FileNamed]) -> dict[str, Any]:
    """One file as the body. The answer's `reference` goes into `file` of a certificate of the draft; what no draft
    names is removed after thirty days."""
    expect(request, BYTES)
    too_large(request)
    return shown(vendors.take(request.auth, vendor, request, given.name))


@operation("GET", "/vendors/own/{vendor}/files", T("預けた書類のファイル", "papers handed in"), DocumentList,
           scopes=_SECRET, tags=_OWN, gives={"/vendors/own/{vendor}/files/{file}": "body#/items/0/id"})  # fmt: skip
def list_vendor_files(request: HttpRequest, vendor: VendorId) -> dict[str, Any]:
    """The files of one's own vendor, the newest first."""
    return {"items": [shown(p) for p in vendors.handed_in(request.auth, vendor)]}


@operation("GET", "/vendors/own/{vendor}/files/{file}", T("自分の書類を受け取る", "download one's own paper"), None,
           scopes=_SECRET, tags=_OWN, extra=_OUT)  # fmt: skip
def get_own_file(request: HttpRequest, vendor: VendorId, file: FileId) -> HttpResponseBase:
    """The bytes of a file that one's own vendor has handed in."""
    return handed_out(vendors.open_own(request.auth, vendor, file, "api"))


@operation("GET", "/infrastructure/preparations/{plan}/vendors/{vendor}/files/{file}",
           T("供給者の書類を受け取る（事業者）", "download a vendor's paper (operator)"), None, scopes=_SECRET,
           tags=_PLANS, extra=_OUT)  # fmt: skip
def get_plan_vendor_file(request: HttpRequest, plan: PlanId, vendor: VendorId, file: FileId) -> HttpResponseBase:
    """The bytes of a paper of a passport in the plan, while the vendor consents and as far as it does."""
    return handed_out(vendors.open_in_preparation(request.auth, plan, vendor, file, "api"))


@operation("POST", "/infrastructure/preparations/{plan}/vendors/{vendor}/reveal",
           T("封緘された開示を読む（事業者）", "read a sealed passport (operator)"), OpenedOut, scopes=_SECRET,
           tags=_PLANS)  # fmt: skip
def reveal_passport_in_plan(request: HttpRequest, plan: PlanId, vendor: VendorId) -> dict[str, Any]:
    """All that a vendor lets the operator read, officers too unless veiled. The vendor sees who has read."""
    return {"disclosure": record.plain(vendors.reveal_to_operator(request.auth, plan, vendor, "api"))}


@operation("GET", "/infrastructure/vendors/{vendor}/plans/{case}/{number}/files/{file}",
           T("供給者の書類を受け取る（行政機関）", "download a vendor's paper (authority)"), None, scopes=_SECRET,
           tags=_ACROSS, extra=_OUT)  # fmt: skip
def get_filed_vendor_file(
    request: HttpRequest, vendor: VendorId, case: CaseId, number: Number, file: FileId
) -> HttpResponseBase:
    """The bytes of a paper of a version with which the plan of the case was filed."""
    return handed_out(vendors.open_in_case(request.auth, case, vendor, number, file, "api"))
