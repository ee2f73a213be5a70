"""What a person may read of a case beside its standing; what if, with nothing written."""

from datetime import date

import pytest

from kaname.access import api as access
from kaname.access.models import Compartment, Mandate, Membership, Office, Person, Placement
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Case, Entry
from kaname.procedure import Accepted, Refused
from kaname.procedure import Entry as Act

KIND = "patents.application"
FILE = Act(
    "first_review.file", date(2026, 5, 1), {"title": "秘密の発明", "listed": True}, by="applicant", party="架空社"
)


def person(name: str, role: str, **mandate) -> Person:
    office, _ = Office.objects.get_or_create(sort="company", name_ja="架空社", name_en="Kaku")
    made = Person.objects.create_user(f"{name.lower()}@example.jp", "x", name=name, office=office)
    Mandate.objects.create(person=made, role=role, kind=KIND, valid_from=date(2024, 5, 1), **mandate)
    return made


@pytest.fixture
def hana(db):
    return person("Hana", "applicant")


@pytest.fixture
def receipt(hana):
    return access.open_case(hana, KIND, FILE, idempotency_key="key-of-the-case")


def test_entries_name_what_is_sealed_and_never_show_it(hana, receipt):
    (entry,) = access.recorded(hana, receipt.case)
    assert entry.sealed == ("title",)
    assert dict(entry.entry.data) == {"listed": True}
    assert (entry.person, entry.digest) == ("Hana", receipt.digest)


def test_a_receipt_can_be_had_again_by_number_and_by_its_own_key(hana, receipt):
    assert access.receipt(hana, receipt.case, 1) == access.receipt_by_key(hana, receipt.case, "key-of-the-case")
    assert access.receipt(hana, receipt.case, 1).digest == receipt.digest
    assert access.receipt(hana, receipt.case, 2) is None
    assert access.opened_by_key(hana, "key-of-the-case") == receipt.case


def test_the_key_of_another_person_gives_no_receipt(hana, receipt):
    assert access.receipt_by_key(person("Jiro", "jpo"), receipt.case, "key-of-the-case") is None


def test_acts_are_tried_one_upon_the_other_and_nothing_is_written(hana, receipt):
    send = access.Tried(Act("first_review.send", date(2026, 6, 1), {"ground": "listed"}, by="jpo"))
    notify = access.Tried(Act("first_review.notify_sent", date(2026, 6, 2), by="jpo"))
    first, second, again = access.try_acts(hana, receipt.case, [send, notify, notify])
    assert isinstance(first, Accepted) and isinstance(second, Accepted) and isinstance(again, Refused)
    assert second.standing.state("first_review") == "sent"
    assert Entry.objects.count() == 1


def test_a_correction_is_tried_with_its_victims(hana, receipt):
    send = access.Tried(Act("first_review.send", date(2026, 6, 1), {"ground": "listed"}, by="jpo"))
    annul = access.Tried(Act("annul", date(2026, 6, 3), {"entry": 1}))
    _, answer = access.try_acts(hana, receipt.case, [send, annul])
    assert isinstance(answer, Accepted)
    assert [w.code for w in answer.warnings] == ["order"]


def test_an_opening_act_is_tried_on_an_empty_case(hana):
    answer = access.try_opening(hana, KIND, access.Tried(FILE))
    assert isinstance(answer, Accepted)
    assert not Case.objects.exists()


def test_in_a_compartment_only_members_are_named(hana, receipt):
    person("Jiro", "jpo")
    case = Case.objects.get()
    assert [s.name for s in access.people_of(hana, receipt.case)] == ["Hana", "Jiro"]
    circle = Compartment.objects.create(name="circle")
    Placement.objects.create(case=case, compartment=circle)
    with pytest.raises(UnknownCase):
        access.people_of(hana, receipt.case)
    Membership.objects.create(compartment=circle, person=hana, valid_from=date(2024, 5, 1))
    assert [s.name for s in access.people_of(hana, receipt.case)] == ["Hana"]
    assert access.in_compartment(hana, receipt.case)


def test_who_may_not_know_the_case_reads_none_of_it(receipt):
    stranger = person("Kei", "applicant", party="ほかの社")
    for read in (access.recorded, access.people_of, access.in_compartment):
        with pytest.raises(UnknownCase):
            read(stranger, receipt.case)
    with pytest.raises(UnknownCase):
        access.try_acts(stranger, receipt.case, [])
    assert access.may_open(stranger, KIND)
