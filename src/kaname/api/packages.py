"""Filing packages for programs: made of a recorded filing, looked at, recorded."""

import io
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Query, Schema
from pydantic import Field

from kaname.access.tokens import Scope
from kaname.api.operation import expect, operation
from kaname.api.problems import Problem
from kaname.api.values import CaseId, language
from kaname.files.problems import BadInput
from kaname.law import T
from kaname.papers import packages
from kaname.procedure import Refused

_TAGS = ("documents",)
_ZIP = "application/zip"
_RAW = {"content": {_ZIP: {"schema": {"type": "string", "format": "binary"}}}}


class Taking(Schema):
    """Into which case; without one the package opens one. `record`: else it is only tried."""

    case: CaseId | None = None
    record: bool = False


class PackageTakenOut(Schema):
    """What a package files. `case` and `entry` stand where it was recorded."""

    kind: str
    act: str
    on: str
    party: str
    attachments: list[str]
    left_out: list[str]
    case: str
    entry: int


@operation("GET", "/cases/{case}/packages/{seq}", T("申請・届出の一式", "a filing as a package"), None, tags=_TAGS,
           scopes=(Scope.READ, Scope.SEALED), exports=True, extra={"responses": {200: _RAW}})  # fmt: skip
def get_package(
    request: HttpRequest, case: CaseId, seq: Annotated[int, Field(ge=1, le=999_999_999)]
) -> HttpResponseBase:
    """A ZIP: the form as PDF and workbook, its data, what is attached, and a manifest of digests. It is whole: what is
    sealed is in it, and takes the scope `sealed`."""
    raw = packages.pack(request.auth, case, seq, language(request))
    response = HttpResponse(raw, content_type=_ZIP)
    response["Content-Disposition"] = f'attachment; filename="filing-{seq}.zip"'
    return response


@operation("POST", "/packages", T("一式を取り込む", "take in a package"), PackageTakenOut,
           scopes=(Scope.ACT,), tags=_TAGS, problems=(404, 409),
           extra={"requestBody": {**_RAW, "required": True}})  # fmt: skip
def take_package(request: HttpRequest, taking: Query[Taking]) -> dict[str, Any]:
    """Checked whole against its manifest, then tried, or recorded with `record=true`. The same package again is the
    same act."""
    expect(request, _ZIP)
    if int(request.headers.get("Content-Length") or 0) > packages.LARGEST:
        most = packages.LARGEST >> 20
        raise Problem("too_large", T(f"{most} MB まで", f"expected at most {most} MB"))
    held = io.BytesIO()
    while piece := request.read(1 << 20):
        held.write(piece)
    case = taking.case or ""
    try:
        package = packages.opened("body", held.getvalue())
    except BadInput as wrong:
        raise Problem("invalid", faults=[(p.field or "body", p.text) for p in wrong.problems]) from None
    answer = (packages.taken if taking.record else packages.tried)(request.auth, package, case)
    if isinstance(answer, Refused):
        raise Problem("refused", reasons=answer.reasons, on=package.entry.on)
    done = answer if isinstance(answer, packages.Done) else packages.Done("", 0)
    return {
        "kind": package.kind, "act": package.of.name, "on": package.entry.on.isoformat(),
        "party": package.entry.party, "attachments": [a.path for a in package.attachments],
        "left_out": [t[language(request)] for t in package.left_out], "case": done.case, "entry": done.seq,
    }  # fmt: skip
