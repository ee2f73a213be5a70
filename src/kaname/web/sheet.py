"""Tables to take away: CSV with a byte order mark for people's spreadsheets, streamed, every cell safe to open.

Each of them is to be had as a workbook too, by `as=xlsx` in its address (`Workbooks`).
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from kaname.access import api as access
from kaname.access.login.fresh import unproved
from kaname.files import formulas
from kaname.web import workbook


class _Echo:
    def write(self, text: str) -> str:
        return text


class Csv(StreamingHttpResponse):
    """A table on its way as CSV; `name` of the file, `head` and `rows` as they were given."""

    def __init__(self, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        super().__init__(_lines(head, rows), content_type="text/csv; charset=utf-8")
        self.name, self.head, self.rows = name, head, rows


class Workbooks:
    """Middleware: a table is handed out as a workbook where the address asks for it. What it holds is the same. Members
    of compartments prove first that it is still them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, Csv) and (first := asks(request)):
            return first
        if not isinstance(response, Csv) or request.GET.get("as") != "xlsx":
            return response
        stem = response.name.removesuffix(".csv")
        return workbook.as_workbook(f"{stem}.xlsx", workbook.table(stem, response.head, response.rows))


def asks(request: HttpRequest) -> HttpResponseBase | None:
    """In the lists of who belongs to a compartment its cases stand: before these leave it is asked who takes them."""
    person = request.user
    if person.is_authenticated and access.own_compartments(person).exists():
        return unproved(request)
    return None


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The rows as a file to save. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    response = Csv(name, head, rows)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow([safe(cell) for cell in head])
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def safe(cell: Any) -> str:
    text = "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
    return formulas.as_text(text)
