"""Papers that went out, and many letters at once."""

from datetime import date
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from ninja import Query, Schema
from pydantic import Field

from kaname.access.tokens import Scope
from kaname.api.documents import PDF, handed_out
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import CaseId, language
from kaname.law import T
from kaname.papers import letters

_TAGS = ("documents",)
_ZIP = {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
Seq = Annotated[int, Field(ge=1, le=999_999_999)]
Name = Annotated[str, Field(max_length=128, pattern=r"^[a-z0-9_.]+$")]


class IssuedOut(Schema):
    """A paper that went out. `entry`: its entry in the ledger; `of`: the entry that it says; `sha256`: of its bytes, ""
    for who may not open them; `state`: "" while it stands, else what has come over it."""

    entry: int
    of: int
    number: str
    on: str
    document: str
    digest: str
    sha256: str
    template: str
    state: str


class IssuedList(Schema):
    items: list[IssuedOut]


class Many(Schema):
    """Which letters: the entries of one act in cases of a kind, from day to day, both included."""

    kind: Name
    act: Name
    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None


@operation("GET", "/cases/{case}/issues", T("発した書面", "papers that went out"), IssuedList, tags=_TAGS)
def list_issues(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """In the order in which they went out."""
    return {"items": [_shown(request, one) for one in letters.issued(request.auth, case)]}


@operation("POST", "/cases/{case}/letters/{seq}/issue", T("書面を発する", "issue a paper"), IssuedOut,
           scopes=(Scope.ACT,), tags=_TAGS)  # fmt: skip
def issue_letter(request: HttpRequest, case: CaseId, seq: Seq) -> dict[str, Any]:
    """The paper of an act gets its number, is kept as it is and stands in the ledger; issued before, it is that one."""
    return _shown(request, letters.issue(request.auth, case, seq))


@operation("GET", "/cases/{case}/issues/{seq}", T("発した書面を受け取る", "download a paper that went out"), None,
           tags=_TAGS, extra={"responses": {200: PDF}})  # fmt: skip
def get_issued(request: HttpRequest, case: CaseId, seq: Seq) -> HttpResponseBase:
    """The bytes as they went out; `seq`: the entry of the issue. With what is sealed, they take the scope `sealed`."""
    one = next((i for i in letters.issued(request.auth, case) if i.seq == seq), None)
    if one is None:
        raise Problem("not_found")
    return handed_out(letters.again(request.auth, case, seq, "api", unsealing=Scope.SEALED in request.kaname_scopes))


@operation("GET", "/letters", T("書面をまとめて受け取る", "many letters at once"), None, tags=_TAGS, problems=(404,),
           extra={"responses": {200: _ZIP}})  # fmt: skip
def get_letters(request: HttpRequest, many: Query[Many]) -> HttpResponseBase:
    """A ZIP with each letter as PDF/A and `manifest.json`: file, digest, and what could not be printed and why. What
    was issued comes as it went out."""
    try:
        wanted = letters.select(request.auth, many.kind, many.act, many.first, many.last)
    except LookupError:
        raise Problem("not_found") from None
    made = letters.together(lambda out: letters.archive(request.auth, wanted, out, language(request)))
    return FileResponse(made, as_attachment=True, filename="letters.zip", content_type="application/zip")


def _shown(request: HttpRequest, one: letters.Issued) -> dict[str, Any]:
    return {
        "entry": one.seq, "of": one.of, "number": one.number, "on": one.on.isoformat(), "document": one.document,
        "digest": one.digest, "sha256": one.sha256, "template": one.template,
        "state": one.state[language(request)] if one.state else "",
    }  # fmt: skip
