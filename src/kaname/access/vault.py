"""Small secrets in the database (keys of one-time codes, what was typed): encrypted with a key that is not in it.

AES-256-GCM with a key for each purpose, derived from the office's `secret_key`, which no backup holds.
"""

from functools import lru_cache
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


class Broken(ValueError):
    """Not encrypted here, for this purpose, under this key; or changed."""


def lock(plain: bytes, purpose: str) -> bytes:
    nonce = urandom(_NONCE)
    return nonce + _cipher(settings.SECRET_KEY, purpose).encrypt(nonce, plain, purpose.encode())


def unlock(locked: bytes, purpose: str) -> bytes:
    """Raises Broken."""
    try:
        return _cipher(settings.SECRET_KEY, purpose).decrypt(locked[:_NONCE], locked[_NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        raise Broken from None


@lru_cache(maxsize=16)
def _cipher(key: str, purpose: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, f"kaname/{purpose}".encode()).derive(key.encode()))
