"""What a reader chooses: language, theme, keys. Kept in cookies, so that the login page knows them too."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

THEMES = ("light", "dark")
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
_YEAR = 365 * 24 * 3600
_THEME, _KEYS = "kaname_theme", "kaname_keys"


def theme(request: HttpRequest) -> str:
    """light, dark, or "" for the theme of the system."""
    chosen = request.COOKIES.get(_THEME, "")
    return chosen if chosen in THEMES else ""


def keys(request: HttpRequest) -> bool:
    """Whether single keys act."""
    return bool(request.COOKIES.get(_KEYS) != "off")


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
