"""The way into stable supply: for whom it is, what it leads to, in both languages and in a browser."""

import re
from html import unescape

import pytest
from browser import assert_clean
from django.conf import settings
from django.test import Client

from access.folk import person

ROLES = ("applicant", "certified_business", "product_minister", "minister", "business")


def login(who, language="ja") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_link_of_the_home_opens_a_page(language):
    client = login(person("Meti", *ROLES, kind="supply.plan"), language)
    page = client.get("/supply/")
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    links = [unescape(href) for href in re.findall(r'<li><a href="([^"]+)"', main)]
    assert links and len(links) == len(set(links))
    for link in links:
        assert client.get(link).status_code == 200, link
    said = re.sub(r"<[^>]+>", " ", main)
    assert bool(re.findall(r"[ぁ-ん]{3,}", said)) is (language == "ja")


@pytest.mark.django_db
def test_the_door_stands_open_to_those_who_act_in_the_chapter():
    meti, jpo = person("Meti", "product_minister", kind="supply.plan"), person("Jpo", "jpo", kind="patents.application")
    assert 'href="/supply/"' in login(meti).get("/").content.decode()
    assert 'href="/supply/"' not in login(jpo).get("/").content.decode()


def test_the_home_holds_what_every_page_holds(site, browse):
    assert_clean(browse(site.person("経産 桜", roles=("product_minister",))), "/supply/")
