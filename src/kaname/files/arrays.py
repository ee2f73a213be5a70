"""Arrays in one file that every process of a machine maps instead of reading: a header, then the bytes as they are.

    KANAME ARRAYS 1\\n                              16 bytes
    <length of the header, 16 hexadecimal digits>   16 bytes
    {"about": {...}, "arrays": {name: [dtype, shape, where], ...}}      UTF-8 JSON, padded with spaces
    the arrays, C order, little-endian, each at a multiple of 64 bytes after the header

`where` counts from the end of the padded header. A file is whole or not there: it is written beside, then named.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaname.files.streams import unusable
from kaname.law import T

Arrays = Mapping[str, NDArray[Any]]
_MAGIC = b"KANAME ARRAYS 1\n"
_LINE = 64
_KINDS = "biuf"  # truth values, numbers; no objects, no text
_PIECE = 1 << 22


@dataclass(frozen=True, slots=True)
class Mapped:
    """Arrays that cannot be written to, backed by the file. `about`: what the writer said of them."""

    about: dict[str, Any]
    arrays: dict[str, NDArray[Any]]


def pieces(arrays: Arrays, about: Mapping[str, Any] | None = None) -> Iterator[bytes]:
    """The bytes of such a file. Raises ValueError for an array of anything but numbers."""
    entries, places, where = {}, [], 0
    for name, given in arrays.items():
        array = np.ascontiguousarray(given)
        if array.dtype.kind not in _KINDS:
            raise ValueError(f"{name}: cannot store {array.dtype}; expected numbers")
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        entries[name] = [array.dtype.str, list(given.shape), where]
        places.append(array)
        where = _up(where + array.nbytes)
    head = json.dumps({"about": dict(about or {}), "arrays": entries}, sort_keys=True, ensure_ascii=False).encode()
    head = head.ljust(_up(len(head) + 2 * len(_MAGIC)) - 2 * len(_MAGIC))
    yield _MAGIC + f"{len(head):016x}".encode() + head
    for array in places:
        if array.nbytes:
            yield array.tobytes().ljust(_up(array.nbytes), b"\0")


def write(path: Path, arrays: Arrays, about: Mapping[str, Any] | None = None) -> str:
    """Write the file, durable before it has its name; returns its SHA-256. Raises OSError, ValueError."""
    return put(path, pieces(arrays, about))


def put(path: Path, parts: Iterator[bytes]) -> str:
    """Bytes into a file of this name, durable, or no file at all; returns their SHA-256. Raises OSError."""
    digest = hashlib.sha256()
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as out:
            for part in parts:
                digest.update(part)
                out.write(part)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return digest.hexdigest()


def mapped(path: Path) -> Mapped:
    """The arrays of a file. Raises BadInput where it is no such file, or not whole."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(2 * len(_MAGIC))
            if start[: len(_MAGIC)] != _MAGIC:
                raise ValueError
            length = int(start[len(_MAGIC) :], 16)
            if length > size:
                raise ValueError
            head = json.loads(file.read(length))
        base = 2 * len(_MAGIC) + length
        data = np.memmap(path, np.uint8, "r")
        return Mapped(head["about"], {n: _view(data, base, *entry) for n, entry in head["arrays"].items()})
    except OSError as error:
        raise unusable(str(path), T(f"読めない：{error.strerror}", f"cannot be read: {error.strerror}")) from None
    except (ValueError, KeyError, TypeError):
        text = T("配列のファイルではないか、途中で切れている；作り直すこと",
                 "not a file of arrays, or cut short; make it again")  # fmt: skip
        raise unusable(str(path), text) from None


def digest_of(path: Path) -> str:
    """SHA-256 of a file. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _view(data: NDArray[np.uint8], base: int, kind: str, shape: list[int], where: int) -> NDArray[Any]:
    of = np.dtype(kind)
    if of.kind not in _KINDS or min([where, *shape], default=0) < 0:
        raise ValueError
    size = int(np.prod(shape, dtype=object)) * of.itemsize
    if base + where + size > data.size:
        raise ValueError
    return data[base + where : base + where + size].view(of).reshape(shape)


def _up(size: int) -> int:
    return -(-size // _LINE) * _LINE
