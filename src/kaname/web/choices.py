"""What a reader chooses: language, theme, keys. Kept in cookies, so that the login page knows them too.

Language and keys are the person's: they go along to every browser.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from kaname.aside import choices as own
from kaname.aside.models import Choice

THEMES = ("light", "dark")
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
_YEAR = 365 * 24 * 3600
_THEME, _KEYS = "kaname_theme", "kaname_keys"


def theme(request: HttpRequest) -> str:
    """light, dark, or "" for the theme of the system."""
    chosen = request.COOKIES.get(_THEME, "")
    return chosen if chosen in THEMES else ""


def keys(request: HttpRequest) -> bool:
    """Whether keys act: what the person chose, which the session carries; else what this browser says."""
    session = getattr(request, "session", None)
    chosen = session.get(_KEYS) if session is not None and _signed_in(request) else None
    return bool((chosen or request.COOKIES.get(_KEYS)) != "off")


def keep_keys(request: HttpRequest, on: bool) -> None:
    """Keep with the person whether keys act, where somebody is logged in."""
    if _signed_in(request):
        own.keep(request.user, keys=on)
        request.session[_KEYS] = "on" if on else "off"


@receiver(user_logged_in)
def bring(sender: Any, request: HttpRequest | None, user: Any, **more: Any) -> None:
    """What the person chose elsewhere goes with the new session. Who chose nothing goes by the browser."""
    chosen = Choice.objects.filter(person=user).first()
    if request is not None and chosen is not None:
        request.session[_KEYS] = "on" if chosen.keys else "off"


def _signed_in(request: HttpRequest) -> bool:
    return bool(getattr(getattr(request, "user", None), "is_authenticated", False))


def keep_language(response: HttpResponse, person: Any, language: str) -> None:
    """Keep a language with this browser and, where somebody is logged in, with the person."""
    _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    if getattr(person, "is_authenticated", False) and person.language != language:
        person.language = language
        person.save(update_fields=("language",))


def keep(response: HttpResponse, theme: str, keys: bool) -> None:
    _keep(response, _THEME, theme)
    _keep(response, _KEYS, "on" if keys else "off")


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR, samesite="Lax", httponly=True, secure=bool(settings.SESSION_COOKIE_SECURE)
    )
