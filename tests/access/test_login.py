"""Login by password and one-time code; nobody learns whether an account exists."""

import time
from contextlib import nullcontext
from threading import Timer

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from folk import person
from visitor import PASSWORD, client, fingerprints, is_in, log_in, masked

from kaname.access.login import hashing
from kaname.access.login.hashing import Argon2
from kaname.access.models import Person, Wait
from kaname.access.vault import Broken, unlock
from kaname.site import settings as office_settings
from soft_key import SoftKey

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def hana(db):
    return person("Hana", password=PASSWORD)


def test_a_person_logs_in_and_out(hana):
    browser = client()
    answer = log_in("Hana@Example.JP ", at=browser)
    assert (answer.status_code, answer.url) == (302, "/")
    assert is_in(browser)
    browser.post(reverse("account_logout"))
    assert not is_in(browser)


def test_after_the_login_one_is_where_one_wanted_to_be(hana):
    browser = client()
    sent_to = browser.get("/?kind=x").url
    assert sent_to == "/accounts/login/?next=%2F%3Fkind%3Dx"
    answer = browser.post(sent_to, {"login": hana.email, "password": PASSWORD, "next": "/?kind=x"})
    assert answer.url == "/?kind=x"
    away = client().post(sent_to, {"login": hana.email, "password": PASSWORD, "next": "https://evil.example/"})
    assert away.url == "/"


def test_nobody_signs_up(db):
    for name in ("account_signup", "socialaccount_signup", "socialaccount_connections"):
        assert client().get(reverse(name)).status_code in (302, 404)
        assert client().post(reverse(name), {"email": "x@example.jp", "password1": PASSWORD}).status_code in (302, 404)
    assert not Person.objects.exists()


@pytest.fixture
def computed(monkeypatch):
    """How many times a password was computed."""
    calls = []
    for name in ("encode", "verify"):
        original = getattr(Argon2, name)
        monkeypatch.setattr(Argon2, name, lambda *a, _o=original, **k: (calls.append(1), _o(*a, **k))[1])
    return calls


def test_unknown_known_and_ended_accounts_answer_alike(hana, computed):
    """The same bytes, the same statements, the same work."""
    gone = person("Gone", password=PASSWORD)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    bare = person("Bare")
    seen = set()
    for email, typed in (
        (hana.email, "wrong"), ("nobody@example.jp", "wrong"), (gone.email, PASSWORD), (bare.email, "wrong"),
    ):  # fmt: skip
        computed.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = log_in(email, typed)
        body = masked(answer).replace(email.encode(), b"ADDRESS")
        seen.add((body, fingerprints(queries), len(computed)))
    assert len(seen) == 1
    assert next(iter(seen))[2] == 1


def test_two_are_computed_at_a_time_and_a_stranger_does_not_hold_a_thread(hana, monkeypatch):
    """While two are computed: unknown and known accounts are told to come back alike, nothing is looked at or counted;
    a browser that is known waits for its turn; a passkey does not compute at all."""
    own = client()
    log_in(hana.email, at=own)
    own.post(reverse("account_logout"))
    counted, key = list(Wait.objects.values()), SoftKey().of(hana)
    with hashing.room(False), hashing.room(False):
        answers = [log_in(email, PASSWORD) for email in (hana.email, "nobody@example.jp")]
        assert [a.status_code for a in answers] == [429, 429] and answers[0].headers["Retry-After"] == "2"
        bodies = [
            masked(a).replace(e.encode(), b"") for a, e in zip(answers, (hana.email, "nobody@example.jp"), strict=True)
        ]
        assert bodies[0] == bodies[1] and list(Wait.objects.values()) == counted
        browser = client()
        key.opens(browser)
        assert is_in(browser)
        monkeypatch.setattr(hashing, "PATIENCE", 0.01)
        assert log_in(hana.email, at=own).status_code == 429
        monkeypatch.setattr(hashing, "PATIENCE", 60)
        Timer(0.2, hashing._two.release).start()  # the first of the two is done
        assert log_in(hana.email, at=own).status_code == 302
        hashing._two.acquire()
    assert log_in(hana.email, PASSWORD).status_code == 302


def test_checking_a_password_is_bounded_too(monkeypatch):
    """Planted: Django's own `verify` passes the bound by."""
    made, taken = Argon2(), []
    encoded = made.encode("x", "saltsaltsalt")
    monkeypatch.setattr(hashing, "_bounded", lambda: taken.append(1) or nullcontext())
    assert made.verify("x", encoded) and len(taken) == 1
    assert Argon2PasswordHasher.verify(made, "x", encoded) and len(taken) == 1


def test_the_office_itself_uses_argon2_with_a_hundred_mebibytes():
    (name,) = office_settings.PASSWORD_HASHERS
    assert name == "kaname.access.login.hashing.Argon2"
    assert (Argon2.memory_cost, Argon2.time_cost, Argon2.parallelism) == (102_400, 2, 8)
    assert Argon2().encode("x", "saltsaltsalt").startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")


# -- the second factor -----------------------------------------------------------------------------------------------


@pytest.fixture
def code(hana, monkeypatch):
    """The one-time code of the moment, which stays; for a person with a code generator."""
    TOTP.activate(hana, SECRET)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    return lambda: format_hotp_value(hotp_value(SECRET, int(now) // 30))


def test_with_a_second_factor_the_password_alone_opens_nothing(hana, code):
    browser = client()
    assert log_in(hana.email, at=browser).url == reverse("mfa_authenticate")
    assert not is_in(browser)
    wrong = browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200 and not is_in(browser)
    assert browser.post(reverse("mfa_authenticate"), {"code": code()}).url == "/"
    assert is_in(browser)


def test_a_code_is_good_once(hana, code):
    first, second, used = client(), client(), code()
    for browser in (first, second):
        log_in(hana.email, at=browser)
        browser.post(reverse("mfa_authenticate"), {"code": used})
    assert is_in(first) and not is_in(second)


def test_a_recovery_code_is_good_once(hana, code):
    codes = RecoveryCodes.activate(hana).get_unused_codes()
    browsers = client(), client()
    for browser in browsers:
        log_in(hana.email, at=browser)
        browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert [is_in(browser) for browser in browsers] == [True, False]


def test_secrets_of_factors_are_not_in_the_database(hana, code, settings):
    RecoveryCodes.activate(hana)
    stored = repr([a.data for a in Authenticator.objects.all()])
    assert SECRET not in stored
    locked = bytes.fromhex(Authenticator.objects.get(type="totp").data["secret"])
    assert unlock(locked, "factor").decode() == SECRET
    with pytest.raises(Broken):
        unlock(locked, "kept")
    settings.SECRET_KEY = "another"
    with pytest.raises(Broken):
        unlock(locked, "factor")


def test_a_short_password_keeps_its_last_factor(hana, code):
    browser = client()
    log_in(hana.email, at=browser)
    browser.post(reverse("mfa_authenticate"), {"code": code()})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = browser.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 200 and Authenticator.objects.filter(type="totp").exists()
    Person.objects.update(stands_alone=True)
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()
