"""Master keys: what wraps the keys under which values are sealed. A file in KANAME_HOME, or a key service.

An office with a key management service (KMS, HSM) names a class of its own in KANAME_MASTER_KEYS; it has the methods of
`MasterKeys`, and nothing else in Kaname ever sees a master key. A master is known by a name. It is never in a backup.
"""

import secrets
from functools import cache
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.module_loading import import_string

from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.site.home import home, kept, secret, write_new

_NONCE = 12
_DOMAIN = b"kaname/key/1\0"


class MasterKeys(Protocol):
    """What a key service must do. `about` says which key is wrapped: it must be given again to unwrap it.

    Every call may go over a network: Kaname asks once for each key and process.
    """

    def current(self) -> str:
        """The name of the master that wraps new keys; it is drawn where there is none yet."""

    def holds(self, name: str) -> bool:
        """Whether keys that a master of this name has wrapped can be unwrapped here."""

    def wrap(self, key: bytes, about: bytes) -> tuple[str, bytes]:
        """A key wrapped by the current master, and that master's name."""

    def unwrap(self, name: str, wrapped: bytes, about: bytes) -> bytes:
        """The key. Raises KeysMissing where the master is not here, CannotOpen where it was not wrapped like this."""

    def renew(self) -> str:
        """A new master becomes the current one; the earlier ones are still held. Returns its name."""


@cache
def masters() -> MasterKeys:
    """The office's master keys, as the setting names them."""
    found: MasterKeys = import_string(settings.KANAME_MASTER_KEYS)()
    return found


class FileKeys:
    """Masters in files of KANAME_HOME: `sealing_key` is the current one, `sealing_key.NAME` each that was ever drawn
    by `renew` or replaced by it. The name is a fingerprint, so that a file put in the wrong place is known at once.

    An earlier master opens earlier backups: it is removed by hand once none of them is wanted.
    """

    def current(self) -> str:
        return fingerprint(secret("sealing_key"))

    def holds(self, name: str) -> bool:
        return self._master(name) is not None

    def wrap(self, key: bytes, about: bytes) -> tuple[str, bytes]:
        master, nonce = secret("sealing_key"), secrets.token_bytes(_NONCE)
        return fingerprint(master), nonce + AESGCM(master).encrypt(nonce, key, _DOMAIN + about)

    def unwrap(self, name: str, wrapped: bytes, about: bytes) -> bytes:
        master = self._master(name)
        if master is None:
            raise KeysMissing(name)
        try:
            return AESGCM(master).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _DOMAIN + about)
        except (InvalidTag, ValueError):
            raise CannotOpen from None

    def renew(self) -> str:
        """Each master lies under its own name before it is used: two renewals at once, or a kill, lose none."""
        old, new = secret("sealing_key"), secrets.token_bytes(32)
        write_new(home() / f"sealing_key.{fingerprint(old)}", old)
        write_new(home() / f"sealing_key.{fingerprint(new)}", new)
        part = home() / f".sealing_key.{secrets.token_hex(8)}"
        write_new(part, new)
        part.replace(home() / "sealing_key")
        return fingerprint(new)

    def _master(self, name: str) -> bytes | None:
        for file in ("sealing_key", f"sealing_key.{name}"):
            found = kept(file)
            if found is not None and fingerprint(found) == name:
                return found
        return None


def fingerprint(master: bytes) -> str:
    """The name of a master: it tells nothing of the key but whether it is the same."""
    return sha256(b"kaname/master/1\0" + master).hexdigest()[:16]
