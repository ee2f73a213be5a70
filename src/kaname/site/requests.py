"""The outermost layer of every request: gives it a name, times it, writes its line, and answers what fails on the way.

The line names the route, never the address: addresses hold the ids of cases, and search words.
"""

import logging
import time
from collections.abc import Callable
from secrets import token_hex

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kaname.ledger.errors import LedgerError
from kaname.site import logs, trouble

_log = logging.getLogger("kaname.request")
_QUIET = frozenset({"healthz"})  # a monitor asks all day; only its failures are worth a line


class Requests:
    """Middleware, to stand first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        token = logs.request_id.set(token_hex(6))
        try:
            response = self.get_response(request)
            _tell(request, response.status_code, time.perf_counter() - begun)
        finally:
            logs.request_id.reset(token)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a view could not answer because of the ledger or the database; anything else is a fault of ours."""
        return trouble.answer(request, error) if isinstance(error, LedgerError | Error) else None


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    match = request.resolver_match
    route = match.view_name if match else ""
    if route in _QUIET and status < 500:
        return
    line = {"method": request.method, "route": route or "-", "status": status, "ms": round(seconds * 1000, 1)}
    if match and match.kwargs:
        line["about"] = logs.pseudonym("about", "/".join(map(str, match.kwargs.values())))
    line |= logs.whose(request)
    _log.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra=line)
