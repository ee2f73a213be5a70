"""Pages around the login in the look of the office: clean in both languages, usable with script and without."""

import pytest
from allauth.mfa.models import Authenticator
from browser import assert_clean, follow

SIGNED_IN = ("/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/")


def test_login(site, browse):
    assert_clean(browse(), "/accounts/login/")


@pytest.mark.parametrize("path", SIGNED_IN)
def test_signed_in(site, browse, path):
    page = browse(site.person("要 花子"))
    page.goto(path)
    if "reauthenticate" in page.url:
        page.locator("input[type=password]").fill("correct horse battery")
        follow(page, "main button.button")
    assert_clean(page, path)


def test_a_wrong_password_is_told_above_and_at_the_field(site, browse):
    page = browse(script=False)
    page.goto("/accounts/login/")
    page.get_by_label("メールアドレス").fill("nobody@example.jp")
    page.locator("input[type=password]").fill("wrong")
    follow(page, page.get_by_role("button", name="ログインする", exact=True))
    assert page.title().startswith("エラー：")
    assert page.locator(".error-summary li").count() >= 1
    assert page.get_by_label("メールアドレス").input_value() == "nobody@example.jp"


def test_recovery_codes_can_be_shown(site):
    person = site.person("要 花子")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "A" * 32})
    page = site.client(person).get("/accounts/2fa/").content.decode()
    assert "使うのをやめる" in page
