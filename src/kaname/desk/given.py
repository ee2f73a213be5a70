"""The file that a person gave, as long as it waits to be read: encrypted as it comes in, in clear in memory alone.

AES-256-GCM with a key of its own for each file, derived for each segment (AES256_GCM_HKDF_1MB of Tink): cut off, moved
or changed it does not open. To be read it is laid out in memory, under a name with the suffix that readers ask for.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any, Protocol

import tink
from tink import proto_keyset_format, secret_key_access, streaming_aead

_PIECE = 1 << 20
_DOMAIN = b"kaname/desk/given/1\0"


class Lost(OSError):
    """The file is gone, was changed, or the key is not its key."""


class Bytes(Protocol):
    """What a file is read from as it comes in."""

    def read(self, size: int, /) -> bytes: ...


def put(path: Path, content: Bytes, about: str) -> tuple[int, bytes]:
    """Take a file in. Its size, and the key that opens it, for `about` alone."""
    _register()
    handle = tink.new_keyset_handle(streaming_aead.streaming_aead_key_templates.AES256_GCM_HKDF_1MB)
    size = 0
    raw = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    with _primitive(handle).new_encrypting_stream(raw, _DOMAIN + about.encode()) as sealed:
        while piece := content.read(_PIECE):
            sealed.write(piece)
            size += len(piece)
    return size, proto_keyset_format.serialize(handle, secret_key_access.TOKEN)


@contextmanager
def in_memory(path: Path, key: bytes, about: str, suffix: str) -> Iterator[Path]:
    """A path at which the file can be read, as often as one likes, while the context lasts. Raises Lost."""
    _register()
    memory = os.memfd_create("given")
    try:
        with os.fdopen(os.dup(memory), "wb") as out:
            _open(path, key, about, out)
        with tempfile.TemporaryDirectory(prefix="kaname-") as folder:
            link = Path(folder) / f"given{suffix}"
            link.symlink_to(f"/proc/{os.getpid()}/fd/{memory}")  # names memory: nothing is written to the folder
            yield link
    finally:
        os.close(memory)


def _open(path: Path, key: bytes, about: str, out: IO[bytes]) -> None:
    try:
        cipher = _primitive(proto_keyset_format.parse(key, secret_key_access.TOKEN))
        with cipher.new_decrypting_stream(path.open("rb"), _DOMAIN + about.encode()) as plain:
            shutil.copyfileobj(plain, out, _PIECE)
    except (OSError, tink.TinkError) as error:
        raise Lost from error


def _primitive(handle: Any) -> Any:
    return handle.primitive(streaming_aead.StreamingAead)


@cache
def _register() -> None:
    streaming_aead.register()
