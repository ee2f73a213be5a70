"""Register of products and the sheet of the four requirements: what they say on a day, and of which cases."""

import csv
import io
import re
from datetime import date

import pytest
from browser import assert_clean
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from supply_cases import told

from access.folk import person
from kaname.ledger import clock

KIND = "supply.product"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 2))


@pytest.fixture
def minister(db):
    return person("Meti", "product_minister", "cabinet_office", kind=KIND, sealed=True)


def login(who, language="ja") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def text(answer, status=200) -> str:
    assert answer.status_code == status, answer
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize(("on", "count"), [
    ("2022-12-22", 0), ("2022-12-23", 11), ("2024-02-01", 11), ("2024-02-02", 12), ("2024-06-04", 12),
    ("2025-12-23", 12), ("2025-12-24", 16),
])  # fmt: skip
def test_the_register_counts_the_products_of_its_day(on, count, minister):
    assert f"{count} products are designated." in text(login(minister, "en").get(f"/supply/products/?on={on}"))


def test_a_ministry_and_words_narrow_the_register(minister):
    client = login(minister, "en")
    sheet = b"".join(client.get("/supply/products/?order=joint&csv=1").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))
    assert [row[:5] for row in rows[1:]] == [["ventilators", "13", "MHLW and METI", "2025-12-19", "2025-12-24"]]
    assert "critical minerals" in text(client.get("/supply/products/?q=URANIUM"))
    assert "No product fits" in text(client.get("/supply/products/?q=nothing-of-the-kind"))


def test_a_day_that_cannot_be_read_is_told(minister):
    page = login(minister, "en").get("/supply/products/?on=nonsense")
    assert page.status_code == 400
    assert 'aria-invalid="true"' in page.content.decode()


def test_the_scope_of_a_product_is_that_of_the_day(minister):
    client = login(minister, "en")
    assert "uranium added" not in text(client.get("/supply/products/?on=2024-02-01&order=meti"))
    assert "uranium added" in text(client.get("/supply/products/?on=2024-02-02&order=meti"))


def test_a_product_tells_since_when_plans_can_be_filed(minister):
    """Designated on 24 December 2025; the order on certification came two days later."""
    assert "Plans can be filed from 26 Dec 2025" in text(login(minister, "en").get("/supply/products/ventilators/"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_product_tells_its_cases_to_those_who_may_see_them(language, minister):
    case = told("product_minerals", kind=KIND)
    mine = login(minister, language).get("/supply/products/minerals/").content.decode()
    assert f"/cases/{case}/" in mine
    other = login(person("Jpo", "jpo", kind="patents.application"), language)
    assert f"/cases/{case}/" not in other.get("/supply/products/minerals/").content.decode()
    assert f"/cases/{case}/" not in other.get("/supply/products/").content.decode()
    assert other.get(f"/cases/{case}/requirements/").status_code == 404
    assert other.get("/supply/products/nothing/").status_code == 404


def test_a_candidate_stands_below_the_products(minister):
    case = told("product_designated", 2, kind=KIND)
    page = login(minister, "en").get("/supply/products/").content.decode()
    assert f"/cases/{case}/requirements/" in page
    assert "架空素材" in page


def test_the_sheet_tells_findings_reasons_evidence_and_what_the_answer_turns_on(minister):
    case = told("product_designated", 3, kind=KIND)
    page = login(minister, "en").get(f"/cases/{case}/requirements/")
    said = text(page)
    assert "1 Aug 2025 (Fri) : 架空素材 was found to meet the four requirements." in said
    assert "changes if this is denied: excessively dependent on outside supply" in said
    assert "+0.20" in said, "the value lies 0.20 above what it was compared with"
    assert "No law sets a number." in said
    assert 'href="/assess/trade/見本"' in page.content.decode()
    before = told("product_designated", 2, kind=KIND)
    assert "are not judged yet" in text(login(minister, "en").get(f"/cases/{before}/requirements/"))


def test_an_entered_product_has_no_judgement_on_record(minister):
    case = told("product_minerals", 2, kind=KIND)
    said = text(login(minister, "en").get(f"/cases/{case}/requirements/"))
    assert "No judgement of the four requirements is on record" in said


def test_a_page_of_another_place_is_no_link(minister):
    from access.folk import key, recorded
    from kaname.ledger import api as ledger
    from kaname.procedure import Entry

    row = {"requirement": "r2", "value": "0.7", "as_of": "2025-01-01", "page": "//elsewhere.example/x"}
    entry = Entry("designation.risk_review", date(2025, 6, 2), {"name": "見本", "sheet": ["x"], "evidence": [row]}, "",
                  "product_minister")  # fmt: skip
    case = recorded(ledger.open_case(KIND, entry, idempotency_key=key())).case
    page = login(minister).get(f"/cases/{case}/requirements/").content.decode()
    assert "elsewhere.example" in page
    assert 'href="//elsewhere.example' not in page


def test_the_register_asks_the_database_as_often_for_one_case_as_for_many(minister):
    client, counts = login(minister), []
    for more in (1, 6):
        for _ in range(more):
            told("product_minerals", 2, kind=KIND)
        client.get("/supply/products/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/supply/products/")
        counts.append(len(asked))
    assert counts[0] == counts[1], counts


def test_the_pages_hold_what_every_page_holds(site, browse):
    case, minerals = told("product_designated", 3, kind=KIND), told("product_minerals", kind=KIND)
    page = browse(site.person("経産 桜", roles=("product_minister", "cabinet_office")))
    for address in ("/supply/products/", "/supply/products/minerals/", f"/cases/{case}/requirements/",
                    f"/cases/{minerals}/requirements/", f"/cases/{case}/act/designation.comment/"):  # fmt: skip
        assert_clean(page, address)
