"""The language of a page: the reader's cookie, else the person's own, else the browser's wish, else Japanese."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class PersonLanguage:
    """After Django's own middleware, which knows cookie and browser: a person keeps theirs everywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and settings.SESSION_COOKIE_NAME in request.COOKIES:
            language = getattr(request.user, "language", None)
            if language:
                translation.activate(language)
                request.LANGUAGE_CODE = language
        return self._get_response(request)
