"""The open sessions of a person, for themself alone: shown, and ended one by one or all but this.

What a page names a session by is a digest of its key: with it one is ended, and nobody gets in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kaname.access.gate.sessions import BEGAN, SEEN, instant, is_over
from kaname.access.login import throttle
from kaname.access.models import Person, Session
from kaname.ledger import clock

_FROM, _BROWSER = "kaname_from", "kaname_browser"
# The first of these that a browser says of itself, for each says that it is others as well.
_BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS/": "Firefox", "Chrome/": "Chrome",
             "CriOS/": "Chrome", "Safari/": "Safari"}  # fmt: skip
_SYSTEMS = {"Windows": "Windows", "Android": "Android", "iPhone": "iOS", "iPad": "iPadOS", "Macintosh": "macOS",
            "CrOS": "ChromeOS", "Linux": "Linux"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Open:
    """A session. `address` and `browser` are what the browser said at the login: the second can be made up."""

    id: str
    began: datetime
    seen: datetime
    address: str
    browser: str
    here: bool


def listed(request: HttpRequest) -> list[Open]:
    """Those of who asks that still open something: this one first, then the one last used."""
    found = (_open(row, request) for row in _running(request.user))
    return sorted(found, key=lambda one: (one.here, one.seen), reverse=True)


def end(request: HttpRequest, id: str) -> bool:
    """End another session of who asks. False where there is none of that id, or it is this one."""
    return _delete(request, [row for row in _rows(request.user) if _id(row) == id])


def end_others(request: HttpRequest) -> bool:
    return _delete(request, list(_rows(request.user)))


def _delete(request: HttpRequest, rows: list[Session]) -> bool:
    others = [row.session_key for row in rows if row.session_key != request.session.session_key]
    return bool(Session.objects.filter(session_key__in=others).delete()[0])


def _rows(person: Person) -> Iterator[Session]:
    return Session.objects.filter(person=person).iterator()


def _running(person: Person) -> Iterator[Session]:
    """Its times and what it carries of password and rights still hold, as the middleware asks at each request."""
    now, carried = clock.now(), person.get_session_auth_hash()
    for row in _rows(person):
        held = row.get_decoded()
        if compare_digest(str(held.get(HASH_SESSION_KEY, "")), carried) and not is_over(held, person, now):
            yield row


def _open(row: Session, request: HttpRequest) -> Open:
    held = row.get_decoded()
    return Open(
        _id(row), instant(held, BEGAN), instant(held, SEEN), held.get(_FROM, ""), held.get(_BROWSER, ""),
        row.session_key == request.session.session_key,
    )  # fmt: skip


def _id(row: Session) -> str:
    return salted_hmac("kaname/session", row.session_key, algorithm="sha256").hexdigest()[:32]


@receiver(user_logged_in)
def _note(sender: object, request: HttpRequest, user: Person, **_: object) -> None:
    address = throttle.client(request)
    request.session[_FROM] = "" if address == throttle.NOT_KNOWN else address
    request.session[_BROWSER] = _named(request.headers.get("User-Agent", ""))
    # What has run out holds an address, too, and opens nothing: it goes with the next login, whoever's it was.
    Session.get_session_store_class().clear_expired()  # by Django's clock, which wrote the rows


def _named(agent: str) -> str:
    """By which a person knows a session again: the names of browser and system, nothing else of what was said."""
    found = (next((name for mark, name in known.items() if mark in agent), "") for known in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))
