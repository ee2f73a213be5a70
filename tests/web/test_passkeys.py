"""Passkeys and security keys in Chromium, with its virtual authenticator: enrol, log out, log in; wrong keys refused.

Browsers know passkeys on https and on localhost alone: the office is asked for by that name here.
"""

from base64 import b64decode, b64encode

import pytest
from allauth.mfa.models import Authenticator
from browser import assert_clean, follow
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from desk import PASSWORD

PASSKEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
           "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
STICK = {**PASSKEY, "transport": "usb", "hasResidentKey": False, "hasUserVerification": False}


@pytest.fixture(autouse=True)
def on_localhost(site):
    site.url = site.url.replace("127.0.0.1", "localhost")


class Key:
    """A virtual authenticator in a tab."""

    def __init__(self, page, sort=PASSKEY):
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.send("WebAuthn.enable")
        added = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": sort})
        self.id = added["authenticatorId"]

    def does(self, what: str, **more):
        return self.devtools.send(f"WebAuthn.{what}", {"authenticatorId": self.id, **more})

    def credentials(self) -> list[dict]:
        return self.does("getCredentials")["credentials"]


def proves(page) -> None:
    """The password again, where it is asked for before a grave change."""
    if "reauthenticate" in page.url:
        page.fill("input[type=password]", PASSWORD)
        follow(page, "main button.button")


def enrols(page, name: str = "机の端末", passkey: bool = True) -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    proves(page)
    page.fill('[name="name"]', name)
    if passkey:
        page.check('[name="passwordless"]')
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")


def leaves(page) -> None:
    page.goto("/accounts/logout/")
    follow(page, "main button.button")


def test_a_passkey_is_enrolled_and_opens_the_office_without_a_password(site, browse):
    person = site.person("要 花子")
    page = browse(person)
    key = Key(page)
    enrols(page)
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    (held,) = key.credentials()
    assert held["isResidentCredential"] and held["rpId"] == "localhost"
    leaves(page)
    page.goto("/cases/?kind=x")
    assert "/accounts/login/" in page.url
    page.click("#passkey_login")
    page.wait_for_url(f"{site.url}/cases/**")
    assert page.url == f"{site.url}/cases/?kind=x" and "要 花子" in page.inner_text("body")
    page.goto("/accounts/2fa/webauthn/")
    assert "机の端末" in page.inner_text("main") and "最後の使用" in page.inner_text("main")


def test_a_security_key_stands_beside_the_password(site, browse):
    person = site.person("要 花子")
    page = browse(person)
    Key(page, STICK)
    enrols(page, "鍵", passkey=False)
    leaves(page)
    page.fill('input[name="login"]', person.email)
    page.fill('input[name="password"]', PASSWORD)
    page.get_by_role("button", name="ログインする", exact=True).click()
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.goto("/cases/")
    assert "/accounts/2fa/authenticate/" in page.url  # the password alone opens nothing
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_function("() => !location.pathname.startsWith('/accounts/')")
    page.wait_for_load_state()
    assert page.goto("/cases/").status == 200 and page.url == f"{site.url}/cases/"


def test_a_passkey_proves_who_one_is_before_a_grave_change(site, browse):
    person = site.person("要 花子")
    page = browse(person)
    Key(page)
    enrols(page)
    leaves(page)
    page.goto("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(f"{site.url}/")
    page.context.clear_cookies(name="sessionid")
    person.refresh_from_db()
    page.context.add_cookies(site.cookies(person))  # logged in long ago
    page.goto("/accounts/2fa/webauthn/add/")
    assert "reauthenticate" in page.url
    page.get_by_role("link", name="パスキー又はセキュリティーキーを使う").click()
    page.click("#mfa_webauthn_reauthenticate")
    page.wait_for_url("**/accounts/2fa/webauthn/add/")


def test_a_wrong_key_is_refused(site, browse):
    """The number of the registered key with another secret: whoever copied the number has nothing."""
    person = site.person("要 花子")
    page = browse(person)
    key = Key(page)
    enrols(page)
    leaves(page)
    (held,) = key.credentials()
    forged = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    assert b64decode(held["privateKey"]) != forged
    key.does("clearCredentials")
    key.does("addCredential", credential={**held, "privateKey": b64encode(forged).decode(), "signCount": 100})
    page.goto("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_selector(".banner, [role=alert]:not(:empty)")
    assert "/accounts/login/" in page.url and site.client(None).get("/cases/").status_code == 302
    page.goto("/cases/")
    assert "/accounts/login/" in page.url


def test_a_key_that_was_taken_off_opens_nothing(site, browse):
    person = site.person("要 花子")
    page = browse(person)
    Key(page)
    enrols(page)
    leaves(page)
    Authenticator.objects.filter(user=person).delete()
    page.goto("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_selector(".banner")
    page.goto("/cases/")
    assert "/accounts/login/" in page.url


def test_the_passkey_of_an_ended_account_opens_nothing(site, browse):
    person = site.person("要 花子")
    page = browse(person)
    Key(page)
    enrols(page)
    leaves(page)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    page.goto("/accounts/login/")
    follow(page, "#passkey_login")
    page.wait_for_function("() => !location.pathname.includes('webauthn')")
    page.goto("/cases/")
    assert "/accounts/login/" in page.url


@pytest.mark.parametrize("language,said", [("ja", "使えませんでした"), ("en", "could not be used")])
def test_without_a_key_the_page_says_so(site, browse, language, said):
    page = browse(language=language)
    Key(page)  # one that holds nothing
    page.goto("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_selector("[data-key-trouble]:not(:empty)")
    assert said in page.inner_text("[data-key-trouble]")


def test_a_key_that_is_registered_already_is_told_apart(site, browse):
    page = browse(site.person("要 花子"))
    Key(page)
    enrols(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill('[name="name"]', "二度目")
    page.check('[name="passwordless"]')
    page.click("#mfa_webauthn_add")
    page.wait_for_selector("[data-key-trouble]:not(:empty)")
    assert "もう登録されています" in page.inner_text("[data-key-trouble]")


def test_the_pages_are_clean(site, browse):
    page = browse(site.person("要 花子"))
    Key(page)
    enrols(page)
    held = Authenticator.objects.get(type="webauthn")
    for path in ("", "webauthn/", "webauthn/add/", f"webauthn/keys/{held.pk}/edit/",
                 f"webauthn/keys/{held.pk}/remove/", "recovery-codes/", "recovery-codes/generate/"):  # fmt: skip
        assert_clean(page, f"/accounts/2fa/{path}")
