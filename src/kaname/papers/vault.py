"""Where the bytes lie: encrypted while they come in, a segment of a megabyte at a time, never in clear on a disk.

AES-256-GCM with a key of its own for each document, derived for each segment (AES256_GCM_HKDF_1MB of Tink): a segment
left out, moved or cut off at its border does not open. The document's key lies sealed beside its row, under the key of
the circle that its case belongs to; a copy of the folder without the database and the master key opens nothing.
"""

import io
import os
import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import tink
from tink import proto_keyset_format, secret_key_access, streaming_aead

from kaname.law import Text
from kaname.ledger.digest import commitment, new_salt
from kaname.ledger.errors import CannotOpen
from kaname.papers.media import Sniffer
from kaname.site.home import home

ID = re.compile(r"[a-z2-7]{16}")
PIECE = 1 << 16
_DOMAIN = b"kaname/document/1\0"


class Stored(NamedTuple):
    """What became of a file once it lies in the vault."""

    id: str
    media_type: str | None
    refusal: Text | None  # why files of that kind are not taken
    size: int
    stored_size: int
    stored_sha256: str
    sha256: str
    salt: bytes
    commitment: str
    key: bytes


def folder() -> Path:
    """The folder of ciphertexts, made where it does not exist."""
    found = home() / "documents"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def path_of(id: str) -> Path:
    if not ID.fullmatch(id):
        raise ValueError(id)
    return folder() / id


class Writer:
    """A file on its way in. `close` makes it whole and durable; until then it is a part, and `drop` removes it."""

    def __init__(self, id: str) -> None:
        register()
        self.id, self.size, self._seen = id, 0, sha256()
        self._sniffer = Sniffer()
        self._handle = tink.new_keyset_handle(streaming_aead.streaming_aead_key_templates.AES256_GCM_HKDF_1MB)
        self._part = path_of(id).with_name(f"{id}.part")
        self._file = _Hashed(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        cipher = self._handle.primitive(streaming_aead.StreamingAead)
        self._stream: Any = cipher.new_encrypting_stream(self._file, _DOMAIN + id.encode())

    def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self._seen.update(chunk)
        self._sniffer.feed(chunk)
        self._stream.write(chunk)

    def close(self) -> Stored:
        self._stream.close()
        self._part.replace(path_of(self.id))
        _sync(folder())
        salt, told = new_salt(), self._seen.hexdigest()
        return Stored(
            self.id, self._sniffer.media_type(), self._sniffer.refusal(), self.size, self._file.size,
            self._file.seen.hexdigest(), told, salt, commitment(salt, "document", told.encode()),
            proto_keyset_format.serialize(self._handle, secret_key_access.TOKEN),
        )  # fmt: skip

    def drop(self) -> None:
        if not self._file.closed:
            self._stream.close()
        self._part.unlink(missing_ok=True)


class _Hashed(io.FileIO):
    """The file of a ciphertext: its digest is known, and it is on the disk, when it is closed."""

    def __init__(self, handle: int) -> None:
        super().__init__(handle, "wb")
        self.seen, self.size = sha256(), 0

    def write(self, data: Any) -> int:
        raw = bytes(data)
        self.seen.update(raw)
        self.size += len(raw)
        rest = memoryview(raw)
        while rest:
            rest = rest[super().write(rest) or 0 :]
        return len(raw)

    def close(self) -> None:
        if not self.closed:
            os.fsync(self.fileno())
        super().close()


def pieces(id: str, key: bytes, stored_size: int) -> Iterator[bytes]:
    """The content, a piece at a time, each verified before it is handed out. A file that is missing or has not its
    size is refused before the first byte. Raises CannotOpen."""
    register()
    try:
        file = path_of(id).open("rb")
        if os.fstat(file.fileno()).st_size != stored_size:
            raise CannotOpen
        cipher = proto_keyset_format.parse(key, secret_key_access.TOKEN).primitive(streaming_aead.StreamingAead)
        stream = cipher.new_decrypting_stream(file, _DOMAIN + id.encode())
        first = stream.read(PIECE)
    except (OSError, tink.TinkError):
        raise CannotOpen from None
    return _pieces(stream, first)


def _pieces(stream: Any, piece: bytes) -> Iterator[bytes]:
    with stream:
        while piece:
            yield piece
            try:
                piece = stream.read(PIECE)
            except tink.TinkError:
                raise CannotOpen from None


def stored_digest(id: str) -> str | None:
    """SHA-256 of a ciphertext as it lies there, None where it is missing."""
    try:
        with path_of(id).open("rb") as file:
            return _digest(file)
    except FileNotFoundError:
        return None


def _digest(file: Any) -> str:
    seen = sha256()
    while piece := file.read(1 << 20):
        seen.update(piece)
    return seen.hexdigest()


@cache
def register() -> None:
    streaming_aead.register()


def _sync(where: Path) -> None:
    handle = os.open(where, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
