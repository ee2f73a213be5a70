"""Sessions: 30 minutes without a request end one, 10 hours in any case, and so does every change of rights or factors.

15 minutes where compartments are open to the person: their cases stand in every list of theirs. The rights themselves
are asked anew at each request; that a session ends when they change is on top of it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from kaname.access.compartments import own_compartments
from kaname.ledger import clock

IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=10)
IDLE_IN_COMPARTMENTS = timedelta(minutes=15)
BEGAN, SEEN = "kaname_began", "kaname_seen"
_WRITE_EVERY = timedelta(minutes=1)  # a session is not written at each request


class Sessions:
    """Middleware, after that of authentication: ends what has run out, and notes whose session it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        whose = request.session.get(SESSION_KEY)
        if whose is not None:
            now = clock.now()
            if is_over(request.session, request.user, now) or not request.user.is_authenticated:
                request.session.flush()
                request.ended_session_of = int(whose)
                request.user = _nobody()
            elif now - instant(request.session, SEEN) > _WRITE_EVERY:
                _note(request, now)
        return self.get_response(request)


def _note(request: HttpRequest, now: datetime) -> None:
    """Written here and not at the end: where there is no room for it the page is read all the same."""
    before, request.session[SEEN] = request.session[SEEN], now.isoformat()
    try:
        request.session.save()
    except (DatabaseError, UpdateError):  # UpdateError: logged out meanwhile; the next request finds that
        request.session[SEEN] = before
    request.session.modified = False


def is_over(session: Any, whose: Any, now: datetime) -> bool:
    """By its times. `whose`: the person, looked at only where the times leave it open."""
    seen, began = instant(session, SEEN), instant(session, BEGAN)
    idle = now - seen
    if idle > IDLE or now - began > WHOLE or clock.is_from_the_future(max(seen, began)):
        return True
    # Asked only of who comes back after so long: no other request pays for it.
    return idle > IDLE_IN_COMPARTMENTS and whose.is_authenticated and own_compartments(whose).exists()


def instant(session: Any, name: str) -> datetime:
    """When it began, or was last used. `session`: Django's, or what is in one."""
    try:
        return datetime.fromisoformat(session[name])
    except (KeyError, ValueError):
        return datetime.fromtimestamp(0, tz=clock.now().tzinfo)  # not begun by a login: over


def _nobody() -> Any:
    from django.contrib.auth.models import AnonymousUser  # needs the app registry

    return AnonymousUser()


@receiver(user_logged_in)
def _begin(sender: object, request: HttpRequest, **_: object) -> None:
    request.session[BEGAN] = request.session[SEEN] = clock.now().isoformat()
