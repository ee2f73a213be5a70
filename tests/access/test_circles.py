"""Compartments: born in one, numbered by it, opened by members alone, never emptied over its cases."""

from datetime import date, timedelta

import pytest
from folk import circle, key, person, recorded

from kaname.access import api as access
from kaname.access import deputies
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Membership, Move, Office, Person, Placement
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Case, Counter
from kaname.procedure import Entry

APPLY = Entry("permit.apply", date(2026, 5, 1), {"name": "Kumo", "size": "small"}, party="Kumo")


@pytest.fixture
def hana(office):
    return person("Hana", "applicant")


def opened(who, compartment=""):
    return recorded(access.open_case(who, "small.permit", APPLY, idempotency_key=key(), compartment=compartment))


def test_numbers_of_a_circle_are_its_own(hana):
    room, other = circle("one", hana), circle("two", hana)
    numbers = [opened(hana, where).number for where in ("", room.public_id, "", room.public_id, other.public_id)]
    assert numbers == [1, 1, 2, 2, 1]
    assert Counter.objects.get(series="").value == 2


def test_a_case_is_never_there_without_its_circle(hana, monkeypatch):
    room = circle("one", hana)
    monkeypatch.setattr(Move.objects, "create", _broken)
    with pytest.raises(RuntimeError):
        opened(hana, room.public_id)
    assert not Case.objects.exists() and not Placement.objects.exists()


def _broken(**_):
    raise RuntimeError


def test_nobody_opens_a_case_in_a_circle_of_others(hana):
    room = circle("one", person("Member"))
    for unknown in (room.public_id, "nosuchcompartment"):
        with pytest.raises(Unknown):
            opened(hana, unknown)
    assert not Case.objects.exists()


def test_only_a_member_brings_others_in(hana):
    room, jiro, admin = circle("one", hana), person("Jiro", "applicant"), person("Ada", admin=True)
    case = opened(hana, room.public_id).case
    for outsider in (jiro, admin):
        with pytest.raises(Unknown):
            access.compartments.join(outsider, room.public_id, jiro)
    access.compartments.join(hana, room.public_id, jiro)
    assert access.find(jiro, case)
    access.compartments.join(jiro, room.public_id, admin)
    with pytest.raises(UnknownCase):  # a member, but without a mandate
        access.find(admin, case)


def test_an_administrator_makes_a_circle_for_another_and_stays_out(hana):
    admin = person("Ada", "applicant", admin=True)
    with pytest.raises(NotAllowed):
        access.compartments.create(admin, "self", admin)
    with pytest.raises(NotAllowed):
        access.compartments.create(hana, "mine", hana)
    room = access.compartments.create(admin, "for Hana", hana)
    assert list(access.own_compartments(hana)) == [room] and not access.own_compartments(admin)


def test_who_leaves_sees_nothing_at_once_and_the_last_one_stays(hana):
    room, jiro = circle("one", hana), person("Jiro", "applicant")
    case = opened(hana, room.public_id).case
    with pytest.raises(NotAllowed):
        access.compartments.leave(hana, room.public_id, hana)
    access.compartments.join(hana, room.public_id, jiro)
    access.compartments.leave(jiro, room.public_id, hana)
    with pytest.raises(UnknownCase):
        access.find(hana, case)
    assert Membership.objects.get(person=hana).ended_by == jiro


def test_moving_a_case_in_and_out_is_written_down(hana):
    room, jiro = circle("one", hana), person("Jiro", "applicant")
    case = opened(hana).case
    with pytest.raises(Unknown):
        access.place(jiro, case, room.public_id)
    access.place(hana, case, room.public_id)
    with pytest.raises(UnknownCase):
        access.place(jiro, case, "")
    access.place(hana, case, "")
    assert access.find(jiro, case)
    assert list(Move.objects.order_by("pk").values_list("origin", "compartment", "by")) == [
        (None, room.pk, hana.pk), (room.pk, None, hana.pk),
    ]  # fmt: skip


def test_nobody_takes_a_case_out_of_the_sight_of_others_without_acting_in_it(hana):
    """Nor for one party where another office sees it: the authority would lose a case by its applicant."""
    case = opened(hana).case
    reader, kumo, jiro = (
        person("Ren", "applicant", may_act=False),
        person("Kumo", "applicant", party="Kumo"),
        person("Jiro"),
    )
    deputies.name(hana, jiro, clock.today(), clock.today())
    for one in (reader, jiro):
        with pytest.raises(NotAllowed):
            access.place(one, case, circle("theirs", one).public_id)
    house = Office.objects.create(sort="company", name_ja="雲社", name_en="Kumo")
    Person.objects.filter(pk=kumo.pk).update(office=house)
    kumo.refresh_from_db()
    where = circle("of a party", kumo).public_id
    with pytest.raises(NotAllowed):
        access.place(kumo, case, where)
    assert access.find(hana, case) and not Placement.objects.exists()
    Person.objects.exclude(pk=kumo.pk).update(is_active=False)  # an office of its own: nobody else's sight is lost
    access.place(kumo, case, where)
    assert Placement.objects.get().compartment.public_id == where


def test_who_comes_in_later_is_nobody_who_stays(hana):
    room, jiro = circle("one", hana), person("Jiro", "applicant")
    opened(hana, room.public_id)
    today = clock.today()
    access.compartments.join(hana, room.public_id, jiro, today + timedelta(days=9))
    for last in (None, today + timedelta(days=7)):
        with pytest.raises(NotAllowed):
            access.compartments.leave(hana, room.public_id, hana, last)
    access.compartments.leave(hana, room.public_id, hana, today + timedelta(days=8))
