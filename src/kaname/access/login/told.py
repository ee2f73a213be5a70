"""What a login leaves on its answer: how long to wait, and that this browser is known."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kaname.access.login.throttle import remember_device


class Told:
    """Middleware: 429 with Retry-After where an attempt must wait; the cookie of a known browser after a login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if seconds := getattr(request, "retry_after", 0):
            response.status_code = 429
            response.headers["Retry-After"] = str(seconds)
        if device := getattr(request, "new_device", None):
            remember_device(response, *device)
        return response
