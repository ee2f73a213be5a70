"""Acts: open a case, do an act, try one. The key of an act sees to it that it is recorded once, whatever happens."""

import re
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header
from pydantic import Field

from kaname.access import api as access
from kaname.access.tokens import Scope
from kaname.api.kinds import kind_of
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.shapes import ReceiptOut, TriedOut
from kaname.api.values import ActName, CaseId, Day, Instant, Strict, language
from kaname.law import Lang, T
from kaname.ledger.judging import Receipt
from kaname.ledger.rows import plain
from kaname.procedure import Accepted, Entry, Refused, as_data
from kaname.procedure.show import reason_data

_TAGS = ("acts",)
Key = Annotated[
    str,
    Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_.:/=+-]{8,100}$",
           description="chosen by the caller, one for each act; repeated, it gives the same receipt"),
]  # fmt: skip
_IF_MATCH = {
    "in": "header", "name": "If-Match", "required": False, "schema": {"type": "string"},
    "description": "the ETag of the case, or the digest of its last entry; 412 where another act came meanwhile",
}  # fmt: skip
_TAG = re.compile(r'"?([0-9a-f]{64})(\.[0-9a-f]{16})?"?')
# Which code the reasons of a refusal stand for; what is not here is the law's or the form's: 422.
_CODES = {"key": "key_reused", "office": "elsewhere", "mandate": "mandate"}


class ActIn(Strict):
    """An act. `by` and `party` where the role alone does not tell who acts; `run` where a procedure has several."""

    act: ActName
    on: Day
    data: dict[str, Any] = Field(default_factory=dict, max_length=200)
    run: Annotated[str, Field(max_length=256)] = ""
    by: Annotated[str, Field(max_length=64)] = ""
    party: Annotated[str, Field(max_length=256)] = ""
    at: Instant | None = None
    context: dict[str, Annotated[str, Field(max_length=64)]] = Field(
        default_factory=dict, max_length=20, description="public ids of cases the act takes from, by name"
    )

    def entry(self) -> Entry:
        return Entry(self.act, self.on, self.data, self.run, self.by, self.party, self.at)


class DeedIn(ActIn):
    """`happened`: a deed (事実行為) that a ban forbids was done all the same; it is recorded, as a breach."""

    happened: bool = False


class OpeningIn(ActIn):
    """The first act of a new case of a kind."""

    kind: ActName
    compartment: Annotated[str, Field(max_length=64, description="public id of one the caller belongs to")] = ""


@operation("POST", "/cases", T("事件を起こす", "open a case"), ReceiptOut, status=201, scopes=(Scope.ACT,),
           problems=(404, 409, 507), tags=_TAGS, gives={"/cases/{case}": "body#/case"})  # fmt: skip
def open_case(request: HttpRequest, response: HttpResponse, asked: OpeningIn, key: Key) -> dict[str, Any]:
    """Open a case with its first act, both or neither. The answer is the receipt: keep it."""
    kind = kind_of(asked.kind)
    answer = access.open_case(
        request.auth, kind.id, asked.entry(), idempotency_key=key, context=asked.context, compartment=asked.compartment
    )
    receipt = receipt_data(answer, asked.on, language(request))
    response["Location"] = f"{request.path}/{receipt['case']}"
    return receipt


@operation("POST", "/cases/{case}/acts", T("行為を記録する", "do an act"), ReceiptOut, status=201,
           scopes=(Scope.ACT,), problems=(409, 412, 507), tags=_TAGS,
           gives={"/cases/{case}/*/{seq}": "body#/seq"}, extra={"parameters": [_IF_MATCH]})  # fmt: skip
def do_act(request: HttpRequest, case: CaseId, asked: DeedIn, key: Key) -> dict[str, Any]:
    """Do an act in a case. The answer is the receipt, once the act is on the disk; or every reason against it."""
    answer = access.act(
        request.auth, case, asked.entry(), idempotency_key=_own(request, key), context=asked.context,
        happened=asked.happened, head=_head(request),
    )  # fmt: skip
    return receipt_data(answer, asked.on, language(request))


@operation("POST", "/cases/{case}/try", T("試す", "try an act"), TriedOut, tags=_TAGS)
def try_act(request: HttpRequest, case: CaseId, asked: DeedIn) -> dict[str, Any]:
    """What an act would do, or every reason why it cannot be done. Nothing is written, no mandate is asked for."""
    tried = access.Tried(asked.entry(), asked.context, asked.happened)
    return _tried(access.try_acts(request.auth, case, [tried])[0], asked, language(request))


@operation("POST", "/kinds/{kind}/try", T("事件を起こすのを試す", "try to open a case"), TriedOut, tags=_TAGS)
def try_opening(request: HttpRequest, kind: str, asked: ActIn) -> dict[str, Any]:
    """What a new case of a kind would be after its first act. Nothing is written."""
    tried = access.Tried(asked.entry(), asked.context)
    return _tried(access.try_opening(request.auth, kind_of(kind).id, tried), asked, language(request))


# -- in and out ------------------------------------------------------------------------------------------------------


def _own(request: HttpRequest, key: str) -> str:
    """Keys are each person's own: one chosen by another must not tell that it was used."""
    return f"{request.auth.public_id}:{key}"


def _head(request: HttpRequest) -> str:
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return ""
    found = _TAG.fullmatch(given)
    if found is None:
        text = T(
            "事件の ETag、又は最後の記録の要約値を", "expected the ETag of the case or the digest of its last entry"
        )
        raise Problem("invalid", faults=[("If-Match", text)])
    return found[1]


def receipt_data(answer: Receipt | Refused, on: date, lang: Lang) -> dict[str, Any]:
    """The receipt as it goes out. Raises Problem with every reason where the act was refused."""
    if isinstance(answer, Refused):
        codes = [_CODES[r.code] for r in answer.reasons if r.code in _CODES]
        first = answer.reasons[0].text if codes else None
        raise Problem(codes[0] if codes else "refused", first, reasons=answer.reasons, on=on)
    return {
        "case": answer.case, "number": answer.number, "seq": answer.seq, "act": answer.act,
        "effective_on": answer.effective_on.isoformat(), "recorded_at": answer.recorded_at, "digest": answer.digest,
        "warnings": [reason_data(r, lang, on) for r in answer.warnings],
    }  # fmt: skip


def _tried(answer: Accepted | Refused, asked: ActIn, lang: Lang) -> dict[str, Any]:
    if isinstance(answer, Refused):
        reasons = [reason_data(r, lang, asked.on) for r in answer.reasons]
        return {"accepted": False, "reasons": reasons, "warnings": [], "entry": None, "standing": None}
    e = answer.entry
    entry = {"act": e.act, "on": e.on.isoformat(), "run": e.run, "by": e.by, "party": e.party, "data": plain(e.data)}
    return {
        "accepted": True, "reasons": [], "warnings": [reason_data(r, lang, asked.on) for r in answer.warnings],
        "entry": entry, "standing": as_data(answer.standing, lang),
    }  # fmt: skip
