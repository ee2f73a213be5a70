"""Faults planted into the second verifier, one at a time: the differential test of test_verifier.py would see each.

Each takes a check away, as real verifiers have lacked it; the bundle that only the faulty one takes is made here.
"""

import json
import random
from pathlib import Path
from types import ModuleType

import pytest
from acts import APPLY, STORY, key
from test_verifier import ours, rechained, theirs

import kaname_verify
from kaname.ledger import keys
from kaname.ledger.bundle import DOMAIN
from kaname.ledger.exchange import export
from kaname.ledger.perform import open_case, perform
from kaname.ledger.signed import write

SOURCE = Path(kaname_verify.__file__).read_text(encoding="utf-8")


def with_fault(*changes):
    """The verifier, with pieces of its text replaced."""
    text = SOURCE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    made = ModuleType("faulty_verifier")
    exec(compile(text, "faulty_verifier", "exec"), made.__dict__)
    return made


def taken(verifier, raw, mine):
    try:
        verifier.check(raw, [mine])
    except verifier.Bad:
        return False
    return True


@pytest.fixture
def bundle(sqlite_office):
    case = open_case("small.permit", APPLY, idempotency_key=key(), person="Hana").case
    for act in STORY[:3]:
        perform(case, act, idempotency_key=key())
    return export(case, keys.own_key())


def said_of(raw):
    return json.loads(raw.split(b"\n")[0])


def middle_link_broken(raw):
    """CVE-2022-36111: every entry fits its own digest, and the second follows upon nothing."""
    said = said_of(raw)
    first, rest = said["entries"][:1], said["entries"][1:]
    lone = rechained({**said, "entries": rest})["entries"]
    return write(DOMAIN, {**said, "entries": [*first, *lone]})


def numbered_otherwise(raw):
    said = said_of(raw)
    del said["entries"][1]
    return write(DOMAIN, rechained(said))


def another_value(raw):
    said = said_of(raw)
    said["sealed"][0]["value"] = 1
    return write(DOMAIN, said)


def written_in_capitals(raw):
    """The same signature in another spelling: who keeps bundles by their bytes would keep two."""
    line, signature = raw.split(b"\n")[:2]
    return line + b"\n" + signature.upper() + b"\n"


def time_runs_back(raw):
    said = said_of(raw)
    said["entries"][2]["recorded_at"] = said["entries"][0]["recorded_at"]
    return write(DOMAIN, rechained(said))


def with_a_tail(raw):
    return raw + b"and more"


def signed_by_another(raw):
    """CVE-2022-39199: the key is believed that the bundle brings along."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    mine = Ed25519PrivateKey.from_private_bytes(random.Random(1).randbytes(32))
    said = {**said_of(raw), "from": mine.public_key().public_bytes_raw().hex()}
    line = write(DOMAIN, said).split(b"\n")[0]
    return line + b"\n" + mine.sign(DOMAIN + b"\0" + line).hex().encode() + b"\n"


def turned_bit(raw):
    return raw.replace(b"Kumo", b"Kuma", 1)


_LINK = ('    need(entry["prev_digest"] == before, f"{where} does not continue the one before it")\n', "")
_ALONE = ("parts = (bytes.fromhex(before), head,", 'parts = (bytes.fromhex(entry["prev_digest"]), head,')
_UNSIGNED = ("Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(", "(lambda *_: None)(")
FAULTS = {
    "the link in the middle is not followed": (middle_link_broken, [_LINK, _ALONE]),
    "numbers may be missing": (numbered_otherwise, [
        ('need(entry["seq"] == place,', "need(True,"), ('"seq": place,', '"seq": entry["seq"],'),
    ]),
    "a sealed value is not held against its commitment": (another_value, [
        ('== expected, f"the sealed', '!= "", f"the sealed'),
    ]),
    "a signature in other letters is taken": (written_in_capitals, [
        ('rb"[0-9a-f]{128}", after', 'rb"[0-9a-fA-F]{128}", after'),
    ]),
    "time may run back": (time_runs_back, [('need(entry["recorded_at"] > at,', "need(True,")]),
    "what follows is not looked at": (with_a_tail, [
        ('        last = one["id"]\n    need(not rest,', '        last = one["id"]\n    need(True,'),
    ]),
    "the key is taken from the bundle": (signed_by_another, [("need(key in keys and bool(", "need(bool(")]),
    "the signature is not looked at": (turned_bit, [_UNSIGNED]),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_check_taken_away_is_seen_by_comparing_the_two(bundle, fault):
    made, changes = FAULTS[fault]
    mine, faulty, bad = keys.own_key(), with_fault(*changes), made(bundle)
    assert ours(bundle, mine) and theirs(bundle, mine) and taken(faulty, bundle, mine)
    if fault == "the signature is not looked at":  # then the chain is what still refuses it: made to fit
        said = rechained(json.loads(bad.split(b"\n")[0]))
        bad = write(DOMAIN, said).split(b"\n")[0] + b"\n" + bundle.split(b"\n")[1] + b"\n"
    assert not ours(bad, mine) and not theirs(bad, mine)
    assert taken(faulty, bad, mine), "the fault would not be seen by this bundle"
