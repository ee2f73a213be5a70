"""Tables into files, batch by batch: CSV, JSON Lines and Parquet, also gzipped, standard output for none or `-`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from kaname.files.formats import format_of
from kaname.files.streams import unusable
from kaname.law import T

Write = Callable[[pa.RecordBatch], None]


@contextmanager
def open_writer(name: str | None, schema: pa.Schema, form: str | None = None) -> Iterator[Write]:
    """A function that writes one batch of `schema`. The file is complete when the block ends. Raises BadInput."""
    try:
        with ExitStack() as held:
            sink: Any = sys.stdout.buffer if name in (None, "-") else held.enter_context(_sink(str(name)))
            form = form or format_of(name or "-")
            if form == "parquet":
                yield held.enter_context(pq.ParquetWriter(sink, schema, compression="zstd")).write_batch
            elif form == "jsonl":
                yield lambda batch: _write_lines(sink, batch)
            else:
                yield held.enter_context(pacsv.CSVWriter(sink, schema)).write
    except BrokenPipeError:
        raise  # whoever reads the output has enough
    except OSError as error:
        why = error.strerror or str(error)
        wrong = T(f"書き込めない：{why}；空きのある、書き込めるフォルダが要る",
                  f"cannot be written: {why}; expected a folder that may be written to and has room")  # fmt: skip
        raise unusable(name or "-", wrong) from error


def _sink(name: str) -> pa.NativeFile:
    return pa.output_stream(name, compression="gzip" if name.endswith(".gz") else None)


def _write_lines(sink: Any, batch: pa.RecordBatch) -> None:
    lines = (json.dumps(row, ensure_ascii=False, default=str) for row in batch.to_pylist())
    sink.write("".join(f"{line}\n" for line in lines).encode())
