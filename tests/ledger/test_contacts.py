"""What two offices tell each other: who shows two histories, or goes back, is found out at the next contact."""

import json
import random
from datetime import timedelta

import pytest
from acts import STORY, key, opened, played
from rewriting import rewritten, unguarded

import kaname_verify
from figures import seeds, tries
from kaname.ledger import clock, keys, rows, signed
from kaname.ledger.bundle import BadBundle
from kaname.ledger.errors import LedgerError
from kaname.ledger.exchange import export, take_in
from kaname.ledger.models import Anchor, Contradiction, Countersignature, Witnessed
from kaname.ledger.perform import perform
from kaname.ledger.proof import anchors, contact, receipts, witness
from kaname.ledger.signed import Untrusted
from kaname.ledger.verify import verify

VIEWS = tries(40, ci=1_000, soak=20_000)  # of which every other is split


@pytest.fixture
def both(at):
    """Here and the ministry know each other's keys."""
    here = keys.own_key()
    with at("ministry"):
        keys.pin("here", here)
        ministry = keys.own_key()
    keys.pin("ministry", ministry)
    return at


def tell(at, to="ministry"):
    """Here tells the other office, which answers; what each of them finds wrong."""
    raw = contact.write(to)
    with at(to):
        found = [(one.sort, one.number) for one in contact.take_in(raw)[1]]
        answer = contact.write("here")
    return found, [(one.sort, one.number) for one in contact.take_in(answer)[1]]


def sorts():
    return list(Contradiction.objects.order_by("pk").values_list("sort", "number"))


# -- as it should be ---------------------------------------------------------------------------------------------------


def test_what_is_told_is_held_and_countersigned(both):
    opened()
    anchors.make()
    assert anchors.protected_until() == ""
    assert tell(both) == ([], [])
    assert anchors.protected_until() == Anchor.objects.get().made_at == verify().protected
    with both("ministry"):
        assert list(Witnessed.objects.values_list("number", flat=True)) == [1]
    anchors.make()
    anchors.make()
    assert tell(both) == ([], [])
    assert list(Countersignature.objects.order_by("number").values_list("number", flat=True)) == [1, 3]
    told = contact.told(keys.named("ministry"))
    assert len(told["anchors"]) == 1  # what is countersigned is not told again


def test_a_bundle_carries_it_along(both):
    case = opened().case
    anchors.make()
    raw = export(case, "ministry")
    with both("ministry"):
        take_in(raw)
        assert Witnessed.objects.get().number == 1
        back = export(opened().case, "here")
    take_in(back)
    assert anchors.protected_until() == Anchor.objects.get().made_at


def test_told_again_or_late_changes_nothing(both):
    opened()
    anchors.make()
    early = contact.write("ministry")
    anchors.make()
    assert tell(both) == ([], [])
    with both("ministry"):
        assert contact.take_in(early)[1] == []  # it was only slower
        assert witness.newest(keys.named("here")).number == 2
        assert sorts() == []


def test_a_contact_is_checked_without_us(both):
    opened()
    anchors.make()
    tell(both)
    raw, mine = contact.write("ministry"), [keys.own_key()]
    assert kaname_verify.check(raw, mine) == "kaname-contact/1: everything holds"
    for bit in range(0, len(raw) * 8, 37):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(kaname_verify.Bad):
            kaname_verify.check(bytes(changed), mine)


def test_anchors_missing_in_between_are_asked_for(both):
    opened()
    anchors.make()
    tell(both)
    anchors.make()
    anchors.make()
    third = Anchor.objects.get(number=3).statement
    with both("ministry"), pytest.raises(Untrusted, match="anchors 2 to 2 are missing"):
        witness.hear(keys.named("here"), [third], rows.instant(clock.now()))


def test_of_whom_it_is_not_meant_nobody_takes_it(both):
    opened()
    anchors.make()
    raw = contact.write("0" * 64)
    with both("ministry"), pytest.raises(Untrusted, match="meant for another office"):
        contact.take_in(raw)
    with both("stranger"), pytest.raises(Untrusted, match="not signed by a pinned office"):
        contact.take_in(raw)


# -- found out ---------------------------------------------------------------------------------------------------------


def gone_back(office, number):
    """As after an old backup was put in place: anchors after a number are gone."""
    tables = ("ledger_anchor", "ledger_anchored", "ledger_countersignature")
    unguarded(office, *(f"DELETE FROM {table} WHERE number > {number}" for table in tables))


def test_an_old_backup_is_noticed_on_both_sides(office, both):
    case = opened().case
    anchors.make()
    tell(both)
    perform(case, STORY[0], idempotency_key=key())
    anchors.make()
    tell(both)
    gone_back(office, 1)
    assert tell(both) == ([("behind", 1)], [("lost", 2)])
    assert "went back to an old backup" in "".join(f.text.en for f in verify().faults)
    with both("ministry"):
        assert "restored from an old backup" in "".join(f.text.en for f in verify().faults)


def test_a_history_made_anew_with_the_offices_own_key_is_noticed(office, both):
    """Planted: everything here is rewritten and signed again, as only the office itself can; nothing here is wrong."""
    case = played()[0].case
    anchors.make()
    tell(both)
    gone_back(office, 0)
    rewritten(office, case)
    anchors.make()
    assert verify().faults == []
    assert tell(both) == ([("split", 1)], [("differs", 1)])
    assert "the history here was made anew" in verify().faults[0].text.en


def test_who_contradicts_itself_sends_no_case_until_people_have_spoken(office, both):
    case = opened().case
    anchors.make()
    tell(both)
    gone_back(office, 0)
    anchors.make()
    raw = export(case, "ministry")
    with both("ministry"):
        with pytest.raises(BadBundle, match="one history here, another elsewhere; find out why"):
            take_in(raw)
        evidence = Contradiction.objects.get()
        assert {anchors.read(text, [keys.named("here")]).number for text in (evidence.held, evidence.told)} == {1}
        assert witness.settle(keys.named("here")) == 1
        assert take_in(raw).new == 1
        assert verify().faults == []
        assert Contradiction.objects.get().settled_at  # the evidence stays


def test_the_same_contradiction_is_kept_once(office, both):
    opened()
    anchors.make()
    tell(both)
    gone_back(office, 0)
    anchors.make()
    for _ in range(3):
        tell(both)
    with both("ministry"):
        assert sorts() == [("split", 1)]


def statements(signer, count, first=1, before=""):
    """A run of anchors as an office might sign them, whatever its record says; newest last."""
    told, moment = [], clock.now() - timedelta(days=count + 1)
    for number in range(first, first + count):
        at, root = rows.instant(moment + timedelta(days=number)), f"{random.getrandbits(256):064x}"
        said = {"before": before, "depth": 12, "format": anchors.FORMAT, "from": signer, "made_at": at,
                "number": number, "root": root}  # fmt: skip
        told.append(signed.write(anchors.DOMAIN, said).decode())
        before = anchors.digest_of(told[-1].encode())
    return told


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_an_office_that_shows_two_histories_is_found_when_those_who_saw_them_meet(at):
    """G3.5: random split views of an office with its own key in hand. Planted: half of the worlds are honest."""
    liar = keys.own_key()
    with at("ministry"):
        ministry = keys.own_key()
    with at("stranger"):
        stranger = keys.own_key()
        keys.pin("ministry", ministry)
        keys.pin("here", liar)
    with at("ministry"):
        keys.pin("stranger", stranger)
        keys.pin("here", liar)
        keys.speak_of("here")
    with at("stranger"):
        keys.speak_of("here")
    found = split = 0
    for world in seeds(VIEWS):
        rng = random.Random(world)
        honest, shared, alone = world % 2, rng.randrange(4), [rng.randrange(1, 4) for _ in range(2)]
        common = statements(liar, shared) if shared else []
        last = anchors.digest_of(common[-1].encode()) if common else ""
        views = [statements(liar, n, shared + 1, last) for n in alone]
        if honest:
            views[1] = views[0]
        later = rows.instant(clock.now())
        for name, view in zip(("ministry", "stranger"), views, strict=True):
            with at(name):
                Witnessed.objects.all().delete()
                Contradiction.objects.all().delete()
                assert witness.hear(liar, [*common, *view], later) is None
        # They meet both ways: the one who holds more compares what the other knows last.
        with at("ministry"):
            told = contact.write("stranger")
        with at("stranger"):
            first = contact.take_in(told)[1]
            told = contact.write("ministry")
        with at("ministry"):
            second = contact.take_in(told)[1]
        assert bool(first or second) != bool(honest), (world, shared, alone)
        found, split = found + bool(first or second), split + (not honest)
    assert found == split > 0


def test_nobody_is_spoken_of_without_leave(both):
    """That an attorney deals with a company is nobody else's business."""
    opened()
    anchors.make()
    tell(both)
    with both("stranger"):
        stranger = keys.own_key()
    with both("ministry"):
        keys.pin("stranger", stranger)
        assert contact.told(stranger)["others"] == []
        keys.speak_of("here")
        assert contact.told(stranger)["others"] == [Witnessed.objects.get().statement]
        assert contact.told(keys.named("here"))["others"] == []


# -- receipts ----------------------------------------------------------------------------------------------------------


def test_a_receipt_is_the_same_whenever_it_is_asked_for_and_holds_without_us(office, both):
    opened()
    anchors.make()
    receipt = played()[2]
    head, ledger = _of(receipt.case)
    raw = receipts.write(head, ledger[2])
    anchors.make()
    assert receipts.write(head, ledger[2]) == raw
    assert json.loads(raw.splitlines()[0])["anchor"]["number"] == 1
    assert receipts.read(raw, keys.own_keys()) == (receipt.case, 3, receipt.digest, keys.own_key())
    assert kaname_verify.check(raw, [keys.own_key()]) == "kaname-receipt/1: everything holds"
    bundle = export(receipt.case, "ministry")
    assert "is that of the receipt" in kaname_verify.check(bundle, [keys.own_key()], raw)
    rewritten(office, receipt.case, seq=1)
    with pytest.raises(kaname_verify.Bad, match="the entry of the receipt is not in the bundle"):
        kaname_verify.check(export(receipt.case, "ministry"), [keys.own_key()], raw)


def test_every_bit_of_a_receipt_counts(both):
    receipt = opened()
    head, ledger = _of(receipt.case)
    raw = receipts.write(head, ledger[0])
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Untrusted):
            receipts.read(bytes(changed), keys.own_keys())
        with pytest.raises(kaname_verify.Bad):
            kaname_verify.check(bytes(changed), keys.own_keys())


def _of(case):
    from kaname.ledger import reading, store

    head = reading.head(case)
    return head, store.rows_of([head.pk])[head.pk]


def test_a_copy_has_its_receipts_and_proofs_from_the_office_that_keeps_it(both):
    case = opened().case
    raw = export(case, "ministry")
    with both("ministry"):
        take_in(raw)
        anchors.make()
        head, ledger = _of(case)
        for ask in (lambda: receipts.write(head, ledger[0]), lambda: anchors.proof(case)):
            with pytest.raises(LedgerError, match="kept by another office"):
                ask()


# -- keys --------------------------------------------------------------------------------------------------------------


def test_a_key_is_renewed_and_what_the_old_one_signed_still_counts(both):
    case = opened().case
    anchors.make()
    tell(both)
    head, ledger = _of(case)
    old, raw = keys.own_key(), receipts.write(head, ledger[0])
    kept = []
    keys.renew(rows.instant(clock.now()), kept.append)
    (told,) = kept
    assert keys.own_key() != old
    assert receipts.read(raw, keys.own_keys()).sender == old
    with both("ministry"):
        assert keys.succeed("here", told) == keys.offices()["here"] != old
        assert keys.name_of(old) == keys.name_of(keys.offices()["here"]) == "here"
    anchors.make()
    assert tell(both) == ([], [])
    assert verify().faults == []
    bundle = export(case, "ministry")
    with both("ministry"):
        assert take_in(bundle).new == 1
        with pytest.raises(Untrusted):  # who has stolen the old key cannot name another heir
            keys.succeed("here", told)


def test_a_key_of_which_nobody_could_be_told_is_not_renewed(both):
    old = keys.own_key()

    def full(told):
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        keys.renew(rows.instant(clock.now()), full)
    assert keys.own_keys() == [old]


def test_an_heir_who_did_not_consent_is_refused(both):
    here = keys.own_key()
    said = {"at": rows.instant(clock.now()), "format": "kaname-succession/1", "from": here, "signature": "0" * 128,
            "to": "1" * 64}  # fmt: skip
    told = signed.write(b"kaname/succession/1", said)
    with both("ministry"), pytest.raises(Untrusted, match="not signed by the new key"):
        keys.succeed("here", told)
