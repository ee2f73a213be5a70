"""Webhooks: a person's programs are told that something was recorded, by the ids with which they can ask for it.

Signed as Standard Webhooks has it (webhook-id, webhook-timestamp, webhook-signature). The entries themselves are the
list of what is to be told: whatever was recorded is found, whoever recorded it and whatever crashed meanwhile.
"""

import base64
import hmac
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from kaname.access import api as access
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.notices import outbox, reach
from kaname.notices.models import Hook, Outgoing, State
from kaname.site.home import secret
from kaname.site.outward import NotReached

MOST = 10  # of one person
# An entry gets its number a moment before others may see it: those of the last minutes are looked at once more.
_LATE = timedelta(minutes=5)
_ID = re.compile(r"[a-z2-7]{16}")


class BadHook(ValueError):
    """A webhook that cannot be made: what was expected of which field (name, url, kind)."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text.en)
        self.field, self.text = field, text


def make(person: Person, name: str, url: str, kind: str = "") -> Hook:
    """A new webhook; told of what is recorded from now on. Raises BadHook."""
    name, url = name.strip(), url.strip()
    if not 0 < len(name) <= 64 or not name.isprintable():
        raise BadHook("name", T("名は 1 から 64 文字で", "expected a name of 1 to 64 characters"))
    if wrong := reach.check(url, inside()):
        raise BadHook("url", wrong)
    if kind and kind not in kinds():
        raise BadHook("kind", T(f"「{kind}」という種類はない", f"there is no kind {kind!r}"))
    if of(person).count() >= MOST:
        raise BadHook(
            "name", T(f"一人 {MOST} 個まで。先に一つ終わらせる", f"at most {MOST} for a person: end one first")
        )
    return Hook.objects.create(
        person=person, name=name, url=url, kind=kind, cursor=access.newest(), made_at=clock.now()
    )


def of(person: Person) -> "QuerySet[Hook]":
    """A person's webhooks in force, the oldest first."""
    return Hook.objects.filter(person=person, ended_at=None).order_by("pk")


def end(person: Person, public_id: str) -> bool:
    """End a webhook at once; what waits for it is not sent. False: there is none of that id."""
    if not _ID.fullmatch(public_id):
        return False
    return bool(of(person).filter(public_id=public_id).update(ended_at=clock.now()))


def secret_of(hook: Hook) -> str:
    """The secret with which a receiver checks a signature. Worked out from a key of the office: no table has it."""
    return "whsec_" + base64.b64encode(_key(hook)).decode()


def inside() -> frozenset[str]:
    """Hosts of the own network that the office allows (KANAME_WEBHOOK_INSIDE)."""
    found: frozenset[str] = settings.KANAME_WEBHOOK_INSIDE
    return found


def plan(now: datetime) -> None:
    """Put a message for every entry that a webhook has not been told of yet."""
    for hook in Hook.objects.filter(ended_at=None, person__is_active=True).select_related("person"):
        after = hook.cursor
        while True:
            found, upto = access.happened(hook.person, clock.today(), after, hook.kind)
            outbox.put(_messages(hook, found, now))
            if upto == after:
                break
            after = upto
        settled = access.settled(hook.cursor, after, (now - _LATE).isoformat())
        Hook.objects.filter(pk=hook.pk, cursor__lt=settled).update(cursor=settled)


def _messages(hook: Hook, found: list[access.Happened], now: datetime) -> Iterator[Outgoing]:
    for one in found:
        about = {"case": one.case, "seq": one.seq}
        yield outbox.message(f"hook/{hook.public_id}/{one.case}/{one.seq}", "hook", hook.person, about, now, hook)


def deliver(row: Outgoing) -> str:
    """Tell one; returns the state it then has. Raises NotReached where it is to be tried again or given up."""
    hook, about = row.hook, json.loads(row.about)
    assert hook is not None
    found = access.happening(row.person, clock.today(), about["case"], about["seq"])
    if found is None or hook.ended_at is not None or not row.person.is_active:
        return State.VOID
    body = json.dumps({"type": "entry.recorded", "timestamp": found.recorded_at, "data": {
        "case": found.case, "number": found.number, "kind": found.kind, "seq": found.seq, "act": found.act,
        "on": found.on, "digest": found.digest, "url": f"{settings.ORIGIN}/api/v1/cases/{found.case}",
    }}, ensure_ascii=False).encode()  # fmt: skip
    status = reach.post(hook.url, body, headers(hook, row.public_id, body, clock.now()), inside())
    if 200 <= status < 300:
        return State.SENT
    raise NotReached(f"answered {status}", refused=status == 410)


def headers(hook: Hook, number: str, body: bytes, now: datetime) -> dict[str, str]:
    stamp = str(int(now.timestamp()))
    signed = hmac.digest(_key(hook), b".".join((number.encode(), stamp.encode(), body)), "sha256")
    return {
        "Content-Type": "application/json", "User-Agent": "Kaname", "webhook-id": number, "webhook-timestamp": stamp,
        "webhook-signature": "v1," + base64.b64encode(signed).decode(),
    }  # fmt: skip


def host(hook: Hook) -> str:
    """The part of its address that may be shown anywhere: paths of such addresses often are secrets."""
    return urlsplit(hook.url).hostname or ""


def _key(hook: Hook) -> bytes:
    return hmac.digest(_office_key(), hook.public_id.encode(), "sha256")


@cache
def _office_key() -> bytes:
    return secret("notices_key")
