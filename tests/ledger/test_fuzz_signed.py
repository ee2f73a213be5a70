"""Receipts and bundles, changed byte by byte on the way, or made up in structure by a partner who signs them.

What is not as it was signed is refused in words. What a pinned office makes up is refused in words with nothing
written, or taken whole: then what lies here is what it says, and `verify` finds no fault in it.
"""

import json
import random
import shutil

import pytest
from acts import APPLY, STORY, key
from django.db import connection
from test_verifier import rechained

import kaname_verify
from figures import seeds, tries
from hostile import grammar
from kaname.ledger import keys, reading, store
from kaname.ledger.bundle import DOMAIN
from kaname.ledger.exchange import export, take_in
from kaname.ledger.models import Case, Entry, Sealed
from kaname.ledger.perform import open_case, perform
from kaname.ledger.proof import receipts
from kaname.ledger.signed import Untrusted, write
from kaname.ledger.verify import verify

EACH = 50
OTHERS = tries(3, ci=16, soak=255)  # other values of each byte of a receipt
MADE_UP = tries(4, ci=24, soak=40_000)  # seeds of bundles: 1,200 bundles, 2 million in the soak


def told(read, raw):
    """True where it was taken; False where it was refused in two languages."""
    try:
        read(raw)
    except Untrusted as wrong:
        assert wrong.text.ja and wrong.text.en
        return False
    except kaname_verify.Bad as wrong:
        assert str(wrong)
        return False
    return True


def test_a_receipt_with_any_byte_changed_is_no_receipt(sqlite_office):
    made = open_case("small.permit", APPLY, idempotency_key=key(), person="Hana")
    head = reading.head(made.case)
    raw, mine = receipts.write(head, store.rows_of([head.pk])[head.pk][0]), keys.own_key()
    readers = [lambda raw: receipts.read(raw, [mine]), lambda raw: kaname_verify.check(raw, [mine])]
    assert all(told(read, raw) for read in readers)
    lot = random.Random(1)
    for at in range(len(raw)):
        one = raw[at]
        others = [one ^ 1 << bit for bit in range(8)] if OTHERS < 255 else [b for b in range(256) if b != one]
        for other in lot.sample(others, min(OTHERS, len(others))):
            changed = raw[:at] + bytes((other,)) + raw[at + 1 :]
            assert not any(told(read, changed) for read in readers), (at, other)
        for changed in (raw[:at], raw[at + 1 :], raw[:at] + raw[at : at + 1] + raw[at:], raw[:at] + b"\n" + raw[at:]):
            assert changed == raw or not any(told(read, changed) for read in readers), at


def made_up(said, seed):
    """What a sender makes of a bundle, signed; half of it with a chain that fits again."""
    lot = random.Random(seed)
    for _ in range(EACH):
        changed = grammar.altered(lot, said)
        if lot.random() < 0.6:
            changed = rechained(changed)
        try:
            yield write(DOMAIN, changed)
        except (TypeError, ValueError, AttributeError):  # nothing that has a canonical writing
            continue


def rows():
    return [*Case.objects.values_list("public_id", "head_seq"), *Entry.objects.values_list("case__public_id", "seq"),
            *Sealed.objects.values_list("field", "value")]  # fmt: skip


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_what_a_partner_makes_up_is_refused_with_nothing_written_or_taken_whole(at, office, tmp_path):
    here = keys.own_key()
    with at("ministry"):
        case = open_case("small.permit", APPLY, idempotency_key=key(), person="Hana").case
        for act in STORY[:5]:
            perform(case, act, idempotency_key=key())
        said, theirs = json.loads(export(case, here).split(b"\n")[0]), keys.own_key()
    keys.pin("ministry", theirs)
    connection.close()
    shutil.copy(office.path, tmp_path / "empty")
    taken = refused = 0
    for seed in seeds(MADE_UP, fewest=5):
        with at("ministry"):
            bundles = [*made_up(said, seed)]
        for raw in bundles:
            if not told(take_in, raw):
                refused += 1
                assert rows() == []
                continue
            taken += 1
            assert verify().faults == []
            (head,) = Case.objects.all()
            assert head.head_seq == len(json.loads(raw.split(b"\n")[0])["entries"])
            connection.close()
            shutil.copy(tmp_path / "empty", office.path)
    assert taken and refused > 9 * taken
