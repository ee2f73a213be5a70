"""Each login, and each attempt to get in or to go round what stands before the office, is an event of its own in the
log: under pseudonyms, and without anything that was typed or sent."""

import io
import json
import logging
import time
from datetime import timedelta

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from folk import person
from visitor import PASSWORD, client, log_in, proved

from kaname.access import tokens
from kaname.access.login import logged, throttle
from kaname.access.login.organisations import Organisations
from kaname.access.models import Token
from kaname.api import rate
from kaname.ledger import clock
from kaname.site.logs import Json, pseudonym
from soft_key import SoftKey

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TYPED = "canary that was typed"
ELSEWHERE = {"headers": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}}


@pytest.fixture
def hana(db):
    return person("Hana", "applicant", password=PASSWORD)


@pytest.fixture
def log():
    """What the log would hold, line by line."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Json())
    root = logging.getLogger()
    root.addHandler(handler)

    def events():
        lines = [json.loads(line) for line in out.getvalue().splitlines()]
        ours = [line for line in lines if line["logger"].startswith(("kaname.security", "django.security"))]
        return [line for line in ours if line.get("way") != ""]  # who is put in by a test has proved nothing

    events.raw = out.getvalue
    yield events
    root.removeHandler(handler)


def told(log, *names):
    """The events so far: the sentence and the values of these names."""
    return [tuple(line.get(name) for name in ("event", *names)) for line in log()]


def me(hana):
    return pseudonym("person", hana.public_id)


def code():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


# -- logins ----------------------------------------------------------------------------------------------------------


def test_a_login_by_password_and_leaving_are_told(hana, log):
    browser = client()
    log_in(hana.email, at=browser)
    browser.post(reverse("account_logout"))
    assert told(log, "way", "person") == [("logged in", "password", me(hana)), ("logged out", None, me(hana))]
    assert log()[0]["account"] == pseudonym("account", "hana@example.jp") and log()[0]["network"]
    assert log()[0]["request"], "the line of the request has the same number"


@pytest.mark.parametrize("email", ["hana@example.jp", "Nobody@Example.jp "])
def test_a_wrong_password_is_told_alike_for_whom_there_is_and_whom_not(hana, log, email):
    log_in(email, TYPED)
    assert told(log, "way", "person", "account") == [
        ("a login failed", "password", None, pseudonym("account", email.strip().lower()))
    ]


def test_each_kind_of_second_factor_is_told(hana, log):
    TOTP.activate(hana, SECRET)
    recovery = RecoveryCodes.activate(hana).get_unused_codes()[0]
    for typed in ("000000", code(), recovery):
        browser = client()
        log_in(hana.email, at=browser)
        browser.post(reverse("mfa_authenticate"), {"code": typed})
    assert told(log, "way", "account", "person") == [
        ("a login failed", "code", pseudonym("account", hana.email), None),
        ("logged in", "password+totp", pseudonym("account", hana.email), me(hana)),
        ("logged in", "password+recovery_codes", pseudonym("account", hana.email), me(hana)),
    ]
    assert not [one for one in (recovery, SECRET, PASSWORD) if one in log.raw()]


def test_a_code_that_was_used_is_told(hana, log):
    TOTP.activate(hana, SECRET)
    typed = code()
    for _ in range(2):
        browser = client()
        log_in(hana.email, at=browser)
        browser.post(reverse("mfa_authenticate"), {"code": typed})
    assert [event for (event,) in told(log)] == ["logged in", "a login failed"]


def test_a_passkey_is_told_and_one_that_is_gone(hana, log):
    key = SoftKey().of(hana)
    key.opens(client())
    Authenticator.objects.filter(user=hana).delete()
    key.opens(client())
    assert told(log, "way") == [("logged in", "webauthn"), ("a login failed", "webauthn")]


def test_a_proof_anew_is_told(hana, log):
    browser = client()
    log_in(hana.email, at=browser)
    for typed in (TYPED, PASSWORD):
        browser.post(reverse("account_reauthenticate"), {"password": typed})
    assert told(log, "way")[1:] == [("a login failed", "password"), ("proved anew", "password")]


def test_another_organisations_login_that_opens_nothing_is_told(log, rf, db):
    class Nobody:
        is_existing, email_addresses = False, ()

    with pytest.raises(ImmediateHttpResponse):
        Organisations().pre_social_login(rf.get("/"), Nobody())
    assert told(log, "way") == [("a login failed", "organisation")]


# -- attempts to go round --------------------------------------------------------------------------------------------


def test_who_must_wait_is_told(hana, log):
    for _ in range(throttle.ACCOUNT.free + 2):
        log_in(hana.email, TYPED)
    assert told(log, "account")[-1] == ("a login must wait", pseudonym("account", hana.email))
    assert TYPED not in log.raw() and hana.email not in log.raw()


def _no_token(hana):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(hana)
    browser.post(reverse("settings"), {"language": TYPED})


def _wrong_host(hana):
    client().get("/help/", headers={"Host": f"{TYPED.replace(' ', '-')}.example"})


def _too_many_fields(hana):
    client(hana).post(reverse("settings"), {f"{TYPED}{n}": "x" for n in range(1001)})


def _other_site(hana):
    client(hana).post(reverse("settings"), {"language": TYPED}, **ELSEWHERE)


def _link(hana):
    client().get(reverse("welcome", args=["canary" * 7]))


def _calendar(hana):
    client().get(reverse("calendar_feed", args=["canary" * 7]))


def _vendor(hana):
    client().get(reverse("vendor_invitation", args=["canary" * 7]))


ATTEMPTS = {
    "csrf": (_no_token, "a request was refused", "csrf"),
    "host": (_wrong_host, "a request was refused", "DisallowedHost"),
    "fields": (_too_many_fields, "a request was refused", "TooManyFieldsSent"),
    "site": (_other_site, "a request of another site was refused", None),
    "link": (_link, "a link that opens nothing was tried", None),
    "calendar": (_calendar, "a link that opens nothing was tried", None),
    "vendor": (_vendor, "a link that opens nothing was tried", None),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_an_attempt_to_go_round_is_told_and_nothing_that_was_sent(hana, log, attempt, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    go, event, kind = ATTEMPTS[attempt]
    go(hana)
    assert told(log, "kind") == [(event, kind)]
    assert log()[0].get("person") == (me(hana) if attempt in ("csrf", "fields") else None)
    assert "canary" not in log.raw()


def call(secret, method="get", path="/api/v1/me", **more):
    return getattr(client(), method)(path, headers={"Authorization": f"Bearer {secret}"}, **more)


def test_tokens_that_open_nothing_are_told_by_whose_they_were(hana, log):
    made = [tokens.make(hana, "t", ["read"], 9) for _ in range(2)]
    Token.objects.filter(pk=made[0][0].pk).update(ended_at=clock.now())
    Token.objects.filter(pk=made[1][0].pk).update(expires_at=clock.now() - timedelta(days=1))
    for secret in (made[0][1], made[1][1], "kaname_canary", "x" * 200, "金糸雀"):
        assert call(secret.encode() if not secret.isascii() else secret).status_code == 401
    assert told(log, "person") == [
        *[("a token that has ended was refused", me(hana))] * 2, *[("a token that nobody has was refused", None)] * 3,
    ]  # fmt: skip
    assert not [one for one in (made[0][1], made[1][1], "kaname_", "金糸雀") if one in log.raw()]


def test_a_token_without_the_scope_and_one_that_runs_away_are_told(hana, log, monkeypatch):
    _, secret = tokens.make(hana, "t", ["read"], 9)
    assert call(secret, "post", "/api/v1/cases", data="{}", content_type="application/json").status_code == 403
    monkeypatch.setattr(rate, "MOST", 0)
    assert call(secret).status_code == 429
    assert told(log, "person", "kind") == [
        ("a token without the scope was refused", me(hana), "act"), ("a token must wait", me(hana), "read"),
    ]  # fmt: skip


def test_a_file_that_is_not_taken_is_told(hana, log):
    _, secret = tokens.make(hana, "t", ["read", "act"], 9)
    sent, where = b"MZ\x90\x00 canary", "/api/v1/documents?name=canary.exe"
    assert call(secret, "post", where, data=sent, content_type="application/octet-stream").status_code == 422
    assert proved(client(hana), hana).post(reverse("upload"), {"file": io.BytesIO(sent)}).status_code == 422
    assert told(log, "person") == [("a file was refused", me(hana))] * 2
    assert "canary" not in log.raw()


# -- what would be found ---------------------------------------------------------------------------------------------


def test_a_log_that_wrote_what_was_typed_would_be_found(hana, log, monkeypatch):
    """Planted: names as they are."""
    monkeypatch.setattr(logged, "pseudonym", lambda what, name: name)
    log_in("canary@example.jp", TYPED)
    assert "canary@example.jp" in log.raw()


def test_a_refusal_in_the_frameworks_own_words_would_be_found(log, monkeypatch, settings, db):
    """Planted: its sentence repeats the host that was sent."""
    settings.ALLOWED_HOSTS = ["testserver"]
    monkeypatch.setattr("kaname.site.logs._REFUSED", "none.")
    _wrong_host(None)
    assert "canary" in log.raw()
