"""The chain: what exactly is hashed, so that anyone can hash it again without this code.

    frame(b)    = length of b in 8 bytes, most significant first, then b
    genesis     = SHA-256( frame("kaname/case/1") frame(canonical JSON of {case, kind, opened_on}) )
    digest      = SHA-256( frame("kaname/entry/1") frame(digest before it) frame(head) frame(data) frame(sealed) )
    commitment  = SHA-256( frame("kaname/sealed/1") frame(salt) frame(field) frame(canonical JSON of the value) )

`head` is canonical JSON of every other column of the entry, `data` and `sealed` are the stored canonical JSON. A sealed
value enters only as a commitment: without its 16 random bytes of salt a birth date could be guessed from the digest.
Digests are written in lower-case hexadecimal; all text is UTF-8.
"""

import secrets
from hashlib import sha256
from struct import Struct

from kaname.ledger.strict_json import canonical_plain

SALT_BYTES = 16


def frames(*parts: bytes) -> str:
    """SHA-256 over length-framed parts."""
    return sha256(b"".join([_LENGTH(len(p)) + p for p in parts])).hexdigest()


_LENGTH = Struct(">Q").pack


def genesis(case: str, kind: str, opened_on: str) -> str:
    """The digest before the first entry: which case this chain is about."""
    return frames(b"kaname/case/1", canonical_plain({"case": case, "kind": kind, "opened_on": opened_on}).encode())


def entry_digest(prev: str, head: dict[str, str | int], data: str, sealed: str) -> str:
    """The digest of one entry. `head`: case and all columns but data, sealed and the two digests."""
    return frames(
        b"kaname/entry/1", bytes.fromhex(prev), canonical_plain(head).encode(), data.encode(), sealed.encode()
    )


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def commitment(salt: bytes, field: str, value: bytes) -> str:
    """What a digest says of a sealed value: canonical JSON of it, bound to its field and hidden by the salt."""
    return frames(b"kaname/sealed/1", salt, field.encode(), value)
