"""Receipts and bundles, changed byte by byte on the way, or made up in structure by a partner who signs them.

What is not as it was signed is refused in words. What a pinned office makes up is refused in words with nothing
written, or taken whole: then what lies here is what it says, and `verify` finds no fault in it.
"""

import json
import random
from collections import Counter
from contextlib import contextmanager, suppress
from functools import partial

import pytest
from acts import APPLY, STORY, key
from django.db import connection, transaction
from test_verifier import rechained

import kaname_verify
from figures import seeds, tries
from hostile import grammar
from kaname.ledger import guards, keys, reading, store
from kaname.ledger.bundle import DOMAIN
from kaname.ledger.exchange import export, take_in
from kaname.ledger.models import Case, Entry, Sealed
from kaname.ledger.perform import open_case, perform
from kaname.ledger.proof import receipts
from kaname.ledger.signed import Untrusted, write
from kaname.ledger.verify import verify

EACH = 250
OTHERS = tries(3, ci=16, soak=255)  # other values of each byte of a receipt
MADE_UP = tries(2, ci=80, soak=8_000)  # seeds of bundles: 20,000 bundles, 2 million in the soak


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
        changed = said.altered(lot)
        if lot.random() < 0.6:
            changed = rechained(changed)
        try:
            yield write(DOMAIN, changed)
        except (TypeError, ValueError, AttributeError):  # nothing that has a canonical writing
            continue


TABLES = (Case, Entry, Sealed)


def is_empty():
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " OR ".join(f"EXISTS (SELECT 1 FROM {of._meta.db_table})" for of in TABLES))
        return cursor.fetchone() == (0,)


@contextmanager
def undone():
    """An import within, which is a transaction of its own, is undone behind: thousands find an empty office."""
    block = transaction.atomic()
    block._from_testcase = True  # as Django's own tests do, it lets a durable one stand within
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture
def exchange(at, office, monkeypatch):
    """What another office says of a case, and `signing(key)`. What stands still is read once: keys out of their files,
    the guards of the database."""
    here = keys.own_key()
    with at("ministry"):
        case = open_case("small.permit", APPLY, idempotency_key=key(), person="Hana").case
        for act in STORY[:5]:
            perform(case, act, idempotency_key=key())
        said, theirs = json.loads(export(case, here).split(b"\n")[0]), keys.signing_key()
    keys.pin("ministry", theirs.public_key().public_bytes_raw().hex())
    mine = keys.signing_key()
    assert guards.guards() == []
    monkeypatch.setattr(guards, "guards", list)
    ours, pinned = keys.own_keys(), keys.offices()
    monkeypatch.setattr(keys, "own_keys", lambda: ours)
    monkeypatch.setattr(keys, "offices", lambda: pinned)

    def signing(by):
        monkeypatch.setattr(keys, "signing_key", lambda: by)

    return grammar.Sound(said), partial(signing, theirs), partial(signing, mine)


def outcome(raw, whole=False):
    """What an import comes to. `whole`: everything of the office is verified, not the case alone."""
    with undone():
        if not told(take_in, raw):
            return "refused" if is_empty() else "refused, and something written"
        (head,) = Case.objects.all()
        sound = verify([] if whole else [head.public_id], jobs=1).faults == []
        return "taken" if sound and head.head_seq == len(json.loads(raw.split(b"\n")[0])["entries"]) else "unsound"


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_what_a_partner_makes_up_is_refused_with_nothing_written_or_taken_whole(exchange):
    said, by_them, by_us = exchange
    found = Counter()
    for seed in seeds(MADE_UP, fewest=2):
        by_them()
        bundles = [*made_up(said, seed)]
        by_us()
        found.update(outcome(raw, whole=n < 2) for n, raw in enumerate(bundles))
    assert found.keys() == {"taken", "refused"} and found["taken"] < found["refused"]


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_an_import_that_believes_what_it_is_told_is_found(exchange, monkeypatch):
    """Planted: what is signed is written, whatever the entries say."""
    said, by_them, by_us = exchange
    by_them()
    bundles = [*made_up(said, 0)]
    by_us()
    monkeypatch.setattr("kaname.ledger.exchange._check", lambda bundle: None)
    found = set()
    for raw in bundles:
        with suppress(LookupError, ValueError, TypeError):  # much of it cannot even be written
            found.add(outcome(raw))
    assert "unsound" in found
