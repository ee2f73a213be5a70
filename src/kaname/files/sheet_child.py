"""The reader of a workbook, run by `sheets` in a child (see `confined`): sheets as rows of text, or why not."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from string import ascii_uppercase
from typing import Any

from kaname.files import packed
from kaname.files.confined import Refused, load

ROWS, COLUMNS, CELLS, MERGED = 100_000, 500, 3_000_000, 300


def prepare() -> None:
    load("python_calamine")


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    return {"sheets": workbook(content)}, b""


def workbook(content: bytes) -> list[dict[str, Any]]:
    import python_calamine as calamine

    with packed.opened(content, packed.BOOK) as parts:
        formulas = _formulas(parts)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        for meta in book.sheets_metadata:
            if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                sheets.append(_sheet(book.get_sheet_by_name(meta.name), formulas.get(meta.name, [])))
        return sheets
    except calamine.PasswordError:
        raise Refused("password") from None
    except (calamine.CalamineError, ValueError, OSError):
        raise Refused("broken") from None


def _sheet(sheet: Any, formulas: list[str]) -> dict[str, Any]:
    if sheet.total_width > COLUMNS or sheet.total_height > ROWS or sheet.total_width * sheet.total_height > CELLS:
        raise Refused("cells", sheet=sheet.name, rows=sheet.total_height, columns=sheet.total_width)
    with_formula = {int(place.lstrip(ascii_uppercase)) for place in formulas}
    rows = [
        [number, [_cell(value) for value in row]]
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1)
        if number in with_formula or any(value != "" for value in row)
    ]
    if len(sheet.merged_cell_ranges or ()) > MERGED:
        raise Refused("merged")
    merged = [[a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1] for a, b in sheet.merged_cell_ranges or ()]
    return {"name": sheet.name, "rows": rows, "merged": merged, "formulas": formulas}


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


# -- formulas, which the reader of values does not tell --------------------------------------------------------------


def _formulas(parts: zipfile.ZipFile) -> dict[str, list[str]]:
    """The cells with formulas by sheet, the first hundred of each."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, given: dict[str, str]) -> None:
        if name.endswith("Relationship"):
            targets[given.get("Id", "")] = given.get("Target", "")

    def sheet(name: str, given: dict[str, str]) -> None:
        if name.endswith(" sheet"):
            relations = [value for key, value in given.items() if key.endswith("relationships id")]
            sheets[given.get("name", "")] = relations[0] if relations else ""

    packed.walk(parts, "xl/_rels/workbook.xml.rels", relation)
    packed.walk(parts, "xl/workbook.xml", sheet)
    return {name: _of_sheet(parts, targets.get(relation, "")) for name, relation in sheets.items()}


def _of_sheet(parts: zipfile.ZipFile, target: str) -> list[str]:
    found: list[str] = []
    here = [""]

    def cell(name: str, given: dict[str, str]) -> None:
        if name.endswith(" c"):
            here[0] = given.get("r", "")
        elif name.endswith(" f") and len(found) < 100 and re.fullmatch("[A-Z]{1,3}[0-9]{1,7}", here[0]):
            found.append(here[0])

    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    packed.walk(parts, path, cell)
    return found
