"""A box: tables in a file that only the holder of its key can read. Whoever throws the key away destroys the content.

Each batch is sealed by itself (AES-256-GCM over Arrow's stream format), so one batch of a large box can be read alone.
"""

import io
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Box:
    """Batches by number. Made with a fresh key each: the nonce of a batch is its number."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._cipher = path, AESGCM(key)

    @contextmanager
    def filling(self) -> "Iterator[Filling]":
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            yield Filling(file, self._cipher)

    def batch(self, number: int, offset: int, size: int) -> pa.RecordBatch:
        with self._path.open("rb") as file:
            file.seek(offset)
            sealed = file.read(size)
        opened = self._cipher.decrypt(_nonce(number), sealed, None)
        return pa.ipc.open_stream(opened).read_next_batch()


class Filling:
    def __init__(self, file: BinaryIO, cipher: AESGCM) -> None:
        self._file, self._cipher, self._number = file, cipher, 0

    def put(self, batch: pa.RecordBatch) -> tuple[int, int]:
        """Add a batch; where it lies: offset and size."""
        plain = io.BytesIO()
        with pa.ipc.new_stream(plain, batch.schema) as stream:
            stream.write_batch(batch)
        sealed = self._cipher.encrypt(_nonce(self._number), plain.getvalue(), None)
        offset = self._file.tell()
        self._file.write(sealed)
        self._number += 1
        return offset, len(sealed)


def _nonce(number: int) -> bytes:
    return struct.pack(">4xQ", number)
