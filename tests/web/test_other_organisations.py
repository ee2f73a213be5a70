"""Login at another organisation (OpenID Connect) in Chromium: known people come in, everybody else learns nothing."""

import pytest
from browser import assert_clean, follow
from django.conf import settings
from django.test import override_settings
from oidc_provider import Provider

from kaname.access.models import Person
from kaname.site.oidc import origins

HANA = {"sub": "h-1", "email": "person1@example.jp", "email_verified": True, "name": "Hana"}


@pytest.fixture
def other(site):
    """The other organisation, and an office that knows it as `KANAME_OIDC` would have it."""
    site.url = site.url.replace("127.0.0.1", "localhost")
    with Provider() as provider:
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        policy = {**policy, "form-action": [*policy["form-action"], *origins([provider.app])]}
        with override_settings(
            SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [provider.app], "OAUTH_PKCE_ENABLED": True}},
            CONTENT_SECURITY_POLICY={"DIRECTIVES": policy},
        ):
            yield provider
        assert provider.refused == []


def goes_there(page, answer: str = "yes"):
    """From the login page to the other organisation and back."""
    page.goto("/accounts/login/")
    follow(page, page.get_by_role("button", name="架空機関でログインする"))
    assert "/authorize?" in page.url
    follow(page, f"#{answer}")
    return page


def test_a_known_person_comes_in_and_goes_out(site, browse, other):
    person = site.person("要 花子")
    other.claims = {**HANA, "email": person.email}
    page = goes_there(browse())
    assert page.url == f"{site.url}/" and "要 花子" in page.inner_text("body")
    page.goto("/accounts/logout/")
    follow(page, "main button.button")
    page.goto("/cases/")
    assert "/accounts/login/" in page.url
    goes_there(page)  # joined by now: known by what the organisation calls the person
    assert page.url == f"{site.url}/"
    other.claims = {**other.claims, "email": "renamed@example.jp"}
    page.context.clear_cookies(name="sessionid")
    goes_there(page)
    assert page.url == f"{site.url}/" and Person.objects.count() == 1


def test_who_is_not_known_ended_or_not_verified_is_refused_alike(site, browse, other):
    person, gone = site.person("要 花子"), site.person("退職 太郎")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    seen = set()
    for claims in (
        {**HANA, "email": "stranger@example.jp", "sub": "1"}, {**HANA, "email": gone.email, "sub": "2"},
        {**HANA, "email": person.email, "email_verified": False, "sub": "3"}, {"sub": "4"},
    ):  # fmt: skip
        other.claims = claims
        page = goes_there(browse())
        said = page.inner_text("main")
        assert "この事務所には入れません" in said and page.title().startswith("この事務所には入れません")
        assert not any(word in said for word in ("@", "Hana", "退職", "stranger"))
        seen.add(said)
        page.goto("/cases/")
        assert "/accounts/login/" in page.url
    assert len(seen) == 1 and Person.objects.count() == 2


def test_a_person_whose_account_ended_after_joining_is_refused(site, browse, other):
    person = site.person("要 花子")
    other.claims = {**HANA, "email": person.email}
    goes_there(browse())
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert "この事務所には入れません" in goes_there(browse()).inner_text("main")


@pytest.mark.parametrize("lie", [{"aud": "somebody else"}, {"iss": "http://127.0.0.1:1"}, {"exp": 1}])
def test_a_token_for_somebody_else_or_of_yesterday_is_refused(site, browse, other, lie):
    person = site.person("要 花子")
    other.claims, other.id_token = {**HANA, "email": person.email}, lie
    page = goes_there(browse())
    assert "/accounts/login/" in page.url and "できませんでした" in page.inner_text("body")
    assert not any(word in page.inner_text("body") for word in ("aud", "JWT", "Invalid"))


def test_cancelling_there_leads_back(site, browse, other):
    page = goes_there(browse(), "no")
    assert "/accounts/login/" in page.url and "取りやめました" in page.inner_text("body")


def test_an_answer_that_nobody_asked_for_is_refused(site, browse, other):
    """A link that somebody else sends: their code in my browser would log me in as them."""
    person = site.person("要 花子")
    other.claims = {**HANA, "email": person.email}
    page = browse()
    page.goto("/accounts/oidc/other/login/callback/?code=x&state=y")
    assert "/accounts/login/" in page.url and "できませんでした" in page.inner_text("body")


def test_an_organisation_that_does_not_answer_is_told(site, browse, other):
    other.server.shutdown()
    other.server.server_close()
    page = browse()
    page.goto("/accounts/login/")
    follow(page, page.get_by_role("button", name="架空機関でログインする"))
    assert "/accounts/login/" in page.url and "できませんでした" in page.inner_text("body")


def test_a_page_of_an_unknown_organisation_is_no_page(site, browse, other):
    assert browse().goto("/accounts/oidc/nobody/login/").status == 404


def test_the_pages_are_clean(site, browse, other):
    page = browse()
    assert_clean(page, "/accounts/login/")
    assert_clean(page, "/accounts/oidc/other/login/")
    other.claims = {"sub": "9"}
    assert_clean(page, "/accounts/inactive/")
