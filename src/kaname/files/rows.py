"""A small table as rows of text with their lines: CSV as people save it, in UTF-8 or Shift_JIS, read at once.

For tables of tens of megabytes there is `tables`; this one tells more about a row, and holds all of them.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping

from kaname.files.problems import ENOUGH, BadInput, Problem
from kaname.files.streams import unusable
from kaname.law import T

Row = tuple[int, Mapping[str, str]]
MOST_COLUMNS, MOST_CELLS = 500, 3_000_000  # short lines count as wide as the header: each gives a cell for each column
_ENCODINGS = ("utf-8-sig", "cp932")


def rows(name: str, raw: bytes, encoding: str = "") -> tuple[list[Row], list[Problem]]:
    """The rows by column, and what is wrong with the lines that gave none. Raises BadInput for what is no table."""
    text = _decoded(name, raw, encoding)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Row] = []
    problems: list[Problem] = []
    try:
        head = [cell.strip() for cell in next(reader, [])]
        if len(head) > MOST_COLUMNS:
            raise unusable(name, T(f"{len(head):,}列ある；{MOST_COLUMNS}列までの表が要る",
                f"{len(head):,} columns; expected a table of at most {MOST_COLUMNS}"), 1)  # fmt: skip
        _told_once(name, head)
        for cells in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(head):
                problems.append(Problem(name, line, "", T(f"{len(cells)}列ある；{len(head)}列が要る",
                    f"{len(cells)} cells; expected {len(head)}")))  # fmt: skip
            else:
                found.append((line, dict(zip(head, [*cells, *[""] * (len(head) - len(cells))], strict=True))))
            if len(problems) >= ENOUGH:
                raise BadInput(problems)
            if len(found) * len(head) > MOST_CELLS:
                most = MOST_CELLS // len(head)
                raise unusable(
                    name, T(f"行が多すぎる；{most:,}行までに分けて", f"too many rows; split it at {most:,}"), line
                )
    except csv.Error as wrong:
        raise unusable(name, T(f"CSVとして読めない：{reader.line_num}行目 {wrong}；CSV（UTF-8）が要る",
            f"cannot be read as CSV at line {reader.line_num}: {wrong}; expected CSV in UTF-8")) from None  # fmt: skip
    if not found and not problems:
        raise unusable(
            name, T("データの行がない；見出しと1行以上が要る", "no rows; expected a header and a row or more")
        )
    return found, problems


def _decoded(name: str, raw: bytes, encoding: str) -> str:
    for one in (encoding,) if encoding else _ENCODINGS:
        try:
            return raw.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    raise unusable(name, T("UTF-8でもShift_JISでもない；CSV（UTF-8）として保存する",
        "neither UTF-8 nor Shift_JIS; save it as CSV in UTF-8"))  # fmt: skip


def _told_once(name: str, head: list[str]) -> None:
    twice = sorted(cell for cell, times in Counter(head).items() if cell and times > 1)
    if twice:
        raise BadInput([Problem(name, 1, cell, T("列が二つある；一つにする", "two such columns; expected one"))
                        for cell in twice])  # fmt: skip
