"""Tables out of files, in batches: CSV, JSON Lines and Parquet, also gzipped, `-` for standard input.

A reader yields columns of text. What it cannot read in a row it reports as a Fault and goes on; a file that is no
table at all raises BadInput. Places are found at the end, by a second look at the file, if there is a fault to place.
"""

import bisect
import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from kaname.cli.streams import Rejoined, opened, peeked, seekable, unusable
from kaname.law import T, Text

FORMATS = ("csv", "jsonl", "parquet")
_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}
_BLOCK = 4 << 20  # bytes of CSV a batch
_ROWS = 65_536  # rows a batch of the other formats
_UTF8 = T("UTF-8の文字（--encoding で指定できる）", "UTF-8 text (or name the encoding with --encoding)")
_OBJECT = T("1行に1つのJSONオブジェクト", "one JSON object a line")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in the field of a row (from 0), or on a line that gave no row (`row` -1)."""

    row: int
    field: str
    found: str
    expected: Text
    line: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Columns of text, one array each; `first` is the number of the first row, from 0."""

    columns: dict[str, pa.Array]
    first: int
    faults: list[Fault] = field(default_factory=list)
    skipped: int = 0  # rows of the file so far that gave none here

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


class Reader(Protocol):
    """`names`: the columns that the file has."""

    name: str
    form: str
    names: tuple[str, ...]

    def batches(self, wanted: Mapping[str, str]) -> Iterator[Batch]:
        """Batches with the columns `wanted`: name in the batch -> name in the file."""

    def place(self, faults: list[Fault]) -> list[tuple[int, Fault]]:
        """The faults with their lines from 1, in order of line; adds what only a second look at the file can place.

        Standard input cannot be looked at again, and Parquet has no lines: there, the number of the record.
        """


def format_of(name: str, default: str = "csv") -> str:
    """The format that a file name announces; `.gz` behind it does not count."""
    return _SUFFIXES.get(Path(name.lower().removesuffix(".gz")).suffix, default)


@contextmanager
def open_reader(name: str, form: str | None, encoding: str) -> Iterator[Reader]:
    """A reader for a path or `-`. Raises BadInput."""
    form = form or format_of(name)
    if name != "-" and not Path(name).is_file():
        raise unusable(name, T("ファイルがない", "no such file"))
    with ExitStack() as held:
        with _told_apart(name, form):
            if form == "parquet":
                reader: Reader = _Parquet(name, pq.ParquetFile(seekable(name, held)))
            elif form == "jsonl":
                reader = _JsonLines(name, *peeked(name, encoding, held), encoding)
            else:
                reader = _Csv(name, *peeked(name, encoding, held), encoding)
        yield reader


def read(reader: Reader, wanted: Mapping[str, str]) -> Iterator[Batch]:
    """The batches of a reader. Raises BadInput where the file breaks off or turns out to be something else."""
    batches = reader.batches(wanted)
    while True:
        with _told_apart(reader.name, reader.form):
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


@contextmanager
def _told_apart(name: str, form: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError, pa.ArrowInvalid, UnicodeDecodeError, LookupError) as error:
        reason = str(error).splitlines()[0]
        raise unusable(name, T(f"{form} として読めない：{reason}", f"cannot be read as {form}: {reason}")) from error


class _Csv:
    form = "csv"

    def __init__(self, name: str, head: bytes, rest: IO[bytes], encoding: str) -> None:
        self.name, self._path = name, None if name == "-" else name
        self._encoding = "utf-8-sig" if encoding == "utf-8" else encoding
        # Arrow reads a plain or gzipped file itself, faster than through Python.
        self._source: Any = pa.input_stream(name) if self._path else Rejoined(head, rest)
        looked_at = csv.reader(io.StringIO(head.decode(self._encoding, "replace"), newline=""))
        self.names = tuple(next(looked_at, []))
        if not any(looked_at):
            raise unusable(name, T("見出し行だけで、データがない", "a header but no rows"))
        self._ragged = 0

    def batches(self, wanted: Mapping[str, str]) -> Iterator[Batch]:
        sources = list(dict.fromkeys(wanted.values()))
        reader = pacsv.open_csv(
            self._source,
            pacsv.ReadOptions(block_size=_BLOCK, encoding="utf8" if self._encoding == "utf-8-sig" else self._encoding),
            pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=self._skip),
            # Read as bytes, one bad character costs a row and not the file.
            pacsv.ConvertOptions(
                column_types={s: pa.binary() for s in sources}, include_columns=sources, strings_can_be_null=False
            ),
        )
        first = 0
        for table in reader:
            columns, faults = _decoded({name: table.column(source) for name, source in wanted.items()}, first)
            yield Batch(columns, first, faults, self._ragged)
            first += len(table)

    def place(self, faults: list[Fault]) -> list[tuple[int, Fault]]:
        if self._path is None:
            return [(fault.row + 1, fault) for fault in faults]
        if not faults and not self._ragged:
            return []
        by_row: dict[int, list[Fault]] = {}
        for fault in faults:
            by_row.setdefault(fault.row, []).append(fault)
        placed = []
        row, width = 0, len(self.names)
        last = max(by_row, default=-1)
        for line, record in _records(self._path, self._encoding):
            if len(record) != width:
                expected = T(f"{width}列", f"{width} columns")
                placed.append((line, Fault(-1, "-", f"{len(record)} columns", expected)))
                continue
            placed += [(line, fault) for fault in by_row.get(row, ())]
            row += 1
            if row > last and not self._ragged:
                break
        return placed

    def _skip(self, row: pacsv.InvalidRow) -> str:
        self._ragged += 1
        return "skip"


def _records(path: str, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file behind the header, with the lines on which they begin; empty lines are none."""
    csv.field_size_limit(1 << 30)
    with ExitStack() as held, io.TextIOWrapper(opened(path, held), encoding, "replace", newline="") as text:
        reader = csv.reader(text)
        next(reader, None)
        line = reader.line_num + 1
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1


class _JsonLines:
    form = "jsonl"

    def __init__(self, name: str, head: bytes, rest: IO[bytes], encoding: str) -> None:
        self.name = name
        first = next((line for line in head.splitlines() if line.strip()), b"{}")
        try:
            self.names = tuple(json.loads(first.decode("utf-8-sig" if encoding == "utf-8" else encoding)))
        except ValueError:
            self.names = ()
        self._text = io.BufferedReader(Rejoined(head, rest))
        self._encoding = encoding
        self._jumps = [(0, 1)]  # from this row on, rows and lines run side by side from this line

    def batches(self, wanted: Mapping[str, str]) -> Iterator[Batch]:
        rows: list[dict[str, Any]] = []
        faults: list[Fault] = []
        first, jumped = 0, False
        for line, raw in enumerate(self._text, 1):
            record = self._record(raw, line, faults)
            if record is None:
                jumped = True
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

    def _record(self, raw: bytes, line: int, faults: list[Fault]) -> dict[str, Any] | None:
        text = raw.removeprefix(codecs.BOM_UTF8) if line == 1 else raw
        if not text.strip():
            return None
        try:
            record = json.loads(text.decode(self._encoding))
        except ValueError:
            record = None
        if not isinstance(record, dict):
            faults.append(Fault(-1, "-", text[:40].decode(self._encoding, "replace").strip(), _OBJECT, line))
            return None
        return record

    def place(self, faults: list[Fault]) -> list[tuple[int, Fault]]:
        return sorted(((fault.line or self._line(fault.row), fault) for fault in faults), key=lambda pair: pair[0])

    def _line(self, row: int) -> int:
        since, line = self._jumps[bisect.bisect_right(self._jumps, row, key=lambda jump: jump[0]) - 1]
        return line + row - since


def _columns(rows: list[dict[str, Any]], wanted: Mapping[str, str]) -> dict[str, pa.Array]:
    return {
        name: pa.array([_cell(row.get(source)) for row in rows], pa.string()) for name, source in wanted.items()
    }  # fmt: skip


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(_cell, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Parquet:
    form = "parquet"

    def __init__(self, name: str, file: pq.ParquetFile) -> None:
        self.name, self._file = name, file
        self.names = tuple(file.schema_arrow.names)

    def batches(self, wanted: Mapping[str, str]) -> Iterator[Batch]:
        first = 0
        for batch in self._file.iter_batches(_ROWS, columns=list(dict.fromkeys(wanted.values()))):
            yield Batch({name: _text(batch.column(source)) for name, source in wanted.items()}, first)
            first += len(batch)

    def place(self, faults: list[Fault]) -> list[tuple[int, Fault]]:
        return [(fault.row + 1, fault) for fault in faults]


def _text(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return pc.binary_join(column.cast(pa.list_(pa.string())), ";")
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.date32(), safe=False)
    return column.cast(pa.string())


def _decoded(columns: Mapping[str, pa.Array], first: int) -> tuple[dict[str, pa.Array], list[Fault]]:
    """Bytes to text; what is no UTF-8 becomes a replacement character and a fault."""
    texts, faults = {}, []
    for name, column in columns.items():
        try:
            texts[name] = column.cast(pa.string())
        except pa.ArrowInvalid:
            cells = [raw.decode("utf-8", "replace") for raw in column.to_pylist()]
            texts[name] = pa.array(cells, pa.string())
            faults += [Fault(first + i, name, cell[:40], _UTF8) for i, cell in enumerate(cells) if "�" in cell]
    return texts, faults
