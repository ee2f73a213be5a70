"""Receipts (受領証) that who filed can keep: the office's signature under the digest of an entry.

    {"anchor": {digest, number} or null, "case": {id, kind, opened_on}, "entry": {act, digest, effective_on,
     recorded_at, seq}, "format": "kaname-receipt/1", "from": key}

`anchor` is the last anchor made before the entry was recorded: a receipt also holds the days before it fast. A receipt
is worked out of what is recorded: asked for again, it is the same to the byte.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from kaname.law import T
from kaname.ledger import keys, rows, signed
from kaname.ledger.errors import Elsewhere
from kaname.ledger.models import Anchor
from kaname.ledger.rows import Row
from kaname.ledger.signed import Untrusted
from kaname.ledger.store import Head

FORMAT, DOMAIN = "kaname-receipt/1", b"kaname/receipt/1"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Receipt(NamedTuple):
    """What a signed receipt says of an entry, its signature found good."""

    case: str
    seq: int
    digest: str
    sender: str


def write(head: Head, row: Row) -> bytes:
    """The receipt of an entry. Raises Elsewhere for a case that is a copy here."""
    if head.origin:
        raise Elsewhere
    anchor = Anchor.objects.filter(made_at__lte=row.recorded_at).order_by("-number").values("digest", "number").first()
    entry = {name: getattr(row, name) for name in ("act", "digest", "effective_on", "recorded_at", "seq")}
    case = {"id": head.public_id, "kind": head.kind, "opened_on": head.opened_on}
    return signed.write(
        DOMAIN, {"anchor": anchor, "case": case, "entry": entry, "format": FORMAT, "from": keys.own_key()}
    )


def read(raw: bytes, senders: Sequence[str]) -> Receipt:
    """A receipt signed by one of `senders` (keys). Raises Untrusted."""
    said = signed.read(DOMAIN, raw, senders)
    case, entry = _part(said, "case"), _part(said, "entry")
    id, seq, digest = case.get("id"), entry.get("seq"), str(entry.get("digest"))
    told = said.get("format") == FORMAT and rows.INSTANT.fullmatch(str(entry.get("recorded_at")))
    if not told or not isinstance(id, str) or type(seq) is not int or not _DIGEST.fullmatch(digest):
        raise Untrusted(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))
    return Receipt(id, seq, digest, said["from"])


def _part(said: dict[str, Any], name: str) -> dict[str, Any]:
    part = said.get(name)
    return part if isinstance(part, dict) else {}
