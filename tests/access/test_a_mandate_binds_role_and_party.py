"""What a mandate lets a person do: in its role, for its party, in the cases it covers, and nothing beside."""

from datetime import date

import pytest
from folk import LONG_AGO, circle, key, person, recorded

from kaname.access import api as access
from kaname.access.models import Mandate
from kaname.ledger import reading
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Case
from kaname.procedure import Entry, Refused

APPLY = {"name": "Kumo", "size": "small"}


def apply(party: str) -> Entry:
    return Entry("permit.apply", date(2026, 5, 1), APPLY, party=party)


def refused_for(answer, code: str = "mandate") -> bool:
    return isinstance(answer, Refused) and any(r.code == code for r in answer.reasons)


@pytest.fixture
def kumo(office):
    return person("Kumo", "applicant", "sharer", kind="small.permit", party="Kumo")


@pytest.fixture
def case(kumo):
    return recorded(access.open_case(kumo, "small.permit", apply("Kumo"), idempotency_key=key())).case


def do(who, case, act, day, **more):
    return access.act(who, case, Entry(act, date(2026, 5, day), **more), idempotency_key=key())


def test_a_mandate_for_a_party_opens_and_acts_for_that_party_alone(kumo, case):
    assert refused_for(access.open_case(kumo, "small.permit", apply("Hana"), idempotency_key=key()))
    assert refused_for(do(kumo, case, "permit.accept", 14, party="Hana"))


def test_the_party_of_the_mandate_is_written_where_the_entry_names_none(case):
    minister = person("Mina", "minister")
    recorded(do(minister, case, "permit.acknowledge", 7))
    b1 = person("Bea", "sharer", party="b1", case=None)
    assert refused_for(do(minister, case, "sharing.join", 8, data={"keeper": "Bea"}, run="b1"))
    with pytest.raises(UnknownCase):  # not yet a party of the case
        do(b1, case, "sharing.join", 8, data={"keeper": "Bea"}, run="b1")
    both = person("Both", "sharer")
    recorded(do(both, case, "sharing.join", 8, data={"keeper": "Bea"}, run="b1", party="b1"))
    recorded(do(b1, case, "sharing.leave", 9, run="b1"))
    assert reading.entries(case)[-1].party == "b1"


def test_a_sharer_does_not_act_in_the_run_of_another(case):
    both, b2 = person("Both", "sharer"), person("Bo", "sharer", party="b2")
    recorded(do(person("Mina", "minister"), case, "permit.acknowledge", 7))
    for run in ("b1", "b2"):
        recorded(do(both, case, "sharing.join", 8, data={"keeper": "K"}, run=run, party=run))
    assert isinstance(do(b2, case, "sharing.leave", 9, run="b1"), Refused)
    assert isinstance(do(b2, case, "sharing.leave", 9, run="b1", party="b1"), Refused)
    assert refused_for(do(b2, case, "annul", 10, data={"entry": 3}))  # the entry of b1
    recorded(do(b2, case, "annul", 10, data={"entry": 4}))


def test_a_correction_needs_the_role_and_party_before_and_after(kumo, case):
    minister = person("Mina", "minister")
    assert refused_for(do(minister, case, "correct", 8, data={"entry": 1, "data": {"size": "large"}}))
    assert refused_for(do(kumo, case, "correct", 8, data={"entry": 1, "party": "Hana"}))
    recorded(do(kumo, case, "correct", 8, data={"entry": 1, "data": {"size": "large"}}))
    assert refused_for(do(minister, case, "annul", 9, data={"entry": 2}))  # of what the correction is about


def test_reading_alone_never_acts(case):
    reader = person("Rei", "applicant", may_act=False, sealed=True)
    assert access.see(reader, case).sealed and not access.see(reader, case).roles
    assert refused_for(do(reader, case, "permit.accept", 14, party="Kumo"))
    assert refused_for(access.open_case(reader, "small.permit", apply("Rei"), idempotency_key=key()))


def test_a_mandate_for_one_case_opens_no_other(case):
    bound = person("Bo", "applicant", case=Case.objects.get())
    assert access.find(bound, case)
    assert refused_for(access.open_case(bound, "small.permit", apply("Bo"), idempotency_key=key()))


def test_a_mandate_for_another_case_kind_or_party_gives_no_role_in_this_one(kumo, case):
    """Whoever may see this case by one mandate does not act in it by another that does not cover it."""
    there = recorded(access.open_case(kumo, "small.permit", apply("Kumo"), idempotency_key=key())).case
    elsewhere = {
        "Ena": {"case": Case.objects.get(public_id=there)},
        "Eno": {"kind": "lab.case"},
        "Enu": {"party": "Hana"},
    }
    for name, more in elsewhere.items():
        reader = person(name, "minister", may_act=False)
        Mandate.objects.create(person=reader, role="applicant", valid_from=LONG_AGO, **more)
        assert access.see(reader, case).roles == frozenset()
        assert refused_for(do(reader, case, "annul", 14, data={"entry": 1}))
    reader.mandates.filter(role="applicant").update(party="", kind="lab.case")
    assert refused_for(access.open_case(reader, "small.permit", apply("Kumo"), idempotency_key=key()))
    reader.mandates.filter(role="applicant").update(kind="small.permit")
    assert access.see(reader, case).roles == {"applicant"}
    recorded(do(reader, case, "annul", 14, data={"entry": 1}))


def test_a_mandate_for_a_case_in_a_circle_is_not_enough(kumo, case):
    bound = person("Bo", "applicant", case=Case.objects.get())
    access.place(kumo, case, circle("first", kumo).public_id)
    with pytest.raises(UnknownCase):
        access.find(bound, case)
    assert access.find(kumo, case)


def test_an_account_that_has_ended_sees_nothing_even_where_the_row_in_hand_is_old(kumo, case):
    old = type(kumo).objects.get(pk=kumo.pk)
    access.people.end_person(None, kumo)
    assert old.is_active and not access.cases(old).exists()
    with pytest.raises(UnknownCase):
        access.find(old, case)


def test_a_key_tells_nobody_of_a_case_opened_by_another(kumo):
    first = recorded(access.open_case(kumo, "small.permit", apply("Kumo"), idempotency_key="the-same-key"))
    other = person("Other", "applicant", party="Other")
    second = recorded(access.open_case(other, "small.permit", apply("Other"), idempotency_key="the-same-key"))
    assert first.case != second.case
    again = recorded(access.open_case(kumo, "small.permit", apply("Kumo"), idempotency_key="the-same-key"))
    assert again.case == first.case


def test_a_key_asked_again_after_the_mandate_has_ended_finds_nothing(kumo, case):
    first = access.open_case(kumo, "small.permit", apply("Kumo"), idempotency_key="the-same-key")
    access.people.end_mandate(None, kumo.mandates.get(role="applicant").public_id)
    access.people.end_mandate(None, kumo.mandates.get(role="sharer").public_id)
    person("Kumo2", "applicant")
    answer = access.open_case(kumo, "small.permit", apply("Kumo"), idempotency_key="the-same-key")
    assert recorded(first) and refused_for(answer)
