"""Headers on every answer, errors too; and nothing that another site sends for but a link to a page."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from kaname.access.login.throttle import network
from kaname.site.logs import pseudonym

_log = logging.getLogger("kaname.security")

_ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
_OF_PAGES = (*_SAFE, "POST")
_OF_PROGRAMS = (*_OF_PAGES, "PUT", "PATCH", "DELETE")  # which of them, each operation says


class Headers:
    """Middleware, the outermost: nothing is kept in a cache but the static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and getattr(request.resolver_match, "view_name", "") == settings.KANAME_LOGOUT:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'  # cookies but that of the session may stay
        for name, value in _ALWAYS.items():
            response.headers[name] = value
        if not response.get("Content-Type", "").startswith("text/html"):
            # Pages hold forms, which need "same-origin" (docs/adr/0016); what is no page sends nobody anywhere.
            response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        if not (request.path.startswith(f"/{settings.STATIC_URL.lstrip('/')}") and response.status_code in (200, 304)):
            response.headers["Cache-Control"] = "no-store"
            patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response


class Methods:
    """Middleware: what nobody asks for (TRACE, PROPFIND, ...) ends here, whatever the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = _OF_PROGRAMS if request.path.startswith("/api/") else _OF_PAGES
        return self.get_response(request) if request.method in known else HttpResponseNotAllowed(known)


class SameSite:
    """Middleware: browsers say where a request comes from. A change that another site asks for is refused, and so is
    every reading for its own page (a picture, a frame, a script, a fetch): one may come from elsewhere by a link alone.

    The API looks for itself (`api.auth`): from elsewhere no session counts, a token does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        if request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none"):
            return
        read = request.method in _SAFE and (request.path.startswith("/api/") or _by_a_link(request))
        if not read:
            _log.warning(
                "a request of another site was refused", extra={"network": pseudonym("network", network(request))}
            )
            raise PermissionDenied("a request of another site")


def _by_a_link(request: HttpRequest) -> bool:
    """Older browsers that say where from also say what for."""
    mode, what = (request.headers.get(f"Sec-Fetch-{name}", "") for name in ("Mode", "Dest"))
    return mode in ("navigate", "") and what in ("document", "")
