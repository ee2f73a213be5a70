"""The picture of the Act as pages: any day in the address, every figure with its source and the way to its records."""

import re
from datetime import date
from html import unescape

import pytest
import supply_cases
from browser import assert_clean
from django.conf import settings
from django.test import Client

from access.folk import person
from kaname.registers import open_data
from kaname.registers.picture import picture
from kaname.registers.subjects import SUBJECTS
from kaname.registers.words import figure as told

DECK = date(2024, 6, 4)
DAYS = ("2022-05-18", "2023-04-01", "2024-06-04", "2026-11-26", "2030-01-01")
PAGES = ("", *(f"{id}/" for id in SUBJECTS))


def login(who, language="ja") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def meti(db):
    return person("Meti", "product_minister", "minister", kind="supply.plan")


def main_of(page):
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_every_day_answers_and_every_link_of_it(meti, language):
    client, seen = login(meti, language), set()
    for day in DAYS:
        for at in PAGES:
            page = client.get(f"/glance/{at}?as_of={day}")
            assert page.status_code == 200, (at, day)
            links = {unescape(h) for h in re.findall(r'href="(/[^"]+)"', main_of(page))}
            seen |= {link for link in links if not link.startswith("/static")}
    by_form = {re.sub(r"\d{4}-\d\d-\d\d", "DAY", link): link for link in sorted(seen)}
    assert len(by_form) > 40
    for link in by_form.values():
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_figure_stands_on_a_page_with_its_source(meti, language):
    client = login(meti, language)
    said = {at: unescape(main_of(client.get(f"/glance/{at}?as_of=2024-06-04"))) for at in PAGES}
    of = picture(DECK, meti)
    for page_id, numbers in (("", of.cover), *((f"{p.id}/", p.blocks) for p in of.pages)):
        for f in (f for b in numbers for f in getattr(b, "figures", ())):
            assert f.label[language] in said[page_id], f.id
            assert told(f, language) in said[page_id], f.id
            if f.source:
                assert f.source.label[language] in said[page_id], f.id


def test_a_day_before_the_act_is_refused_and_says_why(meti):
    for at in PAGES:
        page = login(meti, "en").get(f"/glance/{at}?as_of=2022-05-17")
        assert page.status_code == 400
        assert "there was no Act" in page.content.decode()
    assert login(meti).get("/glance/?as_of=2024-13-40").status_code == 400
    assert login(meti).get("/glance/nowhere/").status_code == 404
    assert login(meti).get("/glance/data/supply.products_table.csv?as_of=2022-05-17").status_code == 404


def test_pages_lead_from_one_to_the_next_and_keep_the_day(meti):
    client, at, found = login(meti), "/glance/?as_of=2024-06-04", []
    while at:
        page = client.get(at).content.decode()
        found.append(at)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        at = unescape(after[1]) if after else ""
    assert found == [f"/glance/{page}?as_of=2024-06-04" for page in PAGES]


def test_a_table_is_taken_away_as_csv(meti):
    client = login(meti, "en")
    for id, table in open_data.tables(picture(DECK, meti)).items():
        found = client.get(f"/glance/data/{id}.csv?as_of=2024-06-04")
        assert found.status_code == 200, id
        lines = b"".join(found.streaming_content).decode().removeprefix("\ufeff").splitlines()
        assert lines[0].split(",")[0] == "id"
        assert len(lines) >= 1 + len(table.rows)
    assert client.get("/glance/data/nothing.csv").status_code == 404


def test_the_cases_behind_a_figure_are_listed_for_who_may_know_of_them(meti):
    supply_cases.told("plan_cancelled", party="架空電池株式会社")
    page = login(meti, "en").get("/glance/records/?kind=supply.plan")
    assert page.status_code == 200
    assert 'href="/cases/' in main_of(page)
    stranger = person("Jpo", "jpo", kind="patents.application")
    assert 'href="/cases/' not in main_of(login(stranger, "en").get("/glance/records/?kind=supply.plan"))
    assert login(meti).get("/glance/records/?kind=nothing").status_code == 404


@pytest.mark.parametrize("at", PAGES)
def test_pages_hold_what_every_page_holds(site, browse, at):
    assert_clean(browse(site.person("経産 桜", roles=("product_minister",))), f"/glance/{at}?as_of=2024-06-04")
