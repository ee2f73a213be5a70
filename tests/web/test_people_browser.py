"""Pages about people, and the answers to forms, in Chromium: clean at every width, in both languages, on paper."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from browser import assert_clean, assert_stands, follow

from access.folk import circle
from desk import PASSWORD
from kaname.access.login import invitations
from kaname.access.models import Mandate, Placement
from kaname.ledger.models import Case
from web import world

TODAY = date.today()
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


@pytest.fixture
def chief(site):
    return site.person("管理 一郎", administers=True)


@pytest.fixture
def hana(site):
    """A person with mandates of every sort: over all, over a kind, over a party, read-only, ended."""
    hana = site.person("特許 花子", ("applicant",), sealed=True)
    more = {"person": hana, "valid_from": date(2024, 4, 1)}
    Mandate.objects.create(**more, role="jpo", kind="patents.application", may_act=False)
    Mandate.objects.create(**more, role="applicant", party="架空電機株式会社", valid_until=TODAY + timedelta(90))
    Mandate.objects.create(**more, role="expert", valid_until=TODAY - timedelta(30))
    return hana


def proves(page) -> None:
    if "reauthenticate" in page.url:
        page.fill("input[type=password]", PASSWORD)
        follow(page, "main button.button")


def sends(page, **typed: str) -> None:
    """Fill a form in by the names of its fields and send it; prove who one is where that is asked."""
    for name, value in typed.items():
        found = page.locator(f'main [name="{name}"]')
        sort = found.first.get_attribute("type")
        tag = found.first.evaluate("e => e.tagName")
        if sort in ("radio", "checkbox"):
            found.and_(page.locator(f'[value="{value}"]')).check()
        elif tag == "SELECT":
            found.select_option(value)
        else:
            found.first.fill(value)
    follow(page, "main form button.button")
    proves(page)


# -- administrators ---------------------------------------------------------------------------------------------------


def test_the_pages_of_administrators_are_clean(browse, chief, hana):
    page = browse(chief)
    given = Mandate.objects.filter(person=hana).first()
    for path in ("", f"?on={TODAY - timedelta(60)}", "new/", "offices/", f"offices/{hana.office.public_id}/",
                 f"{hana.public_id}/",
                 f"{hana.public_id}/end/", f"{hana.public_id}/mandates/new/", f"mandates/{given.public_id}/end/",
                 "compartments/new/"):  # fmt: skip
        assert_clean(page, f"/people/{path}")


@LANGUAGES
def test_an_invitation_is_clean_from_the_link_to_the_password(site, browse, chief, hana, language):
    page = browse(chief, language=language)
    page.goto("/people/new/")
    sends(page, email="neu@example.jp", name="新人 次郎", office=hana.office.public_id, language=language,
          administers="no")  # fmt: skip
    link = page.locator("main input[readonly]").input_value()
    assert_stands(page, f"people_new_done-{language}")
    invited = browse(language=language)
    assert_clean(invited, link.removeprefix(site.url), languages=(language,))
    sends(invited, password1="short", password2="short")
    invited.complaints = [c for c in invited.complaints if "422" not in c]
    assert_stands(invited, f"welcome_refused-{language}")
    sends(invited, password1="four words in a row", password2="four words in a row")
    assert "/accounts/login/" in invited.url
    assert_stands(invited, f"welcome_done-{language}")


@LANGUAGES
def test_what_an_administrator_cannot_do_is_told_cleanly(browse, chief, hana, language):
    page = browse(chief, language=language)
    page.goto(f"/people/{hana.public_id}/mandates/new/")
    sends(page)
    page.complaints = [c for c in page.complaints if "422" not in c]
    assert page.locator(".error-summary").count() == 1
    assert_stands(page, f"mandate_refused-{language}")


# -- everybody -------------------------------------------------------------------------------------------------------


def test_the_pages_of_a_compartment_are_clean(browse, hana, site):
    room = circle("極秘の輪", hana, site.person("同僚 三郎", ("applicant",)))
    case = world.filed(hana, TODAY - timedelta(30))
    Placement.objects.create(case=Case.objects.get(public_id=case), compartment=room)
    page = browse(hana)
    assert_clean(page, "/compartments/")
    assert_clean(page, f"/compartments/{room.public_id}/")
    assert_clean(browse(site.person("部外 四郎", ("applicant",))), "/compartments/")


def test_the_pages_of_two_steps_are_clean(browse, site, hana):
    TOTP.activate(hana, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    page = browse(hana)
    page.goto("/accounts/2fa/totp/deactivate/")
    proves(page)
    for path in ("2fa/", "2fa/totp/deactivate/", "password/change/", "logout/"):
        assert_clean(page, f"/accounts/{path}")
    for language in ("ja", "en"):
        comes = browse(language=language)
        comes.goto("/accounts/login/")
        comes.fill('input[name="login"]', hana.email)
        comes.fill('input[name="password"]', PASSWORD)
        follow(comes, "main form button.button")
        assert comes.url.endswith("/2fa/authenticate/")
        assert_stands(comes, f"2fa_authenticate-{language}")
        comes.fill('input[name="code"]', "000000")
        follow(comes, "main form button.button")
        assert comes.locator(".error-summary").count()
        assert_stands(comes, f"2fa_wrong-{language}")


@LANGUAGES
@pytest.mark.parametrize("way", ["", "2fa/"])
def test_the_page_that_asks_again_is_clean(browse, site, hana, language, way):
    hana.language = language
    hana.save()
    TOTP.activate(hana, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    page = browse(hana, language=language)
    page.goto("/accounts/2fa/webauthn/add/")
    page.goto(f"/accounts/{way}reauthenticate/?next=/settings/")
    assert "reauthenticate" in page.url
    assert_stands(page, f"reauthenticate{way.strip('/')}-{language}")


@LANGUAGES
def test_recovery_codes_are_clean(browse, hana, language):
    page = browse(hana, language=language)
    TOTP.activate(hana, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    page.goto("/accounts/2fa/recovery-codes/generate/")
    proves(page)
    page.goto("/accounts/2fa/recovery-codes/generate/")
    follow(page, "main form button.button")
    assert Authenticator.objects.filter(user=hana, type="recovery_codes").exists()
    page.goto("/accounts/2fa/recovery-codes/")
    assert_stands(page, f"recovery_codes-{language}")


@LANGUAGES
def test_what_was_kept_when_the_session_ended_is_clean(browse, hana, language):
    page = browse(hana, language=language)
    page.goto("/new/patents.application/")
    page.fill("[name='act.on']", f"{TODAY - timedelta(3):%Y%m%d}")
    page.fill("[name='act.party']", world.PARTY)
    page.context.clear_cookies(name="sessionid")
    page.click("button[value=check]")
    page.wait_for_url("**/accounts/login/**")
    page.fill('input[name="login"]', hana.email)
    page.fill('input[name="password"]', PASSWORD)
    follow(page, "main form button.button")
    assert page.url.endswith("/accounts/kept/")
    assert world.PARTY in page.inner_text("main")
    assert_stands(page, f"kept-{language}")


@LANGUAGES
def test_an_invitation_that_cannot_be_used_is_no_page(browse, hana, language):
    secret = invitations.invite(None, hana)
    invitations.invite(None, hana)
    assert_clean(browse(language=language), f"/accounts/welcome/{secret}/", languages=(language,), status=404)
