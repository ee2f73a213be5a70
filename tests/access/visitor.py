"""A person at a browser, without one: Django's client, logged in through the login page or at once."""

import re
import time
from urllib.parse import quote

from allauth.account.internal.flows import login as flows
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client
from django.urls import reverse

PASSWORD = "seven small paper cranes"


def client(person=None, **headers) -> Client:
    made = Client(headers={"Sec-Fetch-Site": "same-origin", "Accept-Language": "en", **headers})
    if person is not None:
        made.force_login(person)
    return made


def proved(at: Client, person) -> Client:
    """The browser of somebody who has just proved anew who they are: what leaves whole asks for that."""
    session = at.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session[flows._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(person)
    session.save()
    return at


def log_in(email: str, password: str = PASSWORD, at: Client | None = None, **more):
    return (at or client()).post(reverse("account_login"), {"login": email, "password": password}, **more)


def is_in(at: Client) -> bool:
    return at.get(reverse("mfa_index")).status_code == 200


_MARKS = [re.compile(m) for m in (rb'name="csrfmiddlewaretoken" value="[^"]+"', rb'name="whose" value="[^"]+"',
                                 rb'nonce="[^"]+"', rb'"challenge": "[^"]+"')]  # fmt: skip


_OF_THE_MOMENT = ("Content-Length", "X-Request-Id", "Expires")  # they change with every answer


def masked(response, *names: str) -> bytes:
    """An answer whole, without its one-time marks; `names`: of the one asked for, which the address repeats."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    for mark in _MARKS:
        body = mark.sub(b"", body)
    for name in names:
        body = body.replace(name.encode(), b"NAME").replace(quote(name, safe="").encode(), b"NAME")
    headers = {k: v for k, v in response.headers.items() if k not in _OF_THE_MOMENT}
    if policy := headers.get("Content-Security-Policy"):  # its parts come in any order
        headers["Content-Security-Policy"] = "; ".join(sorted(policy.split("; ")))
    return repr((response.status_code, sorted(headers.items()))).encode() + body


def fingerprints(queries) -> tuple[str, ...]:
    """The statements of an answer without their values."""
    return tuple(_VALUE.sub("?", q["sql"]) for q in queries)


_VALUE = re.compile(r'"_django_curs_[^"]*"|' r"'(?:[^']|'')*'|\bs\d+_x\d+\b|\b\d+(?:\.\d+)?\b")
