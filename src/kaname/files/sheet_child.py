"""The reader of a workbook, run by `sheets` as a process of its own with little memory, little time and no files.

It gets the bytes on standard input and answers JSON; it imports nothing of Kaname, holds no key and no connection. What
a hostile file does to the reader, it does here.
"""

import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from string import ascii_uppercase
from typing import Any
from xml.parsers import expat

MEMORY, SECONDS = 768 << 20, 20
UNPACKED, RATIO, MEMBERS = 200 << 20, 200, 2_000
ROWS, COLUMNS, CELLS, MERGED = 100_000, 500, 3_000_000, 300


class Refused(Exception):
    """`code` is turned into a sentence by the parent."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.answer = {"refused": code, **facts}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    content = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        answer = {"sheets": workbook(content)}
    except Refused as refused:
        answer = refused.answer
    except MemoryError:
        answer = {"refused": "large"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def workbook(content: bytes) -> list[dict[str, Any]]:
    import python_calamine as calamine

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        _bounded(packed, len(content))
        formulas = _formulas(packed)
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


def _bounded(packed: zipfile.ZipFile, size: int) -> None:
    members = packed.infolist()
    names = {m.filename for m in members}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    if "xl/workbook.xml" not in names:
        raise Refused("broken")
    unpacked = sum(m.file_size for m in members)
    if len(members) > MEMBERS or unpacked > UNPACKED or unpacked > max(size, 1 << 16) * RATIO:
        raise Refused("large")


# -- formulas, which the reader of values does not tell --------------------------------------------------------------


def _formulas(packed: zipfile.ZipFile) -> dict[str, list[str]]:
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

    _walk(packed, "xl/_rels/workbook.xml.rels", relation)
    _walk(packed, "xl/workbook.xml", sheet)
    return {name: _of_sheet(packed, targets.get(relation, "")) for name, relation in sheets.items()}


def _of_sheet(packed: zipfile.ZipFile, target: str) -> list[str]:
    found: list[str] = []
    here = [""]

    def cell(name: str, given: dict[str, str]) -> None:
        if name.endswith(" c"):
            here[0] = given.get("r", "")
        elif name.endswith(" f") and len(found) < 100 and re.fullmatch("[A-Z]{1,3}[0-9]{1,7}", here[0]):
            found.append(here[0])

    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    _walk(packed, path, cell)
    return found


def _walk(packed: zipfile.ZipFile, path: str, begin: Any) -> None:
    """Every element of a part. A document type is refused: nothing in a workbook needs one, and bombs do."""

    def doctype(*_: Any) -> None:
        raise Refused("doctype")

    try:
        part = packed.open(path)
    except KeyError:
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = doctype
    try:
        with part:
            while piece := part.read(1 << 16):
                parser.Parse(piece)
            parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, EOFError):
        raise Refused("broken") from None


if __name__ == "__main__":
    main()
