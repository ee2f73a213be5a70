"""Tables out of files, in batches: CSV, JSON Lines and Parquet, also gzipped, `-` for standard input.

A reader yields columns of text. What it cannot read in a row it reports as a Fault and goes on; a file that is no
table at all raises BadInput. Places are found at the end, by a second look at the file, if there is a fault to place.
"""

import codecs
import csv
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from kaname.files.batches import Batch, Fault, Reader, sentence, twice
from kaname.files.csv_reader import Csv
from kaname.files.formats import format_of
from kaname.files.json_lines import JsonLines
from kaname.files.parquet_reader import Parquet
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import peeked, seekable, unusable
from kaname.law import T, Text


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
                reader: Reader = Parquet(name, pq.ParquetFile(seekable(name, held)))
            elif form == "jsonl":
                reader = JsonLines(name, *peeked(name, encoding, held), encoding)
            else:
                reader = table = Csv(name, *peeked(name, encoding, held), encoding)
                held.callback(table.close)
        yield reader


def parquet_of(name: str, source: IO[bytes]) -> Reader:
    """A reader of Parquet that begins no thread. Raises BadInput."""
    with _told_apart(name, "parquet"):
        return Parquet(name, pq.ParquetFile(source, pre_buffer=False), threads=False)


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
