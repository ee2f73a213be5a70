"""`verify`, part by part: each thing that can be wrong with a chain has its own words, its own place, and nothing else.

That every bit counts is held by `test_every_change_is_found`; here it is held that what is told is right.
"""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from acts import APPLY, key, opened, played
from django.db import DatabaseError, connection
from made_by_hand import CASE, DAY, KEY, STRANGER, bundle, sent
from rewriting import unguarded

from kaname.law import T
from kaname.ledger import bundle as container
from kaname.ledger import cores, course, digest, guards, key_book, projection, reading, sealing, store
from kaname.ledger import verify as verifier
from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.ledger.models import Standing
from kaname.ledger.perform import perform
from kaname.ledger.proof import anchors, restores, stamps, witness
from kaname.ledger.rows import Secret
from kaname.ledger.store import Head
from kaname.ledger.verify import case_faults, chain_faults, sealed_faults, verify
from kaname.procedure import Entry


def told(faults):
    return [(f.case, f.seq, f.text.en) for f in faults]


NUMBER, LINK = "has number {}; expected {}", "does not continue the entry before it"
CHANGED, LATE = "was changed after it was written", "was recorded no later than the entry before it"


# -- a chain -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def chain():
    """A head and three entries, of no office."""
    ledger = container.read(sent(bundle()), [STRANGER], [KEY]).ledger
    return Head(7, CASE, "small.permit", DAY, 1, "", 3, ledger[-1].digest, ledger[-1].recorded_at), list(ledger)


def sealed_again(ledger, start=0, before=None):
    """Numbers as they are, links and digests made to fit from one entry on."""
    before = before or (ledger[start - 1].digest if start else digest.genesis(CASE, "small.permit", DAY))
    for at in range(start, len(ledger)):
        row = ledger[at]._replace(prev_digest=before)
        ledger[at] = row._replace(digest=row.digest_of(CASE))
        before = ledger[at].digest
    return ledger


def test_of_a_sound_chain_nothing_is_told(chain):
    head, ledger = chain
    assert chain_faults(head, ledger) == [] == chain_faults(head, [])
    assert case_faults(head, ledger, None, None) == []  # its sealed values cannot be opened here: nothing more is said
    assert case_faults(head._replace(head_seq=0, head_digest="", head_at=""), [], None, None) == []


def test_each_fault_of_a_chain_has_its_entry_and_its_words(chain):
    head, ledger = chain
    first, second, third = ledger

    def of(*rows, **other):
        return [(seq, words) for _, seq, words in told(chain_faults(head._replace(**other), rows))]

    assert of(first, second._replace(person="x"), third) == [(2, CHANGED)]
    assert of(first, second._replace(digest="0" * 64), third) == [(2, CHANGED), (3, LINK)]
    assert of(first, third) == [(2, NUMBER.format(3, 2)), (2, LINK)]
    assert of(second, third) == [(1, NUMBER.format(2, 1)), (1, LINK), (2, NUMBER.format(3, 2))]
    assert of(first, second, third, opened_on="2026-05-02") == of(first, second, third, kind="x") == [(1, LINK)]
    assert {fault.case for fault in chain_faults(head, [third])} == {CASE}
    later = [first, second, third._replace(recorded_at=second.recorded_at)]
    assert of(*sealed_again(later, 2)) == [(3, LATE)]
    earlier = [first._replace(recorded_at=third.recorded_at), second, third]
    assert of(*sealed_again(earlier)) == [(2, LATE)]
    assert of(*sealed_again([first._replace(recorded_at=""), second])) == [(1, LATE)]


@pytest.mark.parametrize("wrong", [ValueError, TypeError, OverflowError])
def test_an_entry_that_cannot_be_hashed_was_changed_whatever_its_digest_says(chain, wrong):
    head, ledger = chain

    def digest_of(case):
        raise wrong

    for said in ("", "0" * 64):  # planted: an empty digest was once that of whatever could not be hashed
        row = SimpleNamespace(**{**ledger[0]._asdict(), "digest": said, "digest_of": digest_of})
        assert told(chain_faults(head, [row])) == [(CASE, 1, CHANGED)]


def test_a_head_that_is_not_the_last_entry_is_told_with_both(chain):
    head, ledger = chain
    for wrong in ({"head_seq": 4}, {"head_digest": "0" * 64}, {"head_at": ""}):
        words = f"the head of the case ({wrong.get('head_seq', 3)}) is not its last entry (3)"
        assert told(case_faults(head._replace(**wrong), ledger, None, None)) == [(CASE, 0, words)]
    assert told(case_faults(head, [], None, None)) == [(CASE, 0, "the head of the case (3) is not its last entry (0)")]


# -- sealed values -----------------------------------------------------------------------------------------------------


def test_each_fault_of_sealed_values_has_its_name_and_its_words(chain):
    _, ledger = chain
    names = [*"hgfedcba"]
    kept = [Secret(name, bytes(16), name.encode()) for name in names]
    promised = ",".join(f'"{s.field}":"{digest.commitment(bytes(16), s.field, s.value)}"' for s in kept)
    row = ledger[1]._replace(sealed="{" + promised + "}")

    def of(row, *secrets):
        return [text.en for text in sealed_faults(row, secrets)]

    assert of(row, *kept) == of(row, *(Secret(name, None, None) for name in names)) == of(ledger[0]) == []
    assert of(row) == [f"the sealed value {name!r} is missing" for name in sorted(names)]
    assert of(ledger[0], *kept) == [f"the sealed value {name!r} is one too many" for name in sorted(names)]
    for wrong in (Secret("a", bytes(16), b"x"), Secret("a", b"x" * 16, b"a"), Secret("a", bytes(16), None),
                  Secret("a", b"", None), Secret("a", None, b"a"), Secret("a", b"", b"a")):  # fmt: skip
        assert of(row, *kept[:-1], wrong) == ["the sealed value 'a' was changed"], wrong
    unsalted = row._replace(sealed=f'{{"a":"{digest.commitment(b"", "a", b"a")}"}}')
    assert of(unsalted, Secret("a", None, b"a")) == ["the sealed value 'a' was changed"]
    assert of(row._replace(sealed="no JSON"), *kept) == ["its commitments cannot be read"]


# -- a case of an office -----------------------------------------------------------------------------------------------


@pytest.fixture
def case(sqlite_office):
    """A case of one entry with a sealed value: head, entries, secrets and row of the list."""
    head = reading.head(opened().case)
    keys = [head.pk]
    return head, store.rows_of(keys)[head.pk], store.secrets_of(keys)[head.pk], projection.held(keys)[head.pk]


def test_a_row_of_the_list_that_differs_is_told_by_its_columns(case):
    head, ledger, secrets, shown = case

    def of(secrets, shown, ledger=ledger):
        return told(case_faults(head, ledger, secrets, shown))

    assert of(secrets, shown) == of(secrets, shown._replace(declared="of another version")) == []
    id = head.public_id
    assert of(secrets, None) == [(id, 0, "is not listed; kaname rebuild mends it")]
    assert of(secrets, shown._replace(state="x", words="y")) == [
        (id, 0, "its row in the list differs in state, words; kaname rebuild mends it")
    ]
    gone = {1: []}
    for none in ({}, gone):  # nothing more is said of what is not as it was written
        assert of(none, None) == [(id, 1, "the sealed value 'money' is missing")]
    assert of(None, None) == []
    assert of(secrets, None, [ledger[0]._replace(person="x")]) == [(id, 1, CHANGED)]


@pytest.mark.parametrize("wrong", [ValueError("no"), LookupError("no"), OverflowError("no")])
def test_a_case_that_this_version_cannot_fold_is_told(case, monkeypatch, wrong):
    def at_last(*_):
        raise wrong

    monkeypatch.setattr(store, "at_last", at_last)
    assert told(case_faults(*case)) == [(case[0].public_id, 0, "cannot be folded by this version: no")]


# -- an office ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(sqlite_office):
    """Two cases of one entry and of two; their ids."""
    first, second = opened().case, opened().case
    perform(second, Entry("permit.withdraw", APPLIED), idempotency_key=key())
    return first, second


APPLIED = date(2026, 5, 2)


def test_all_is_counted_and_nothing_told_of_a_sound_office(two, monkeypatch):
    done = []
    report = verify(progress=done.append)
    assert (report.cases, report.entries, report.faults, report.met, report.protected) == (2, 3, [], set(), "")
    assert done == [2]
    monkeypatch.setattr(anchors, "protected_until", lambda: "an instant")
    assert verify().protected == "an instant"
    one = verify([two[1]])
    assert (one.cases, one.entries, one.faults, one.protected) == (1, 2, [], "")


def test_a_case_without_sealed_values_is_folded_too(sqlite_office):
    case = opened(replace(APPLY, data={"name": "Kumo", "size": "small"})).case
    Standing.objects.update(words="x")
    assert told(verify().faults) == [(case, 0, "its row in the list differs in words; kaname rebuild mends it")]


def test_only_the_cases_asked_for_are_looked_at(two):
    first, second = two
    unguarded("", "UPDATE ledger_entry SET person = 'x'")
    assert {fault.case for fault in verify().faults} == {first, second}
    assert {fault.case for fault in verify([second]).faults} == {second}
    none = (("none", 0, "there is no such case"), ("neither", 0, "there is no such case"))
    assert told(verify(["none", "neither"]).faults) == [*none]
    assert told(verify(["none", first]).faults) == [none[0], (first, 1, CHANGED)]


def test_what_others_hold_is_met_lost_or_another(two):
    first, second = two
    digests = {(case, row.seq): row.digest for case in two for row in _rows(case)}
    assert len(digests) == 3
    report = verify(held=digests)
    assert report.faults == [] and report.met == set(digests)
    some = {(first, 1): digests[first, 1], (second, 2): digests[second, 2]}
    assert verify(held=some).faults == [] and verify(held=some).met == set(some)
    lost, replaced = (
        "there is a receipt for this entry, but no such entry",
        "is not the entry of which a receipt was given",
    )
    wrong = {(second, 2): digests[second, 1], (first, 2): digests[first, 1], ("none", 1): digests[first, 1]}
    assert told(verify(held=wrong).faults) == [(second, 2, replaced), (first, 2, lost), ("none", 1, lost)]
    assert told(verify([first], wrong).faults) == [(first, 2, lost)]
    assert told(verify([second], wrong).faults) == [(second, 2, replaced)]
    assert verify([second], some).faults == []


def _rows(case):
    pk = reading.head(case).pk
    return store.rows_of([pk])[pk]


def test_whatever_else_is_wrong_with_an_office_is_told_beside_its_cases(two, monkeypatch):
    def say(name):
        return lambda: [T(name, name)]

    monkeypatch.setattr(guards, "guards", say("guards"))
    monkeypatch.setattr(course, "differences", lambda: True)
    monkeypatch.setattr(anchors, "faults", lambda: [anchors.Missing(two[0], 9, T("anchors", "anchors"))])
    monkeypatch.setattr(stamps, "faults", say("stamps"))
    monkeypatch.setattr(key_book, "faults", say("key book"))
    monkeypatch.setattr(restores, "unsaid", lambda: T("went back", "went back"))
    monkeypatch.setattr(witness, "open_contradictions", lambda: ["split", "lost"])
    monkeypatch.setattr(witness, "words", lambda one: T(one, one))
    numbers = "the daily numbers are not those of the cases; kaname rebuild mends it"
    own = [("", 0, "guards"), ("", 0, numbers), (two[0], 9, "anchors"), ("", 0, "stamps"), ("", 0, "key book")]
    outside = [("", 0, "went back"), ("", 0, "split"), ("", 0, "lost")]
    assert told(verify().faults) == own + outside
    assert told(verify(told=False).faults) == own
    assert told(verify([two[0]]).faults) == own[:1]
    monkeypatch.setattr(restores, "unsaid", lambda: None)
    assert told(verify().faults) == own + outside[1:]
    monkeypatch.setattr(guards, "guards", lambda: [guards.NO_TABLES])
    report = verify(held={("x", 1): ""})
    assert (told(report.faults), report.cases) == ([("", 0, guards.NO_TABLES.en)], 0)


def test_entries_of_no_case_are_told(two):
    pks = {case: reading.head(case).pk for case in two}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
    unguarded("", f"DELETE FROM ledger_case WHERE id = {pks[two[1]]}", "DELETE FROM ledger_standing")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = ON")
    stray = [fault for fault in told(verify().faults) if fault[2] == "an entry of no case"]
    assert sorted(stray) == [(f"#{pks[two[1]]}", seq, "an entry of no case") for seq in (1, 2)]


# -- what cannot be read -----------------------------------------------------------------------------------------------


def test_a_case_that_cannot_be_read_is_named_with_its_entry_and_the_others_are_looked_at(two):
    first, second = two
    unguarded("", "UPDATE ledger_entry SET act = CAST(x'ff' AS TEXT) WHERE case_id = 2 AND seq = 2")
    report = verify()
    assert told(report.faults) == [(second, 2, "cannot be read")] and (report.cases, report.entries) == (2, 1)
    unguarded("", "UPDATE ledger_entry SET act = CAST(x'ff' AS TEXT) WHERE case_id = 1 AND seq = 1")
    report = verify(held={(first, 1): "x"})
    assert told(report.faults)[:2] == [(first, 1, "cannot be read"), (second, 2, "cannot be read")]
    assert (report.cases, report.entries) == (2, 0)
    assert told(verify([second]).faults) == [(second, 2, "cannot be read")]


@pytest.mark.parametrize("wrong", [DatabaseError("no"), UnicodeDecodeError("utf-8", b"", 0, 1, "no")])
def test_where_no_entry_is_unreadable_the_case_is_named(two, monkeypatch, wrong):
    bad, rows_of = reading.head(two[0]).pk, store.rows_of

    def broken(keys):
        if bad in keys:
            raise wrong
        return rows_of(keys)

    monkeypatch.setattr(store, "rows_of", broken)
    assert told(verify().faults) == [(two[0], 0, "cannot be read")]


@pytest.mark.parametrize("wrong", [DatabaseError("no"), UnicodeDecodeError("utf-8", b"", 0, 1, "no")])
@pytest.mark.parametrize(("there", "bad"), [(30, 1), (30, 25), (3, 0), (0, 0)])
def test_the_first_entry_that_cannot_be_read_is_found(monkeypatch, wrong, there, bad):
    class Cursor:
        def execute(self, statement, values):
            _, self.seq = values
            assert self.seq <= there + 1

        def fetchone(self):
            if self.seq == bad:
                raise wrong
            return (self.seq,) if self.seq <= there else None

        __enter__, __exit__ = lambda self: self, lambda *_: None

    monkeypatch.setattr(verifier, "connection", SimpleNamespace(cursor=Cursor))
    assert verifier._unreadable(1) == bad


def test_without_the_master_key_nothing_is_said_of_sealed_values(two, monkeypatch):
    """That it is missing is told by the guards."""

    def raising(wrong):
        def open_secret(*_):
            raise wrong

        return open_secret

    monkeypatch.setattr(sealing, "open_secret", raising(KeysMissing.__new__(KeysMissing)))
    assert verify().faults == []
    unguarded("", "UPDATE ledger_entry SET person = 'x' WHERE case_id = 1")
    assert told(verify().faults) == [(two[0], 1, CHANGED)]
    monkeypatch.setattr(sealing, "open_secret", raising(CannotOpen.__new__(CannotOpen)))
    assert (two[1], 1, "the sealed value 'money' was changed") in told(verify().faults)


# -- over several processes --------------------------------------------------------------------------------------------


def test_ranges_whose_process_died_are_told_as_one_where_they_follow_one_another(two, monkeypatch):
    third = played()[0].case
    monkeypatch.setattr(cores, "SIZE", 1)
    asked, dead = [], [True, True, False]

    def over(parts, job, jobs=0, read_only=False):
        asked.append((len(parts), jobs, read_only))
        return [None if gone else job(part) for gone, part in zip(dead, parts, strict=True)]

    monkeypatch.setattr(cores, "over", over)
    done = []
    report = verify(progress=done.append)
    words = "a process that verified ended early: the cases with keys 1-2 were not looked at; repeat it"
    assert told(report.faults) == [("", 0, f"{words} (kaname verify --jobs 1)")]
    assert (report.cases, report.entries, done) == (1, 8, [0, 0, 1])
    verify(jobs=3)
    assert asked == [(3, 0, True), (3, 3, True)]  # so that no process of it can write
    dead[:] = [False, False, False]
    wrong = {(two[0], 1): "x", (third, 1): _rows(third)[0].digest}
    report = verify(held=wrong)
    assert [(f.case, f.seq) for f in report.faults] == [(two[0], 1)]
    assert (report.cases, report.entries, report.met) == (3, 11, set(wrong))
