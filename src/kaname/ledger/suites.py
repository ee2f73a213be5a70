"""Suites by which an envelope's head is sealed: HPKE (RFC 9180, base mode), each named by what it is made of.

A key is 32 to 96 secret bytes, drawn here from the system's chance; its name is the digest of suite and public key, so
that a key in the place of another is known at once. A suite that is added stays: what was sealed by it opens on.

`hpke-p256-…` is made of what the CRYPTREC list holds (ECDH over P-256, HKDF, SHA-2, AES): the first choice here.
`hpke-mlkem768-x25519-…` (ML-KEM, FIPS 203, beside X25519) stands against a quantum computer of later; its form in HPKE
is an Internet-Draft still: for who asks for it.
"""

import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ec, mlkem
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY = 32  # bytes of what is sealed: the key of an envelope's content
_TAG = 16
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # FIPS 186-5, SP 800-186
_HEAD = b"kaname/envelope-key/1\0"


class CannotOpenHead(Exception):
    """Not sealed for this key, or changed. No more is said."""


class Suite(NamedTuple):
    """`size`: bytes of a secret half; `head`: of a content key sealed; `public`, `private`: keys of their bytes."""

    name: str
    hpke: hpke.Suite
    size: int
    head: int
    draw: Callable[[], bytes]
    private: Callable[[bytes], hpke.MLKEM768X25519PrivateKey | X25519PrivateKey | ec.EllipticCurvePrivateKey]
    public: Callable[[bytes], hpke.MLKEM768X25519PublicKey | X25519PublicKey | ec.EllipticCurvePublicKey]
    told: Callable[[bytes], bytes]

    def sealed(self, key: bytes, public: bytes, info: bytes) -> bytes:
        """Raises ValueError where `public` is nobody's key."""
        return self.hpke.encrypt(key, self.public(public), info=info)

    def opened(self, head: bytes, private: bytes, info: bytes) -> bytes:
        """Raises CannotOpenHead."""
        try:
            return self.hpke.decrypt(head, self.private(private), info=info)
        except (InvalidTag, ValueError):
            raise CannotOpenHead from None

    def public_of(self, private: bytes) -> bytes:
        return self.told(private)


def name_of(suite: str, public: bytes) -> str:
    """The name of a key: 64 hexadecimal digits."""
    return sha256(_HEAD + suite.encode() + b"\0" + public).hexdigest()


def _suite(name: str, kem: hpke.KEM, size: int, draw: Callable[[], bytes], *keys: Callable[[bytes], Any]) -> Suite:
    of = hpke.Suite(kem, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    head = {hpke.KEM.P256: 65, hpke.KEM.X25519: 32, hpke.KEM.MLKEM768_X25519: 1120}[kem] + KEY + _TAG
    return Suite(f"hpke-{name}-hkdf-sha256-aes-256-gcm", of, size, head, draw, *keys)


# -- P-256 -----------------------------------------------------------------------------------------------------------


def _scalar() -> bytes:
    return (1 + secrets.randbelow(_P256_ORDER - 1)).to_bytes(32, "big")


def _p256(raw: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())


def _p256_public(raw: bytes) -> ec.EllipticCurvePublicKey:
    if len(raw) != 65:
        raise ValueError(len(raw))  # one writing of a point alone: uncompressed
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


def _p256_told(raw: bytes) -> bytes:
    return _p256(raw).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


# -- X25519, and ML-KEM-768 beside it --------------------------------------------------------------------------------


def _x25519_told(raw: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()


def _both(raw: bytes) -> hpke.MLKEM768X25519PrivateKey:
    lattice, curve = mlkem.MLKEM768PrivateKey.from_seed_bytes(raw[:64]), X25519PrivateKey.from_private_bytes(raw[64:])
    return hpke.MLKEM768X25519PrivateKey(lattice, curve)


def _both_public(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    lattice = mlkem.MLKEM768PublicKey.from_public_bytes(raw[:-32])
    return hpke.MLKEM768X25519PublicKey(lattice, X25519PublicKey.from_public_bytes(raw[-32:]))


def _both_told(raw: bytes) -> bytes:
    lattice = mlkem.MLKEM768PrivateKey.from_seed_bytes(raw[:64]).public_key().public_bytes_raw()
    return lattice + _x25519_told(raw[64:])


def _drawn(size: int) -> Callable[[], bytes]:
    return lambda: secrets.token_bytes(size)


P256 = _suite("p256", hpke.KEM.P256, 32, _scalar, _p256, _p256_public, _p256_told)
X25519 = _suite("x25519", hpke.KEM.X25519, 32, _drawn(32), X25519PrivateKey.from_private_bytes,
                X25519PublicKey.from_public_bytes, _x25519_told)  # fmt: skip
BOTH = _suite("mlkem768-x25519", hpke.KEM.MLKEM768_X25519, 96, _drawn(96), _both, _both_public, _both_told)
SUITES = {suite.name: suite for suite in (P256, X25519, BOTH)}
SHORT = {"p256": P256, "x25519": X25519, "mlkem768-x25519": BOTH}
