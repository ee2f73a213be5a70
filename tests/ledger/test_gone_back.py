"""Restores, part by part: what is said of one, what is missing and by whose word, what is believed of another's.

Whole backups and offices that bring each other's cases back are in `test_restore_epoch`.
"""

import pytest
from acts import STORY, key, opened
from django.db import transaction
from made_by_hand import INSTANT, KEY, OFFICE, OTHER, STRANGER, signed

from kaname.ledger import clock, keys, reading, rows
from kaname.ledger import signed as two_lines
from kaname.ledger.models import Anchor, Case, Countersignature, Missing, Restore
from kaname.ledger.perform import perform
from kaname.ledger.proof import anchors, restores
from kaname.ledger.proof.restores import BEFORE, CHANGED, RECEIPT, Lost
from kaname.ledger.signed import Untrusted
from kaname.site.home import home

GONE = ("a" * 26, 3, "b" * 64)


@pytest.fixture
def here(sqlite_office, monkeypatch):
    """An office that has pinned a partner; its clock stands."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    keys.pin("ministry", KEY)
    return rows.instant(now)


def noted(name):
    path = home() / name
    return path.read_text() if path.exists() else None


# -- this office's -----------------------------------------------------------------------------------------------------


def test_a_restore_is_said_once_and_for_all(here):
    assert restores.epochs() == restores.told() == []
    Restore.objects.create(office=KEY, epoch=7, at=here, anchor=0, statement="theirs")
    first = restores.raise_epoch()
    said = {"anchor": 0, "at": here, "epoch": 1, "format": "kaname-restored/1", "from": keys.own_key()}
    assert two_lines.read(b"kaname/restored/1", first.statement.encode(), keys.own_keys()) == said
    assert (first.office, first.epoch, first.at, first.anchor) == ("", 1, here, 0)
    assert (noted("restore_epoch"), noted("newest_anchor")) == ("1\n", "0\n")
    anchors.make()
    second = restores.raise_epoch([Lost(*GONE, BEFORE)])
    assert (second.epoch, second.anchor, noted("restore_epoch"), noted("newest_anchor")) == (2, 1, "2\n", "1\n")
    assert restores.missing() == [Lost(*GONE, BEFORE)]
    assert [one.epoch for one in restores.epochs()] == [1, 2]
    assert restores.told() == [first.statement, second.statement]
    assert restores.of_epoch(second).en == (
        f"on {here} the records of this office were put back to an old state (restore 2, anchors to 1); "
        "if you hold a receipt, check that its entry is here, and bring it if not"
    )


def test_no_epoch_is_given_twice_though_the_database_forgot(here):
    restores.raise_epoch()
    restores.raise_epoch()
    Restore.objects.all().delete()
    assert restores.raise_epoch().epoch == 3
    (home() / "restore_epoch").unlink()
    assert restores.raise_epoch().epoch == 4


def test_that_the_database_went_back_is_seen_by_the_mark_beside_it(here):
    assert restores.unsaid() is None
    anchors.make()
    anchors.make()
    assert noted("newest_anchor") == "2\n" and restores.unsaid() is None
    restores.anchored(1)
    assert noted("newest_anchor") == "2\n", "never lower by itself"
    Anchor.objects.filter(number=2).delete()
    assert restores.unsaid().en == (
        "anchor 2 was made here, but the newest is 1: the database was put back to an old state. "
        "Say so: kaname missing --restored"
    )
    restores.raise_epoch()
    assert restores.unsaid() is None and not list(home().glob("*.part"))


def test_a_mark_is_the_old_one_until_the_new_one_is_whole(here, monkeypatch):
    restores.anchored(3)

    def full(*_):
        raise OSError("no room")

    monkeypatch.setattr(type(home()), "replace", full)
    with pytest.raises(OSError, match="no room"):
        restores.anchored(4)
    assert noted("newest_anchor") == "3\n"


# -- what is missing ---------------------------------------------------------------------------------------------------


def test_a_restore_that_could_not_be_kept_is_still_to_be_said(here):
    anchors.make()
    anchors.make()
    Anchor.objects.filter(number=2).delete()

    def full():
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"), transaction.atomic():
        restores.raise_epoch()
        full()  # as the commit itself may
    assert noted("newest_anchor") == "2\n" and restores.unsaid() and restores.epochs() == []


def test_what_is_here_is_not_missing(here):
    receipt = opened()
    there = (receipt.case, 1, receipt.digest)
    others = [(receipt.case, 1, "0" * 64), (receipt.case, 2, receipt.digest), ("a" * 26, 1, receipt.digest)]
    assert restores.note([Lost(*there, RECEIPT)]) == 0 and not Missing.objects.exists()
    assert restores.note([Lost(*one, RECEIPT) for one in (there, *others)]) == 3
    assert restores.note([Lost(*one, RECEIPT) for one in others]) == 3, "known already"
    assert {one.at for one in Missing.objects.all()} == {here}
    assert [one[:3] for one in restores.missing()] == sorted(others)
    Missing.objects.create(case=receipt.case, seq=1, digest=receipt.digest, told_by=BEFORE, at=here)
    assert len(restores.missing()) == 3, "it has come back"
    another = opened()
    assert restores.note([Lost(another.case, 1, receipt.digest, RECEIPT)]) == 1, "an entry of another case"


def test_what_is_missing_is_told_in_order_by_case_number_and_whose_word_it_is(here):
    lost = [Lost(case * 26, seq, "0" * 64, by) for case in "ba" for seq in (2, 1) for by in (RECEIPT, KEY, BEFORE)]
    restores.note(lost)
    assert restores.missing() == sorted(lost, key=lambda one: (one.case, one.seq, one.told_by))


def test_whose_word_it_is_says_what_to_do(here):
    def words(by):
        text = restores.words(Lost(*GONE, by))
        assert text.ja
        return text.en

    assert words(BEFORE).startswith("it was in the state before; have an office with a copy export it back")
    assert words(RECEIPT).startswith("there is a receipt; have an office with a copy export it back")
    assert words(CHANGED).startswith(
        "it was in the state before, but its case had been changed; have a receipt brought"
    )
    assert words(KEY) == (
        "ministry holds a copy; have a receipt brought (kaname missing --receipts), then ministry export it back"
    )


def test_whose_word_it_is_stands_in_the_database_as_in_versions_before():
    assert (BEFORE, RECEIPT, CHANGED) == ("before", "receipt", "changed")


def test_only_what_this_office_signed_or_read_itself_is_proven(here):
    case = GONE[0]
    restores.note([Lost("c" * 26, 1, "1" * 64, RECEIPT)])
    assert not restores.was_ours(case) and restores.proven(case) == {}
    restores.note([Lost(case, 9, "9" * 64, KEY), Lost(case, 8, "8" * 64, CHANGED)])
    assert restores.was_ours(case) and restores.proven(case) == {}
    restores.note([Lost(case, 3, "3" * 64, RECEIPT), Lost(case, 4, "4" * 64, BEFORE)])
    assert restores.proven(case) == {3: "3" * 64, 4: "4" * 64}


# -- a partner's -------------------------------------------------------------------------------------------------------


def restored(by=OFFICE, **other):
    said = {"anchor": 0, "at": INSTANT, "epoch": 1, "format": "kaname-restored/1", "from": KEY, **other}
    said = {name: value for name, value in said.items() if value is not None}
    return signed(said, "restored/1", by).decode()


def known(by=KEY):
    return list(Restore.objects.filter(office=by).order_by("epoch").values_list("epoch", "at", "anchor", "statement"))


def test_a_partner_is_believed_once_that_it_went_back(here):
    first, second = restored(anchor=4), restored(epoch=2, at=INSTANT.replace("05", "06"))
    Restore.objects.create(office=STRANGER, epoch=1, at=here, anchor=0, statement="another's")
    for number in (1, 2, 3):
        Countersignature.objects.create(number=number, office=KEY, statement="x")
        Countersignature.objects.create(number=number, office=STRANGER, statement="x")

    def left(by=KEY):
        return list(Countersignature.objects.filter(office=by).order_by("number").values_list("number", flat=True))

    restores.hear(KEY, [], [], 0)
    assert left() == [1, 2, 3] and known() == []
    restores.hear(KEY, [first], [], 2)
    assert known() == [(1, INSTANT, 4, first)] and left() == [1, 2], "of later ones it knows nothing any more"
    restores.hear(KEY, [first], [], 0)
    assert left() == [1, 2], "heard before"
    restores.hear(KEY, [first, second], [], 1)
    assert [epoch for epoch, *_ in known()] == [1, 2] and left() == [1]
    assert left(STRANGER) == [1, 2, 3] and len(known(STRANGER)) == 1


def test_what_was_sent_before_a_restore_that_is_known_says_nothing_of_what_it_holds(here):
    first, second = restored(), restored(epoch=2)
    assert restores.hear(KEY, [], [], 0) is True
    Restore.objects.create(office=KEY, epoch=1, at=here, anchor=0, statement=first)
    assert restores.hear(KEY, [], [], 0) is False
    Restore.objects.all().delete()
    assert restores.hear(KEY, [second], [], 0) is True
    Countersignature.objects.create(number=5, office=KEY, statement="x")
    for late in ([first], [], [first]):
        assert restores.hear(KEY, late, [], 0) is False
    assert restores.hear(KEY, [first, second], [], 0) is True
    assert Countersignature.objects.count() == 1 and [epoch for epoch, *_ in known()] == [1, 2]


@pytest.mark.parametrize("wrong", [
    {"epoch": 0}, {"epoch": -1}, {"epoch": True}, {"epoch": "1"}, {"anchor": None}, {"anchor": "0"}, {"at": ""},
    {"at": INSTANT + "\n"}, {"at": 1}, {"format": "kaname-restored/2"}, {"more": 1},
    {"at": "2026-02-30" + INSTANT[10:]},
    {"epoch": 1 << 31}, {"anchor": 1 << 31}, {"anchor": (1 << 31) - 1}, {"anchor": -1}, {"epoch": 1},
])  # fmt: skip
def test_a_restore_of_another_form_is_refused_with_nothing_kept(here, wrong):
    with pytest.raises(Untrusted, match=r"^not of the form kaname-restored/1$"):
        restores.hear(KEY, [restored(), restored(**{"epoch": 2, **wrong})], [], 0)
    assert known() == []


def test_a_restore_is_the_partners_own_word(here):
    with pytest.raises(Untrusted, match="not signed by a pinned office"):
        restores.hear(KEY, [restored(by=OTHER)], [], 0)
    with pytest.raises(Untrusted, match="not signed by a pinned office"):
        restores.hear(STRANGER, [restored()], [], 0)


def test_what_a_partner_holds_of_ours_counts_once_we_have_gone_back(here):
    receipt = opened()
    perform(receipt.case, STORY[0], idempotency_key=key())
    head = reading.head(receipt.case)
    copy, elsewhere = opened().case, "d" * 26
    Case.objects.filter(public_id=copy).update(origin=KEY)
    held = [
        [receipt.case, 2, head.head_digest],
        [receipt.case, 3, "3" * 64],
        [elsewhere, 1, "4" * 64],
        [receipt.case, 1, "6" * 64],
        [receipt.case, 2, "7" * 64],  # no further than ours: another history, which is no matter of what is missing
        [copy, 9, "5" * 64],
    ]
    restores.hear(KEY, [], held, 0)
    Restore.objects.create(office=KEY, epoch=1, at=here, anchor=0, statement="theirs")
    restores.hear(KEY, [], held, 0)
    assert not Missing.objects.exists(), "we have not gone back"
    restores.raise_epoch()
    restores.hear(KEY, [], [], 0)
    assert not Missing.objects.exists()
    restores.hear(KEY, [], held, 0)
    longer = [Lost(receipt.case, 3, "3" * 64, KEY), Lost(elsewhere, 1, "4" * 64, KEY)]
    assert sorted(restores.missing()) == sorted(longer)


def test_a_partner_that_went_back_is_told_how_far_our_copies_go(here, monkeypatch):
    cases = [opened().case for _ in range(4)]
    Case.objects.filter(public_id__in=cases[:3]).update(origin=KEY)
    perform(cases[3], STORY[0], idempotency_key=key())
    restores.raise_epoch()
    assert restores.held_for(KEY) == [], "we went back, not they"
    restores.hear(KEY, [restored()], [], 0)
    heads = {case: [case, 1, reading.head(case).head_digest] for case in cases}
    assert restores.held_for(KEY) == [heads[case] for case in cases[:3]]
    assert restores.held_for(STRANGER) == []
    monkeypatch.setattr(restores, "_MOST", 2)
    assert restores.held_for(KEY) == [heads[case] for case in cases[:2]]
