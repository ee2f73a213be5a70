"""The daily root over all cases: whole, telling nothing, and found out when what it covers is rewritten or gone."""

import json
import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
import rewriting
from acts import APPLY, STORY, key, opened, played
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting import cut_off, rewritten, unguarded

import kaname_verify
from figures import seeds, tries
from kaname.ledger import clock, guards, keys
from kaname.ledger.errors import LedgerError
from kaname.ledger.models import Anchor, Anchored, Case
from kaname.ledger.perform import open_case, perform
from kaname.ledger.proof import anchors, tree
from kaname.ledger.verify import verify
from kaname.procedure import Entry
from kaname.site.home import home


def faults():
    return [(f.case, f.seq, f.text.en) for f in verify().faults]


# -- the tree ----------------------------------------------------------------------------------------------------------


@settings(max_examples=tries(60, ci=300, soak=10_000), deadline=None)
@given(st.integers(1, 4200), st.randoms(use_true_random=False))  # from 4,097 on a tree has sixteen times the leaves
def test_every_leaf_leads_to_the_root_and_no_other_does(count, rng):
    leaves = [tree.nothing(i.to_bytes(4, "big")) for i in range(count)]
    leaves += [tree.nothing(b"no case" + i.to_bytes(4, "big")) for i in range((1 << tree.depth(count)) - count)]
    grown = tree.levels(leaves)
    place = rng.randrange(len(grown[0]))
    path = tree.path(grown, place)
    assert tree.root_of(grown[0][place], place, path) == grown[-1][0]
    assert tree.root_of(grown[0][place], place ^ 1 << rng.randrange(len(path)), path) != grown[-1][0]
    assert tree.root_of(tree.nothing(b"another"), place, path) != grown[-1][0]


def test_a_proof_of_one_case_is_as_long_as_one_of_four_thousand():
    assert {tree.depth(n) for n in (0, 1, 2, 4095, 4096)} == {12}
    assert {tree.depth(n) for n in (4097, 65_536)} == {16}


# -- making ------------------------------------------------------------------------------------------------------------


def test_anchors_follow_one_another_and_hold(office):
    case = opened().case
    first = anchors.make()
    perform(case, STORY[0], idempotency_key=key())
    opened()
    second = anchors.make()
    assert [first.number, second.number] == [1, 2]
    assert json.loads(second.statement.splitlines()[0])["before"] == first.digest
    assert list(Anchored.objects.order_by("number", "case").values_list("number", "seq")) == [(1, 1), (2, 2), (2, 1)]
    assert faults() == []
    perform(case, STORY[1], idempotency_key=key())  # what comes later is no fault
    assert faults() == []


def test_there_is_one_a_day(office, monkeypatch):
    opened()
    assert anchors.daily().number == 1
    assert anchors.daily() is None
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert anchors.daily().number == 2


def test_of_two_at_once_one_is_first(office, monkeypatch):
    opened()
    anchors.make()
    monkeypatch.setattr(anchors, "newest", lambda: None)  # both have looked before either has written
    with pytest.raises(IntegrityError):
        anchors.make()
    assert anchors.daily() is None
    assert Anchor.objects.count() == 1


# -- proving -----------------------------------------------------------------------------------------------------------


def test_the_proof_of_a_case_is_checked_without_us_and_tells_of_no_other(office):
    first, other = opened().case, opened().case
    anchors.make()
    raw = anchors.proof(first).encode()
    assert kaname_verify.check(raw, [keys.own_key()]) == "kaname-proof/1: everything holds"
    assert other not in raw.decode()
    alone = len(json.loads(raw)["path"])
    for _ in range(20):
        opened()
    anchors.make()
    again = json.loads(anchors.proof(first))
    assert len(again["path"]) == alone == 12
    assert again["blind"] != json.loads(raw)["blind"]  # nor can two days be put together


def test_every_change_of_a_proof_is_refused(office):
    case = opened().case
    anchors.make()
    said = json.loads(anchors.proof(case))
    for change in (
        {"seq": 2}, {"case": "a" * 26}, {"digest": "0" * 64}, {"blind": "0" * 64}, {"place": said["place"] ^ 1},
        {"path": said["path"][:-1]}, {"path": [*said["path"], "0" * 64]}, {"path": ["0" * 64, *said["path"][1:]]},
        {"anchor": said["anchor"].replace('"number":1', '"number":2')}, {"more": 1},
    ):  # fmt: skip
        with pytest.raises(kaname_verify.Bad):
            kaname_verify.check(kaname_verify.canonical({**said, **change}), [keys.own_key()])


def test_a_case_that_no_anchor_covers_says_what_to_do(office):
    case = opened().case
    with pytest.raises(LedgerError, match="kaname anchor make"):
        anchors.proof(case)


# -- found out ---------------------------------------------------------------------------------------------------------


def test_a_history_computed_anew_is_found_without_any_receipt(office):
    case = played()[0].case
    opened()
    anchors.make()
    rewritten(office, case, seq=3)
    assert [(case, seq) for case, seq, _ in faults()] == [("", 0)]
    assert "rewritten after anchor 1" in faults()[0][2]


def test_an_entry_cut_off_is_named(office):
    case = played()[0].case
    anchors.make()
    cut_off(office, case, 7)
    assert (case, 8, "an anchor covers this entry, but it is no longer there") in faults()


class Undone(Exception):
    """The database goes back to what it was before."""


@pytest.fixture
def bare(sqlite_office, monkeypatch):
    """An office whose database nobody guards any more, with small trees: what finds a rewrite is the anchors. Its
    triggers are gone before the first rewrite: to drop them in each makes SQLite read its whole schema again."""
    monkeypatch.setattr(tree, "LEAST", 2)
    monkeypatch.setattr(tree, "STEP", 2)
    monkeypatch.setattr(guards, "guards", list)
    monkeypatch.setattr(guards, "install", lambda: None)
    unguarded(sqlite_office)
    monkeypatch.setattr(rewriting, "unguarded", past_no_guards)


def past_no_guards(_, *statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize("world", range(tries(4, ci=25)))
def test_random_rewrites_of_the_past_are_all_found(bare, world):
    """G3.4: full rights over the database, but neither the office's key nor what others hold. Each rewrite is of an
    entry that an anchor covers, is sound in itself, and is undone before the next."""
    covered = _covered_cases(random.Random(world))
    for n in seeds(tries(25, ci=400, soak=40_000)):
        rng = random.Random(f"{world}.{n}")
        with suppress(Undone), transaction.atomic():
            whole = n % 100 == 0
            _rewrite(rng, covered, listed=whole)
            assert anchors.faults(), (world, n)
            if whole:
                assert [f.text.en for f in verify(jobs=1).faults] == [one.text.en for one in anchors.faults()]
            raise Undone
    assert faults() == []


def _rewrite(rng, covered, listed):
    """One case or several computed anew from some entry on, or cut off there."""
    for case, seq in rng.sample(sorted(covered.items()), rng.choice((1, 1, 1, len(covered)))):
        if seq > 1 and rng.random() < 0.3:
            cut_off("", case, rng.randrange(1, seq), listed)
        else:
            rewritten("", case, rng.randint(1, seq), f"{rng.getrandbits(40):x}")


def _covered_cases(rng):
    """Cases, and of each the last entry that an anchor covers."""
    cases = []
    for _ in range(rng.randrange(1, 6)):
        name = replace(APPLY, data={**APPLY.data, "name": f"Kumo {rng.random()}"})
        cases.append(open_case("small.permit", name, idempotency_key=key()).case)
        for entry in STORY[: rng.randrange(len(STORY) + 1)]:
            perform(cases[-1], entry, idempotency_key=key())
    for _ in range(rng.randrange(1, 4)):
        anchors.make()
    covered = dict(Case.objects.values_list("public_id", "head_seq"))
    for case in rng.sample(cases, len(cases) // 2):  # what comes later is nobody's yet
        perform(case, Entry("sharing.join", STORY[1].on, {"keeper": "Hana"}, run="z", party="z"), idempotency_key=key())
    return covered


def test_anchors_rewritten_with_what_they_cover_are_found(sqlite_office):
    """Whoever has the database, but not the key, cannot sign another."""
    opened()
    anchors.make()
    one = Anchor.objects.get()
    for change in (
        {"statement": one.statement.replace('"number":1', '"number":2')}, {"digest": "0" * 64},
        {"made_at": "2026-01-01T00:00:00.000000Z"}, {"statement": "{}\n" + "0" * 128 + "\n"},
    ):  # fmt: skip
        Anchor.objects.filter(pk=1).update(**change)
        assert faults(), change
        one.save()
    assert faults() == []


def test_on_a_server_nobody_who_serves_can_rewrite_an_anchor(postgresql_office):
    opened()
    anchors.make()
    for table in (Anchor, Anchored):
        with pytest.raises(ProgrammingError, match="permission denied"):
            table.objects.update(number=7)
        with pytest.raises(ProgrammingError, match="permission denied"):
            table.objects.all().delete()


def test_a_missing_anchor_key_is_told_not_drawn_anew(office):
    opened()
    anchors.make()
    (home() / "anchor_key").unlink()
    assert "anchor_key is missing" in faults()[0][2]
    assert not (home() / "anchor_key").exists()
