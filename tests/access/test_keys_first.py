"""An office asks for passkeys: who holds one gets in by it alone; who has none is led to add one, not kept out."""

import json
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse
from folk import circle, person
from visitor import PASSWORD, client, is_in, log_in

from kaname.access import api as access
from kaname.access.login import keys
from kaname.access.models import Membership, Office, Person
from kaname.ledger import clock
from soft_key import SoftKey

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIRST = "/accounts/key/?next=%2F"


def asks(office: Office, bound: bool = False, from_=None) -> None:
    access.people.ask_for_keys(None, office, from_ or clock.today(), bound)


@pytest.fixture
def hana(db):
    """A member of a compartment in an office that asks for keys."""
    made = person("Hana", "applicant", password=PASSWORD)
    circle("one", made)
    asks(made.office)
    return Person.objects.get(pk=made.pk)


def test_a_passkey_opens_without_a_password(hana):
    key, browser = SoftKey().of(hana), client()
    assert key.opens(browser).status_code == 302
    assert is_in(browser)


def test_who_holds_a_key_gets_in_by_nothing_else(hana):
    key, other = SoftKey().of(hana), client()
    TOTP.activate(hana, SECRET)
    assert log_in(hana.email, at=other).url == reverse("mfa_authenticate")
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    answer = other.post(reverse("mfa_authenticate"), {"code": code})
    assert answer.status_code == 200 and b"passkey or security key" in answer.content and not is_in(other)
    assert key.proves(other, reverse("mfa_authenticate")).status_code == 302 and is_in(other)


def test_without_the_key_at_hand_each_recovery_code_opens_once_and_is_told(hana, caplog):
    SoftKey().of(hana)
    codes, browsers = RecoveryCodes.activate(hana).get_unused_codes(), (client(), client())
    for browser in browsers:
        log_in(hana.email, at=browser)
        browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert [is_in(b) for b in browsers] == [True, False]
    assert [r.getMessage() for r in caplog.records if r.name == "kaname.login"] == [
        "a recovery code in the place of a key"
    ]


def test_before_something_grave_the_password_proves_nothing(hana):
    key, browser = SoftKey().of(hana), client()
    key.opens(browser)
    session = browser.session
    session["account_authentication_methods"] = [
        {**m, "at": m["at"] - 301, "reauthenticated_at": 0} for m in session["account_authentication_methods"]
    ]
    session.save()
    asked = browser.post(reverse("tokens"), {"name": "t", "scope": ["read"], "days": "9"})
    assert asked.status_code == 302
    again = browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert again.url.startswith(reverse("mfa_reauthenticate_webauthn"))
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 302  # still asked for
    key.proves(browser, reverse("mfa_reauthenticate_webauthn"))
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 200


def test_who_has_none_is_led_to_add_one_and_may_go_on_for_once(hana):
    browser = client()
    log_in(hana.email, at=browser)
    assert browser.get("/").url == FIRST
    assert "パスキーを加えてください".encode() in browser.get(FIRST).content
    assert browser.get(reverse("mfa_index")).status_code == 200  # where keys are added
    assert browser.get(reverse("account_reauthenticate")).status_code == 200
    assert browser.get(reverse("kept")).url == "/"  # nothing typed is lost on the way,
    assert "/key/" not in browser.post(reverse("tokens"), {"name": "t"}).headers.get("Location", "")  # nor now
    assert keys.without(hana.office) == [hana]
    assert browser.post(FIRST).url == "/"
    assert browser.get("/").status_code == 200
    hana.refresh_from_db()
    assert clock.now() - hana.keyless_at < timedelta(minutes=1)
    other = client()
    log_in(hana.email, at=other)
    assert other.get("/").url == FIRST  # for this session alone


def test_once_it_is_added_the_password_is_over(sqlite_office):
    hana = person("Hana", "applicant", password=PASSWORD)
    circle("one", hana)
    asks(hana.office)
    browser, key = client(), SoftKey()
    log_in(hana.email, at=browser)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    key.enrols(browser)
    assert Authenticator.objects.filter(user=hana, type="webauthn").count() == 1
    assert browser.get("/").status_code == 200 and keys.without(hana.office) == []
    assert log_in(hana.email).url == reverse("mfa_authenticate")
    held = Authenticator.objects.get(user=hana, type="webauthn")
    browser.post(reverse("mfa_remove_webauthn", args=[held.pk]))
    assert Authenticator.objects.filter(pk=held.pk).exists()  # the last key stays


def test_it_is_asked_of_officers_administrators_and_members_from_the_first_day_on(db):
    hana, ada, jiro = person("Hana"), person("Ada", admin=True), person("Jiro")
    circle("one", jiro)
    tomorrow = clock.today() + timedelta(1)
    asks(hana.office, from_=tomorrow)
    people = [Person.objects.get(pk=p.pk) for p in (hana, ada, jiro)]
    assert [keys.asked(p) for p in people] == [False] * 3
    assert [keys.asked(p, tomorrow) for p in people] == [False, True, True]
    assert {p.name for p in keys.without(people[0].office)} == {"Ada", "Jiro"}
    Office.objects.update(sort="authority")
    assert keys.asked(Person.objects.get(pk=hana.pk), tomorrow)
    Membership.objects.update(valid_until=clock.today())
    Office.objects.update(sort="company")
    assert not keys.asked(Person.objects.get(pk=jiro.pk), tomorrow)


def test_where_the_office_asks_for_it_only_keys_bound_to_a_device_count(hana):
    synced, bound = SoftKey(synced=True).of(hana), SoftKey()
    assert keys.only(hana)
    asks(hana.office, bound=True)
    hana = Person.objects.get(pk=hana.pk)
    assert not keys.only(hana) and keys.without(hana.office) == [hana]
    browser = client()
    synced.opens(browser)
    assert browser.get("/").url == FIRST  # let in as one who has none
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "端末から外に出ない".encode() in SoftKey(synced=True).enrols(browser).content
    bound.of(hana)
    other = client()
    assert synced.opens(other).status_code == 302 and not is_in(other)
    assert bound.opens(other).status_code == 302 and is_in(other)


def test_a_forged_signature_opens_nothing(hana):
    key, thief = SoftKey().of(hana), SoftKey()
    thief.id, thief.handle = key.id, key.handle
    browser = client()
    thief.opens(browser)
    assert not is_in(browser)


def test_administrators_turn_it_on_by_page_and_see_who_lacks_one(db):
    ada, hana = person("Ada", admin=True, password=PASSWORD), person("Hana")
    circle("one", hana)
    browser, where = client(), reverse("office_keys", args=[ada.office.public_id])
    log_in(ada.email, at=browser)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    day = clock.today() + timedelta(30)
    assert browser.post(where, {"from": day.isoformat(), "bound": "yes"}).url == where
    office = Office.objects.get()
    assert (office.keys_from, office.keys_bound) == (day, True)
    page = browser.get(where).content.decode()
    assert "Hana" in page and "Ada" in page and day.isoformat() in browser.get(reverse("offices")).content.decode()
    browser.post(where, {"from": "", "bound": "yes"})
    office.refresh_from_db()
    assert (office.keys_from, office.keys_bound) == (None, False)
    assert client(hana).get(where).status_code == 404


def test_what_is_asked_at_a_login_does_not_tell_who_must_have_a_key(hana):
    """The page asks for a key before anybody has said who they are."""
    browser = client()
    headers = {"X-Requested-With": "XMLHttpRequest"}
    asked = browser.get(reverse("mfa_login_webauthn"), headers=headers).json()["request_options"]["publicKey"]
    assert not asked.get("allowCredentials") and json.dumps(asked).count(hana.email) == 0


def test_the_way_back_is_a_page_of_this_office_or_the_inbox(hana):
    browser = client(person("Ren", "applicant"))
    for there, leads in (("/cases/", "/cases/"), ("0", "/"), ("\N{PILE OF POO}", "/"), ("//evil.example/", "/")):
        assert browser.get("/accounts/key/", {"next": there})["Location"] == leads
