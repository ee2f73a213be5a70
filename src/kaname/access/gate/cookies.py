"""Cookies of this host alone: over https each goes out as `__Host-NAME`, and one without the prefix is not believed.

So no neighbour under the same domain can plant one, and none leaves unencrypted. Inside they keep their names.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PREFIX = "__Host-"


class Cookies:
    """Middleware, before anything that reads a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SESSION_COOKIE_SECURE:
            return self.get_response(request)
        ours = (name for name in request.COOKIES if name.startswith(PREFIX))
        request.COOKIES = {name.removeprefix(PREFIX): request.COOKIES[name] for name in ours}
        response = self.get_response(request)
        for name in list(response.cookies):
            morsel = response.cookies.pop(name)
            morsel.set(PREFIX + name, morsel.value, morsel.coded_value)
            morsel["secure"] = True
            dict.__setitem__(response.cookies, PREFIX + name, morsel)
        return response
