"""Parquet that somebody has sent to a page: read in a child (`parquet_child`), its rows as lines of JSON from there on.

The command line reads the files of its own user directly (`tables`). Line n is record n: faults keep their places.
"""

from pathlib import Path

from kaname.files import child
from kaname.files.streams import unusable
from kaname.law import T

LARGEST = 50 << 20
MAGIC = b"PAR1"
_CHILD = Path(__file__).with_name("parquet_child.py")
_MEMORY = 1 << 30  # of address space: the library itself takes a third of it


def as_lines(name: str, content: bytes) -> bytes:
    """JSON Lines, every cell as text. Raises BadInput."""
    if len(content) > LARGEST:
        most = LARGEST >> 20
        raise unusable(name, T(f"Parquet は {most} MB まで；分けるか、kaname assess で調べる",
                               f"Parquet of over {most} MB; split it, or use kaname assess"))  # fmt: skip
    found = child.run(_CHILD, content, memory=_MEMORY)
    if not found.refused:
        return found.body
    said = found.head
    if found.refused == "told":
        raise unusable(name, T(f"{said['field']} {said['ja']}".strip(), f"{said['field']} {said['en']}".strip()))
    if found.refused == "columns":
        raise unusable(name, T(f"{said['columns']:,}列ある；2,000列までの表が要る",
                               f"{said['columns']:,} columns; expected a table of at most 2,000"))  # fmt: skip
    raise unusable(name, child.TOLD[found.refused])
