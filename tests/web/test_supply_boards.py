"""Board of plans, classifier of changes, answers to surveys: what they say, of which cases, and what it costs."""

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
from kaname.access.models import Compartment, Mandate, Person, Placement
from kaname.ledger import clock
from kaname.ledger.models import Case

PAGES = ("board/", "board/?state=all", "change/", "surveys/", "surveys/send/")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    def turned(day: str) -> None:
        monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(day))

    turned("2024-07-03")
    return turned


@pytest.fixture
def minister(db):
    return of_products_and_surveys()


def of_products_and_surveys() -> Person:
    """A minister who has to do with plans, and with surveys."""
    who = person("Meti", "product_minister", kind="supply.plan", sealed=True)
    Mandate.objects.create(person=who, role="minister", kind="supply.survey", valid_from=date(2020, 1, 1))
    return who


def login(who, language="ja") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def text(answer) -> str:
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_empty_and_full_in_both_languages(page, language, minister):
    client = login(minister, language)
    text(client.get(f"/supply/{page}"))
    told("plan_s5_joint", 4)
    told("plan_s1_annual_report", 4)
    told("survey_answered", kind="supply.survey")
    said = text(client.get(f"/supply/{page}"))
    assert bool(re.findall(r"[ぁ-ん]{3,}", said.replace("日本語", ""))) is (language == "ja")


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_without_a_login(page, client):
    assert client.get(f"/supply/{page}").status_code == 302


# -- the board -------------------------------------------------------------------------------------------------------


def test_the_board_tells_the_target_the_missing_consultation_and_the_days_of_waiting(minister, today):
    """Applied on 2023-03-10: one month ends on 04-10. Documents were waited for from the 14th to the 20th: six days."""
    told("plan_s5_joint", 4)
    today("2023-03-24")
    said = text(login(minister).get("/supply/board/"))
    assert "2023年4月10日（月）（あと17日）" in said
    assert "9条5項の協議がまだの申請が1件" in said
    assert "31日のうち14日" in said and "待った6日を除けば 2023-04-16（定めはない）" in said
    told_en = text(login(minister, "en").get("/supply/board/"))
    assert "14 of 31 days" in told_en and "2023-04-16 without 6 days of waiting (not laid down)" in told_en


def test_the_board_says_that_the_end_of_the_month_deems_nothing(minister, today):
    told("plan_s5_joint", 5)
    today("2023-04-11")
    said = text(login(minister).get("/supply/board/"))
    assert "標準処理期間を過ぎました。過ぎても認定とはみなされません" in said


def test_the_board_lists_reports_that_are_due_and_late(minister, today):
    """Scenario S1: the year ended on 2024-03-31, the report is due on Monday 2024-07-01."""
    told("plan_s1_annual_report", 4)
    today("2024-06-28")
    said = text(login(minister).get("/supply/board/?state=certified"))
    assert "2024-07-01" in said and "期限まで3日" in said
    today("2024-07-02")
    said = text(login(minister).get("/supply/board/?state=certified"))
    assert "期限（原則）を過ぎた定期の報告が1件" in said and "期限超過 1日" in said


def test_a_board_is_drawn_with_the_same_number_of_statements_however_long(minister, today):
    client, counts = login(minister), []
    today("2023-03-24")
    for _ in range(3):
        told("plan_s5_joint", 4)
        client.get("/supply/board/")
        with CaptureQueriesContext(
            connection,
        ) as ctx:
            client.get("/supply/board/")
        counts.append(len(ctx))
    assert len(set(counts)) == 1, counts


def test_the_board_can_be_taken_away(minister, today):
    told("plan_s5_joint", 4)
    today("2023-03-24")
    rows = list(
        csv.reader(io.StringIO(b"".join(login(minister, "en").get("/supply/board/?csv=1")).decode("utf-8-sig")))
    )
    line = dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 2 and line["order"] == "mlit" and line["funds (yen)"] == "6000000000"
    assert line["applicants"] == "見本内燃機株式会社;架空発動機株式会社" and line["to be consulted about"] == "1"


def test_what_is_hidden_is_on_no_page(minister):
    """Twin worlds: with hidden cases, and without them."""
    paths = ("board/", "board/?state=all", "board/?state=certified", "change/", "surveys/")
    told("plan_s5_joint", 4)
    client = login(minister)
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    before = [token.sub(b"", client.get(f"/supply/{p}").content) for p in paths]
    room = Compartment.objects.create(name="秘")
    for name, kind in (("plan_s5_joint", "supply.plan"), ("survey_answered", "supply.survey")):
        Placement.objects.create(case=Case.objects.get(public_id=told(name, kind=kind)), compartment=room)
    assert [token.sub(b"", client.get(f"/supply/{p}").content) for p in paths] == before


# -- the classifier --------------------------------------------------------------------------------------------------


def test_a_change_of_a_case_is_judged_by_its_order_and_leads_to_the_act(minister):
    case = told("plan_s1_annual_report", 4)
    client = login(minister)
    page = client.get(f"/supply/change/?case={case}&funds=13,100,000,000")
    said = text(page)
    assert "軽微な変更です" in said and "10%未満（+9.17%）" in said and "経産認定省令" not in said
    assert f"/cases/{case}/act/plan_minor_change.classify/?run=n1" in page.content.decode()
    prior = client.get(f"/supply/change/?case={case}&funds=13200000000")
    assert "変更の前に認定を受ける必要があります" in text(prior)
    assert f"/cases/{case}/act/plan_change.submit/?run=c1" in prior.content.decode()


def test_a_change_is_judged_without_a_case_too(minister):
    client = login(minister, "en")
    asked = "order={}&was_period_end=2028-03-31&period_end=R10.9.30"
    assert "A minor change" in text(client.get(f"/supply/change/?{asked.format('meti')}"))
    assert "certification beforehand" in text(client.get(f"/supply/change/?{asked.format('maff')}"))
    wrong = client.get("/supply/change/?order=meti&period_end=2028-02-31")
    assert wrong.status_code == 400 and "error" in wrong.content.decode().lower()
    assert "Nothing changes yet" in text(client.get("/supply/change/?order=meti"))


# -- surveys ---------------------------------------------------------------------------------------------------------


def test_the_answers_are_listed_and_silence_is_silence(minister, today):
    told("survey_answered", 3, kind="supply.survey")
    today("2025-04-01")
    client = login(minister)
    said = text(client.get("/supply/surveys/"))
    assert "2者に求め、1者が回答し、1者の回答を待っています" in said and "りん酸アンモニウム" in said
    assert "在庫三月分" not in said, "what was answered is sealed"
    assert "期限超過" not in said
    rows = list(csv.reader(io.StringIO(b"".join(client.get("/supply/surveys/?csv=1")).decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["b", "a"], "who has not answered comes first"


# -- in a browser ----------------------------------------------------------------------------------------------------


def test_the_pages_hold_what_every_page_holds(site, browse, today):
    minister = site.person("経済 桜", roles=("product_minister", "minister"), sealed=True)
    told("plan_s5_joint", 4)
    case = told("plan_s1_annual_report", 4)
    told("survey_answered", kind="supply.survey")
    page = browse(minister)
    changed = f"change/?case={case}&funds=13100000000"
    for path in ("board/", "board/?state=certified", changed, "surveys/", "surveys/send/"):
        assert_clean(page, f"/supply/{path}")
