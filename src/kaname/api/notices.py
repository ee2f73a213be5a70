"""Reminders of the caller, their rules, and webhooks."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import Strict, language
from kaname.law import T
from kaname.notices import api as told
from kaname.notices.hooks import BadHook
from kaname.notices.models import Hook, Outgoing, State
from kaname.notices.remind import BadRule, When

_TAGS = ("notices",)
_SHOWN = 100


class ReminderOut(Schema):
    key: str
    case: str
    number: int
    kind: str
    name: str
    label: str
    day: str
    before: int
    on: str


class RuleShape(Strict):
    before: Annotated[int, Field(ge=-1, le=90)]
    how: Annotated[str, Field(pattern="^(page|digest|mail)$")]
    kind: Annotated[str, Field(max_length=64)] = ""


class RulesShape(Strict):
    rules: Annotated[list[RuleShape], Field(max_length=40)]


class KeysIn(Strict):
    keys: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=500)]


class ReadOut(Schema):
    read: int


class HookIn(Strict):
    name: Annotated[str, Field(max_length=64)]
    url: Annotated[str, Field(max_length=512)]
    kind: Annotated[str, Field(max_length=64)] = ""


class HookOut(Schema):
    id: str
    name: str
    url: str
    kind: str
    secret: str


class MessageOut(Schema):
    id: str
    way: str
    state: State
    tries: int
    fault: str
    made_at: str


@operation("GET", "/notices", T("お知らせ", "reminders"), list[ReminderOut], tags=_TAGS)
def list_reminders(request: HttpRequest) -> list[dict[str, Any]]:
    """What is to be reminded of today and is not read yet: of each matter the latest reminder."""
    lang = language(request)
    return [
        {
            "key": r.key, "case": r.item.case, "number": r.item.number, "kind": r.item.kind, "name": r.item.name,
            "label": r.item.label[lang], "day": str(r.item.day), "before": r.before, "on": str(r.on),
        }
        for r in told.remind.on_page(request.auth)
    ]  # fmt: skip


@operation("POST", "/notices/read", T("既読にする", "mark as read"), ReadOut, scopes=(Scope.ACT,), tags=_TAGS)
def read_reminders(request: HttpRequest, body: KeysIn) -> dict[str, int]:
    """Mark reminders as read by their keys. It moves no legal date; keys that are not there count for nothing."""
    return {"read": told.remind.mark_read(request.auth, body.keys)}


@operation("GET", "/notices/rules", T("お知らせの規則", "rules of reminders"), RulesShape, tags=_TAGS)
def list_rules(request: HttpRequest) -> dict[str, Any]:
    """When and by which way the caller is reminded."""
    return {"rules": [{"before": w.before, "how": w.how, "kind": w.kind} for w in told.remind.rules(request.auth)]}


@operation("POST", "/notices/rules", T("お知らせの規則を置き換える", "replace the rules"), RulesShape,
           scopes=(Scope.ACT,), tags=_TAGS)  # fmt: skip
def set_rules(request: HttpRequest, body: RulesShape) -> dict[str, Any]:
    """Put these rules in the place of the caller's; an empty list: the usual ones again."""
    try:
        told.remind.keep(request.auth, [When(r.before, r.how, r.kind) for r in body.rules])
    except BadRule as wrong:
        raise Problem("invalid", faults=[(f"rules.{wrong.field}", wrong.text)]) from None
    return list_rules(request)


@operation("GET", "/webhooks", T("webhook の一覧", "webhooks"), list[HookOut], scopes=(Scope.ACT,), tags=_TAGS,
           gives={"/webhooks/{hook}": "body#/0/id"})  # fmt: skip
def list_webhooks(request: HttpRequest) -> list[dict[str, Any]]:
    """The caller's webhooks in force, with the secrets by which a receiver checks signatures."""
    return [_hook(hook) for hook in told.hooks.of(request.auth)]


@operation("POST", "/webhooks", T("webhook を作る", "make a webhook"), HookOut, scopes=(Scope.ACT,), status=201,
           tags=_TAGS, gives={"/webhooks/{hook}": "body#/id"})  # fmt: skip
def make_webhook(request: HttpRequest, body: HookIn) -> dict[str, Any]:
    """Be told, at an https:// address, of every entry recorded in cases that the caller may see (Standard Webhooks)."""
    try:
        return _hook(told.hooks.make(request.auth, body.name, body.url, body.kind))
    except BadHook as wrong:
        raise Problem("invalid", faults=[(wrong.field, wrong.text)]) from None


@operation("POST", "/webhooks/{hook}/end", T("webhook を終わらせる", "end a webhook"), list[HookOut],
           scopes=(Scope.ACT,), tags=_TAGS)  # fmt: skip
def end_webhook(request: HttpRequest, hook: str) -> list[dict[str, Any]]:
    """End a webhook at once; what waits for it is not sent. Answers with those that are left."""
    if not told.hooks.end(request.auth, hook):
        raise Problem("not_found")
    return list_webhooks(request)


@operation("GET", "/messages", T("送ったもの", "messages"), list[MessageOut], tags=_TAGS)
def list_messages(request: HttpRequest) -> list[dict[str, Any]]:
    """The last hundred messages to the caller and to their webhooks, and what became of each."""
    return [_message(row) for row in told.outbox.of(request.auth)[:_SHOWN]]


def _hook(hook: Hook) -> dict[str, Any]:
    return {"id": hook.public_id, "name": hook.name, "url": hook.url, "kind": hook.kind,
            "secret": told.hooks.secret_of(hook)}  # fmt: skip


def _message(row: Outgoing) -> dict[str, Any]:
    return {"id": row.public_id, "way": row.way, "state": row.state, "tries": row.tries, "fault": row.fault,
            "made_at": row.made_at.isoformat()}  # fmt: skip
