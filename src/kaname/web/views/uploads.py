"""A file taken from a form, up to a size: a larger one is not written to the disk at all."""

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest


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


def limit(request: HttpRequest, most: int) -> Limited:
    """To be called before anything looks into the form."""
    handler = Limited(request, most)
    request.upload_handlers = [handler]
    return handler
