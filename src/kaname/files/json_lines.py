"""JSON Lines in batches: an object a line, each of its fields as text."""

import bisect
import codecs
import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any, cast

import pyarrow as pa

from kaname.files.batches import Batch, Fault
from kaname.files.streams import Rejoined
from kaname.law import T

_ROWS = 65_536  # rows a batch
_LINE = 64 << 20  # bytes of a line: no record is longer
_OBJECT = T("1行に1つのJSONオブジェクト", "one JSON object a line")


class JsonLines:
    form = "jsonl"

    def __init__(self, name: str, head: bytes, rest: IO[bytes], encoding: str) -> None:
        self.name = name
        self._lines = _utf8_lines(Rejoined(head, rest), encoding)
        beginning = filter(None, map(_record, _utf8_lines(io.BytesIO(head), encoding, "replace")))
        self.names = tuple(dict.fromkeys(name for record in beginning for name in record))
        self._jumps = [(0, 1)]  # from this row on, rows and lines run side by side from this line

    def batches(self, wanted: Mapping[str, str]) -> Iterator[Batch]:
        rows: list[dict[str, Any]] = []
        faults: list[Fault] = []
        first, jumped = 0, False
        for line, text in enumerate(self._lines, 1):
            record = _record(text)
            if record is None:
                jumped = True
                if text.strip():
                    found = text[:40].decode("utf-8", "replace").strip()
                    faults.append(Fault(first + len(rows), "-", found, _OBJECT, lost=True, line=line))
                continue
            if jumped:
                self._jumps.append((first + len(rows), line))
                jumped = False
            rows.append(record)
            if len(rows) == _ROWS:
                yield Batch(_columns(rows, wanted), first, faults)
                first, rows, faults = first + len(rows), [], []
        if rows or faults:
            yield Batch(_columns(rows, wanted), first, faults)

    def place(self, faults: list[Fault]) -> list[tuple[int, Fault]]:
        return sorted(((fault.line or self._line(fault.row), fault) for fault in faults), key=lambda pair: pair[0])

    def _line(self, row: int) -> int:
        since, line = self._jumps[bisect.bisect_right(self._jumps, row, key=lambda jump: jump[0]) - 1]
        return line + row - since


def _utf8_lines(stream: io.RawIOBase | io.BytesIO, encoding: str, errors: str = "strict") -> Iterator[bytes]:
    """The lines of a stream as bytes of UTF-8, whatever it is written in; without a byte order mark."""
    if encoding == "utf-8":
        raw = cast(IO[bytes], io.BufferedReader(cast(io.RawIOBase, stream)))
        yield _line(raw).removeprefix(codecs.BOM_UTF8)
        while line := _line(raw):
            yield line
    else:
        for text in io.TextIOWrapper(cast(IO[bytes], stream), encoding, errors, newline="\n"):
            yield text.encode()


def _line(raw: IO[bytes]) -> bytes:
    line = raw.readline(_LINE + 1)
    if len(line) > _LINE:
        raise EOFError(f"a line longer than {_LINE >> 20} MiB")  # told as a file that breaks off
    return line


def _record(line: bytes) -> dict[str, Any] | None:
    """The object on a line, if there is one that can be written down again (which half a character cannot)."""
    try:
        record = json.loads(line.decode())
        if b"\\ud" in line.lower():
            json.dumps(record, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _columns(rows: list[dict[str, Any]], wanted: Mapping[str, str]) -> dict[str, pa.Array]:
    return {
        name: pa.array([_cell(row.get(source)) for row in rows], pa.string()) for name, source in wanted.items()
    }  # fmt: skip


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(_cell, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)
