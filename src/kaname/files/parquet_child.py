"""The reader of Parquet that somebody has sent, run by `parquet` in a child (see `confined`): rows as lines of JSON."""

import io
import json
import os
from typing import Any

from kaname.files.confined import Refused, load

COLUMNS = 2_000
WRITTEN = 128 << 20  # bytes of the lines at most


def prepare() -> None:
    # No threads of theirs, and no address space set aside that nobody will use.
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
    load("pyarrow.parquet", "kaname.files.tables")


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    from kaname.files import tables
    from kaname.files.problems import BadInput

    try:
        reader = tables.parquet_of("", io.BytesIO(content))
        if len(reader.names) > COLUMNS:
            raise Refused("columns", columns=len(reader.names))
        return {}, b"".join(_lines(reader))
    except BadInput as wrong:
        first = wrong.problems[0]
        raise Refused("told", field=first.field, ja=first.text.ja, en=first.text.en) from None


def _lines(reader: Any) -> Any:
    """Row by row; a row of nulls is `{}`, and the columns of the first row are those of the file."""
    written = 0
    from kaname.files import tables

    for batch in tables.read(reader, {name: name for name in reader.names}):
        columns = [column.to_pylist() for column in batch.columns.values()]
        for row in zip(*columns, strict=True):
            told = dict(zip(batch.columns, (cell or "" for cell in row), strict=True))
            line = json.dumps(told, ensure_ascii=False).encode() + b"\n"
            written += len(line)
            if written > WRITTEN:
                raise Refused("large")
            yield line
