"""The office's addresses, some that fail, each in its own way with what was sent in its words, and one that is slow."""

import os
import time
from pathlib import Path

from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from kaname.ledger.errors import Busy, CommitUnknown, Full, UnknownCase
from kaname.site import urls
from kaname.site.doors import DOORS as USUAL
from kaname.site.doors import PUBLIC

ERRORS = {
    "full": Full, "busy": Busy, "unknown": CommitUnknown, "no-case": UnknownCase, "ours": ValueError,
    "disk": lambda text: OperationalError("database or disk is full"),
    "away": lambda text: OperationalError(f"connection refused while writing {text}"),
    "twice": lambda text: IntegrityError(f"Key (title)=({text}) already exists"),
}  # fmt: skip


def fail(request: HttpRequest, how: str) -> HttpResponse:
    title = request.POST.get("title", request.GET.get("title", ""))
    error = ERRORS[how]
    raise error(title) if how in ("ours", "disk", "away", "twice") else error()


def slow(request: HttpRequest) -> HttpResponse:
    """Says that it has begun, and takes its time."""
    Path(os.environ["SLOW_BEGUN"]).touch()
    time.sleep(1)
    return HttpResponse("done")


urlpatterns = [
    path("slow/", slow, name="slow"),
    path("fail/<str:how>/", fail, name="fail"),
    path("api/v1/fail/<str:how>/", fail, name="fail"),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
DOORS = {**USUAL, "fail": PUBLIC, "slow": PUBLIC}
