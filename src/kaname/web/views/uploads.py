"""A file taken from a form, up to a size: a larger one is not written to the disk at all."""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

_ROOM = 64 << 20  # a form that is too large by less is read to its end, so that its page can say so


class Limited(TemporaryFileUploadHandler):
    """Writes to a temporary file as it comes. Over `most` bytes the rest is read and dropped; `too_large` says so."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most, self.got, self.too_large = most, 0, False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        self.got += len(raw_data)
        if self.got > self.most:
            self.too_large = True
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)


class InMemory(FileUploadHandler):
    """Keeps one file in memory; one of more than `most` bytes does not arrive."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most, self.content = most, io.BytesIO()

    def new_file(self, *args: Any, **more: Any) -> None:
        super().new_file(*args, **more)
        self.content = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.content.tell() + len(raw_data) > self.most:
            raise StopUpload(connection_reset=False)
        self.content.write(raw_data)

    def file_complete(self, file_size: int) -> Any:
        return SimpleUploadedFile(self.file_name or "", self.content.getvalue()) if file_size else None


def limit(request: HttpRequest, most: int) -> Limited:
    """To be called before anything looks into the form. One that says itself that it is far too large is not read."""
    handler = Limited(request, most)
    _take_with(request, handler, most)
    return handler


def in_memory(most: int) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """For a view whose form may hold one small file."""

    def of(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        protected = csrf_protect(view)

        @csrf_exempt  # the token is looked for by `protected`, once the handler is in its place
        @wraps(view)
        def handled(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            _take_with(request, InMemory(request, most), most)
            found: HttpResponse = protected(request, *args, **more)
            return found

        return handled

    return of


def _take_with(request: HttpRequest, handler: FileUploadHandler, most: int) -> None:
    if int(request.headers.get("Content-Length") or 0) > most + _ROOM:
        raise RequestDataTooBig
    request.upload_handlers = [handler]
