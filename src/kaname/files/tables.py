"""Tables out of files, in batches: CSV, JSON Lines and Parquet, also gzipped, `-` for standard input.

A reader yields columns of text. What it cannot read in a row it reports as a Fault and goes on; a file that is no
table at all raises BadInput. Places are found at the end, by a second look at the file, if there is a fault to place.
"""

import bisect
import codecs
import csv
import io
import json
import sys
import weakref
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import IO, Any, Protocol, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from kaname.files.formats import format_of
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import SNIFFED, Rejoined, UpToTheBreak, opened, peeked, seekable, unusable
from kaname.law import T, Text

_BLOCK = 4 << 20  # bytes of CSV a batch
_PATIENCE = 30.0  # seconds for the reading of one block
_ROWS = 65_536  # rows a batch of the other formats
_MOST_LOST = 100_000  # records of another width: then it is another kind of file, and the reading ends
_LINE = 64 << 20  # bytes of a line of JSON: no record is longer
csv.field_size_limit(1 << 30)  # claims are longer than the 131,072 characters that Python allows a cell
_UTF8 = T("UTF-8の文字（--encoding で指定できる）", "UTF-8 text (or name the encoding with --encoding)")
_OBJECT = T("1行に1つのJSONオブジェクト", "one JSON object a line")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the field of a row (from 0). A `lost` record gave no row: `row` is then that of the next."""

    row: int
    field: str
    found: str | Text  # what stands there, or what is wrong with it
    expected: Text
    lost: bool = False
    line: int = 0  # where the reader knows it at once


@dataclass(frozen=True, slots=True)
class Batch:
    """Columns of text, one array each; `first` is the number of the first row, from 0."""

    columns: dict[str, pa.Array]
    first: int
    faults: list[Fault] = field(default_factory=list)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))  # a table may have no columns at all


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


@contextmanager
def open_reader(name: str, form: str | None, encoding: str) -> Iterator[Reader]:
    """A reader for a path or `-`. Raises BadInput."""
    form = form or format_of(name)
    encoding = _known(encoding)
    if name != "-" and not Path(name).is_file():
        raise unusable(name, _missing(Path(name)))
    with ExitStack() as held:
        with _told_apart(name, form):
            if form == "parquet":
                reader: Reader = _Parquet(name, pq.ParquetFile(seekable(name, held)))
            elif form == "jsonl":
                reader = _JsonLines(name, *peeked(name, encoding, held), encoding)
            else:
                reader = table = _Csv(name, *peeked(name, encoding, held), encoding)
                held.callback(table.close)
        yield reader


def parquet_of(name: str, source: IO[bytes]) -> Reader:
    """A reader of Parquet that begins no thread. Raises BadInput."""
    with _told_apart(name, "parquet"):
        return _Parquet(name, pq.ParquetFile(source, pre_buffer=False), threads=False)


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        wrong = T("知らない文字コード；utf-8、cp932、euc_jp、utf-16 などが要る",
                  "an unknown encoding; expected one such as utf-8, cp932, euc_jp or utf-16")  # fmt: skip
        raise BadInput([Problem("--encoding", 0, encoding, wrong)]) from error


def _missing(path: Path) -> Text:
    wanted = T("；CSV、JSON Lines又はParquetのファイル、又は標準入力を表す - が要る",
               "; expected a file in CSV, JSON Lines or Parquet, or - for standard input")  # fmt: skip
    if path.is_dir():
        found = T("フォルダ", "a folder")
    else:
        found = T("普通のファイルでない", "not a plain file") if path.exists() else T("ファイルがない", "no such file")
    return T(found.ja + wanted.ja, found.en + wanted.en)


def read(reader: Reader, wanted: Mapping[str, str]) -> Iterator[Batch]:
    """The batches of a reader. Raises BadInput where the file breaks off, turns out to be something else, or has a
    column twice that is wanted: which of the two is meant nobody can know."""
    if unclear := twice(reader, wanted.values()):
        raise BadInput(unclear)
    batches, rows = reader.batches(wanted), 0
    while True:
        with _told_apart(reader.name, reader.form, rows):
            batch = next(batches, None)
        if batch is None:
            return
        rows += len(batch)
        yield batch


def twice(reader: Reader, wanted: Iterable[str]) -> list[Problem]:
    """Columns wanted that the file has more than once."""
    wrong = T("同じ名の列が二つ以上ある；一つだけが要る", "more than one column of this name; expected one")
    found = (source for source in dict.fromkeys(wanted) if reader.names.count(source) > 1)
    return [Problem(reader.name, 1, source, wrong) for source in found]


def first_column(reader: Reader) -> str:
    """Raises BadInput where there is none."""
    if not reader.names:
        raise unusable(
            reader.name, T("列がない；列の名のある表が要る", "no columns; expected a table with named columns")
        )
    return reader.names[0]


def read_whole(reader: Reader, wanted: Mapping[str, str], called: str = "") -> Iterator[Batch]:
    """As `read`, where no row may fall out: those that gave none are told with their lines, behind the last batch.
    Raises BadInput. `called`: the table's name for people."""
    faults: list[Fault] = []
    for batch in read(reader, wanted):
        faults += batch.faults
        yield batch
    if faults:
        name, placed = called or reader.name, reader.place(faults)
        raise BadInput(Problem(name, line, fault.field, sentence(fault)) for line, fault in placed)


def sentence(fault: Fault) -> Text:
    """What is wrong, and what was expected in its place."""
    found = fault.found if isinstance(fault.found, Text) else T(f"「{fault.found}」", repr(fault.found))
    return T(f"{found.ja}；{fault.expected.ja}が要る", f"{found.en}; expected {fault.expected.en}")


@contextmanager
def _told_apart(name: str, form: str, rows: int = 0) -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError, pa.ArrowException, UnicodeError, LookupError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
        after = T(f"{rows}行の後、", f" after {rows:,} rows") if rows else T("", "")
        wrong = T(f"{after.ja}{form} として読めない：{reason}；壊れていない {form} が要る",
                  f"cannot be read as {form}{after.en}: {reason}; expected a sound {form} file")  # fmt: skip
        raise unusable(name, wrong) from error


class _Csv:
    form = "csv"

    def __init__(self, name: str, head: bytes, rest: IO[bytes], encoding: str) -> None:
        self.name, self._path = name, None if name == "-" else name
        self._encoding = "utf8" if encoding == "utf-8" else encoding  # as Arrow calls it
        # Arrow reads a plain or gzipped file itself, faster than through Python.
        self._source: Any = pa.input_stream(name) if self._path else Rejoined(head, rest)
        if self._path and name.endswith(".gz"):
            self._source = UpToTheBreak(self._source)
        if len(head) >= SNIFFED and b"\n" not in head and b"\r" not in head:
            wrong = T("見出し行が1 MiBを超え、表に見えない；列が多すぎるか、改行がない",
                      "the header alone is over 1 MiB, no table: too many columns or no line ends")  # fmt: skip
            raise unusable(name, wrong)
        looked_at = csv.reader(io.StringIO(head.decode(_python(self._encoding), "replace"), newline=""))
        self.names = tuple(next(filter(None, looked_at), []))  # as Arrow: empty lines are none
        if not any(looked_at):
            raise unusable(name, T("見出し行だけ；データの行が要る", "a header but no rows; expected a row or more"))
        self._lost: list[Fault] = []  # not yet in a batch: Arrow looks a block ahead
        self._records_lost = 0
        self._under_way: Generator[Batch, None, None] | None = None
        self._let_go: Event | None = None

    def batches(self, wanted: Mapping[str, str]) -> Iterator[Batch]:
        self._under_way = self._read(wanted)
        return self._under_way

    def close(self) -> None:
        """Stop reading, also in the middle, and wait until Arrow is done with the block it reads ahead.

        Its thread lets go of our handler of bad rows last, and needs Python for that: were Python gone by then, as at
        the end of a program that stops early, the program would abort.
        """
        if self._under_way is not None:
            self._under_way.close()
        if self._let_go is not None:
            self._let_go.wait(_PATIENCE)

    def _read(self, wanted: Mapping[str, str]) -> Generator[Batch, None, None]:
        reader = None
        skip: Callable[[pacsv.InvalidRow], str] | None = self._skip
        self._let_go = Event()
        weakref.finalize(skip, self._let_go.set)
        try:
            sources = list(dict.fromkeys(wanted.values()))
            reader = pacsv.open_csv(
                self._source,
                # Without threads Arrow reads as fast here, and only then does it tell the numbers of bad rows.
                pacsv.ReadOptions(use_threads=False, block_size=_BLOCK, encoding=self._encoding),
                pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
                # Read as bytes, one bad character costs a row and not the file.
                pacsv.ConvertOptions(
                    column_types={s: pa.binary() for s in sources}, include_columns=sources, strings_can_be_null=False
                ),
            )
            first = 0
            for table in reader:
                columns, faults = _decoded({name: table.column(source) for name, source in wanted.items()}, first)
                lost = [fault for fault in self._lost if fault.row <= first + len(table)]
                del self._lost[: len(lost)]
                yield Batch(columns, first, lost + faults)
                first += len(table)
            if self._lost:  # behind the last row, or there is none
                yield Batch({name: pa.array([], pa.string()) for name in wanted}, first, self._lost)
        finally:
            reader = skip = (
                None  # what is raised, here or next, would keep them, and with them Arrow's hold on the handler
            )
        if isinstance(self._source, UpToTheBreak) and self._source.fault:
            raise OSError(self._source.fault)

    def place(self, faults: list[Fault]) -> list[tuple[int, Fault]]:
        waiting = sorted(faults, key=lambda fault: (fault.row, not fault.lost))
        if self._path is None:
            return _numbered(waiting)
        placed: list[tuple[int, Fault]] = []
        row, width = 0, len(self.names)
        for line, record in _records(self._path, _python(self._encoding)) if waiting else ():
            lost = len(record) != width
            while len(placed) < len(waiting) and (waiting[len(placed)].row, waiting[len(placed)].lost) == (row, lost):
                placed.append((line, waiting[len(placed)]))
                if lost:
                    break  # each lost record has one fault
            row += not lost
            if len(placed) == len(waiting):
                break
        # Should the second look count otherwise than the first, a fault is still told, at its record.
        return placed + _numbered(waiting)[len(placed) :]

    def _skip(self, row: pacsv.InvalidRow) -> str:
        before = row.number - 2 - self._records_lost  # the header is number 1
        width = len(self.names)
        expected = T(f"{width}列", f"{width} columns")
        found = T(f"{row.actual_columns}列", f"{row.actual_columns} columns")
        self._lost.append(Fault(before, "-", found, expected, lost=True))
        self._records_lost += 1
        return "skip" if self._records_lost < _MOST_LOST else "error"


def _unraisable(said: Any, before: Callable[[Any], object] = sys.unraisablehook) -> None:
    """A row of another width that is no text either: Arrow fails to hand it to `_skip` and ends the reading by an error
    of its own, which is told. The traceback behind that is nobody's."""
    if getattr(said.object, "__func__", None) is not _Csv._skip:
        before(said)


sys.unraisablehook = _unraisable


def _python(encoding: str) -> str:
    return "utf-8-sig" if encoding == "utf8" else encoding  # without the byte order mark, which Arrow skips by itself


def _numbered(faults: list[Fault]) -> list[tuple[int, Fault]]:
    """Faults in order, with the numbers of their records from 1; lost records count."""
    numbered, lost = [], 0
    for fault in faults:
        numbered.append((fault.row + lost + 1, fault))
        lost += fault.lost
    return numbered


def _records(path: str, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file behind the header, with the lines on which they begin; empty lines are none."""
    with ExitStack() as held, io.TextIOWrapper(opened(path, held), encoding, "replace", newline="") as text:
        reader = csv.reader(text)
        next(filter(None, reader), None)
        line = reader.line_num + 1
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1


class _JsonLines:
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


class _Parquet:
    form = "parquet"

    def __init__(self, name: str, file: pq.ParquetFile, threads: bool = True) -> None:
        self.name, self._file, self._threads = name, file, threads
        self.names = tuple(file.schema_arrow.names)

    def batches(self, wanted: Mapping[str, str]) -> Iterator[Batch]:
        first = 0
        for batch in self._file.iter_batches(_ROWS, columns=list(dict.fromkeys(wanted.values())),
                                             use_threads=self._threads):  # fmt: skip
            texts = {name: self._text(source, batch.column(source)) for name, source in wanted.items()}
            columns, faults = _decoded(texts, first)
            yield Batch(columns, first, faults)
            first += len(batch)

    def place(self, faults: list[Fault]) -> list[tuple[int, Fault]]:
        return [(fault.row + 1, fault) for fault in faults]

    def _text(self, source: str, column: pa.Array) -> pa.Array:
        """Bytes of text out of whatever can be written as such: what a file calls text need not be UTF-8."""
        try:
            if pa.types.is_dictionary(column.type):
                column = column.dictionary_decode()
            if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
                return pc.binary_join(column.cast(pa.list_(pa.string())), ";").cast(pa.binary())
            if pa.types.is_timestamp(column.type):
                column = column.cast(pa.date32(), safe=False)
            return column if pa.types.is_binary(column.type) else column.cast(pa.string()).cast(pa.binary())
        except pa.ArrowException as error:
            wrong = T(f"列の型が {column.type}；文字列、日付、数、又は文字列の並びが要る",
                      f"a column of {column.type}; expected text, dates, numbers or lists of text")  # fmt: skip
            raise BadInput([Problem(self.name, 0, source, wrong)]) from error


def _decoded(columns: Mapping[str, pa.Array], first: int) -> tuple[dict[str, pa.Array], list[Fault]]:
    """Bytes to text; what is no UTF-8 becomes a replacement character and a fault."""
    texts, faults = {}, []
    for name, column in columns.items():
        try:
            texts[name] = column.cast(pa.string())
        except pa.ArrowInvalid:
            cells = [(raw or b"").decode("utf-8", "replace") for raw in column.to_pylist()]
            texts[name] = pa.array(cells, pa.string())
            faults += [Fault(first + i, name, cell[:40], _UTF8) for i, cell in enumerate(cells) if "�" in cell]
    return texts, faults
