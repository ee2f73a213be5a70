"""Files of a form go into the vault as they come: a piece in memory, never in clear on a disk, never more than allowed.

@uploads            (on a view: sets the handler before anything looks into the form, the token of the form included)
request.FILES[...]  is an `Arrived`; `keep(person, arrived, case)` makes a document of it
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from kaname.access.models import Person, new_id
from kaname.law import T
from kaname.papers import shelf, vault
from kaname.papers.shelf import NotTaken, Paper

MOST_IN_A_FORM = 20
MOST_OF_A_FORM = shelf.MOST_BYTES + (16 << 20)  # a day's files, and what is typed beside them


class Arrived:
    """A file of a form that lies in the vault, and is nobody's yet. `wrong`: why it cannot be kept."""

    def __init__(self, name: str, stored: vault.Stored | None, wrong: NotTaken | None) -> None:
        self.name, self.stored, self.wrong = name, stored, wrong
        self.size = stored.size if stored else 0

    def close(self) -> None:
        """Django closes what was uploaded once the request is answered: what nobody has kept is removed."""
        if self.stored:
            vault.path_of(self.stored.id).unlink(missing_ok=True)
            self.stored = None


def keep(person: Person, arrived: Arrived, case: str = "", circle: str = "") -> Paper:
    """Make a document of a file that has arrived. Raises UnknownCase, NotTaken."""
    if arrived.wrong or arrived.stored is None:
        shelf.refused(person)
        raise arrived.wrong or NotTaken(shelf.TOO_LARGE)
    stored, arrived.stored = arrived.stored, None
    return shelf.keep(person, stored, arrived.name, case, circle)


class Bytes(Protocol):
    """What a file is read from as it comes in."""

    def read(self, size: int, /) -> bytes: ...


def take(person: Person, stream: Bytes, name: str, case: str = "", circle: str = "") -> Paper:
    """Make a document of what comes, a piece in memory at a time. Raises UnknownCase, NotTaken: nothing is kept."""
    writer = vault.Writer(new_id())
    try:
        while piece := stream.read(vault.PIECE):
            if writer.size + len(piece) > shelf.LARGEST:
                raise NotTaken(shelf.TOO_LARGE)
            writer.write(piece)
        if not writer.size:
            raise NotTaken(_EMPTY)
    except BaseException as error:
        writer.drop()
        if isinstance(error, NotTaken):
            shelf.refused(person)
        raise
    return shelf.keep(person, writer.close(), name, case, circle)


_EMPTY = T("空である。中身のあるものを選び直して", "it is empty; choose one with something in it")


class ToVault(FileUploadHandler):
    """One for each request. A file that is too large is read to its end and dropped, so that the form is answered."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._writer: vault.Writer | None = None
        self._files, self._wrong = 0, None  # type: int, NotTaken | None

    def new_file(self, *args: Any, **more: Any) -> None:
        super().new_file(*args, **more)
        self._files += 1
        if self._files > MOST_IN_A_FORM:
            raise StopUpload(connection_reset=True)
        self._writer, self._wrong = vault.Writer(new_id()), None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._writer is None:
            return
        if self._writer.size + len(raw_data) > shelf.LARGEST:
            self.upload_interrupted()
            self._wrong = NotTaken(shelf.TOO_LARGE)
            return
        self._writer.write(raw_data)

    def file_complete(self, file_size: int) -> Arrived:
        stored = self._writer.close() if self._writer else None
        self._writer = None
        if stored and not stored.size:
            vault.path_of(stored.id).unlink()  # a field in which no file was chosen does not come as one
            return Arrived(self.file_name or "", None, NotTaken(_EMPTY))
        return Arrived(self.file_name or "", stored, self._wrong)

    def upload_interrupted(self) -> None:
        if self._writer:
            self._writer.drop()
            self._writer = None


class NoFiles(FileUploadHandler):
    """For every form that takes no file (FILE_UPLOAD_HANDLERS): the reading ends where one begins."""

    def new_file(self, *args: Any, **more: Any) -> None:
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: no file has begun."""

    def file_complete(self, file_size: int) -> None:
        """Never called: no file has begun."""


def uploads(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a view whose form may hold files."""
    protected = csrf_protect(view)

    @csrf_exempt  # the token is looked for by `protected`, once the handler is in its place
    @wraps(view)
    def handled(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if int(request.headers.get("Content-Length") or 0) > MOST_OF_A_FORM:
            raise RequestDataTooBig  # told at once: not a byte of it is read
        request.upload_handlers = [ToVault(request)]
        found: HttpResponseBase = protected(request, *args, **more)
        return found

    return handled
