"""Who calls: the holder of a token, or a person logged in to the pages who only reads from there.

The right is asked for at each call: the token in force, its person active; mandates are asked by the predicate.
"""

import logging
from typing import Any

from django.http import HttpRequest

from kaname.access.login.throttle import network
from kaname.access.models import Person, Token
from kaname.access.tokens import Scope, holder, of_old
from kaname.api import rate
from kaname.api.problems import Problem
from kaname.law import T
from kaname.site.logs import pseudonym

_log = logging.getLogger("kaname.security")
_FROM_OUR_PAGES = ("same-origin", "none")
_SPENT = {
    rate.Sort.READ: T(f"1 分に {rate.MOST} 回まで。あと {{wait}} 秒待つこと。行為の記録はこの間もできる",
                      f"at most {rate.MOST} requests a minute; wait {{wait}} s; acts are recorded meanwhile"),
    rate.Sort.ACT: T(f"1 分に {rate.MOST} 回、そのうえ行為は {rate.OF_ACTS} 回まで。あと {{wait}} 秒待つこと",
                     f"at most {rate.MOST} requests a minute and {rate.OF_ACTS} acts beyond; wait {{wait}} s"),
    rate.Sort.EXPORT: T(f"持出しは 1 時間に {rate.EXPORTS} 回まで。あと {{wait}} 秒待つこと。行為と受入れはできる",
                        f"at most {rate.EXPORTS} exports an hour; wait {{wait}} s; acts and taking in go on meanwhile"),
}  # fmt: skip


class Bearer:
    """An operation's lock: `Authorization: Bearer kaname_...` whose scopes hold all that the operation asks for."""

    openapi_security_schema: dict[str, Any] = {  # noqa: RUF012
        "type": "http",
        "scheme": "bearer",
        "description": "A token made at /settings/tokens/ or by `kaname token add`.",
    }

    def __init__(self, *scopes: Scope, exports: bool = False) -> None:
        self.scopes, self.exports = scopes, exports or Scope.EXPORT in scopes

    def __call__(self, request: HttpRequest) -> Person:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer" and secret:
            return self._by_token(request, secret.strip())
        if person := self._by_session(request):
            return person
        raise _unknown()

    def _by_token(self, request: HttpRequest, secret: str) -> Person:
        token = holder(secret)
        if token is None:
            _refused(request, secret)
            raise _unknown()
        request.kaname_scopes = frozenset(token.scopes.split())
        self._count(token, request.method == "GET")
        missing = [scope for scope in self.scopes if scope not in token.scopes.split()]
        if missing:
            names = ", ".join(missing)
            _log.warning("a token without the scope was refused", extra={
                "person": pseudonym("person", token.person.public_id), "kind": names,
            })  # fmt: skip
            raise Problem("scope", T(f"範囲 {names} のあるトークンが要る", f"expected a token with scope {names}"))
        person: Person = token.person
        if Scope.ADMIN in self.scopes and not person.administers:
            raise Problem("scope", T("管理者だけができる", "for administrators only"))
        return person

    def _count(self, token: Token, only_reads: bool) -> None:
        """Raises Problem `rate`. What files, acts or takes a case in is never an export."""
        sort = rate.Sort.READ
        if self.exports and only_reads:
            sort = rate.Sort.EXPORT
        elif not only_reads and (Scope.ACT in self.scopes or self.exports):
            sort = rate.Sort.ACT
        wait = rate.spend(token.pk, sort)
        if wait:
            _log.warning("a token must wait", extra={
                "person": pseudonym("person", token.person.public_id), "kind": sort.value,
            })  # fmt: skip
            raise Problem("rate", _SPENT[sort].fill(wait=str(wait)), {"Retry-After": str(wait)})

    def _by_session(self, request: HttpRequest) -> Person | None:
        """Reading from our own pages. Nothing is changed in a session: no other site's page can do harm with it."""
        only_reads = request.method == "GET" and self.scopes == (Scope.READ,)
        if not only_reads or request.headers.get("Sec-Fetch-Site") not in _FROM_OUR_PAGES:
            return None
        person = request.user
        if not (person.is_authenticated and person.is_active):
            return None
        request.kaname_scopes = frozenset({Scope.READ.value})
        return person


def _refused(request: HttpRequest, secret: str) -> None:
    """Told apart for who reads the log: a token that somebody had once, and one that nobody has had."""
    if token := of_old(secret):
        _log.warning("a token that has ended was refused", extra={
            "person": pseudonym("person", token.person.public_id), "network": pseudonym("network", network(request)),
        })  # fmt: skip
    else:
        _log.warning("a token that nobody has was refused", extra={"network": pseudonym("network", network(request))})


def _unknown() -> Problem:
    text = T("Authorization: Bearer に有効なトークンを", "expected Authorization: Bearer with a token in force")
    return Problem("token", text, {"WWW-Authenticate": 'Bearer realm="kaname"'})
