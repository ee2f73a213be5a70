"""What frames every answer under /api/v1: a request id, no caching, and a problem in the place of any page of error."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kaname.api.problems import MEDIA_TYPE, Problem, answer
from kaname.api.values import language
from kaname.site.logs import request_id

ROOT = "/api/v1/"
_CODES = {400: "invalid", 401: "token", 403: "scope", 404: "not_found", 405: "method", 413: "too_large"}


class ApiFrame:
    """Middleware: whatever fails on the way to an operation or back answers as the operations do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        response = self.get_response(request)
        if response.status_code >= 400 and not response.headers["Content-Type"].startswith(MEDIA_TYPE):
            response = _as_problem(request, response)
        response["X-Request-Id"] = request_id.get()  # the line of this request in the log bears it too
        response["Cache-Control"] = "no-store"
        response["Vary"] = "Accept-Language, Authorization, Cookie"
        response.headers.setdefault("Content-Language", language(request))
        return response


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    code = _CODES.get(response.status_code, "fault" if response.status_code >= 500 else "invalid")
    headers = {"Allow": response["Allow"]} if "Allow" in response else {}
    return answer(request, Problem(code, headers=headers))
