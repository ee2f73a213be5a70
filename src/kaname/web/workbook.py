"""Workbooks (XLSX) that people take away: one table a sheet, codes as text, nothing that a spreadsheet would run."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse

from kaname.files.books import nobodys

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 1_048_575  # rows of a sheet below its head
_WIDE, _NARROW = 48, 8
_EXACT = 10**15  # from here on a spreadsheet no longer holds every digit of a whole number


def table(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One table as a workbook: its head stays in sight and filters. Days are days, numbers numbers, the rest is text.

    Rows that no sheet can hold any more are left out; the last line then says so.
    """
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        nobodys(book)
        sheet = book.add_worksheet(name[:31] or "table")
        bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        widths = [len(str(cell)) * 2 for cell in head]
        for column, cell in enumerate(head):
            sheet.write_string(0, column, str(cell), bold)
        last = 0
        for last, row in enumerate(rows, 1):
            if last > MOST:
                sheet.write_string(MOST, 0, "…")
                break
            for column, cell in enumerate(row):
                put(sheet, last, column, cell, day)
                if last < 200:
                    widths[column] = max(widths[column], _width(cell)) if column < len(widths) else 0
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 2, _NARROW), _WIDE))
        sheet.freeze_panes(1, 0)
        if head:
            sheet.autofilter(0, 0, max(min(last, MOST), 1), len(head) - 1)
    return out.getvalue()


def put(sheet: Any, row: int, column: int, cell: Any, day: Any) -> None:
    """One cell by what it is."""
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | Decimal) and -_EXACT < cell < _EXACT:
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date) and not isinstance(cell, datetime) and cell.year >= 1900:
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)
    else:
        sheet.write_string(row, column, str(cell)[:32_767])


def as_workbook(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _width(cell: Any) -> int:
    text = "" if cell is None else str(cell)
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text[:_WIDE])
