"""Sheets: what an office was given to look at (holdings, lists of names), sealed as it lies, opened in memory only.

Everybody of the office sees a sheet; for others it is not there. What was given is kept as it came, packed and sealed
under a purpose that names the office and the sheet: moved to another, it does not open.
"""

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from tempfile import NamedTemporaryFile
from typing import IO

from kaname.files import parquet
from kaname.files.formats import format_of
from kaname.files.streams import unusable
from kaname.law import T
from kaname.ledger import sealing

MOST = 16 << 20  # bytes of a sheet, unpacked
LONGEST_NAME = 200


def taken(name: str, content: IO[bytes]) -> tuple[str, bytes]:
    """The plain name of a file and its bytes, as the readers of tables may have them. Raises BadInput."""
    return as_text(*arrived(name, content))


def as_text(called: str, raw: bytes) -> tuple[str, bytes]:
    """Parquet as lines of JSON (it is read in a child); everything else as it is. Raises BadInput."""
    if not raw.startswith(parquet.MAGIC) and format_of(called) != "parquet":
        return called, raw
    stem = called if format_of(called) != "parquet" else called.rpartition(".")[0]
    return f"{stem}.jsonl", parquet.as_lines(called, raw)


def arrived(name: str, content: IO[bytes]) -> tuple[str, bytes]:
    """The plain name of a file and its bytes, unpacked if it came as .gz. Raises BadInput."""
    called = PurePosixPath(name.replace("\\", "/")).name[-LONGEST_NAME:] or "file"
    raw = content.read(MOST + 1)
    if raw[:2] == b"\x1f\x8b":
        called = called.removesuffix(".gz")
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
                raw = packed.read(MOST + 1)
        except (OSError, EOFError, zlib.error):
            raise unusable(called, T("壊れた .gz；作り直して送る", "a broken .gz; make it anew and send it")) from None
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise unusable(called, T("ExcelのブックやPDFは読めない；CSV（UTF-8）として保存して送る",
                                 "an Excel workbook or a PDF; save it as CSV (UTF-8) and send that"))  # fmt: skip
    if len(raw) > MOST:
        most = MOST >> 20
        raise unusable(called, T(f"{most} MBを超える；分けるか、kaname assess で調べる",
                                 f"over {most} MB; split it, or use kaname assess"))  # fmt: skip
    return called, raw


def sealed(purpose: str, raw: bytes) -> bytes:
    return sealing.seal_text(purpose, zlib.compress(raw, 6))


def opened(purpose: str, blob: bytes) -> bytes:
    """What was sealed. Raises CannotOpen, KeysMissing."""
    return zlib.decompress(sealing.open_text(purpose, bytes(blob)))


@contextmanager
def path_of(raw: bytes) -> Iterator[str]:
    """A path under which readers of files find some bytes. They lie in memory where the system can do that."""
    if hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("sheet"), "wb") as file:
            file.write(raw)
            file.flush()
            yield f"/proc/self/fd/{file.fileno()}"
    else:
        with NamedTemporaryFile() as file:
            file.write(raw)
            file.flush()
            yield file.name
