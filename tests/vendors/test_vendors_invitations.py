"""Invitation links: once, 72 hours, one address; two at once let one in; nothing is told of links that are none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from access.folk import person
from kaname.access.login import invitations as login
from kaname.access.models import Person
from kaname.ledger import clock
from kaname.vendors import api
from kaname.vendors.models import Invitation, Member, Vendor


def test_a_link_lets_a_vendor_in_once(land):
    secret = land.invited(email="hoshino@example.jp")
    shown = api.look(secret)
    assert (shown.operator, shown.party, shown.role, shown.email) == (
        "架空電力", "星野計器", "supplier", "hoshino@example.jp",
    )  # fmt: skip
    assert api.look(secret) == shown  # looking at it does not use it up
    came = api.accept(secret, name="星野 ひかり")
    assert list(api.own_vendors(came.person)) == [came.vendor] and came.person.name == "星野 ひかり"
    assert login.invited(came.secret) == came.person  # the new person sets a password by the office's own link
    for use in (lambda: api.look(secret), lambda: api.accept(secret), lambda: api.accept(secret, came.person)):
        with pytest.raises(api.Spent):
            use()
    assert Vendor.objects.count() == 1


def test_used_run_out_withdrawn_and_never_made_are_told_alike(land, monkeypatch):
    used, withdrawn, late = (land.invited(party=f"供給者 {i}") for i in range(3))
    api.accept(used)
    api.withdraw(land.ono, Invitation.objects.get(party="供給者 1").public_id)
    said, after = set(), clock.now() + timedelta(hours=72, minutes=1)
    for secret in (used, withdrawn, "x" * 43, "", "\0", "\ud800", late):
        if secret is late:
            monkeypatch.setattr(clock, "now", lambda: after)
        with pytest.raises(api.Spent) as spent:
            api.accept(secret)
        said.add((str(spent.value), spent.value.text))
    assert len(said) == 1 and "ask for a new one" in said.pop()[0]


def test_a_link_still_works_in_its_last_minute(land, monkeypatch):
    secret, now = land.invited(), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=71, minutes=59))
    assert api.accept(secret).vendor


def test_only_the_digest_is_kept(land):
    secret = land.invited()
    assert len(secret) == 43 and secret not in repr(list(Invitation.objects.values()))


def test_a_new_link_for_the_same_place_ends_the_earlier(land):
    first, second = land.invited(email="a@example.jp"), land.invited(email="a@example.jp")
    with pytest.raises(api.Spent):
        api.look(first)
    assert api.accept(second)


def test_two_who_use_a_link_at_once_are_one(land):
    secret, ready = land.invited(), Barrier(4)

    def use():
        try:
            ready.wait(120)
            return api.accept(secret, name="星野")
        except api.Spent:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = [f.result() for f in [pool.submit(use) for _ in range(4)]]
    assert sum(answer is not None for answer in answers) == 1
    assert Vendor.objects.count() == 1 and Invitation.objects.exclude(used_at=None).count() == 1


def test_an_address_with_an_account_logs_in_first_and_the_link_stays(land):
    known = person("Known", password="a long enough password")
    secret = land.invited(email=known.email)
    with pytest.raises(api.LogInFirst):
        api.accept(secret)
    assert not Vendor.objects.exists()
    came = api.accept(secret, known)
    assert (came.person, came.secret) == (known, "")


def test_a_link_is_for_its_address_alone(land):
    secret = land.invited(email="a@example.jp")
    with pytest.raises(api.NotAllowed):
        api.accept(secret, land.oka)
    assert api.look(secret)


def test_a_second_invitation_of_a_vendor_brings_no_second_vendor(land):
    seat = land.vendor()
    other = land.prepare(land.oka, "架空水道")
    came = api.accept(land.invited(other, seat.who.email, who=land.oka), seat.who)
    assert came.vendor.public_id == seat.vendor and Vendor.objects.count() == 1


def test_a_person_of_several_vendors_says_for_which(land):
    seat = land.vendor()
    other = land.vendor()
    Member.objects.create(vendor=Vendor.objects.get(public_id=other.vendor), person=seat.who, valid_from=clock.today())
    secret = land.invited(email=seat.who.email)
    with pytest.raises(api.NotAllowed) as which:
        api.accept(secret, seat.who)
    assert which.value.field == "vendor"
    assert api.accept(secret, seat.who, vendor=other.vendor).vendor.public_id == other.vendor


def test_who_never_set_a_password_gets_another_welcome(land):
    seat = land.vendor()
    again = api.accept(land.invited(email=seat.who.email))
    assert again.person == seat.who and login.invited(again.secret) == seat.who


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("", "supplier", "a@example.jp"), "party"),
        (("x" * 257, "supplier", "a@example.jp"), "party"),
        (("星野", "owner", "a@example.jp"), "role"),
        (("星野", "supplier", "no address"), "email"),
    ],
)
def test_what_is_wrong_in_an_invitation_is_told_at_its_field(land, given, field):
    with pytest.raises(api.NotAllowed) as wrong:
        api.invite(land.ono, land.plan, *given)
    assert wrong.value.field == field and wrong.value.text.ja


def test_only_the_operators_own_people_invite_and_withdraw(land):
    land.invited()
    invitation = Invitation.objects.get().public_id
    reader = person("Reader", "operator", kind="infrastructure.plan", may_act=False)
    for who, error in ((land.oka, api.Unknown), (land.mina, api.Unknown), (reader, api.NotAllowed)):
        with pytest.raises(error):
            api.invite(who, land.plan, "星野", "supplier", "a@example.jp")
        with pytest.raises(error):
            api.withdraw(who, invitation)
    assert Person.objects.filter(email="a@example.jp").count() == 0
