"""A session that has ended: back to the page after the login, with what was typed.

What was posted after the end is kept in the browser's new session, encrypted, for the same person alone, until they
have logged in again; `/accounts/kept/` then shows it with a button that sends it on. Files and passwords are not kept.
A browser that has lost its session altogether does not tell who was at work in it: the form of an act does (`whose`).
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from kaname.access.models import Person
from kaname.access.vault import Broken, lock, unlock

KEPT = "kaname_kept"
_MOST = 256 * 1024  # letters
_READ = 80 << 20  # bytes of a form that are read for what was typed beside its files
_WHOSE, _A_DAY = "whose", 86_400
_NEVER = ("csrfmiddlewaretoken", _WHOSE, "password", "oldpassword", "password1", "password2", "code", "credential")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person had posted, and where to."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: int


class PassedOver(FileUploadHandler):
    """Files are counted and not kept: what was typed after them is."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.files, self._reads = 0, int(request.headers.get("Content-Length") or 0) <= _READ

    def new_file(self, *args: Any, **more: Any) -> None:
        self.files += 1
        if not self._reads:
            raise StopUpload(connection_reset=True)
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: each file is passed over as it begins."""

    def file_complete(self, file_size: int) -> None:
        """Never called."""


def whose(person: Person) -> str:
    """For a hidden field `whose`: signed, so that nobody can have something kept for another."""
    return signing.dumps(person.public_id, salt="kaname whose form")


def to_login(request: HttpRequest) -> HttpResponse:
    """To the login, and afterwards back to where the person was."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else _after(request)
    if "HX-Request" in request.headers:  # a part of a page: the whole page goes to the login
        here = request.headers.get("HX-Current-URL", "") if request.method in ("GET", "HEAD") else back
        return HttpResponse(headers={"HX-Redirect": _login(here)})
    return HttpResponseRedirect(_login(back))


def _login(back: str) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}" if back else resolve_url(settings.LOGIN_URL)


def _after(request: HttpRequest) -> str:
    if not hasattr(request, "_files"):  # nothing has looked into the form yet
        request.upload_handlers = [PassedOver(request)]
    person = getattr(request, "ended_session_of", None) or _signed(request)
    if person is None:  # nobody known to have been at work here
        return ""
    return _keep(request, person)


def _signed(request: HttpRequest) -> int | None:
    try:
        found = signing.loads(request.POST.get(_WHOSE, ""), salt="kaname whose form", max_age=_A_DAY)
    except signing.BadSignature:
        return None
    return Person.objects.filter(public_id=found).values_list("pk", flat=True).first()


def keep_for_confirmation(request: HttpRequest) -> str:
    """A form of this site whose token is of an earlier login: kept, to be sent on by hand. "" where it was another's.

    The browser itself must say that the form came from here; the page then shows what it would send.
    """
    mine = request.headers.get("Sec-Fetch-Site") == "same-origin"
    person = request.user.pk if request.user.is_authenticated else _signed(request)
    if not mine or person is None or request.path == resolve_url(settings.LOGIN_URL):
        return ""
    return _keep(request, person)


def _keep(request: HttpRequest, person: int) -> str:
    fields = [(n, v) for n in request.POST for v in request.POST.getlist(n) if n not in _NEVER]
    passed_over = sum(h.files for h in request.upload_handlers if isinstance(h, PassedOver))
    files = len(request.FILES) + passed_over
    written = json.dumps([person, request.get_full_path(), fields, files], ensure_ascii=False)
    if not fields or len(written) > _MOST:
        return ""
    request.session[KEPT] = lock(written.encode(), "kept").hex()
    return resolve_url("kept")


def kept(request: HttpRequest) -> Kept | None:
    """What this person had typed when the session ended, if anything."""
    try:
        found: list[Any] = json.loads(unlock(bytes.fromhex(request.session.get(KEPT, "")), "kept"))
    except (Broken, ValueError):
        return None
    person, path, fields, files = found
    if not isinstance(request.user, Person) or person != request.user.pk:
        return None
    return Kept(path, tuple((name, value) for name, value in fields), files)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
