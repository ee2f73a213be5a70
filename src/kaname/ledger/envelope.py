"""What goes to another office, sealed so that it alone opens it: HPKE (RFC 9180, base mode) around a signed bundle.

    line 1: `kaname-envelope/1`, the suite and the recipient's public key, a space between them; line feed
    then:   encapsulated key (32 bytes), ciphertext and tag, to the end of the file

Line 1 is bound in as `info`. Who has sealed it the envelope does not say: the signature inside does. Nothing but the
recipient and the size can be seen from outside: not the sender, not the case, not that there are sealed values.

An office is pinned by one key, its Ed25519 signing key; the X25519 key that opens is the same one on the other form of
the curve (as in libsodium and age), so that no second key must be told by another way than bundles come. What is signed
begins with `kaname/`, what is sealed is bound to line 1: neither can pass for the other.
"""

import re
from hashlib import sha512

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from kaname.law import T
from kaname.ledger import keys
from kaname.ledger.keys import KeyProblem
from kaname.ledger.signed import Untrusted

SUITE = "hpke-x25519-hkdf-sha256-aes-256-gcm"
_SUITES = {SUITE: hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)}
_BEGINS = b"kaname-envelope/"
_LINE = re.compile(rb"kaname-envelope/1 ([a-z0-9-]{1,64}) ([0-9a-f]{64})\n")
OVERHEAD = 256  # at most so many bytes more than what is inside
_P = (1 << 255) - 19


def seal(plain: bytes, recipient: str) -> bytes:
    """Sealed for an office (its public key). Raises KeyProblem where that can be nobody's key."""
    line = f"kaname-envelope/1 {SUITE} {recipient}\n".encode()
    try:
        return line + _SUITES[SUITE].encrypt(plain, _public(recipient), info=line)
    except ValueError:
        raise KeyProblem(T("この公開鍵に宛てては封緘できない", "nothing can be sealed for this public key")) from None


def is_sealed(raw: bytes) -> bool:
    return raw.startswith(_BEGINS)


def opened(raw: bytes) -> bytes:
    """What an envelope for this office holds; anything else as it is. Raises Untrusted, one message for all."""
    if not is_sealed(raw):
        return raw
    line = _LINE.match(raw)
    suite = _SUITES.get(line[1].decode()) if line else None
    seed = keys.seed_of(line[2].decode()) if line else None
    if line is None or suite is None or seed is None:
        raise Untrusted(_NOT_FOR_US)
    try:
        return suite.decrypt(memoryview(raw)[line.end() :], _private(seed), info=line[0])
    except (InvalidTag, ValueError):
        raise Untrusted(_NOT_FOR_US) from None


def _private(seed: bytes) -> X25519PrivateKey:
    """The scalar by which Ed25519 signs (RFC 8032, 5.1.5)."""
    return X25519PrivateKey.from_private_bytes(sha512(seed).digest()[:32])


def _public(key: str) -> X25519PublicKey:
    """u = (1 + y) / (1 - y), RFC 7748, 4.1. Raises ValueError where y is 1 or no number of the field."""
    y = int.from_bytes(bytes.fromhex(key), "little") & ((1 << 255) - 1)
    if y >= _P:
        raise ValueError(key)
    return X25519PublicKey.from_public_bytes(((1 + y) * pow(1 - y, -1, _P) % _P).to_bytes(32, "little"))


_NOT_FOR_US = T("この機関に宛てた封緘でない、又は途中で変えられた",
                "not sealed for this office, or changed on the way")  # fmt: skip
