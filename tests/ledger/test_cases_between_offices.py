"""A case that a partner keeps, sent by hand: what becomes of it here, entry by entry, and why another is not taken.

The partner is a key and its signed lines (`made_by_hand`); whole offices send each other cases in `test_bundles`, and
bring back what a restore took in `test_restore_epoch`.
"""

from datetime import date

import pytest
from acts import APPLY, STORY, key, opened
from django.db import IntegrityError
from made_by_hand import CASE, DAY, INSTANT, KEY, OTHER, STRANGER, anchor, chained, frames, line_of, signed, text, told

from kaname.ledger import attached, clock, envelope, exchange, keys, reading, store
from kaname.ledger.bundle import BadBundle, Paper, read
from kaname.ledger.errors import LedgerError
from kaname.ledger.exchange import TakenIn, export, send, take_in
from kaname.ledger.models import Case, Contradiction, Entry, Sealed, Standing, Witnessed
from kaname.ledger.perform import open_case, perform
from kaname.ledger.proof import restores, witness
from kaname.ledger.proof.restores import RECEIPT, Lost
from kaname.ledger.strict_json import loads
from kaname.ledger.verify import verify
from kaname.procedure import Entry as Act
from kaname.procedure import Refused

SALT = "ab" * 16
MONEY = {"field": "money", "salt": SALT, "seq": 1, "value": 7}


ACTS = (
    ("permit.apply", DAY, "", "Kumo", {"name": "Kumo", "size": "small"}),
    ("permit.acknowledge", "2026-05-07", "", "", {}),
    ("sharing.join", "2026-05-08", "b1", "b1", {"keeper": "Hana"}), ("sharing.leave", "2026-05-15", "b1", "b1", {}),
)  # fmt: skip


def committed(name, value):
    return frames(b"kaname/sealed/1", bytes.fromhex(SALT), name.encode(), line_of(value))


def case(count=3, contact=None, by=KEY, **other):
    """The first entries of a case that the partner keeps; the first with a sealed value, which goes along."""
    entries = [
        {"act": act, "at": "", "data": data, "effective_on": day, "idempotency_key": f"theirs-{n:04}",
         "law_version": DAY, "party": party, "person": "", "recorded_at": INSTANT.replace("03.", f"0{n}."),
         "role": "", "run": run, "sealed": {"money": committed("money", 7)} if n == 1 else {}, "seq": n}
        for n, (act, day, run, party, data) in enumerate(ACTS[:count], 1)
    ]  # fmt: skip
    little = {"anchors": [], "countersigned": "", "envelope": "", "held": [], "others": [], "restored": []}
    of = {"id": CASE, "kind": "small.permit", "opened_on": DAY}
    return chained({"case": of, "contact": {**little, **(contact or {})}, "documents": [], "entries": entries,
                    "format": "kaname-bundle/3", "from": by, "issued_at": INSTANT, "sealed": [MONEY],
                    "to": keys.own_key(), **other})  # fmt: skip


@pytest.fixture
def here(sqlite_office):
    keys.pin("ministry", KEY)
    keys.pin("stranger", STRANGER)


def rows():
    return [{**row._asdict(), "data": loads(row.data), "sealed": loads(row.sealed)}
            for row in store.rows_of([store.head(CASE).pk])[store.head(CASE).pk]]  # fmt: skip


def refused(said, words, by=None):
    raw = said if isinstance(said, bytes) else signed(said, **({"by": by} if by else {}))
    before = Case.objects.count(), Entry.objects.count(), Sealed.objects.count()
    with pytest.raises(BadBundle) as wrong:
        take_in(raw)
    assert words in wrong.value.text.en and wrong.value.text.ja
    assert (Case.objects.count(), Entry.objects.count(), Sealed.objects.count()) == before


# -- taken in ----------------------------------------------------------------------------------------------------------


def test_a_case_is_taken_in_as_a_copy_of_its_keepers(here):
    said = case()
    assert take_in(signed(said)) == TakenIn(CASE, 1, KEY, 3, 3)
    assert rows() == said["entries"]
    head, last = store.head(CASE), said["entries"][-1]
    assert (head.kind, head.opened_on, head.number, head.origin, head.circle) == ("small.permit", DAY, 1, KEY, "")
    assert (head.head_seq, head.head_digest, head.head_at) == (3, last["digest"], last["recorded_at"])
    assert reading.entries(CASE)[0].data == {"name": "Kumo", "size": "small", "money": 7}
    assert Standing.objects.get().as_of == clock.today() and verify().faults == []
    assert store.opened_by(f"bundle/{CASE}")[0] == CASE
    assert take_in(signed(said)) == TakenIn(CASE, 1, KEY, 3, 0)
    assert take_in(signed(case(2))) == TakenIn(CASE, 1, KEY, 2, 0)
    assert take_in(signed(case(4))) == TakenIn(CASE, 1, KEY, 4, 1)
    assert rows() == case(4)["entries"] and verify().faults == [] and Case.objects.get().head_seq == 4
    assert Case.objects.get(public_id=opened().case).number == 2, "no number is left out"


def test_its_number_is_of_the_series_it_is_taken_into(here):
    opened()
    assert take_in(signed(case(1)), "circle").number == 1
    assert Case.objects.get(public_id=CASE).series == "circle" and store.head(CASE).circle == "circle"
    assert take_in(signed(case(2)), "circle").number == 1 and verify().faults == []


def test_values_held_back_stand_as_if_destroyed(here):
    take_in(signed(case(sealed=[])))
    assert "money" not in reading.entries(CASE)[0].data and Sealed.objects.get().value is None
    assert verify().faults == []


def test_from_its_envelope_or_bare(here):
    raw = envelope.seal(signed(case()), keys.own_key())
    assert take_in(raw).new == 3
    refused(raw[:-1], "not sealed for this office, or changed on the way")


def test_documents_go_where_documents_lie(here, monkeypatch):
    lain = []
    monkeypatch.setattr(attached, "unpacked", lambda *given: lain.append(given))
    take_in(signed(case()))
    take_in(signed(case()))
    assert lain == [(CASE, ()), (CASE, ())]


def test_what_came_between_is_told_and_nothing_written(here, monkeypatch):
    moved = "the case moved meanwhile; import again"
    with monkeypatch.context() as patch:
        patch.setattr(store, "swap", lambda *_: False)
        refused(case(), moved)

    def twice(*_):
        raise IntegrityError

    with monkeypatch.context() as patch:
        patch.setattr(store, "insert", twice)
        refused(case(), moved)
    take_in(signed(case(1)))
    monkeypatch.setattr(store, "swap", lambda *_: False)
    refused(case(2), moved)


def test_it_is_looked_at_under_a_lock_and_written_for_good(here, monkeypatch):
    asked, head, atomic = [], store.head, exchange.transaction.atomic
    monkeypatch.setattr(store, "head", lambda case, **how: asked.append(how) or head(case, **how))
    monkeypatch.setattr(exchange.transaction, "atomic", lambda **how: asked.append(how) or atomic(**how))
    take_in(signed(case()))
    assert {"durable": True} in asked and {"lock": True} in asked


# -- refused -----------------------------------------------------------------------------------------------------------


def changed(change, count=3):
    said = case(count)
    change(said)
    return chained(said)


@pytest.mark.parametrize(("change", "words"), [
    (lambda s: s["case"].update(kind="no.such"), "this version has no kind no.such"),
    (lambda s: s["entries"].pop(1), "entry 2: has number 3; expected 2"),
    (lambda s: s["entries"][1].update(act="no.such"), "entry 2: this version has no act no.such"),
    (lambda s: s["sealed"][0].update(seq=4), "a sealed value belongs to no entry"),
    (lambda s: s["sealed"].append({**MONEY, "seq": 2}), "entry 2: the sealed value 'money' is one too many"),
    (lambda s: s["sealed"][0].update(value=8), "entry 1: the sealed value 'money' was changed"),
])  # fmt: skip
def test_what_the_partner_makes_up_is_refused_in_words(here, change, words):
    refused(changed(change), words)


@pytest.mark.parametrize("wrong", [ValueError, LookupError, OverflowError, TypeError])
def test_whatever_a_fold_runs_into_is_a_refusal(here, monkeypatch, wrong):
    def at_last(*_):
        raise wrong("no")

    monkeypatch.setattr(store, "at_last", at_last)
    refused(case(), "cannot be folded: ")


def test_acts_of_every_case_may_come_along(here):
    said = case(3)
    said["entries"][2].update(act="deliver", run="", party="", data={"entry": 2, "received_on": "2026-05-09"})
    assert take_in(signed(chained(said))).new == 3


def test_who_is_not_pinned_or_meant_is_refused(here):
    refused(signed(case(), by=OTHER), "the sender named is not the one who signed")
    refused(case(to="0" * 64), "meant for another office")


def test_two_histories_are_told_apart_and_nothing_is_written(here):
    take_in(signed(case(3)))
    other = case(4)
    other["entries"][1]["person"] = "another"
    refused(chained(other), "differs from the case held here from entry 2 on")
    refused(changed(lambda s: s["entries"][0].update(person="x"), 1), "differs from the case held here from entry 1 on")
    assert rows() == case(3)["entries"]


def test_only_the_keeper_extends_a_case_but_anybody_may_show_it(here):
    take_in(signed(case(2)))
    refused(signed(case(3, by=STRANGER), by=OTHER),
            f"not sent by the office that keeps this case: here it is kept as a case of {keys.name_of(KEY)}, "
            f"this is sent by {keys.name_of(STRANGER)}")  # fmt: skip
    assert take_in(signed(case(2, by=STRANGER), by=OTHER)) == TakenIn(CASE, 1, STRANGER, 2, 0)
    assert Case.objects.get().origin == KEY


def test_a_case_of_ours_is_extended_by_nobody(here):
    theirs = case(1)
    take_in(signed(theirs))
    Case.objects.update(origin="")
    refused(case(2), f"here it is kept as a case of {keys.own_key()}")
    assert take_in(signed(theirs)).new == 0


# -- what its sender tells ---------------------------------------------------------------------------------------------


def test_what_the_sender_tells_of_its_anchors_is_heard(here):
    take_in(signed(case(contact={"anchors": told()["anchors"]})))
    assert list(Witnessed.objects.values_list("office", "number")) == [(KEY, 1), (KEY, 2)]
    refused(case(contact={"anchors": ["x"]}), "does not begin with a line and its signature")
    refused(case(contact={"held": 1}), "not of the form kaname-contact/1")


def test_who_contradicts_itself_sends_no_case(here):
    witness.hear(KEY, [text(anchor(root="1" * 64))], INSTANT)
    split = {"anchors": [text(anchor())]}
    refused(case(contact=split), "one history here, another elsewhere; find out why, then: kaname anchor settle")
    assert Contradiction.objects.get().sort == "split"


def test_what_it_knows_of_ours_or_of_another_is_no_reason_to_refuse_it(here, monkeypatch):
    ours = Contradiction(office=KEY, sort="lost", number=1)
    of_another = Contradiction(office=STRANGER, sort="split", number=1)
    monkeypatch.setattr(exchange.contact, "hear", lambda *_: [ours, of_another])
    assert take_in(signed(case())).new == 3
    monkeypatch.setattr(exchange.contact, "hear", lambda *_: [ours, Contradiction(office=KEY, sort="behind", number=1)])
    refused(case(4), "went back behind an anchor told before")


# -- what a restore took ----------------------------------------------------------------------------------------------


def proven(count, seq=None, by=RECEIPT):
    """As after a restore: the entry was here, by whose word."""
    seq = seq or count
    restores.note([Lost(CASE, seq, case(count)["entries"][seq - 1]["digest"], by)])


def test_a_case_of_ours_comes_back_up_to_what_is_proven(here):
    proven(4, seq=3)
    assert take_in(signed(case(4))) == TakenIn(CASE, 1, KEY, 4, 3)
    head = store.head(CASE)
    assert (head.origin, head.head_seq) == ("", 3) and rows() == case(3)["entries"] and verify().faults == []
    assert store.opened_by("theirs-0001")[0] == CASE, "asked for again it is the same case"
    proven(4, by=restores.BEFORE)
    assert take_in(signed(case(4))) == TakenIn(CASE, 1, KEY, 4, 1) and store.head(CASE).origin == ""


def test_of_a_case_of_ours_that_is_here_in_part_the_rest_comes_back(here):
    take_in(signed(case(1)))
    Case.objects.update(origin="")
    proven(3)
    assert take_in(signed(case(4))) == TakenIn(CASE, 1, KEY, 4, 2)
    assert store.head(CASE).origin == "" and rows() == case(3)["entries"] and verify().faults == []


def test_what_nobody_can_prove_does_not_come_back(here):
    no = "no receipt of ours shows it; bring one first: kaname missing --receipts"
    proven(3, by=KEY)
    refused(case(3), no)
    restores.note([Lost(CASE, 2, "0" * 64, RECEIPT)])
    refused(case(3), no)


def test_of_several_proven_entries_the_last_counts(here):
    for seq in (1, 3, 2):
        proven(4, seq=seq)
    assert take_in(signed(case(4))).new == 3


def test_what_was_filed_again_meanwhile_is_left_to_people(here):
    proven(3)
    again = open_case("small.permit", APPLY, idempotency_key="theirs-0001").case
    refused(case(3), f"it was filed again meanwhile, as case {again}; people decide which stands")


def test_a_copy_stays_one_though_it_was_ours_by_some_account(here):
    take_in(signed(case(2)))
    proven(3)
    refused(signed(case(3, by=STRANGER), by=OTHER), "not sent by the office that keeps this case")
    assert take_in(signed(case(4))) == TakenIn(CASE, 1, KEY, 4, 2) and store.head(CASE).origin == KEY


# -- sent --------------------------------------------------------------------------------------------------------------


def test_a_case_is_sent_as_it_is_recorded(here):
    receipt = opened()
    perform(receipt.case, STORY[0], idempotency_key=key())
    raw = export(receipt.case, "ministry")
    found = read(raw, [KEY], keys.own_keys())
    head = reading.head(receipt.case)
    assert (found.case, found.kind, found.opened_on) == (head.public_id, head.kind, head.opened_on)
    assert (found.sender, found.recipient, found.papers) == (keys.own_key(), KEY, ())
    assert list(found.ledger) == store.rows_of([head.pk])[head.pk]
    assert found.secrets == {1: [*store.secrets_of([head.pk])[head.pk][1]]}
    assert found.contact["held"] == [] and set(found.contact) == set(exchange.contact.Contact._fields)
    assert envelope.opened(send(receipt.case, keys.own_key()))[:40] == export(receipt.case, keys.own_key())[:40]
    assert send(receipt.case, keys.own_key()) != export(receipt.case, keys.own_key())


def test_only_what_may_be_read_and_is_there_goes_along(here):
    case = opened().case
    asked = []

    def nothing(seq, field):
        asked.append((seq, field))

    assert not read(export(case, KEY, nothing), [KEY], keys.own_keys()).secrets and asked == [(1, "money")]
    assert read(export(case, KEY, lambda seq, field: True), [KEY], keys.own_keys()).secrets
    assert read(envelope.opened(send(case, keys.own_key())), keys.own_keys(), keys.own_keys()).secrets
    bare = envelope.opened(send(case, keys.own_key(), lambda seq, field: False))
    assert not read(bare, keys.own_keys(), keys.own_keys()).secrets
    Sealed.objects.update(value=None, key=None)
    store.forget()
    assert not read(export(case, KEY), [KEY], keys.own_keys()).secrets


def test_a_copy_goes_back_to_its_keeper_alone(here, monkeypatch):
    take_in(signed(case()))
    monkeypatch.setattr(restores, "held_for", lambda office: [["c" * 26, 1, "0" * 64]])
    found = read(export(CASE, KEY), [KEY], keys.own_keys())
    assert found.contact["held"], "with what else is kept for it"
    with pytest.raises(LedgerError, match="kept by another office, which alone can send it"):
        export(CASE, STRANGER)
    answer = perform(CASE, Act("permit.withdraw", date(2026, 6, 1)), idempotency_key=key())
    assert isinstance(answer, Refused)


def test_documents_that_no_bundle_holds_are_told_before_it_is_made(here, monkeypatch):
    case = opened().case
    first = Paper("b" * 16, INSTANT, "a", "text/plain", "0" * 64, SALT, b"x" * 6)
    papers = [first, first._replace(id="c" * 16, content=b"x" * 4)]
    monkeypatch.setattr(attached, "packed", lambda case, references: papers)
    monkeypatch.setattr(exchange, "MOST_DOCUMENTS", 10)
    assert export(case, KEY).endswith(b"x" * 10)
    monkeypatch.setattr(exchange, "MOST_DOCUMENTS", 9)
    with pytest.raises(LedgerError, match="its documents are over 0 MB in all, which no bundle holds"):
        export(case, KEY)
    monkeypatch.setattr(exchange, "MOST_DOCUMENTS", 3 << 20)
    papers[:] = [one._replace(content=b"x" * (2 << 20)) for one in papers]
    with pytest.raises(LedgerError, match="its documents are over 3 MB in all"):
        export(case, KEY)
