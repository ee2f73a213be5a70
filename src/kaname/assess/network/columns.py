"""Tables of a network as people keep them: files under a name, columns that may be called in more than one way."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kaname.files.batches import Batch, Fault, Reader, sentence
from kaname.files.named import Table, told_by_name
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader
from kaname.law import T, Text

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?<=[\d.])(?<!^\.)(?:[eE][+-]?\d+)?")
ALSO = {"amount": "value", "id": "firm", "revenue": "sales"}  # columns of links and firms, and how else they are called


@contextmanager
def opened(table: Table) -> Iterator[Reader]:
    """Its reader; what is wrong with the file is told under the name that people know. Raises BadInput."""
    with told_by_name(table), open_reader(table.path, table.form, table.encoding) as reader:
        yield reader


def columns_of(source: Table, reader: Reader, needed: Sequence[str], more: Sequence[str] = ()) -> dict[str, str]:
    """What each column is called in a table; those of `more` only where they are there. Raises BadInput."""
    found = {one: _called(one, reader.names) for one in (*needed, *more)}
    have = ", ".join(reader.names[:20])
    if lacking := [one for one in needed if not found[one]]:
        wrong = T(f"列がない；ある列は {have}", f"no such column; the file has {have}")
        raise BadInput(Problem(source.name, 1, one, wrong) for one in lacking)
    return {one: column for one, column in found.items() if column}


def _called(column: str, names: Sequence[str]) -> str:
    return next((one for one in (column, ALSO.get(column, "")) if one in names), "")


def placed(source: Table, reader: Reader, faults: list[Fault], columns: Mapping[str, str]) -> list[Problem]:
    """Faults as sentences with their lines, each at the column as the table calls it."""
    return [Problem(source.name, line, columns.get(fault.field, fault.field), sentence(fault))
            for line, fault in reader.place(faults)]  # fmt: skip


def texts(batch: Batch, name: str) -> list[str]:
    return [text.strip() for text in batch.columns[name].fill_null("").to_pylist()]


def each_text(
    batch: Batch, name: str, convert: Callable[[str], Any], bad: Any, expected: Text, faults: list[Fault]
) -> np.ndarray[Any, Any]:
    """A column converted, each distinct text once."""
    encoded = pc.fill_null(batch.columns[name], "").dictionary_encode()
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    different = [text.strip() for text in encoded.dictionary.to_pylist()]
    values = np.array([convert(text) for text in different])
    wrong = np.isnan(values) if values.dtype.kind == "f" else values == bad
    for code in np.flatnonzero(wrong).tolist():
        faults += [
            Fault(batch.first + row, name, different[code][:40], expected)
            for row in np.flatnonzero(codes == code).tolist()
        ]
    found: np.ndarray[Any, Any] = values[codes] if values.size else np.zeros(0)
    return found


def amount(text: str) -> float:
    """A number not below 0, else NaN."""
    found = number(text)
    return np.nan if found is None else found


def number(text: str) -> float | None:
    """A number not below 0; NaN for nothing, None for something else."""
    if not text:
        return float("nan")
    found = signed(text)
    return found if found is not None and found >= 0 else None


def signed(text: str) -> float | None:
    """A number of either sign; None for something else, and for nothing. A comma parts thousands and nothing else: 1,5
    is no number here, since nobody can tell whether it is one and a half."""
    if not _NUMBER.fullmatch(text):
        return None
    found = float(text.replace(",", ""))
    return found if np.isfinite(found) else None
