"""Small tables that people keep by hand: CSV and XLSX as rows of text, each cell with its place.

A workbook is read in a child (`sheet_child`). Nothing is guessed: merged cells and formulas
are told with their places, for whoever asks for the cell (`Sheet.merged`, `Sheet.formulas`).
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kaname.files import child
from kaname.files.problems import Problem
from kaname.files.streams import unusable
from kaname.law import T, Text

LARGEST = 20 << 20
MOST_ROWS, MOST_COLUMNS = 100_000, 500
_CHILD = Path(__file__).with_name("sheet_child.py")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `rows` with their numbers from 1, empty ones left out. `merged`: merged ranges as (top, left, bottom,
    right), `formulas`: cells with one, as (row, column), all from 1. `name` is "" for the one table of a CSV file."""

    name: str
    rows: list[tuple[int, list[str]]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()

    def merged_in(self, row: int) -> list[tuple[int, int]]:
        """The columns of a row that lie in merged cells, from - to."""
        return [(left, right) for top, left, bottom, right in self.merged if top <= row <= bottom]


def sheets_of(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a file, by its content and not by its name. Raises BadInput."""
    if len(content) > LARGEST:
        raise unusable(name, T(f"{LARGEST >> 20} MB より大きい；分けて", f"larger than {LARGEST >> 20} MB; split it"))
    if content.startswith(_OLE):
        wrong = T("古い形式 (.xls) 又は暗号化されたブック；.xlsx か CSV で保存し直して",
                  "an old workbook (.xls) or an encrypted one; save it as .xlsx or CSV")  # fmt: skip
        raise unusable(name, wrong)
    return _workbook(name, content) if content.startswith(_ZIP) else [_csv(name, content)]


def cell_name(row: int, column: int) -> str:
    """C5 for row 5, column 3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


# -- CSV -------------------------------------------------------------------------------------------------------------


def _csv(name: str, content: bytes) -> Sheet:
    text = _decoded(name, content)
    if "\0" in text:
        raise unusable(name, T("NUL 文字を含む；CSV か XLSX が要る", "holds a NUL; expected CSV or XLSX"))
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        line = 1
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line, row))
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise unusable(name, _too_many(len(rows), len(row)), line)
            line = reader.line_num + 1
    except csv.Error as error:
        wrong = T(f"CSV として読めない：{error}", f"cannot be read as CSV: {error}")
        raise unusable(name, wrong, reader.line_num) from None
    return Sheet("", rows)


def _decoded(name: str, content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unusable(name, T("UTF-8、Shift_JIS、UTF-16 のいずれでもない；CSV か XLSX が要る",
                           "neither UTF-8, Shift_JIS nor UTF-16; expected CSV or XLSX"))  # fmt: skip


def _too_many(rows: int, columns: int) -> Text:
    return T(
        f"表が大きすぎる（{rows:,} 行、{columns:,} 列）；{MOST_ROWS:,} 行、{MOST_COLUMNS} 列までに分けて",
        f"too large a table ({rows:,} rows, {columns:,} columns); split it into at most {MOST_ROWS:,} rows and "
        f"{MOST_COLUMNS} columns",
    )


# -- workbooks -------------------------------------------------------------------------------------------------------


def _workbook(name: str, content: bytes) -> list[Sheet]:
    found = child.run(_CHILD, content)
    if found.refused:
        raise unusable(name, _refused(found.refused, found.head))
    return [_sheet(raw) for raw in found.head["sheets"]]


def _sheet(raw: dict[str, Any]) -> Sheet:
    merged = tuple((a, b, c, d) for a, b, c, d in raw["merged"])
    formulas = frozenset(_place(text) for text in raw["formulas"])
    return Sheet(raw["name"], [(number, row) for number, row in raw["rows"]], merged, formulas)


def _place(name: str) -> tuple[int, int]:
    """Row and column of C5."""
    letters, column = name.rstrip("0123456789"), 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]), column


_REFUSED = child.TOLD | {
    "password": T("暗号化されている；パスワードを外して", "encrypted; take the password off"),
    "macros": T("マクロを含む；.xlsx で保存し直して", "holds macros; save it as .xlsx"),
    "doctype": T("DTD を含む；表計算ソフトで保存し直して", "holds a document type; save it anew with a spreadsheet"),
    "merged": T("結合されたセルが多すぎる；結合を解いて", "too many merged cells; unmerge them"),
    "broken": T("XLSX として読めない；表計算ソフトで保存し直して", "cannot be read as XLSX; save it anew"),
}


def _refused(code: str, answer: dict[str, Any]) -> Text:
    if code == "cells":
        place = T(f"シート「{answer['sheet']}」：", f"sheet {answer['sheet']!r}: ")
        wrong = _too_many(answer["rows"], answer["columns"])
        return T(place.ja + wrong.ja, place.en + wrong.en)
    return _REFUSED[code]


def formula_at(file: str, sheet: Sheet, row: int, column: int, field: str) -> Problem:
    """The cell holds a formula: what it shows may change, what is filed may not."""
    text = T(f"セル {cell_name(row, column)} は数式；値として貼り付けて",
             f"cell {cell_name(row, column)} holds a formula; paste it as a value")  # fmt: skip
    return Problem(_of(file, sheet), row, field, text)


def merged_at(file: str, sheet: Sheet, row: int, column: int, field: str) -> Problem:
    """The cell lies in a merged range: whether its first cell's value is meant for it, nobody can tell."""
    text = T(f"セル {cell_name(row, column)} は結合されている；結合を解いて各セルに値を",
             f"cell {cell_name(row, column)} lies in merged cells; unmerge them and fill in each cell")  # fmt: skip
    return Problem(_of(file, sheet), row, field, text)


def _of(file: str, sheet: Sheet) -> str:
    return f"{file} [{sheet.name}]" if sheet.name else file
