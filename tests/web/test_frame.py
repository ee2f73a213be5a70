"""The frame of every page: who is here, doors, language, theme, and what an error page says."""

import re
from datetime import date

import pytest
from browser import assert_clean, expect
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from kaname.web.views import errors


def _text(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


def test_the_language_switch_comes_back_and_stays(site):
    person = site.person("要 花子")
    client = site.client(person)
    assert '<html lang="ja"' in client.get("/settings/?x=1").content.decode()
    answer = client.post("/settings/language/", {"language": "en", "next": "/settings/?x=1"})
    assert answer["Location"] == "/settings/?x=1"
    assert '<html lang="en"' in client.get("/settings/").content.decode()
    person.refresh_from_db()
    assert person.language == "en"
    elsewhere = site.client(person)  # another browser without the cookie: the person's own language
    assert '<html lang="en"' in elsewhere.get("/settings/").content.decode()


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"])
def test_the_language_switch_leads_nowhere_else(site, to):
    assert site.client(None).post("/settings/language/", {"language": "en", "next": to})["Location"] == "/"


def test_an_unknown_language_or_theme_is_not_kept(site):
    client = site.client(site.person("要 花子"))
    client.post("/settings/language/", {"language": "xx"})
    client.post("/settings/", {"theme": '"><script>', "language": "", "keys": "off"})
    page = client.get("/settings/").content.decode()
    assert '<html lang="ja">' in page
    assert 'data-keys="off"' in page


def test_the_frame_asks_little(site):
    client = site.client(site.person("要 花子", roles=("applicant",)))
    client.get("/settings/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/settings/")
    own = [q["sql"] for q in asked if "session" not in q["sql"].lower()]
    assert len(own) <= 4, own  # the person, the office, the mandates, the count


def test_roles_and_office_are_shown(site):
    page = _text(site.client(site.person("要 花子", roles=("applicant", "jpo"))).get("/settings/"))
    for said in ("要 花子", "架空特許事務所", "特許出願人、特許庁長官"):
        assert said in page


def test_nobody_sees_no_doors(site):
    page = site.client(None).get("/settings/").content.decode()
    assert '<nav aria-label="主な画面"' not in page
    assert "/accounts/login/" in page


def test_skip_link_is_the_first_stop(site, browse):
    page = browse(site.person("要 花子"))
    page.goto("/settings/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_menu_closes_with_escape_and_gives_focus_back(site, browse):
    page = browse(site.person("要 花子"))
    page.goto("/settings/")
    page.locator("details.who summary").click()
    page.locator(".menu a").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".menu")).to_be_hidden()
    expect(page.locator("details.who summary")).to_be_focused()


@pytest.mark.parametrize("path", ["/settings/", "/help/"])
def test_clean(site, browse, path):
    assert_clean(browse(site.person("要 花子", roles=("applicant",))), path)


# -- error pages -------------------------------------------------------------------------------------------------------


def test_an_error_page_is_clean(site, browse):
    assert_clean(browse(site.person("要 花子")), "/no/such/page/", status=404)


def test_a_page_that_is_not_there_does_not_repeat_its_address(site):
    answer = site.client(site.person("要 花子")).get("/cases/secret-name/")
    assert answer.status_code == 404
    assert "secret-name" not in _text(answer)


def test_a_form_without_token_says_what_was_kept(site):
    client = site.client(site.person("要 花子"))
    client.handler.enforce_csrf_checks = True
    answer = client.post("/settings/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "入力した内容が残っています" in _text(answer)


def test_a_form_that_is_too_large(site):
    client = site.client(site.person("要 花子"))
    answer = client.post("/settings/", {"theme": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "大きすぎます" in _text(answer)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_error_page_tells_what_why_and_what_to_do(site, language):
    from django.utils.translation import override

    with override(language):
        request = RequestFactory(HTTP_HOST="localhost").get("/")
        request.user = AnonymousUser()
        for answer in (errors.bad_request(request), errors.forbidden(request), errors.not_found(request),
                       errors.csrf_failure(request), errors.too_large(request)):  # fmt: skip
            page = answer.content.decode()
            assert f'<html lang="{language}"' in page
            assert {"ja": "どうすればよいか", "en": "What to do"}[language] in page
            assert f" {answer.status_code}" in _text(answer)


def test_a_day_is_read_for_the_echo(site):
    client = site.client(site.person("要 花子"))
    assert client.get("/read/day/", {"day": "R8.11.23"}).json()["day"] == str(date(2026, 11, 23))
    assert client.get("/read/day/", {"day": "いつか"}).json()["day"] is None
