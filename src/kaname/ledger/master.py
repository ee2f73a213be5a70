"""Master keys: what wraps the keys under which values are sealed; and the secret halves of envelope keys.
Files in KANAME_HOME, or a key service.

An office with a key management service (KMS, HSM) names a class of its own in KANAME_MASTER_KEYS; it has the methods of
`MasterKeys`, and nothing else in Kaname ever sees a master key. A master is known by a name. It is never in a backup.

Each circle but the office itself has a master of its own, so that it can be destroyed by itself: what was wrapped under
it, wherever a copy of the database lies, is then wrapped for ever.
"""

import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.module_loading import import_string

from kaname.ledger import envelope_files
from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.site.home import home, kept, secret, synced, write_new

_NONCE = 12
_DOMAIN = b"kaname/key/1\0"
# For whom the process works just now, by their pseudonym in the log: a key agent counts and writes it down.
ASKING: ContextVar[str] = ContextVar("asking", default="")
_CIRCLE = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Wrapped(NamedTuple):
    """A key that the master `name` has wrapped."""

    name: str
    wrapped: bytes
    about: bytes


class MasterKeys(Protocol):
    """What a key service must do. `about` says which key is wrapped: it must be given again to unwrap it. `circle`:
    whose master is meant, "" for that of the office.

    Every call may go over a network: Kaname asks once for each key and process.
    """

    def current(self, circle: str = "") -> str:
        """The name of the master that wraps new keys of a circle; it is drawn where there is none yet."""

    def holds(self, name: str, circle: str = "") -> bool:
        """Whether keys that a master of this name has wrapped for a circle can be unwrapped here."""

    def wrap(self, key: bytes, about: bytes, circle: str = "") -> tuple[str, bytes]:
        """A key wrapped by the current master of a circle, and that master's name."""

    def unwrap(self, name: str, wrapped: bytes, about: bytes, circle: str = "") -> bytes:
        """The key. Raises KeysMissing where the master is not here, CannotOpen where it was not wrapped like this."""

    def wrap_again(self, keys: Sequence[Wrapped], circle: str = "") -> list[tuple[str, bytes]]:
        """As `wrap` of what `unwrap` gives, for each of some keys of a circle; none of them need leave the service."""

    def renew(self) -> str:
        """A new master becomes the current one of the office, and so of each circle; the earlier ones are still held.
        Returns its name."""

    def destroy(self, circle: str) -> None:
        """All masters a circle ever had are gone beyond recovery. Nothing where they are gone already."""

    def new_envelope_key(self, suite: str) -> bytes:
        """Draw an envelope key (`suites`) and hold its secret half; the public one is returned."""

    def open_envelope(self, key: str, suite: str, head: bytes, info: bytes) -> bytes:
        """The content key in an envelope's head, by a key's name. Raises CannotOpenHead."""

    def drop_envelope_key(self, key: str) -> None:
        """Its secret half is gone beyond recovery. Nothing where it is gone already."""


@cache
def masters() -> MasterKeys:
    """The office's master keys, as the setting names them."""
    found: MasterKeys = import_string(settings.KANAME_MASTER_KEYS)()
    return found


class FileKeys:
    """Masters in files of KANAME_HOME: `sealing_key` is the current one, `sealing_key.NAME` each that was ever drawn
    by `renew` or replaced by it. The name is a fingerprint, so that a file put in the wrong place is known at once.
    An earlier master opens earlier backups: it is removed by hand once none of them is wanted.

    The master of a circle is worked out of the office's and of the circle's half, the file `circle_keys/CIRCLE`: either
    alone opens nothing. A half stays the same when the office's master is renewed; without it the circle is lost.
    """

    def current(self, circle: str = "") -> str:
        return fingerprint(self._current(circle))

    def holds(self, name: str, circle: str = "") -> bool:
        return self._master(name, circle) is not None

    def wrap(self, key: bytes, about: bytes, circle: str = "") -> tuple[str, bytes]:
        master = self._current(circle)
        return fingerprint(master), _wrapped(AESGCM(master), key, about)

    def unwrap(self, name: str, wrapped: bytes, about: bytes, circle: str = "") -> bytes:
        return _unwrapped(self._cipher(name, circle), wrapped, about)

    def wrap_again(self, keys: Sequence[Wrapped], circle: str = "") -> list[tuple[str, bytes]]:
        """The masters are read once, not once a key."""
        master = self._current(circle)
        name, new = fingerprint(master), AESGCM(master)
        old = {name: self._cipher(name, circle) for name in {key.name for key in keys}}
        return [(name, _wrapped(new, _unwrapped(old[key.name], key.wrapped, key.about), key.about)) for key in keys]

    def renew(self) -> str:
        """Each master lies under its own name before it is used: two renewals at once, or a kill, lose none."""
        old, new = secret("sealing_key"), secrets.token_bytes(32)
        write_new(home() / f"sealing_key.{fingerprint(old)}", old)
        write_new(home() / f"sealing_key.{fingerprint(new)}", new)
        part = home() / f".sealing_key.{secrets.token_hex(8)}"
        write_new(part, new)
        part.replace(home() / "sealing_key")
        return fingerprint(new)

    def destroy(self, circle: str) -> None:
        """The half is written over, on the disk, before its name goes. Copies kept apart must be destroyed by hand."""
        path = _half(circle)
        if not path.exists():
            return
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(32))
            file.flush()  # or the disk would be told to keep what was there before
            os.fsync(file.fileno())
        path.unlink()
        synced(path.parent)

    def new_envelope_key(self, suite: str) -> bytes:
        return envelope_files.draw(suite)

    def open_envelope(self, key: str, suite: str, head: bytes, info: bytes) -> bytes:
        return envelope_files.opened(key, suite, head, info)

    def drop_envelope_key(self, key: str) -> None:
        envelope_files.drop(key)

    def _current(self, circle: str) -> bytes:
        master = secret("sealing_key")
        if not circle:
            return master
        _half(circle).parent.mkdir(mode=0o700, exist_ok=True)
        return _of_circle(master, secret(f"circle_keys/{circle}"), circle)

    def _cipher(self, name: str, circle: str) -> AESGCM:
        master = self._master(name, circle)
        if master is None:
            raise KeysMissing(name)
        return AESGCM(master)

    def _master(self, name: str, circle: str) -> bytes | None:
        return next((m for m in self._candidates(circle) if fingerprint(m) == name), None)

    def _candidates(self, circle: str) -> Iterator[bytes]:
        """The current master first. Last those of the office by themselves: versions before 0.1 had no others."""
        half = kept(f"circle_keys/{circle}") if circle and _half(circle) else None
        if half:
            yield from (_of_circle(master, half, circle) for master in _office())
        yield from _office()


def _wrapped(master: AESGCM, key: bytes, about: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + master.encrypt(nonce, key, _DOMAIN + about)


def _unwrapped(master: AESGCM, wrapped: bytes, about: bytes) -> bytes:
    try:
        return master.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _DOMAIN + about)
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def fingerprint(master: bytes) -> str:
    """The name of a master: it tells nothing of the key but whether it is the same."""
    return sha256(b"kaname/master/1\0" + master).hexdigest()[:16]


def _half(circle: str) -> Path:
    if not _CIRCLE.fullmatch(circle):
        raise ValueError(circle)
    return home() / "circle_keys" / circle


def _office() -> Iterator[bytes]:
    """The masters of the office. Earlier ones are looked for once the current one will not do."""
    if current := kept("sealing_key"):
        yield current
    yield from (found for file in sorted(home().glob("sealing_key.*")) if (found := kept(file.name)))


def _of_circle(master: bytes, half: bytes, circle: str) -> bytes:
    return HKDF(SHA256(), 32, half, b"kaname/circle-master/1\0" + circle.encode()).derive(master)
