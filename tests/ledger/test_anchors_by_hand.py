"""Anchors and their tree worked out anew from docs/proof.md, and all that is wrong with a run of them by its name."""

import hmac
from datetime import UTC, datetime, timedelta

import made_by_hand as by_hand
import pytest
from acts import STORY, key, opened, played
from django.db import IntegrityError, transaction
from made_by_hand import frames
from rewriting import cut_off, rewritten

from kaname.ledger import clock, keys, reading, rows
from kaname.ledger import signed as two_lines
from kaname.ledger.errors import Elsewhere, LedgerError
from kaname.ledger.models import Anchor, Anchored, Case, Counter, Countersignature
from kaname.ledger.perform import perform
from kaname.ledger.proof import anchors, tree
from kaname.ledger.strict_json import loads
from kaname.site.home import home, secret

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)


# -- the tree ----------------------------------------------------------------------------------------------------------


def leaf(blind, case, seq, digest):
    return frames(b"kaname/leaf/1", blind, case.encode(), str(seq).encode(), bytes.fromhex(digest))


def node(left, right):
    return frames(b"kaname/node/1", bytes.fromhex(left), bytes.fromhex(right))


def test_leaves_nodes_and_levels_are_those_of_the_words():
    assert tree.leaf(b"b" * 32, "case", 12, "ab" * 32) == leaf(b"b" * 32, "case", 12, "ab" * 32)
    assert tree.nothing(b"b" * 32) == frames(b"kaname/nothing/1", b"b" * 32)
    a, b, c, d = (f"{n}" * 64 for n in "1234")
    left, right = node(a, b), node(c, d)
    grown = tree.levels([d, b, c, a])
    assert grown == [[a, b, c, d], [left, right], [node(left, right)]]
    assert tree.levels(iter([a])) == [[a]]
    assert [tree.path(grown, place) for place in range(4)] == [[b, right], [a, right], [d, left], [c, left]]
    for place, one in enumerate((a, b, c, d)):
        assert tree.root_of(one, place, tree.path(grown, place)) == node(left, right)
    assert tree.root_of(a, 0, []) == a


def test_a_tree_is_as_deep_as_a_step_of_sixteen_asks():
    sizes = {0: 12, 1: 12, 1 << 12: 12, (1 << 12) + 1: 16, 1 << 16: 16, (1 << 16) + 1: 20}
    assert {count: tree.depth(count) for count in sizes} == sizes


# -- making ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def hands(sqlite_office, monkeypatch):
    """`hands[0]`: what the clock says. Trees are small."""
    said = [NOON]
    monkeypatch.setattr(clock, "now", lambda: said[0])
    monkeypatch.setattr(tree, "LEAST", 2)
    monkeypatch.setattr(tree, "STEP", 2)
    return said


def said_of(anchor):
    return two_lines.read(b"kaname/anchor/1", anchor.statement.encode(), keys.own_keys())


def blind(number, of):
    return hmac.digest(secret("anchor_key"), f"{number}/{of}".encode(), "sha256")


def root_of(number, heads):
    leaves = sorted([*(leaf(blind(number, case), case, seq, digest) for case, seq, digest in heads),
                     *(frames(b"kaname/nothing/1", blind(number, str(i))) for i in range(4 - len(heads)))])  # fmt: skip
    return node(node(*leaves[:2]), node(*leaves[2:]))


def head_of(case):
    head = reading.head(case)
    return case, head.head_seq, head.head_digest


def test_an_anchor_says_this_and_no_more(hands):
    empty = anchors.make()
    assert said_of(empty) == {"before": "", "depth": 2, "format": "kaname-anchor/1", "from": keys.own_key(),
                              "made_at": rows.instant(NOON), "number": 1, "root": root_of(1, [])}  # fmt: skip
    assert (home() / "newest_anchor").read_text() == "1\n", "a mark beside the database"
    assert empty.digest == frames(b"kaname/anchor/1", empty.statement.encode().partition(b"\n")[0])
    one, other = opened().case, opened().case
    Case.objects.filter(public_id=other).update(origin="0" * 64)  # a copy is its keeper's to cover
    made = anchors.make()
    assert said_of(made) | {"made_at": ""} == said_of(empty) | {
        "before": empty.digest, "number": 2, "root": root_of(2, [head_of(one)]), "made_at": "",
    }  # fmt: skip
    assert (made.number, made.made_at) == (2, said_of(made)["made_at"])
    perform(one, STORY[0], idempotency_key=key())
    third = anchors.make()
    assert said_of(third)["root"] == root_of(3, [head_of(one)])
    assert list(Anchored.objects.order_by("number").values_list("number", "seq")) == [(2, 1), (3, 2)]
    assert anchors.newest().number == 3 and anchors.faults() == []
    fourth = anchors.make()
    assert said_of(fourth)["root"] == root_of(4, [head_of(one)]) and Anchored.objects.count() == 2


def test_a_short_case_is_covered_though_a_longer_one_was_before(hands):
    played()
    anchors.make()
    later = opened().case
    anchors.make()
    assert Anchored.objects.get(number=2).case.public_id == later


def test_a_fifth_case_asks_for_a_deeper_tree(hands):
    for _ in range(5):
        opened()
    made = said_of(anchors.make())
    assert made["depth"] == 4 and anchors.faults() == []


def test_anchors_run_forward_whatever_the_clock_does_and_are_later_than_what_was_told(hands):
    opened()
    first = anchors.make()
    hands[0] = NOON - timedelta(days=1)
    second = anchors.make()
    assert datetime.fromisoformat(second.made_at) - datetime.fromisoformat(first.made_at) == timedelta(microseconds=1)
    told = NOON + timedelta(days=2, microseconds=123_456)
    anchors.note_told(told)
    anchors.note_told(NOON)  # the latest counts
    assert Counter.objects.get(series="").value == 1, "the last number of a case"
    assert Counter.objects.get(series="told at").value == round(told.timestamp() * 1_000_000)
    assert anchors.make().made_at == rows.instant(told + timedelta(microseconds=1))
    anchors.note_told(told + timedelta(days=1))
    assert anchors.make().made_at == rows.instant(told + timedelta(days=1, microseconds=1))


def test_the_day_of_an_anchor_is_that_of_japan(hands):
    hands[0] = datetime(2026, 11, 26, 14, 59, tzinfo=UTC)  # a minute before midnight in Japan
    assert anchors.daily().number == 1 and anchors.daily() is None
    hands[0] += timedelta(minutes=1)
    assert anchors.daily().number == 2 and anchors.daily() is None
    hands[0] -= timedelta(days=2)
    assert anchors.daily() is None, "a clock set back makes none anew"


def test_an_anchor_is_on_the_disk_before_anybody_is_told(hands):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        anchors.make()


def test_another_process_may_have_been_faster(hands, monkeypatch):
    def make():
        raise IntegrityError

    monkeypatch.setattr(anchors, "make", make)
    assert anchors.daily() is None


# -- proving -----------------------------------------------------------------------------------------------------------


def test_a_proof_says_this_and_no_more(hands):
    case, other = opened().case, opened().case
    with pytest.raises(LedgerError, match="no anchor covers this case yet"):
        anchors.proof(case)
    made, (_, _, digest) = anchors.make(), head_of(case)
    perform(case, STORY[0], idempotency_key=key())  # after the anchor
    late = opened().case
    with pytest.raises(LedgerError, match="no anchor covers this case yet; make one first: kaname anchor make"):
        anchors.proof(late)
    raw = anchors.proof(case)
    said = loads(raw)
    assert raw.endswith("}\n") and raw.count("\n") == 1
    assert {**said, "path": 0, "place": 0} == {
        "anchor": made.statement, "blind": blind(1, case).hex(), "case": case, "digest": digest,
        "format": "kaname-proof/1", "path": 0, "place": 0, "seq": 1,
    }  # fmt: skip
    mine = leaf(blind(1, case), case, 1, digest)
    assert tree.root_of(mine, said["place"], said["path"]) == said_of(made)["root"] and len(said["path"]) == 2
    Case.objects.filter(public_id=other).update(origin="0" * 64)
    with pytest.raises(Elsewhere):
        anchors.proof(other)


def test_of_a_case_whose_covered_entry_is_gone_there_is_no_proof(hands):
    case = played()[0].case
    anchors.make()
    cut_off("", case, 7)
    with pytest.raises(LedgerError, match="no anchor covers this case yet"):
        anchors.proof(case)
    assert anchors.faults() == [(case, 8, anchors._GONE)]
    assert anchors.make().number == 2, "and anchors go on"


# -- verifying ---------------------------------------------------------------------------------------------------------


def told():
    return [(one.case, one.seq, one.text.en) for one in anchors.faults()]


def test_without_anchors_there_is_nothing_to_tell(hands):
    opened()
    assert told() == [] and anchors.newest() is None
    assert not (home() / "anchor_key").exists()


def test_what_was_rewritten_since_is_told_with_its_anchor(hands):
    case = opened().case
    anchors.make()
    second = anchors.make()
    rewritten("", case, seq=1)
    assert told() == [("", 0, f"entries were rewritten after anchor 2 of {second.made_at}")]


def test_a_missing_key_is_told(hands):
    anchors.make()
    (home() / "anchor_key").unlink()
    words = "anchor_key is missing: no root can be worked out again; put it back into KANAME_HOME"
    assert told() == [("", 0, words)]
    Anchor.objects.filter(number=1).update(digest="0" * 64)
    assert told() == [("", 0, "anchor 1 does not continue the one before it"), ("", 0, words)]


@pytest.mark.parametrize("wrong", [{"digest": "0" * 64}, {"made_at": "2026-01-01T00:00:00.000000Z"}])
@pytest.mark.parametrize("number", [1, 2])
def test_an_anchor_that_is_not_as_it_was_signed_is_told_and_what_follows_is_not_asked(hands, number, wrong):
    opened()
    for _ in range(3):
        anchors.make()
    Anchor.objects.filter(number=number).update(**wrong)
    assert told() == [("", 0, f"anchor {number} does not continue the one before it")]


def test_anchors_left_out_or_of_another_are_told(hands):
    first, second = opened().case and anchors.make(), anchors.make()
    Anchor.objects.filter(number=1).delete()
    assert told() == [("", 0, "anchor 1 does not continue the one before it")]
    Anchor.objects.filter(number=2).delete()
    other = two_lines.write(anchors.DOMAIN, {**said_of(second), "before": "0" * 64}).decode()
    first.save(force_insert=True)
    Anchor.objects.create(number=2, made_at=second.made_at, digest=anchors.digest_of(other.encode()), statement=other)
    assert told() == [("", 0, "anchor 2 does not continue the one before it")]
    Anchor.objects.filter(number=2).update(number=3)
    assert told() == [("", 0, "anchor 2 does not continue the one before it")]
    Anchor.objects.filter(number=3).update(statement="x")
    assert told() == [("", 0, "anchor 3: does not begin with a line and its signature")]


def test_of_a_run_without_its_beginning_one_thing_is_told(hands):
    for _ in range(4):
        anchors.make()
    Anchor.objects.filter(number=1).delete()
    assert told() == [("", 0, "anchor 1 does not continue the one before it")]


def test_an_entry_that_is_gone_is_told_beside_a_broken_run(hands):
    case = played()[0].case
    anchors.make()
    cut_off("", case, 7)
    Anchor.objects.filter(number=1).update(digest="0" * 64)
    assert told() == [("", 0, "anchor 1 does not continue the one before it"),
                      (case, 8, "an anchor covers this entry, but it is no longer there")]  # fmt: skip


def test_up_to_when_another_office_holds_what_is_here(hands):
    made = [anchors.make() for _ in range(3)]
    assert anchors.protected_until() == ""
    for number in (2, 1):
        Countersignature.objects.create(number=number, office="0" * 64, statement="x")
    assert anchors.protected_until() == made[1].made_at
    Countersignature.objects.create(number=9, office="0" * 64, statement="x")
    assert anchors.protected_until() == "", "of an anchor that is not here"


def test_an_anchor_was_made_at_an_instant_of_the_calendar():
    for none in ("soon", "2026-02-30T00:00:00.000000Z"):
        with pytest.raises(two_lines.Untrusted, match="not of the form kaname-anchor/1"):
            anchors.read(by_hand.text({**by_hand.anchor(), "made_at": none}), [by_hand.KEY])
    assert anchors.read(by_hand.text(by_hand.anchor()), [by_hand.KEY]).made_at == by_hand.INSTANT
