"""A bundle as a pinned office signs it, whatever it says: our reader and `kaname-verify` take it, or neither does."""

from pathlib import Path

import test_verifier
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kaname.ledger import bundle
from kaname.ledger.signed import Untrusted
from kaname.ledger.strict_json import NotStrict, canonical, loads

SOUND = (Path(__file__).parents[1] / "vectors/bundle.json").read_bytes()
_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = _KEY.public_key().public_bytes_raw().hex()


def signed(said):
    line = canonical(said).encode()
    return line + b"\n" + _KEY.sign(bundle.DOMAIN + b"\0" + line).hex().encode() + b"\n"


def agreed(raw):
    """True where a bundle was taken. Both are asked of what it says as it stands, and with a chain that fits."""
    try:
        said = loads(raw)
    except NotStrict:
        return False
    if not isinstance(said, dict):
        return False
    found = [_agreed(signed(one({**said, "from": KEY}))) for one in (dict, test_verifier.rechained)]
    return any(found)


def _agreed(raw):
    to = loads(raw.partition(b"\n")[0]).get("to")
    try:
        bundle.read(raw, [to], [KEY])
    except Untrusted as wrong:
        assert wrong.text.ja and wrong.text.en
    one, other = test_verifier.ours(raw, KEY), test_verifier.theirs(raw, KEY)
    assert one == other, (one, other)
    return one
