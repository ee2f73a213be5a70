"""The one door to a case: what is asked before an act reaches the ledger, and under whose name it arrives there."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from folk import circle, key, person, recorded

from kaname.access import api as access
from kaname.access import door
from kaname.access.compartments import Circle
from kaname.access.door import hidden, own_key
from kaname.access.models import Compartment, Placement
from kaname.law import T
from kaname.ledger import clock, destroyed, reading
from kaname.ledger.errors import Destroyed, Moved, UnknownCase
from kaname.ledger.models import Case, Standing
from kaname.ledger.models import Entry as Row
from kaname.procedure import Entry, Reason, Refused

APPLY = Entry("review.apply", date(2026, 5, 1), by="applicant")
CLAIM = Entry("review.claim", date(2026, 5, 20), by="applicant")


@pytest.fixture
def rei(office):
    return person("Rei", "applicant", "office")


@pytest.fixture
def oka(rei):
    return person("Oka", "applicant", "office")


def opened(who, **more):
    return recorded(access.open_case(who, "lab.case", APPLY, idempotency_key=key(), **more))


def test_an_act_reads_no_case_that_the_person_may_not_know_of(rei, oka):
    own, dark = opened(rei).case, opened(oka).case
    access.place(oka, dark, circle("Dark", oka).public_id)
    for other in (dark, "a" * 26):
        with pytest.raises(UnknownCase):
            access.act(rei, own, CLAIM, idempotency_key=key(), context={"designation": other})
        with pytest.raises(UnknownCase):
            access.open_case(rei, "lab.case", APPLY, idempotency_key=key(), context={"designation": other})
    answer = access.act(oka, own, CLAIM, idempotency_key=key(), context={"designation": dark})
    assert isinstance(answer, Refused)
    assert [r.text.en for r in answer.reasons] == ["not designated there"], "who may know of it is told what it says"


def test_what_is_opened_reads_the_case_that_is_named_and_what_belongs_to_it_is_made_beside_it(rei, monkeypatch):
    honest, given, made = door.perform.open_case, {}, []
    monkeypatch.setattr(door.perform, "open_case", lambda *a, **k: given.update(k) or honest(*a, **k))
    other, room = opened(rei).case, circle("Room", rei).public_id
    cases = [opened(rei, context={"designation": other}, beside=made.append).case]
    assert given["context"] == {"designation": other}
    cases.append(opened(rei, compartment=room, beside=made.append).case)
    assert made == [Case.objects.get(public_id=case).pk for case in cases]


def test_what_was_seen_last_must_be_the_last_and_the_entry_names_who_made_it(rei):
    first = opened(rei)
    told = Entry("review.tell", date(2026, 5, 2), by="office")
    with pytest.raises(Moved):
        access.act(rei, first.case, told, idempotency_key=key(), head="0" * 64)
    recorded(access.act(rei, first.case, told, idempotency_key=key(), head=first.digest))
    assert set(Row.objects.values_list("person", flat=True)) == {rei.public_id}


def test_keys_of_two_people_never_meet_and_one_that_is_none_is_refused_as_written(rei, oka):
    same = key()
    cases = {recorded(access.open_case(who, "lab.case", APPLY, idempotency_key=same)).case for who in (rei, oka, rei)}
    assert len(cases) == 2, "the third asks again for the first"
    assert own_key(rei, same) != own_key(oka, same) and own_key(rei, "a b") == "a b"


def test_a_key_is_the_same_in_the_next_version():
    """Or a request that is repeated after the office was renewed would open a second case."""
    known = "open.d678f3f8917fd546d10bb1c7061b03104855eb522faf2769cb1f5d8b1ad0d2ec"
    assert own_key(SimpleNamespace(public_id="a" * 26), "key-0001") == known


def test_asked_again_after_the_right_has_ended_there_is_no_such_case(rei, oka):
    same = key()
    case = recorded(access.open_case(rei, "lab.case", APPLY, idempotency_key=same)).case
    access.place(oka, case, circle("Dark", oka).public_id)
    with pytest.raises(UnknownCase):
        access.open_case(rei, "lab.case", APPLY, idempotency_key=same)


@pytest.mark.parametrize("id", ["", "A" * 26, "a" * 25, "a" * 26, "\0" + "a" * 25])
def test_what_is_no_id_is_a_case_that_is_not_there(rei, id):
    """Nor is the database asked for it: PostgreSQL would take none with a NUL."""
    opened(rei)
    for ask in (access.find, access.see):
        with CaptureQueriesContext(connection) as done, pytest.raises(UnknownCase):
            ask(rei, id)
        assert bool(done.captured_queries) == (id == "a" * 26)


def test_a_list_is_of_one_kind_and_of_the_day_that_is_asked(rei):
    permit = Entry("permit.apply", date(2026, 5, 1), {"name": "Kumo", "size": "small"}, by="applicant")
    other = recorded(access.open_case(rei, "small.permit", permit, idempotency_key=key())).case
    lab = opened(rei).case
    assert {row.case.public_id for row in access.cases(rei)} == {other, lab}
    assert [row.case.public_id for row in access.cases(rei, "lab.case")] == [lab]
    rei.mandates.update(valid_until=clock.today())
    assert not access.cases(rei, "", clock.today() + timedelta(1)).exists()


def test_a_list_shows_what_time_alone_has_changed(rei):
    opened(rei)
    Standing.objects.update(next_change_on=clock.today())
    list(access.cases(rei))
    assert not Standing.objects.filter(next_change_on=clock.today()).exists()


def test_sealed_texts_are_looked_for_where_something_is_noted(office):
    """A note may quote a value; where there is none, nobody pays for the search."""
    rei = person("Rei", "applicant")
    apply = Entry("permit.apply", date(2026, 5, 1), {"name": "K", "size": "small", "money": 7_654_321}, party="K")
    case = recorded(access.open_case(rei, "small.permit", apply, idempotency_key=key())).case
    standing = reading.standing(case)
    assert standing.notes == () and hidden(case, standing).texts == ()
    noted = replace(standing, notes=(SimpleNamespace(reasons=()),))
    assert hidden(case, noted).texts == ("7654321",)


def test_a_case_is_born_in_the_open_or_in_a_circle_made_with_it(rei, oka):
    opened(rei)
    lies_open = Case.objects.get()
    assert (lies_open.circle, lies_open.series, Placement.objects.count()) == ("", "", 0)
    told = opened(rei, circle=Circle("Inquiry", (oka,)))
    room, case = Compartment.objects.get(), Case.objects.get(public_id=told.case)
    assert (room.name, case.circle, case.series, told.number) == ("Inquiry", room.public_id, room.public_id, 1)
    assert set(room.memberships.values_list("person", flat=True)) == {rei.pk, oka.pk}
    assert Placement.objects.get().case == case and access.find(oka, told.case)


def test_no_case_is_born_where_a_key_was_destroyed(rei):
    room = circle("Dark", rei).public_id
    destroyed.write(destroyed.Note(room, "2026-01-01T00:00:00.000000Z", "a", "b", "why"))
    with pytest.raises(Destroyed):
        opened(rei, compartment=room)
    assert not Case.objects.exists()


def test_what_a_ban_forbids_is_recorded_only_as_having_happened(rei):
    case = opened(rei).case
    begin = Entry("works.begin", date(2026, 5, 2), by="applicant")
    assert isinstance(access.act(rei, case, begin, idempotency_key=key()), Refused)
    recorded(access.act(rei, case, begin, idempotency_key=key(), happened=True))


class Beside:
    """Another room, which keeps something beside cases."""

    def __init__(self):
        self.claimed, self.bound = [], []

    def claim(self, person, kind_id, case, entry, key):
        self.claimed.append(entry.act)

    def bind(self, case, entry):
        self.bound.append((case, entry.act))


def test_what_was_claimed_belongs_to_the_case_once_there_is_a_receipt(rei, monkeypatch):
    room = Beside()
    monkeypatch.setattr("kaname.access.attached.REGISTERED", [room])
    told = Entry("review.tell", date(2026, 5, 2), by="office")
    assert isinstance(access.open_case(rei, "lab.case", told, idempotency_key=key()), Refused)
    case = opened(rei).case
    recorded(access.act(rei, case, told, idempotency_key=key()))
    assert isinstance(access.act(rei, case, CLAIM, idempotency_key=key()), Refused)
    assert room.claimed == ["review.tell", "review.apply", "review.tell", "review.claim"]
    assert room.bound == [(case, "review.apply"), (case, "review.tell")]


def test_what_one_sees_says_for_whom_and_whether_anything_sealed_is_open(office):
    kumo = person("Kumo", "applicant", kind="small.permit", party="Kumo")
    apply = Entry("permit.apply", date(2026, 5, 1), {"name": "Kumo", "size": "small"}, party="Kumo")
    case = recorded(access.open_case(kumo, "small.permit", apply, idempotency_key=key())).case
    seen = access.see(kumo, case)
    assert (seen.roles, seen.parties, seen.sealed) == ({"applicant"}, {("applicant", "Kumo")}, False)
    mixed = person("Mix", "minister")
    mixed.mandates.create(role="sharer", valid_from=date(2020, 1, 1), sealed=True)
    assert (access.see(mixed, case).parties, access.see(mixed, case).sealed) == (frozenset(), True)


def test_a_refusal_before_the_ledger_is_the_answer(rei, monkeypatch):
    """Of words signed in another's name, and of documents that are not the person's to use."""
    case, wrong = opened(rei).case, Refused((Reason(T("否", "no")),))
    for at in ("rewritten", "attached.claim"):
        with monkeypatch.context() as patch:
            patch.setattr(f"kaname.access.door.{at}", lambda *_: wrong)
            told = Entry("review.tell", date(2026, 5, 2), by="office")
            assert access.act(rei, case, told, idempotency_key=key()) is wrong
    monkeypatch.setattr("kaname.access.door.attached.claim", lambda *_: wrong)
    assert access.open_case(rei, "lab.case", APPLY, idempotency_key=key()) is wrong
    assert Row.objects.count() == 1
