"""A case between offices: one canonical container, no freedom in it, a signature over its raw bytes.

    line 1: canonical JSON (RFC 8785, UTF-8) of everything said, line feed
    line 2: Ed25519 signature of "kaname/bundle/1", a zero byte and line 1 without its line feed: 128 lower-case
            hexadecimal digits, line feed; nothing before, between or after

Line 1 is {"case": {id, kind, opened_on}, "entries": [...], "format": "kaname-bundle/1", "from": key, "issued_at",
"sealed": [...], "to": key}. An entry has every column of the store but the case, `data` and `sealed` as objects.
`sealed` holds {seq, field, salt, value} of what the recipient may read, salt in hexadecimal.

Where documents go along, the format is "kaname-bundle/2": line 1 has "documents", a list of {at, id, media_type, name,
salt, sha256, size} by id, and their bytes follow line 2 in that order, one after the other, to the end of the file. An
entry (or a sealed value that goes along) names each as `document:id:commitment`; the commitment is made of salt and
digest. Sizes and digests stand inside the signed bytes: not a byte can be changed, added, left out or moved.

Case, sender and intended recipient stand inside the signed bytes: a bundle cannot be passed on as meant for another.
Reading checks form only; what the entries say is checked by `exchange`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, NamedTuple

from kaname.law import T, Text
from kaname.ledger import keys, rows
from kaname.ledger.digest import commitment
from kaname.ledger.rows import Row, Secret
from kaname.ledger.strict_json import NotStrict, canonical, loads

FORMAT, WITH_DOCUMENTS = "kaname-bundle/1", "kaname-bundle/2"
DOMAIN = b"kaname/bundle/1\0"
LARGEST = 64 << 20  # bytes of line 1
MOST_DOCUMENTS = 192 << 20  # bytes of all documents of a bundle
LARGEST_FILE = LARGEST + 130 + MOST_DOCUMENTS
_SIGNATURE = re.compile(rb"[0-9a-f]{128}")
_SHAPE = {"case", "entries", "format", "from", "issued_at", "sealed", "to"}
_CASE = {"id": re.compile(r"[a-z2-7]{26}"), "kind": re.compile(r"[a-z_.]{1,64}"), "opened_on": rows.DAY}
_SALT = re.compile(r"[0-9a-f]{32}")
_REFERENCE = re.compile(r"document:([a-z2-7]{16}):([0-9a-f]{64})")
_PAPER: dict[str, re.Pattern[str]] = {
    "at": rows.INSTANT, "id": re.compile(r"[a-z2-7]{16}"), "media_type": re.compile(r"[a-z0-9.+/-]{1,96}"),
    "name": re.compile(r"[^\x00-\x1f\x7f]{1,200}"), "salt": _SALT, "sha256": re.compile(r"[0-9a-f]{64}"),
}  # fmt: skip


class BadBundle(ValueError):
    """A bundle that is not taken, and why. Nothing was written."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


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


def write(bundle: Bundle) -> bytes:
    """The bytes of a bundle, signed with this office's key."""
    sealed = [
        {"seq": seq, "field": s.field, "salt": s.salt.hex(), "value": loads(s.value)}
        for seq, found in sorted(bundle.secrets.items())
        for s in found
        if s.salt is not None and s.value is not None
    ]
    said = {
        "format": FORMAT,
        "case": {"id": bundle.case, "kind": bundle.kind, "opened_on": bundle.opened_on},
        "from": bundle.sender,
        "to": bundle.recipient,
        "issued_at": bundle.issued_at,
        "entries": [{**r._asdict(), "data": loads(r.data), "sealed": loads(r.sealed)} for r in bundle.ledger],
        "sealed": sealed,
    }
    papers = sorted(bundle.papers)
    if papers:
        said |= {"format": WITH_DOCUMENTS, "documents": [paper.said() for paper in papers]}
    line = canonical(said).encode()
    signed = line + b"\n" + keys.sign(DOMAIN + line).hex().encode() + b"\n"
    return b"".join((signed, *(paper.content for paper in papers)))


def read(raw: bytes, recipient: str, senders: Sequence[str]) -> Bundle:
    """A bundle meant for `recipient` and signed by one of `senders` (keys). Raises BadBundle."""
    line, signers, rest = _signed_line(raw, senders)
    try:
        said = loads(line)
    except NotStrict as wrong:
        raise BadBundle(T(f"{wrong.field}：{wrong.text.ja}", f"{wrong.field}: {wrong.text.en}")) from None
    form = said.get("format") if isinstance(said, dict) else None
    expected = {FORMAT: _SHAPE, WITH_DOCUMENTS: {*_SHAPE, "documents"}}.get(form if isinstance(form, str) else "")
    if not isinstance(said, dict) or set(said) != expected:
        names = f"{FORMAT}, {WITH_DOCUMENTS}"
        raise BadBundle(T(f"{names} の形でない", f"not of the form {names}"))
    if canonical(said).encode() != line:
        raise BadBundle(T("正規の書き方でない", "not in its canonical writing"))
    if said["from"] not in signers:
        raise BadBundle(T("差出人が署名した機関と違う", "the sender named is not the one who signed"))
    if said["to"] != recipient:
        raise BadBundle(T("他の機関に宛てた束である", "meant for another office"))
    return replace(_bundle(said), papers=_papers(said, memoryview(rest)))


def _signed_line(raw: bytes, senders: Sequence[str]) -> tuple[bytes, list[str], bytes]:
    """Line 1, the keys among the senders whose signature it bears, and what follows the signature."""
    if len(raw) > LARGEST_FILE:
        raise BadBundle(T("大きすぎる", f"larger than {LARGEST_FILE >> 20} MB"))
    line, _, after = raw.partition(b"\n")
    signature, rest = after[:128], after[129:]
    if not line or after[128:129] != b"\n":
        raise BadBundle(T("二行で始まる束でない", "not a bundle that begins with two lines"))
    if len(line) > LARGEST:
        raise BadBundle(T("大きすぎる", f"larger than {LARGEST >> 20} MB"))
    if not _SIGNATURE.fullmatch(signature):
        raise BadBundle(T("署名が16進128桁でない", "the signature is not of 128 lower-case hexadecimal digits"))
    signers = [key for key in senders if keys.is_signed(DOMAIN + line, bytes.fromhex(signature.decode()), key)]
    if not signers:
        raise BadBundle(T("署名が、登録された機関のものでない（又は内容が変えられた）",
                          "not signed by a pinned office, or changed after it was signed"))  # fmt: skip
    return line, signers, rest


def _papers(said: dict[str, Any], rest: memoryview) -> tuple[Paper, ...]:
    """The documents: as many bytes as are signed for, each with its digest, each named by an entry that goes along."""
    told = said.get("documents", [])
    if not isinstance(told, list) or (not told and "documents" in said):
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
    if not isinstance(said["from"], str) or not rows.INSTANT.fullmatch(str(said["issued_at"])):
        raise _shape("issued_at")
    if not isinstance(said["entries"], list) or not isinstance(said["sealed"], list) or not said["entries"]:
        raise _shape("entries")
    ledger = tuple(_row(entry, f"entries[{i}]") for i, entry in enumerate(said["entries"]))
    secrets: dict[int, list[Secret]] = {}
    for i, item in enumerate(said["sealed"]):
        held = _object(item, {"seq", "field", "salt", "value"}, f"sealed[{i}]")
        if type(held["seq"]) is not int or not isinstance(held["field"], str) or not _SALT.fullmatch(str(held["salt"])):
            raise _shape(f"sealed[{i}]")
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
