"""Columns of bytes that are text, or should be."""

from collections.abc import Mapping

import pyarrow as pa

from kaname.files.batches import Fault
from kaname.law import T

_UTF8 = T("UTF-8の文字（--encoding で指定できる）", "UTF-8 text (or name the encoding with --encoding)")


def decoded(columns: Mapping[str, pa.Array], first: int) -> tuple[dict[str, pa.Array], list[Fault]]:
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
