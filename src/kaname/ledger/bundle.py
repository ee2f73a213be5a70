"""A case between offices: two signed lines (`signed`), then the documents.

Line 1 is {"case": {id, kind, opened_on}, "contact": {...}, "documents": [...], "entries": [...], "format":
"kaname-bundle/3", "from": key, "issued_at", "sealed": [...], "to": key}. An entry has every column of the store but the
case, `data` and `sealed` as objects. `sealed` holds {seq, field, salt, value} of what the recipient may read, salt in
hexadecimal. `contact` is what the two offices tell each other of their anchors (`proof.contact`).

`documents` lists {at, id, media_type, name, salt, sha256, size} by id; their bytes follow line 2 in that order, one
after the other, to the end of the file. An entry (or a sealed value that goes along) names each as
`document:id:commitment`; the commitment is made of salt and digest. Sizes and digests stand inside the signed bytes:
not a byte can be changed, added, left out or moved.

Case, sender and intended recipient stand inside the signed bytes: a bundle cannot be passed on as meant for another.
Reading checks form only; what the entries say is checked by `exchange`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, NamedTuple

from kaname.law import T
from kaname.ledger import rows, signed
from kaname.ledger.digest import commitment
from kaname.ledger.rows import Row, Secret
from kaname.ledger.signed import SIGNATURE_BYTES, Untrusted
from kaname.ledger.strict_json import canonical, loads

FORMAT, DOMAIN = "kaname-bundle/3", b"kaname/bundle/3"
LARGEST = 64 << 20  # bytes of line 1
MOST_DOCUMENTS = 192 << 20  # bytes of all documents of a bundle
LARGEST_FILE = LARGEST + SIGNATURE_BYTES + MOST_DOCUMENTS
_SHAPE = {"case", "contact", "documents", "entries", "format", "from", "issued_at", "sealed", "to"}
_CASE = {"id": re.compile(r"[a-z2-7]{26}"), "kind": re.compile(r"[a-z_.]{1,64}"), "opened_on": rows.DAY}
_SALT = re.compile(r"[0-9a-f]{32}")
_REFERENCE = re.compile(r"document:([a-z2-7]{16}):([0-9a-f]{64})")
_PAPER: dict[str, re.Pattern[str]] = {
    "at": rows.INSTANT, "id": re.compile(r"[a-z2-7]{16}"), "media_type": re.compile(r"[a-z0-9.+/-]{1,96}"),
    "name": re.compile(r"[^\x00-\x1f\x7f]{1,200}"), "salt": _SALT, "sha256": re.compile(r"[0-9a-f]{64}"),
}  # fmt: skip


class BadBundle(Untrusted):
    """A bundle that is not taken, and why. Nothing was written."""


class Paper(NamedTuple):
    """A document that goes along with a case. `veiled`: only sealed values name it."""

    id: str
    at: str
    name: str
    media_type: str
    sha256: str
    salt: str
    content: bytes
    veiled: bool = True

    @property
    def reference(self) -> str:
        return f"document:{self.id}:{commitment(bytes.fromhex(self.salt), 'document', self.sha256.encode())}"

    def said(self) -> dict[str, Any]:
        """What line 1 says of it."""
        return {**{name: getattr(self, name) for name in _PAPER}, "size": len(self.content)}


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle says, its signature found good."""

    case: str
    kind: str
    opened_on: str
    sender: str
    recipient: str
    issued_at: str
    ledger: tuple[Row, ...]
    secrets: Mapping[int, Sequence[Secret]]
    papers: tuple[Paper, ...] = ()
    contact: Any = None


def write(bundle: Bundle) -> bytes:
    """The bytes of a bundle, signed with this office's key."""
    sealed = [
        {"seq": seq, "field": s.field, "salt": s.salt.hex(), "value": loads(s.value)}
        for seq, found in sorted(bundle.secrets.items())
        for s in found
        if s.salt is not None and s.value is not None
    ]
    papers = sorted(bundle.papers)
    said = {
        "format": FORMAT,
        "case": {"id": bundle.case, "kind": bundle.kind, "opened_on": bundle.opened_on},
        "from": bundle.sender,
        "to": bundle.recipient,
        "issued_at": bundle.issued_at,
        "entries": [{**r._asdict(), "data": loads(r.data), "sealed": loads(r.sealed)} for r in bundle.ledger],
        "sealed": sealed,
        "documents": [paper.said() for paper in papers],
        "contact": bundle.contact,
    }
    return b"".join((signed.write(DOMAIN, said), *(paper.content for paper in papers)))


def read(raw: bytes, recipients: Sequence[str], senders: Sequence[str]) -> Bundle:
    """A bundle meant for one of `recipients` and signed by one of `senders` (keys). Raises BadBundle."""
    if len(raw) > LARGEST_FILE:
        raise BadBundle(T("大きすぎる", f"larger than {LARGEST_FILE >> 20} MB"))
    try:
        said, rest = signed.begin(DOMAIN, raw, senders, LARGEST)
    except Untrusted as wrong:
        raise BadBundle(wrong.text) from None
    if set(said) != _SHAPE or said["format"] != FORMAT:
        raise BadBundle(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))
    if said["to"] not in recipients:
        raise BadBundle(T("他の機関に宛てた束である", "meant for another office"))
    return replace(_bundle(said), papers=_papers(said, memoryview(rest)), contact=said["contact"])


def _papers(said: dict[str, Any], rest: memoryview) -> tuple[Paper, ...]:
    """The documents: as many bytes as are signed for, each with its digest, each named by an entry that goes along."""
    told = said["documents"]
    if not isinstance(told, list):
        raise _shape("documents")
    open_named, sealed_named = (set(_named(said[part])) for part in ("entries", "sealed"))
    found: list[Paper] = []
    for i, item in enumerate(told):
        one = _object(item, {*_PAPER, "size"}, f"documents[{i}]")
        wrong = [n for n, form in _PAPER.items() if not isinstance(one[n], str) or not form.fullmatch(one[n])]
        if wrong or type(one["size"]) is not int or one["size"] < 1 or (found and one["id"] <= found[-1].id):
            raise _shape(f"documents[{i}]")
        content, rest = bytes(rest[: one["size"]]), rest[one["size"] :]
        if len(content) != one["size"] or sha256(content).hexdigest() != one["sha256"]:
            raise BadBundle(T(f"書類 {one['id']} の内容が署名されたものと違う",
                              f"document {one['id']} is not the one that was signed for"))  # fmt: skip
        paper = Paper(**{n: one[n] for n in _PAPER}, content=content)
        if paper.reference not in open_named | sealed_named:
            raise BadBundle(T(f"書類 {paper.id} を指す記録がない", f"no entry names the document {paper.id}"))
        found.append(paper._replace(veiled=paper.reference not in open_named))
    if len(rest):
        raise BadBundle(T("署名されていない内容が後に続く", "followed by bytes that nobody has signed for"))
    return tuple(found)


def _named(data: Any) -> Iterator[str]:
    """Every reference to a document in data."""
    if isinstance(data, str):
        if _REFERENCE.fullmatch(data):
            yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _named(value)
    elif isinstance(data, list):
        for value in data:
            yield from _named(value)


def references(ledger: Sequence[Row], secrets: Mapping[int, Sequence[Secret]]) -> frozenset[str]:
    """The documents that entries name: in the open, or in those sealed values."""
    open_values = (loads(row.data) for row in ledger)
    sealed = (loads(s.value) for found in secrets.values() for s in found if s.value is not None)
    return frozenset(r for data in (*open_values, *sealed) for r in _named(data))


def _bundle(said: dict[str, Any]) -> Bundle:
    case = _object(said["case"], set(_CASE), "case")
    for name, pattern in _CASE.items():
        if not isinstance(case[name], str) or not pattern.fullmatch(case[name]):
            raise _shape(f"case.{name}")
    if not rows.is_day(case["opened_on"]):
        raise _shape("case.opened_on")
    if not isinstance(said["from"], str) or not rows.is_instant(said["issued_at"]):
        raise _shape("issued_at")
    if not isinstance(said["entries"], list) or not isinstance(said["sealed"], list) or not said["entries"]:
        raise _shape("entries")
    ledger = tuple(_row(entry, f"entries[{i}]") for i, entry in enumerate(said["entries"]))
    secrets: dict[int, list[Secret]] = {}
    seen: set[tuple[int, str]] = set()
    for i, item in enumerate(said["sealed"]):
        held = _object(item, {"seq", "field", "salt", "value"}, f"sealed[{i}]")
        if type(held["seq"]) is not int or not isinstance(held["field"], str) or not _SALT.fullmatch(str(held["salt"])):
            raise _shape(f"sealed[{i}]")
        if (held["seq"], held["field"]) in seen:  # only one of them would be held against what the entry commits to
            raise _shape(f"sealed[{i}]")
        seen.add((held["seq"], held["field"]))
        value = canonical(held["value"]).encode()
        secrets.setdefault(held["seq"], []).append(Secret(held["field"], bytes.fromhex(held["salt"]), value))
    return Bundle(
        case["id"], case["kind"], case["opened_on"], said["from"], said["to"], said["issued_at"], ledger, secrets
    )


def _row(value: Any, where: str) -> Row:
    entry = _object(value, set(rows.COLUMNS), where)
    for name in rows.COLUMNS:
        wanted = int if name == "seq" else dict if name in ("data", "sealed") else str
        if type(entry[name]) is not wanted:
            raise _shape(f"{where}.{name}")
    row = Row(**{**entry, "data": canonical(entry["data"]), "sealed": canonical(entry["sealed"])})
    if wrong := rows.wrong_column(row):
        raise _shape(f"{where}.{wrong}")
    return row


def _object(value: Any, names: set[str], where: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != names:
        raise _shape(where)
    return value


def _shape(where: str) -> BadBundle:
    return BadBundle(T(f"{where} が定められた形でない", f"{where} is not of the form laid down"))
