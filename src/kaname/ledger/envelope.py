"""What goes to another office, sealed so that it alone opens it: a signed bundle under a key of its own, which HPKE
(RFC 9180, base mode) seals to the recipient's envelope key.

    line 1: `kaname-envelope/2`, the suite and the name of the recipient's key, a space between them; line feed
    head:   the content key, sealed by the suite with line 1 as `info` (as many bytes as the suite says)
    then:   AES-256-GCM of the bundle under the content key, nonce of zeros (a key seals once), line 1 and head bound in

Who has sealed it the envelope does not say: the signature inside does. Nothing but the recipient's key and the size can
be seen from outside: not the sender, not the case, not that there are sealed values.

Two steps, so that the secret half may lie with the key agent: the head alone goes there, never the case.
"""

import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kaname.law import T
from kaname.ledger import envelope_1, envelope_keys
from kaname.ledger.keys import KeyProblem
from kaname.ledger.signed import Untrusted
from kaname.ledger.suites import KEY, SUITES, CannotOpenHead

OVERHEAD = 2048  # at most so many bytes more than what is inside
_BEGINS, _FIRST = b"kaname-envelope/", b"kaname-envelope/1 "
_LINE = re.compile(rb"kaname-envelope/2 ([a-z0-9-]{1,64}) ([0-9a-f]{64})\n")
_ONCE = bytes(12)


def seal(plain: bytes, recipient: str) -> bytes:
    """Sealed for an office (its signing key, by which it is known). Raises KeyProblem: there is no key to seal for."""
    to = envelope_keys.to_seal_for(recipient)
    if to is None:
        return envelope_1.seal(plain, recipient)
    line, key = f"kaname-envelope/2 {to.suite} {to.name}\n".encode(), secrets.token_bytes(KEY)
    try:
        head = SUITES[to.suite].sealed(key, bytes.fromhex(to.public), line)
    except ValueError:
        raise KeyProblem(T("この公開鍵に宛てては封緘できない", "nothing can be sealed for this public key")) from None
    return line + head + AESGCM(key).encrypt(_ONCE, plain, line + head)


def is_sealed(raw: bytes) -> bool:
    return raw.startswith(_BEGINS)


def opened(raw: bytes) -> bytes:
    """What an envelope for this office holds; anything else as it is. Raises Untrusted, one message for all."""
    if not is_sealed(raw):
        return raw
    try:
        return envelope_1.opened(raw) if raw.startswith(_FIRST) else _opened(raw)
    except (CannotOpenHead, InvalidTag):
        raise Untrusted(_NOT_FOR_US) from None


def _opened(raw: bytes) -> bytes:
    line = _LINE.match(raw)
    suite = SUITES.get(line[1].decode()) if line else None
    if line is None or suite is None:
        raise CannotOpenHead
    body = line.end() + suite.head
    key = envelope_keys.opened(line[2].decode(), suite.name, raw[line.end() : body], line[0])
    if len(key) != KEY:
        raise CannotOpenHead
    return AESGCM(key).decrypt(_ONCE, memoryview(raw)[body:], raw[:body])


_NOT_FOR_US = T("この機関に宛てた封緘でない、又は途中で変えられた",
                "not sealed for this office, or changed on the way")  # fmt: skip
