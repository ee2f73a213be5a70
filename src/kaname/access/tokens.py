"""Tokens: with one, a program does what its person may do, as far as the token's scopes go. Asked anew at each call."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe

from django.db import OperationalError, transaction
from django.db.models import Q, QuerySet

from kaname.access.login.changed import What, tell
from kaname.access.models import Person, Token
from kaname.law import T, Text
from kaname.ledger import clock

PREFIX = "kaname_"
LONGEST = 366  # days
_HINT = len(PREFIX) + 6
_ID = re.compile(r"[a-z2-7]{16}")
_SEEN_EVERY = timedelta(hours=1)  # a call that only reads shall not write each time


class Scope(StrEnum):
    READ = "read"
    ACT = "act"
    SEALED = "sealed"
    EXPORT = "export"
    ADMIN = "admin"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Scope.READ: T("読む・試す", "read and try"),
    Scope.ACT: T("行為を記録する", "record acts"),
    Scope.SEALED: T("封緘された値を読む（読んだことが記録される）", "read sealed values (each reading is logged)"),
    Scope.EXPORT: T("事件を他の機関とやり取りする", "exchange cases with other offices"),
    Scope.ADMIN: T("管理者としての操作", "what administrators do"),
}


class BadToken(ValueError):
    """A token that cannot be made: what was expected of which field (name, scope, days)."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text.en)
        self.field, self.text = field, text


def make(person: Person, name: str, scopes: Iterable[str], days: int) -> tuple[Token, str]:
    """A new token and its secret, which is shown once and kept nowhere. Raises BadToken."""
    chosen = [scope for scope in Scope if scope.value in set(scopes)]
    if not chosen or not set(scopes) <= {scope.value for scope in Scope}:
        known = ", ".join(Scope)
        raise BadToken("scope", T(f"範囲は {known} から一つ以上", f"expected one or more scopes of: {known}"))
    if Scope.ADMIN in chosen and not person.administers:
        raise BadToken("scope", T("範囲 admin は管理者だけが持てる", "the scope admin is for administrators only"))
    name = name.strip()
    if not 0 < len(name) <= 64 or not name.isprintable():
        raise BadToken("name", T("名は 1 から 64 文字で", "expected a name of 1 to 64 characters"))
    if not 0 < days <= LONGEST:
        raise BadToken("days", T(f"期間は 1 日から {LONGEST} 日", f"expected a life of 1 to {LONGEST} days"))
    secret = PREFIX + token_urlsafe(32)
    now = clock.now()
    with transaction.atomic():
        token = Token.objects.create(
            person=person, name=name, scopes=" ".join(chosen), hint=secret[:_HINT], sha256=_digest(secret),
            created_at=now, expires_at=now + timedelta(days=days),
        )  # fmt: skip
        tell(person, What.TOKEN)
    return token, secret


def holder(secret: str) -> Token | None:
    """The token of a secret with its person, if it is in force and its person active."""
    now = clock.now()
    if len(secret) > 128 or not secret.isascii():
        return None
    found = Token.objects.select_related("person__office").filter(_in_force(now), sha256=_digest(secret)).first()
    if found is not None and (found.last_used_at is None or now - found.last_used_at > _SEEN_EVERY):
        _seen(found, now)
    return found


def of_old(secret: str) -> Token | None:
    """The token of a secret that opens nothing any more."""
    known = len(secret) <= 128 and secret.isascii()
    return Token.objects.select_related("person").filter(sha256=_digest(secret)).first() if known else None


def listed(person: Person) -> "QuerySet[Token]":
    """The tokens of a person, the newest first, ended ones too."""
    return Token.objects.filter(person=person).order_by("-created_at", "public_id")


def end(person: Person, public_id: str) -> bool:
    """End a token of a person at once. False: there is none of that id in force."""
    if not _ID.fullmatch(public_id):  # PostgreSQL would not even take one with a NUL in it
        return False
    return bool(
        Token.objects.filter(person=person, public_id=public_id, ended_at__isnull=True).update(ended_at=clock.now())
    )


def is_in_force(token: Token) -> bool:
    return bool(token.ended_at is None and token.expires_at > clock.now())


def _in_force(now: datetime) -> Q:
    return Q(ended_at__isnull=True, expires_at__gt=now, person__is_active=True)


def _seen(token: Token, now: datetime) -> None:
    try:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    except OperationalError:  # busy or full: reading goes on
        return


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
