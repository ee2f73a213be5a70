"""kaname-verify: check a receipt, a bundle, a contact, an anchor, a proof or envelope keys of Kaname without Kaname.

    kaname-verify FILE --key KEY [--key KEY] [--receipt RECEIPT]

KEY is the public key of the office that signed, 64 hexadecimal digits, received by another way than the file. With
--receipt a bundle must also hold its entry. Exit 0: everything holds; 1: it does not, and why; 2: not understood. It
shares no code with the office and goes anywhere: it needs Python 3.11, `cryptography`, `rfc8785`. Formats: proof.md.
"""

import argparse
import json
import math
import re
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HEX64, SALT = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{32}")
INSTANT, DAY = re.compile(r"(?a)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"), re.compile(r"(?a)\d{4}-\d\d-\d\d")
HELD = re.compile(rb'\[(\["[a-z2-7]{26}",[1-9]\d*,"[0-9a-f]{64}"\](,(?!\])|(?=\]))){0,20000}\]')  # how far copies go
CASE, KIND, DOCUMENT = re.compile(r"[a-z2-7]{26}"), re.compile(r"[a-z_.]{1,64}"), re.compile(r"[a-z2-7]{16}")
HEAD = {
    "act": re.compile(r"(?s).{1,128}"), "effective_on": DAY, "law_version": DAY, "recorded_at": INSTANT,
    "at": re.compile(r"(?a)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d:\d\d)?"),
    "idempotency_key": re.compile(r"[A-Za-z0-9_.:/=+-]{8,128}"), "role": re.compile(r"(?s).{0,64}"),
    **dict.fromkeys(("party", "person", "run"), re.compile(r"(?s).{0,256}")),
}  # fmt: skip
FROM, LARGEST, WHEN = {"from": HEX64}, 256 << 20, (INSTANT, DAY, HEAD["at"])


class Bad(Exception):
    """What does not hold."""


def need(holds: bool, what: str) -> None:
    if not holds:
        raise Bad(what)


def framed(*parts: bytes) -> str:
    return sha256(b"".join(len(p).to_bytes(8, "big") + p for p in parts)).hexdigest()


def canonical(value: Any) -> bytes:
    return bytes(rfc8785.dumps(value))


@lru_cache(1)  # `check` asks a line for its format, then the check of that format for all of it
def parsed(line: bytes) -> dict[str, Any]:
    """An object in its one canonical writing."""
    try:
        said = json.loads(line.decode(), object_pairs_hook=_unique)
        _strict(said, 0)
        same = canonical(said) == line
    except (ValueError, RecursionError) as wrong:
        raise Bad(f"not strict JSON ({wrong})") from None
    need(same and isinstance(said, dict), "not an object in its canonical writing")
    return dict(said)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({normalize("NFC", name) for name, _ in pairs}) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _strict(value: Any, depth: int) -> None:
    if isinstance(value, str):
        value.encode()
        if "\0" in value:
            raise ValueError("holds a NUL")
    elif isinstance(value, dict | list):
        if depth >= 64:
            raise ValueError("nested too deeply")
        for item in (*value, *value.values()) if isinstance(value, dict) else value:
            _strict(item, depth + 1)
    elif type(value) in (int, float) and not (math.isfinite(value) and abs(value) < 1 << 53):
        raise ValueError("a number of 2^53 or more")


def signed(raw: bytes, kind: str, keys: Sequence[str]) -> tuple[dict[str, Any], bytes]:
    """What two signed lines say, and what follows. `kind`: the format taken, `receipt/1` for instance."""
    line, _, after = raw.partition(b"\n")
    need(bool(re.fullmatch(rb"[0-9a-f]{128}", after[:128])) and after[128:129] == b"\n", "no line with its signature")
    said = parsed(line)
    key = str(said.get("from"))
    need(said.get("format") == f"kaname-{kind}", f"not of the format kaname-{kind}")
    need(key in keys and bool(HEX64.fullmatch(key)), "signed in the name of a key that you did not give")
    try:
        about = f"kaname/{kind}\0".encode() + line
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(after[:128].decode()), about)
    except InvalidSignature:
        raise Bad("the signature is not that of its sender, or something was changed after it was signed") from None
    return said, after[129:]


def alone(raw: bytes, kind: str, keys: Sequence[str]) -> dict[str, Any]:
    said, rest = signed(raw, kind, keys)
    need(not rest, "followed by bytes that nobody has signed for")
    return said


def shaped(value: Any, where: str, **fields: Any) -> dict[str, Any]:
    """An object with exactly these fields: a pattern for a text, else a type."""
    need(isinstance(value, dict) and set(value) == set(fields), f"{where} is not of its form")
    for name, form in fields.items():
        found = value[name]
        fits = type(found) is str and form.fullmatch(found) if isinstance(form, re.Pattern) else type(found) is form
        need(bool(fits), f"{where}.{name} is not of its form")
        try:
            datetime.fromisoformat(found if form in WHEN and found else "2000-01-01")
        except ValueError:
            raise Bad(f"{where}.{name} is no day") from None
    return dict(value)


def receipt(raw: bytes, keys: Sequence[str]) -> dict[str, Any]:
    said = alone(raw, "receipt/1", keys)
    need(set(said) == {"anchor", "case", "entry", "format", "from"}, "not of the form of a receipt")
    shaped(said["case"], "case", id=CASE, kind=KIND, opened_on=DAY)
    shaped(said["entry"], "entry", act=str, digest=HEX64, effective_on=DAY, recorded_at=INSTANT, seq=int)
    if said["anchor"] is not None:
        shaped(said["anchor"], "anchor", digest=HEX64, number=int)
    return said


def anchor(text: str, keys: Sequence[str]) -> dict[str, Any]:
    raw = text.encode()
    said = alone(raw, "anchor/1", keys)
    shaped(said, "anchor", before=str, depth=int, format=str, made_at=INSTANT, number=int, root=HEX64, **FROM)
    need(said["number"] > 0, "anchors are numbered from 1")
    return {**said, "digest": framed(b"kaname/anchor/1", raw.partition(b"\n")[0])}


def proof(raw: bytes, keys: Sequence[str]) -> dict[str, Any]:
    """That an anchor covers a case up to an entry."""
    said = parsed(raw.removesuffix(b"\n"))
    shaped(said, "proof", anchor=str, blind=HEX64, case=CASE, digest=HEX64, format=str, path=list, place=int, seq=int)
    of = anchor(said["anchor"], keys)
    need(len(said["path"]) == of["depth"] <= 60 and 0 <= said["place"] < 1 << of["depth"], "not a path as signed for")
    blind, digest = bytes.fromhex(said["blind"]), bytes.fromhex(said["digest"])
    found = framed(b"kaname/leaf/1", blind, said["case"].encode(), str(said["seq"]).encode(), digest)
    for level, other in enumerate(said["path"]):
        need(isinstance(other, str) and bool(HEX64.fullmatch(other)), "the path is not of digests")
        pair = (other, found) if said["place"] >> level & 1 else (found, other)
        found = framed(b"kaname/node/1", *map(bytes.fromhex, pair))
    need(found == of["root"], "does not lead to the root that was signed")
    return said


def contact(said: Any, sender: str, keys: Sequence[str]) -> None:
    """The anchors that an office tells of: one after the other, each naming the one before."""
    said = {"envelope": "", **said} if isinstance(said, dict) else said  # versions before told of no envelope keys
    shaped(said, "contact", anchors=list, countersigned=str, envelope=str, others=list, restored=list, held=list)
    for name in ("anchors", "others", "restored"):
        need(all(isinstance(one, str) for one in said[name]), f"contact.{name} is not of its form")
    need(bool(HELD.fullmatch(canonical(said["held"]))), "contact.held is not of its form")
    for one, after in pairwise([anchor(text, keys) for text in said["anchors"]]):
        need(after["number"] == one["number"] + 1 and after["before"] == one["digest"], "an anchor does not continue")
    if said["countersigned"]:
        under = alone(said["countersigned"].encode(), "countersigned/1", [sender])
        need(set(under) == {"anchor", "at", "format", "from"}, "contact.countersigned is not of its form")
    if said["envelope"]:
        envelope_keys(said["envelope"].encode(), [sender])


def envelope_keys(raw: bytes, keys: Sequence[str]) -> dict[str, Any]:
    said = shaped(alone(raw, "envelope-key/1", keys), "", at=INSTANT, format=str, keys=list, revoked=list, **FROM)
    need(len(said["keys"]) <= 16 and all(map(HEX64.fullmatch, map(str, said["revoked"]))), "keys not of their form")
    for one in said["keys"]:
        shaped(one, "a key", public=re.compile("([0-9a-f]{2}){32,2048}"), suite=re.compile(r"[a-z0-9-]{1,64}"))
        name = f"kaname/envelope-key/1\0{one['suite']}\0".encode() + bytes.fromhex(one["public"])
        need(sha256(name).hexdigest() not in said["revoked"], "a key that was revoked is still told")
    return said


def bundle(raw: bytes, keys: Sequence[str]) -> dict[str, Any]:
    said, rest = signed(raw, "bundle/3", keys)
    shaped(said, "bundle", case=dict, contact=dict, documents=list, entries=list, format=str, issued_at=INSTANT,
           sealed=list, to=HEX64, **FROM)  # fmt: skip
    case = shaped(said["case"], "case", id=CASE, kind=KIND, opened_on=DAY)
    need(bool(said["entries"]), "no entries")
    contact(said["contact"], said["from"], keys)
    start = {"case": case["id"], "kind": case["kind"], "opened_on": case["opened_on"]}
    before, at = framed(b"kaname/case/1", canonical(start)), ""
    for place, entry in enumerate(said["entries"], 1):
        before, at = _entry(entry, place, case["id"], before, at)
    _sealed(said)
    _documents(said, rest)
    return said


def _entry(entry: Any, place: int, case: str, before: str, at: str) -> tuple[str, str]:
    where = f"entry {place}"
    shaped(entry, where, **HEAD, seq=int, data=dict, sealed=dict, prev_digest=HEX64, digest=HEX64)
    need(entry["seq"] == place, f"{where} has the number {entry['seq']}")
    need(entry["prev_digest"] == before, f"{where} does not continue the one before it")
    head = canonical({"case": case, "seq": place, **{name: entry[name] for name in HEAD}})
    parts = (bytes.fromhex(before), head, canonical(entry["data"]), canonical(entry["sealed"]))
    need(framed(b"kaname/entry/1", *parts) == entry["digest"], f"{where} was changed after it was written")
    need(entry["recorded_at"] > at, f"{where} is not later than the one before it")
    return entry["digest"], entry["recorded_at"]


def _sealed(said: dict[str, Any]) -> None:
    """Each sealed value that goes along is the one its entry commits to."""
    promised = {(e["seq"], name): of for e in said["entries"] for name, of in e["sealed"].items()}
    for one in said["sealed"]:
        need(isinstance(one, dict) and "value" in one, "a sealed value is not of its form")
        shaped({k: v for k, v in one.items() if k != "value"}, "sealed", field=str, salt=SALT, seq=int)
        parts = bytes.fromhex(one["salt"]), one["field"].encode(), canonical(one["value"])
        expected = promised.pop((one["seq"], one["field"]), None)
        need(framed(b"kaname/sealed/1", *parts) == expected, f"the sealed {one['field']} is not as promised")


def _documents(said: dict[str, Any], rest: bytes) -> None:
    """As many bytes as are signed for, each document with its digest, each named by an entry."""
    named, last = set(_texts([said["entries"], said["sealed"]])), ""
    for one in said["documents"]:
        shaped(one, "document", at=INSTANT, id=DOCUMENT, media_type=str, name=str, salt=SALT, sha256=HEX64, size=int)
        content, rest = rest[: max(one["size"], 0)], rest[max(one["size"], 0) :]
        need(0 < one["size"] == len(content) and one["id"] > last, f"document {one['id']} is not of its form")
        need(sha256(content).hexdigest() == one["sha256"], f"document {one['id']} is not the one signed for")
        of = framed(b"kaname/sealed/1", bytes.fromhex(one["salt"]), b"document", one["sha256"].encode())
        need(f"document:{one['id']}:{of}" in named, f"no entry names the document {one['id']}")
        last = one["id"]
    need(not rest, "followed by bytes that nobody has signed for")


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in items for text in _texts(item)]


def check(raw: bytes, keys: Sequence[str], held: bytes | None = None) -> str:
    """What holds, as a sentence. Raises Bad with what does not."""
    need(not raw.startswith(b"kaname-envelope/"), "sealed for an office, which opens it first: kaname import --keep")
    form = str(parsed(raw.partition(b"\n")[0]).get("format"))
    need(form in CHECKS, f"not one of the formats {', '.join(CHECKS)}")
    said = CHECKS[form](raw, keys)
    if held is None:
        return f"{form}: everything holds"
    need(form == "kaname-bundle/3", "a receipt is held against a bundle")
    mine = receipt(held, keys)
    entries = {e["seq"]: e["digest"] for e in said["entries"]}
    need(mine["case"] == said["case"], "the receipt is of another case")
    need(entries.get(mine["entry"]["seq"]) == mine["entry"]["digest"], "the entry of the receipt is not in the bundle")
    return f"{form}: everything holds, and entry {mine['entry']['seq']} is that of the receipt"


def _contact(raw: bytes, keys: Sequence[str]) -> dict[str, Any]:
    said = alone(raw, "contact/1", keys)
    need(set(said) == {"at", "contact", "format", "from", "to"}, "not of the form of a contact")
    contact(said["contact"], said["from"], keys)
    return said


CHECKS: dict[str, Callable[[bytes, Sequence[str]], dict[str, Any]]] = {
    "kaname-receipt/1": receipt, "kaname-bundle/3": bundle, "kaname-proof/1": proof, "kaname-contact/1": _contact,
    "kaname-anchor/1": lambda raw, keys: anchor(raw.decode(errors="replace"), keys),
    "kaname-envelope-key/1": envelope_keys,
}  # fmt: skip


def main() -> int:
    takes = argparse.ArgumentParser(prog="kaname-verify", description=(__doc__ or "").split("\n")[0])
    takes.add_argument("file")
    takes.add_argument("--key", action="append", required=True, help="public key of the office that signed")
    takes.add_argument("--receipt", help="a receipt whose entry the bundle must hold")
    given = takes.parse_args()
    try:
        with Path(given.file).open("rb") as file:
            raw = file.read(LARGEST + 1)
        held = Path(given.receipt).read_bytes() if given.receipt else None
    except OSError as error:
        takes.error(str(error))
    try:
        need(len(raw) <= LARGEST, f"larger than {LARGEST >> 20} MB")
        sys.stdout.write(check(raw, given.key, held) + "\n")
    except Bad as wrong:
        sys.stderr.write(f"{given.file}: {wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
