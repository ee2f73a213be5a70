"""CSV in batches. Arrow parses; what it cannot say of a bad row is found by a second look at the file."""

import csv
import io
import sys
import weakref
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack
from threading import Event
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv as pacsv

from kaname.files.batches import Batch, Fault
from kaname.files.columns_of_bytes import decoded
from kaname.files.streams import SNIFFED, Rejoined, UpToTheBreak, opened, unusable
from kaname.law import T

_BLOCK = 4 << 20  # bytes of CSV a batch
_PATIENCE = 30.0  # seconds for the reading of one block
_MOST_LOST = 100_000  # records of another width: then it is another kind of file, and the reading ends
csv.field_size_limit(1 << 30)  # claims are longer than the 131,072 characters that Python allows a cell


class Csv:
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
                columns, faults = decoded({name: table.column(source) for name, source in wanted.items()}, first)
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
    if getattr(said.object, "__func__", None) is not Csv._skip:
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
