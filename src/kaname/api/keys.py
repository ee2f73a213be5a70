"""Keys of the office: destroying that of a compartment by two members, how recovery stands, what a restore lost."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from kaname.access import api as access
from kaname.access.errors import NotAllowed
from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.values import Strict, language
from kaname.law import T
from kaname.ledger.rows import instant

_TAGS = ("keys",)
_READS, _ACTS = (Scope.READ, Scope.SEALED), (Scope.ACT, Scope.SEALED)
CompartmentId = Annotated[str, Field(max_length=40)]
_NOT_YOURS = T("管理者と、分担片を持つ人だけ", "for administrators and holders of shares")


class DestructionIn(Strict):
    """`ask`: with the reason. `confirm`: by another member, and it is done. `withdraw`: by any member: it is not."""

    do: Literal["ask", "confirm", "withdraw"]
    reason: Annotated[str, Field(max_length=300)] = ""


class DestructionAskedOut(Schema):
    who: str
    reason: str
    at: str


class DestroyedOut(Schema):
    on: str
    reason: str
    by: str
    confirmed_by: str


class DestructionOut(Schema):
    """`cases`, `values`: what nobody can open then. `older`: until when backups hold some of it under other keys."""

    cases: int
    values: int
    older: str | None
    waiting: DestructionAskedOut | None
    destroyed: DestroyedOut | None


class ShareOut(Schema):
    number: int
    holder: str
    tried: str | None


class EnvelopeKeyOut(Schema):
    """`until`: a former key opens so long; null: partners seal for it now."""

    suite: str
    name: str
    until: str | None


class RecoveryOut(Schema):
    """`made`: when the present shares were, null: there are none. `kit`: the last one of these shares. `partners`: by
    which suite each is sealed for, null: its envelope keys have not come yet."""

    made: str | None
    by: str
    set: int
    shares: list[ShareOut]
    kit: str | None
    to_do: list[str]
    envelope_keys: list[EnvelopeKeyOut]
    partners: dict[str, str | None]


class GoneOut(Schema):
    case: str
    seq: int
    text: str


class RestoredOut(Schema):
    """`missing`: each entry that was here once and is not, with who says so and how it comes back."""

    restores: list[str]
    unsaid: str | None
    missing: list[GoneOut]


@operation("GET", "/compartments/{compartment}/destruction", T("鍵の破棄", "destruction of the key of a compartment"),
           DestructionOut, scopes=_READS, tags=_TAGS)  # fmt: skip
def show_destruction(request: HttpRequest, compartment: CompartmentId) -> dict[str, Any]:
    """What it would meet, who has asked for it, or that it was done. For members."""
    reach = access.destruction.reach(request.auth, compartment)
    waiting = access.destruction.waiting(request.auth, compartment)
    told = access.destruction.told(compartment)
    asked = waiting and {"who": waiting.asked_by.name, "reason": waiting.reason, "at": instant(waiting.asked_at)}
    done = told and {"on": told.on.isoformat(), "reason": told.reason, "by": told.by, "confirmed_by": told.confirmed_by}
    return {
        "cases": reach.cases, "values": reach.values, "older": instant(reach.older) if reach.older else None,
        "waiting": asked, "destroyed": done,
    }  # fmt: skip


@operation("POST", "/compartments/{compartment}/destruction", T("鍵の破棄を求め、確認する", "ask for it, confirm it"),
           DestructionOut, scopes=_ACTS, tags=_TAGS)  # fmt: skip
def destroy_key(request: HttpRequest, compartment: CompartmentId, given: DestructionIn) -> dict[str, Any]:
    """Two members: one asks, another confirms within 30 days. What was sealed then opens for nobody, for ever."""
    match given.do:
        case "ask":
            access.destruction.ask(request.auth, compartment, given.reason)
        case "confirm":
            access.destruction.confirm(request.auth, compartment)
        case "withdraw":
            access.destruction.withdraw(request.auth, compartment)
    return show_destruction(request, compartment)


@operation(
    "GET", "/office/recovery", T("鍵の回復の様子", "how the keys and their recovery stand"), RecoveryOut, tags=_TAGS
)
def show_recovery(request: HttpRequest) -> dict[str, Any]:
    """Who holds shares, when they were proven, what is to be done; the keys that partners seal for. For administrators
    and holders of shares."""
    found = access.keeping(request.auth)
    if found is None:
        raise NotAllowed(_NOT_YOURS)
    lang = language(request)
    return {
        "made": instant(found.made) if found.made else None, "by": found.by, "set": found.set,
        "shares": [{"number": h.number, "holder": h.name, "tried": instant(h.tried) if h.tried else None}
                   for h in found.holders],
        "kit": instant(found.kit) if found.kit else None, "to_do": [one[lang] for one in found.to_do],
        "envelope_keys": [{"suite": k.suite, "name": k.name, "until": k.until or None}
                          for k in (*found.envelopes.keys, *found.envelopes.former)],
        "partners": {name: suite or None for name, suite in found.envelopes.partners},
    }  # fmt: skip


@operation("GET", "/office/restores", T("復元で失われたもの", "what a restore lost"), RestoredOut,
           scopes=(Scope.ADMIN,), tags=_TAGS)  # fmt: skip
def show_restores(request: HttpRequest) -> dict[str, Any]:
    """How often the database was put back, and every entry known to be missing since. For administrators."""
    found, lang = access.restored(request.auth), language(request)
    return {
        "restores": [one[lang] for one in found.epochs], "unsaid": found.unsaid[lang] if found.unsaid else None,
        "missing": [{"case": g.case, "seq": g.seq, "text": g.text[lang]} for g in found.gone],
    }  # fmt: skip
