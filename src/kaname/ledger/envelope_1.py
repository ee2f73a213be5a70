"""Envelopes of the first version, `kaname-envelope/1`: opened for ever, sealed for who has told of no envelope key.

    line 1: `kaname-envelope/1`, the suite and the recipient's signing key, a space between them; line feed
    then:   encapsulated key (32 bytes), ciphertext and tag, to the end of the file

The X25519 key that opens is the Ed25519 signing key on the other form of the curve (as in libsodium and age). What is
signed begins with `kaname/`, what is sealed is bound to line 1: neither can pass for the other.
"""

import re
from hashlib import sha512

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from kaname.law import T
from kaname.ledger import keys
from kaname.ledger.keys import KeyProblem
from kaname.ledger.suites import X25519, CannotOpenHead

_LINE = re.compile(rb"kaname-envelope/1 ([a-z0-9-]{1,64}) ([0-9a-f]{64})\n")
_P = (1 << 255) - 19


def seal(plain: bytes, recipient: str) -> bytes:
    """Sealed for an office (its signing key). Raises KeyProblem where that can be nobody's key."""
    line = f"kaname-envelope/1 {X25519.name} {recipient}\n".encode()
    try:
        return line + X25519.hpke.encrypt(plain, _public(recipient), info=line)
    except ValueError:
        raise KeyProblem(T("この公開鍵に宛てては封緘できない", "nothing can be sealed for this public key")) from None


def opened(raw: bytes) -> bytes:
    """Raises CannotOpenHead."""
    line = _LINE.match(raw)
    seed = keys.seed_of(line[2].decode()) if line else None
    if line is None or line[1].decode() != X25519.name or seed is None:
        raise CannotOpenHead
    return X25519.opened(raw[line.end() :], _private(seed), line[0])


def _private(seed: bytes) -> bytes:
    """The scalar by which Ed25519 signs (RFC 8032, 5.1.5)."""
    return sha512(seed).digest()[:32]


def _public(key: str) -> X25519PublicKey:
    """u = (1 + y) / (1 - y), RFC 7748, 4.1. Raises ValueError where y is 1 or no number of the field."""
    y = int.from_bytes(bytes.fromhex(key), "little") & ((1 << 255) - 1)
    if y >= _P:
        raise ValueError(key)
    return X25519PublicKey.from_public_bytes(((1 + y) * pow(1 - y, -1, _P) % _P).to_bytes(32, "little"))
