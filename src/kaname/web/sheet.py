"""Tables to take away: CSV with a byte order mark for people's spreadsheets, streamed, every cell safe to open."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.http import StreamingHttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


class _Echo:
    def write(self, text: str) -> str:
        return text


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The rows as a file to save. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    response = StreamingHttpResponse(_lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(head)
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def safe(cell: Any) -> str:
    text = "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) and not text.lstrip("-").isdigit() else text
