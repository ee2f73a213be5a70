"""Each login, and each attempt at one, in the log: by what, whose, from which network. Nothing that was typed.

The address that somebody typed stands under a pseudonym, the same one whether an account has it or not: who goes
through addresses is seen, and who is known here is not told.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import authentication_step_completed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest

from kaname.access.login.throttle import network
from kaname.access.models import Person
from kaname.site.logs import pseudonym

_log = logging.getLogger("kaname.security")
PASSWORD, CODE, KEY, ORGANISATION = "password", "code", "webauthn", "organisation"  # kinds of factors


def failed(request: HttpRequest, way: str, email: str = "") -> None:
    """Somebody was not let in, or did not prove anew who they are."""
    _log.warning("a login failed", extra={
        "way": way, "account": pseudonym("account", _plain(email)), "network": pseudonym("network", network(request)),
    })  # fmt: skip


def delayed(request: HttpRequest, email: str = "") -> None:
    """Told to come back later: nothing was judged."""
    _log.warning("a login must wait", extra={
        "account": pseudonym("account", _plain(email)), "network": pseudonym("network", network(request)),
    })  # fmt: skip


@contextmanager
def judged(request: HttpRequest, way: str, person: Person | None) -> Iterator[None]:
    """What a form refuses within is a failure."""
    try:
        yield
    except ValidationError:
        failed(request, way, person.email if person else "")
        raise


def link(request: HttpRequest) -> None:
    """A link of an invitation, or an address that is a secret, opened nothing: used, ended or invented."""
    _log.warning("a link that opens nothing was tried", extra={"network": pseudonym("network", network(request))})


@receiver(user_logged_in)
def _in(sender: object, request: HttpRequest, user: Person, **_: Any) -> None:
    steps = [_way(step) for step in get_authentication_records(request, user)]
    _log.info("logged in", extra={
        "way": "+".join(dict.fromkeys(steps)), "person": pseudonym("person", user.public_id),
        "account": pseudonym("account", _plain(user.email)), "network": pseudonym("network", network(request)),
    })  # fmt: skip


@receiver(authentication_step_completed)
def _anew(sender: object, request: HttpRequest, user: Person, **step: Any) -> None:
    if step.get("reauthenticated"):
        _log.info("proved anew", extra={"person": pseudonym("person", user.public_id), "way": _way(step)})


@receiver(user_logged_out)
def _out(sender: object, request: HttpRequest, user: Person | None, **_: Any) -> None:
    if user is not None:
        _log.info("logged out", extra={"person": pseudonym("person", user.public_id)})


def _way(step: dict[str, Any]) -> str:
    """The kind of factor of a step, as allauth notes it."""
    method = str(step["method"])
    return ORGANISATION if method == "socialaccount" else str(step.get("type") or method)


def _plain(email: str) -> str:
    return email.strip().lower()
