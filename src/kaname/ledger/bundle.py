"""A case between offices: one canonical container, no freedom in it, a signature over its raw bytes.

    line 1: canonical JSON (RFC 8785, UTF-8) of everything said, line feed
    line 2: Ed25519 signature of "kaname/bundle/1", a zero byte and line 1 without its line feed: 128 lower-case
            hexadecimal digits, line feed; nothing before, between or after

Line 1 is {"case": {id, kind, opened_on}, "entries": [...], "format": "kaname-bundle/1", "from": key, "issued_at",
"sealed": [...], "to": key}. An entry has every column of the store but the case, `data` and `sealed` as objects.
`sealed` holds {seq, field, salt, value} of what the recipient may read, salt in hexadecimal.

Case, sender and intended recipient stand inside the signed bytes: a bundle cannot be passed on as meant for another.
Reading checks form only; what the entries say is checked by `exchange`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaname.law import T, Text
from kaname.ledger import keys, rows
from kaname.ledger.rows import Row, Secret
from kaname.ledger.strict_json import NotStrict, canonical, loads

FORMAT = "kaname-bundle/1"
DOMAIN = b"kaname/bundle/1\0"
LARGEST = 64 << 20
_SIGNATURE = re.compile(rb"[0-9a-f]{128}")
_SHAPE = {"case", "entries", "format", "from", "issued_at", "sealed", "to"}
_CASE = {"id": re.compile(r"[a-z2-7]{26}"), "kind": re.compile(r"[a-z_.]{1,64}"), "opened_on": rows.DAY}
_SALT = re.compile(r"[0-9a-f]{32}")


class BadBundle(ValueError):
    """A bundle that is not taken, and why. Nothing was written."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


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
    line = canonical(said).encode()
    return line + b"\n" + keys.sign(DOMAIN + line).hex().encode() + b"\n"


def read(raw: bytes, recipient: str, senders: Sequence[str]) -> Bundle:
    """A bundle meant for `recipient` and signed by one of `senders` (keys). Raises BadBundle."""
    line, signers = _signed_line(raw, senders)
    try:
        said = loads(line)
    except NotStrict as wrong:
        raise BadBundle(T(f"{wrong.field}：{wrong.text.ja}", f"{wrong.field}: {wrong.text.en}")) from None
    if not isinstance(said, dict) or set(said) != _SHAPE or said["format"] != FORMAT:
        raise BadBundle(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))
    if canonical(said).encode() != line:
        raise BadBundle(T("正規の書き方でない", "not in its canonical writing"))
    if said["from"] not in signers:
        raise BadBundle(T("差出人が署名した機関と違う", "the sender named is not the one who signed"))
    if said["to"] != recipient:
        raise BadBundle(T("他の機関に宛てた束である", "meant for another office"))
    return _bundle(said)


def _signed_line(raw: bytes, senders: Sequence[str]) -> tuple[bytes, list[str]]:
    """Line 1, and the keys among the senders whose signature it bears."""
    if len(raw) > LARGEST:
        raise BadBundle(T("大きすぎる", f"larger than {LARGEST >> 20} MB"))
    line, signature = raw[:-130], raw[-129:-1]
    if len(raw) < 132 or raw[-130:-129] != b"\n" or raw[-1:] != b"\n" or b"\n" in line:
        raise BadBundle(T("二行の束でない", "not a bundle of two lines"))
    if not _SIGNATURE.fullmatch(signature):
        raise BadBundle(T("署名が16進128桁でない", "the signature is not of 128 lower-case hexadecimal digits"))
    signers = [key for key in senders if keys.is_signed(DOMAIN + line, bytes.fromhex(signature.decode()), key)]
    if not signers:
        raise BadBundle(T("署名が、登録された機関のものでない（又は内容が変えられた）",
                          "not signed by a pinned office, or changed after it was signed"))  # fmt: skip
    return line, signers


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
