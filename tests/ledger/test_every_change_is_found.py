"""`verify` names case and entry of every change, bit by bit; receipts find what a chain computed anew would hide."""

import random
from dataclasses import replace
from datetime import date

import pytest
from acts import opened, played
from rewriting import cut_off, rewritten, unguarded

from kaname.ledger import anew, course, projection, reading, rows, store
from kaname.ledger.models import Entry, Sealed, Standing
from kaname.ledger.verify import case_faults, chain_faults, sealed_faults, verify

TEXTS = [c for c in rows.COLUMNS if c != "seq"]


def test_a_sound_ledger_has_no_fault(office):
    played()
    opened()
    report = verify()
    assert (report.cases, report.entries, report.faults) == (2, 9, [])


def loaded(case):
    head = reading.head(case)
    return head, store.rows_of([head.pk])[head.pk], store.secrets_of([head.pk])[head.pk]


def flips(value: str):
    """Every single-bit change of a text that is still text."""
    raw = value.encode()
    for i in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[i // 8] ^= 1 << i % 8
        yield changed.decode("utf-8", "surrogateescape")


def test_every_bit_of_every_column_of_every_entry(sqlite_office):
    head, ledger, _ = loaded(played()[0].case)
    tried = 0
    for place, row in enumerate(ledger):
        changes = [{name: text} for name in TEXTS for text in flips(getattr(row, name))]
        changes += [{"seq": row.seq ^ 1 << bit} for bit in range(31)]
        for change in changes:
            tried += 1
            changed = [*ledger[:place], row._replace(**change), *ledger[place + 1 :]]
            faults = chain_faults(head, changed)
            assert faults, change
            assert faults[0].seq == place + 1, change
    assert tried > 10_000


def test_every_bit_of_every_sealed_value_and_salt(sqlite_office):
    _, ledger, secrets = loaded(played()[0].case)
    secret = secrets[1][0]
    for name in ("salt", "value"):
        for bit in range(len(getattr(secret, name)) * 8):
            changed = bytearray(getattr(secret, name))
            changed[bit // 8] ^= 1 << bit % 8
            assert sealed_faults(ledger[0], [replace(secret, **{name: bytes(changed)})])
    assert sealed_faults(ledger[0], [])
    assert sealed_faults(ledger[0], [secret, replace(secret, field="other")])
    assert sealed_faults(ledger[0], [replace(secret, salt=None)])
    assert not sealed_faults(ledger[0], [replace(secret, salt=None, value=None)])


def test_a_random_bit_of_each_column_in_the_database_is_named(office):
    """The same through the database: a change is stored and read back before it is looked for."""
    case = played()[0].case
    lot = random.Random(7)
    for name in TEXTS:
        row = Entry.objects.get(seq=lot.randint(1, 8))
        old = getattr(row, name)
        new = old[:-1] + chr(ord(old[-1]) ^ 64) if old else "x"
        unguarded(office, f"UPDATE ledger_entry SET {name} = '{new}' WHERE seq = {row.seq}")
        assert (case, row.seq) in {(f.case, f.seq) for f in verify().faults}, name
        unguarded(office, f"UPDATE ledger_entry SET {name} = '{old}' WHERE seq = {row.seq}")
    assert verify().faults == []


def test_bytes_that_are_no_text_are_named(sqlite_office):
    case = played()[0].case
    unguarded(sqlite_office, "UPDATE ledger_entry SET act = CAST(x'ff' AS TEXT) WHERE seq = 3")
    assert [(f.case, f.seq) for f in verify().faults] == [(case, 3)]


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("DELETE FROM ledger_entry WHERE seq = 8", 0),
        ("DELETE FROM ledger_entry WHERE seq = 5", 5),
        ("UPDATE ledger_case SET kind = 'lab.case'", 1),
        ("UPDATE ledger_case SET opened_on = '2026-05-02'", 1),
        ("UPDATE ledger_case SET head_seq = 7", 0),
        ("UPDATE ledger_entry SET seq = 9 WHERE seq = 8", 8),
        ("UPDATE ledger_standing SET state = 'filed'", 0),
        ("UPDATE ledger_standing SET next_due_on = '2020-01-01'", 0),
        ("UPDATE ledger_standing SET moves = '[]'", 0),
        ("DELETE FROM ledger_standing", 0),
    ],
)
def test_rows_taken_away_or_moved_are_named(office, statement, seq):
    case = played()[0].case
    sealed = "DELETE FROM ledger_sealed WHERE entry_id IN (SELECT id FROM ledger_entry WHERE seq IN (5, 8))"
    unguarded(office, *([sealed] if "DELETE FROM ledger_entry" in statement else []), statement)
    assert (case, seq) in {(f.case, f.seq) for f in verify().faults}


def test_what_rebuild_can_mend_is_mended(office):
    case = played()[0].case
    course.settle()
    expected = Standing.objects.values().get()
    Standing.objects.update(state="filed", states="{}", breach=True)
    assert [f.case for f in verify().faults] == [case]
    assert anew.rebuild() == 1
    assert verify().faults == []
    assert Standing.objects.values().get() == expected


def test_a_history_computed_anew_is_found_by_a_receipt(office):
    receipts = played()
    case, held = receipts[0].case, {(r.case, r.seq): r.digest for r in receipts}
    assert verify(held=held).faults == []
    rewritten(office, case)
    assert verify().faults == []  # the chain alone cannot tell: planted so that nobody promises it
    assert [(f.case, f.seq) for f in verify(held=held).faults] == [(case, seq) for seq in range(2, 9)]


def test_a_tail_cut_off_is_found_by_a_receipt(office):
    receipts = played()
    case, last = receipts[0].case, receipts[-1]
    cut_off(office, case, 7)
    assert verify().faults == []
    assert [(f.case, f.seq) for f in verify(held={(case, 8): last.digest}).faults] == [(case, 8)]


def test_destroyed_values_are_no_fault(office):
    played()
    Sealed.objects.update(key=None, value=None)
    store.forget()
    assert verify().faults == []


def test_a_fold_that_differs_is_found_by_folding(sqlite_office):
    """Planted: a projection that agrees with itself but not with the entries."""
    head, ledger, secrets = loaded(played()[0].case)
    (shown,) = projection.held([head.pk]).values()
    assert case_faults(head, ledger, secrets, shown) == []
    assert [f.seq for f in case_faults(head, ledger, secrets, shown._replace(next_change_on=date(2030, 1, 1)))] == [0]
    nobody = shown._replace(parties=(("applicant", "架空"),))
    assert [f.seq for f in case_faults(head, ledger, secrets, nobody)] == [0]
