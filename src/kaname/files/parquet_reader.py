"""Parquet in batches. A file of a page was read by a child first (`parquet`)."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kaname.files.batches import Batch, Fault
from kaname.files.columns_of_bytes import decoded
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_ROWS = 65_536  # rows a batch


class Parquet:
    form = "parquet"

    def __init__(self, name: str, file: pq.ParquetFile, threads: bool = True) -> None:
        self.name, self._file, self._threads = name, file, threads
        self.names = tuple(file.schema_arrow.names)

    def batches(self, wanted: Mapping[str, str]) -> Iterator[Batch]:
        first = 0
        for batch in self._file.iter_batches(_ROWS, columns=list(dict.fromkeys(wanted.values())),
                                             use_threads=self._threads):  # fmt: skip
            texts = {name: self._text(source, batch.column(source)) for name, source in wanted.items()}
            columns, faults = decoded(texts, first)
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
