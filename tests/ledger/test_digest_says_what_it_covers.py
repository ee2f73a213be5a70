"""What is hashed can be hashed again without this code, has one meaning, and gives no sealed value away."""

import json
from hashlib import sha256
from itertools import product

import pytest
import rfc8785
from acts import played
from hypothesis import given
from hypothesis import strategies as st

from kaname.ledger import digest, reading, store
from kaname.ledger.models import Entry
from kaname.ledger.strict_json import DEEPEST, LARGEST, NotStrict, canonical, check, loads

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NUMBERS = st.integers(-LARGEST, LARGEST) | st.floats(-LARGEST, LARGEST, allow_nan=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_json_is_rfc_8785(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


@given(VALUES)
def test_canonical_json_reads_back_and_writes_the_same_again(value):
    try:
        again = loads(canonical(value))
    except NotStrict:
        return  # two names that normalise to one
    assert canonical(again) == canonical(value)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"a": 1, "a": 2}', "a"),
        ('{"a": {"b": NaN}}', "NaN"),
        ('{"a": [1, Infinity]}', "Infinity"),
        ('{"a": [0, 9007199254740992]}', "a[1]"),
        ('{"a": 1e300}', "a"),
        ('{"a": {"b": "\\ud800"}}', "a.b"),
        ('{"a": "x\\u0000"}', "a"),
        ('{"a\\u0000": 1}', "a\0"),
        ('{"é": 1, "e\\u0301": 2}', ""),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "[0]" * DEEPEST),
        ("[" * 200_000, ""),
        ('{"a": ', ""),
        (b'{"a": "\xff"}', ""),
        ("9" * 5000, ""),
    ],
)
def test_json_of_more_than_one_meaning_is_refused_naming_the_field(text, field):
    with pytest.raises(NotStrict) as wrong:
        loads(text)
    assert wrong.value.field == field
    assert wrong.value.text.ja
    assert wrong.value.text.en


def test_the_deepest_and_largest_that_are_taken():
    assert loads("[" * DEEPEST + "]" * DEEPEST)
    assert loads(str(LARGEST)) == LARGEST


@pytest.mark.parametrize("value", [object(), {1: 2}, {"a": b"x"}])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(NotStrict):
        check(value)


def test_an_entry_can_be_hashed_by_hand(sqlite_office):
    """The recipe of the docstring, written again from its words."""

    def framed(*parts: bytes) -> str:
        return sha256(b"".join(len(p).to_bytes(8, "big") + p for p in parts)).hexdigest()

    case = played()[0].case
    head = reading.head(case)
    first = {"case": case, "kind": head.kind, "opened_on": head.opened_on}
    before = framed(b"kaname/case/1", rfc8785.dumps(first))
    for row in Entry.objects.order_by("seq").values():
        names = set(row) - {"id", "case_id", "data", "sealed", "prev_digest", "digest"}
        covered = rfc8785.dumps({"case": case, **{name: row[name] for name in names}})
        parts = (b"kaname/entry/1", bytes.fromhex(before), covered, row["data"].encode(), row["sealed"].encode())
        assert row["digest"] == framed(*parts)
        before = row["digest"]
    assert before == head.head_digest


def test_a_commitment_can_be_hashed_by_hand():
    parts = (b"kaname/sealed/1", bytes(16), b"money", b"7")
    framed = b"".join(len(p).to_bytes(8, "big") + p for p in parts)
    assert digest.commitment(bytes(16), "money", b"7") == sha256(framed).hexdigest()


def test_frames_cannot_be_shifted_into_one_another():
    assert digest.frames(b"ab", b"c") != digest.frames(b"a", b"bc")
    assert digest.frames(b"ab") != digest.frames(b"ab", b"")


def test_a_commitment_without_its_salt_is_not_guessed(sqlite_office):
    """The sum is known to be a multiple of a million: without salt a hundred guesses find it, with it none does."""
    played()
    entry = Entry.objects.get(seq=1)
    (secret,) = store.secrets_of([entry.case_id])[entry.case_id][1]
    promised = json.loads(entry.sealed)["money"]
    guesses = [str(million * 1_000_000).encode() for million in range(100)]
    assert secret.value in guesses
    unsalted = digest.commitment(b"", "money", secret.value)
    assert unsalted in {digest.commitment(b"", "money", g) for g in guesses}
    salts = [b"", bytes(16), *(bytes([n]) * 16 for n in range(1, 50))]
    assert promised not in {digest.commitment(s, "money", g) for s, g in product(salts, guesses)}
    assert promised == digest.commitment(secret.salt, "money", secret.value)
    assert len(secret.salt) == 16
    assert store.standing(reading.head(Entry.objects.first().case.public_id))
