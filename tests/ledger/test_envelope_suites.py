"""Known answers of each suite of envelopes, and of the ciphers below them.

The library seals with a key it draws itself, so that no published figure can be had of it. Published figures (RFC 9180,
A.1.1 and A.3.1) prove the few lines of HPKE here instead; what these lines seal, the suites of Kaname must open.
"""

import random
from hashlib import sha3_256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, mlkem
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from figures import tries
from kaname.cli import exchange
from kaname.ledger import envelope, envelope_1, suites
from kaname.ledger.bundle import LARGEST_FILE
from kaname.ledger.suites import BOTH, P256, SUITES, X25519, CannotOpenHead

INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
PLAIN = bytes.fromhex("4265617574792069732074727574682c20747275746820626561757479")
PUBLISHED = {
    "x25519": {
        "kem": 0x20,
        "ephemeral": "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
        "private": "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
        "public": "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
        "enc": "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
        "shared": "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc",
        "sealed": "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
    },
    "p256": {
        "kem": 0x10,
        "ephemeral": "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb",
        "private": "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
        "public": "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb"
                  "3d30ad6aa8f80e30f1d128aafd68a2ce72ea0",
        "enc": "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be86"
               "3c403ce65c9bfcb9382657222d18c4",
        "shared": "c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8",
        "sealed": "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434",
    },
}  # fmt: skip
CURVES = pytest.mark.parametrize("short", PUBLISHED)


# -- HPKE, base mode, in a few lines -----------------------------------------------------------------------------------


def extract(suite, salt, label, key):
    mac = HMAC(salt or bytes(32), SHA256())
    mac.update(b"HPKE-v1" + suite + label + key)
    return mac.finalize()


def expand(suite, secret, label, info, length):
    return HKDFExpand(SHA256(), length, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info).derive(secret)


def shared(kem, agreed, enc, public):
    suite = b"KEM" + kem.to_bytes(2, "big")
    return expand(suite, extract(suite, b"", b"eae_prk", agreed), b"shared_secret", enc + public, 32)


def sealed(kem, secret, info, plain, aad=b"", aead=2):
    """By what both sides share: AES-128-GCM (1), AES-256-GCM (2)."""
    suite = b"HPKE" + b"".join(n.to_bytes(2, "big") for n in (kem, 1, aead))
    context = b"\0" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    made = extract(suite, secret, b"secret", b"")
    key, nonce = (expand(suite, made, label, context, n) for label, n in ((b"key", 16 * aead), (b"base_nonce", 12)))
    return AESGCM(key).encrypt(nonce, plain, aad)


def agreed(short, ephemeral, public):
    if short == "x25519":
        return X25519PrivateKey.from_private_bytes(ephemeral).exchange(X25519PublicKey.from_public_bytes(public))
    mine = ec.derive_private_key(int.from_bytes(ephemeral, "big"), ec.SECP256R1())
    return mine.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public))


@CURVES
def test_the_lines_here_give_the_published_answers(short):
    known = PUBLISHED[short]
    ephemeral, public, enc = (bytes.fromhex(known[name]) for name in ("ephemeral", "public", "enc"))
    of = suites.SHORT[short]
    assert of.public_of(ephemeral) == enc and of.public_of(bytes.fromhex(known["private"])) == public
    found = shared(known["kem"], agreed(short, ephemeral, public), enc, public)
    assert found.hex() == known["shared"]
    assert sealed(known["kem"], found, INFO, PLAIN, b"Count-0", aead=1).hex() == known["sealed"]


@CURVES
def test_each_suite_opens_what_they_seal_under_the_published_keys(short):
    known = PUBLISHED[short]
    enc, secret, private = (bytes.fromhex(known[name]) for name in ("enc", "shared", "private"))
    key = bytes(range(32))
    head = enc + sealed(known["kem"], secret, INFO, key)
    of = suites.SHORT[short]
    assert len(head) == of.head and of.opened(head, private, INFO) == key
    for wrong in (head[:-1], head + b"\0", head[:-1] + bytes([head[-1] ^ 1]), enc, b""):
        with pytest.raises(CannotOpenHead):
            of.opened(wrong, private, INFO)
    with pytest.raises(CannotOpenHead):
        of.opened(head, private, INFO + b".")


def test_ml_kem_beside_x25519_opens_what_they_seal():
    """Combined as the drafts of HPKE for ML-KEM say (KEM 0x647a, X-Wing): SHA3-256 of both secrets, the curve's share
    and its public key, and six bytes. ML-KEM itself: FIPS 203, of the library."""
    private = bytes(range(96))
    lattice, curve = mlkem.MLKEM768PrivateKey.from_seed_bytes(private[:64]), private[64:]
    public, key = BOTH.public_of(private), bytes(range(32))
    assert public[:-32] == lattice.public_key().public_bytes_raw() and len(public) == 1216
    inner, cut = lattice.public_key().encapsulate()
    ephemeral = bytes(range(1, 33))
    share = X25519.public_of(ephemeral)
    secret = sha3_256(
        inner + agreed("x25519", ephemeral, X25519.public_of(curve)) + share + public[-32:] + rb"\.//^\ "[:6]
    )
    head = cut + share + sealed(0x647A, secret.digest(), INFO, key)
    assert BOTH.opened(head, private, INFO) == key and len(head) == BOTH.head


@pytest.mark.parametrize("suite", SUITES.values(), ids=suites.SHORT)
def test_what_is_sealed_is_as_long_as_the_suite_says(suite):
    for _ in range(tries(3, ci=30)):
        private = suite.draw()
        assert len(private) == suite.size
        head = suite.sealed(bytes(32), suite.public_of(private), b"x")
        assert len(head) == suite.head and suite.opened(head, private, b"x") == bytes(32)


@pytest.mark.parametrize("suite", SUITES.values(), ids=suites.SHORT)
def test_what_is_nobodys_key_is_not_sealed_for(suite):
    size = len(suite.public_of(suite.draw()))
    for wrong in (b"", bytes(size - 1), bytes(size + 1), b"\4" + b"\1" * (size - 1) + b"\2"):
        with pytest.raises(ValueError):
            suite.sealed(bytes(32), wrong, b"")
    if suite is P256:  # a compressed point, the point at infinity, one that is not on the curve
        good = suite.public_of(suite.draw())
        for wrong in (bytes([2 + good[-1] % 2]) + good[1:33], b"\0", good[:-1] + bytes([good[-1] ^ 1])):
            with pytest.raises(ValueError):
                suite.sealed(bytes(32), wrong, b"")


def test_a_key_is_known_by_suite_and_public_half():
    public = P256.public_of((1).to_bytes(32, "big"))
    assert public.hex().startswith("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")  # SEC 2: G
    assert suites.name_of(P256.name, public) != suites.name_of(X25519.name, public)


# -- the key of versions before ----------------------------------------------------------------------------------------


def test_the_key_that_opens_is_that_of_libsodium():
    """test/default/ed25519_convert of libsodium."""
    seed = bytes.fromhex("421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee")
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()
    known = "f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50"
    assert envelope_1._public(public).public_bytes_raw().hex() == known
    assert X25519.public_of(envelope_1._private(seed)).hex() == known


def test_both_forms_of_a_key_belong_together():
    lot = random.Random(4)
    for _ in range(tries(100, ci=1000)):
        seed = lot.randbytes(32)
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()
        assert envelope_1._public(public).public_bytes_raw() == X25519.public_of(envelope_1._private(seed))


def test_the_largest_bundle_goes_into_an_envelope_of_each_suite_and_through_the_command():
    for suite in SUITES.values():
        line = f"kaname-envelope/2 {suite.name} {'0' * 64}\n"
        assert len(line) + suite.head + 16 <= envelope.OVERHEAD
    assert exchange._LARGEST >= LARGEST_FILE + envelope.OVERHEAD


def test_ciphers_give_the_published_answers():
    """AES-256-GCM: McGrew and Viega, cases 13 and 14. HKDF-SHA256: RFC 5869, A.1."""
    cipher = AESGCM(bytes(32))
    assert cipher.encrypt(bytes(12), b"", None).hex() == "530f8afbc74536b9a963b4f1c4cb738b"
    known = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    assert cipher.encrypt(bytes(12), bytes(16), None).hex() == known
    info = bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
    found = HKDF(SHA256(), 42, bytes(range(13)), info).derive(b"\x0b" * 22).hex()
    assert found == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
