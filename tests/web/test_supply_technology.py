"""The checklist on protection of technology: answered by measure and partner, kept as acts, seen by the ministry."""

import re
from datetime import date
from html import unescape

import pytest
from browser import assert_clean
from django.conf import settings
from django.test import Client
from supply_cases import told

from access.folk import person
from kaname.ledger import clock, reading
from kaname.regimes.supply.catalogue import MEASURES
from kaname.regimes.supply.checklist import checklist

MAKER = "架空電池工業株式会社"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2024, 6, 3))


@pytest.fixture
def case(db) -> str:
    """A battery plan, certified, with two answers on record."""
    return told("plan_changes", 5, party=MAKER)


@pytest.fixture
def maker(db):
    return person("Hikari", "applicant", "certified_business", kind="supply.plan", party=MAKER, sealed=True)


def login(who, language="ja") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def text(answer) -> str:
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())))


def recorded(client, to) -> None:
    """From the check page to the receipt."""
    page = client.get(to)
    assert page.status_code == 200, to
    values = dict(re.findall(r'name="(key|seq|whose)" value="([^"]*)"', page.content.decode()))
    assert "/receipt/" in client.post(to, values)["Location"] or client.post(to, values).status_code == 302


def test_the_list_says_what_stands_for_whom_and_by_what(case, maker):
    said = text(login(maker).get(f"/cases/{case}/technology/"))
    assert "22項目のうち1項目が満たされています" in said and "認定の要件としています" in said
    assert "台帳" in said and "見本素材株式会社" in said and "論点205" in said
    assert all(q.asks.ja in said for q in MEASURES.values())
    english = text(login(maker, "en").get(f"/cases/{case}/technology/"))
    assert "1 of 22 questions are met" in english and all(q.asks.en in english for q in MEASURES.values())


def test_answers_become_one_act_with_what_changed_alone(case, maker):
    client = login(maker)
    to = client.post(
        f"/cases/{case}/technology/2/",
        {"tp2-1-answer": "yes", "tp2-1-evidence": "アクセス者の一覧", "tp2-1-on": "R6.6.1", "tp2-5-answer": "no"},
    )
    assert to.status_code == 302 and "/check/" in to["Location"]
    recorded(client, to["Location"])
    standing = reading.standing(case)
    lines = {i.question.id: i for i in checklist(standing).items if i.lines}
    assert set(lines) == {"tp1.1", "tp2.1", "tp2.5", "tp3.2"} and lines["tp2.5"].state == "no"
    assert lines["tp2.1"].lines[0].reviewed_on == date(2024, 6, 1)
    assert lines["tp1.1"].lines[0].evidence == "台帳", "what was not asked again stays"
    page = client.get(f"/cases/{case}/technology/2/").content.decode()
    assert 'value="アクセス者の一覧"' in page and 'value="2024/06/01"' in page
    again = client.post(
        f"/cases/{case}/technology/2/",
        {"tp2-1-answer": "yes", "tp2-1-evidence": "アクセス者の一覧", "tp2-1-on": "2024/06/01", "tp2-5-answer": "no"},
    )
    assert again["Location"] == f"/cases/{case}/technology/", "nothing changed, nothing to record"


def test_each_partner_has_answers_of_its_own(case, maker):
    client = login(maker)
    shown = client.get(f"/cases/{case}/technology/3/?partner=見本素材株式会社").content.decode()
    assert re.search(r'value="no"[^>]*checked', shown)
    to = client.post(f"/cases/{case}/technology/3/", {"partner": "幻装置株式会社", "tp3-2-answer": "yes"})["Location"]
    recorded(client, to)
    found = checklist(reading.standing(case))
    assert found.partners == ("幻装置株式会社", "見本素材株式会社")
    item = next(i for i in found.items if i.question.id == "tp3.2")
    assert {line.partner: line.answer for line in item.lines} == {"幻装置株式会社": "yes", "見本素材株式会社": "no"}
    assert item.state == "no", "one partner without is enough"


def test_an_unfinished_draft_keeps_the_answers_of_another_measure(case, maker):
    client = login(maker)
    client.post(f"/cases/{case}/technology/1/", {"tp1-2-answer": "not_applicable"})
    to = client.post(f"/cases/{case}/technology/4/", {"tp4-1-answer": "yes"})["Location"]
    recorded(client, to)
    answered = {i.question.id for i in checklist(reading.standing(case)).items if i.lines}
    assert {"tp1.2", "tp4.1"} <= answered


def test_what_cannot_be_read_is_told_at_its_field(case, maker):
    page = login(maker).post(f"/cases/{case}/technology/1/", {"tp1-2-answer": "yes", "tp1-2-on": "2024-02-31"})
    assert page.status_code == 422 and 'value="2024-02-31"' in page.content.decode()


def test_the_ministry_sees_the_list_and_gives_its_view_but_does_not_answer(case, db):
    client = login(person("Meti", "product_minister", kind="supply.plan", sealed=True))
    page = client.get(f"/cases/{case}/technology/")
    assert "見解を述べる" in text(page) and "technology/2/" not in page.content.decode()
    assert client.get(f"/cases/{case}/technology/2/").status_code == 404
    assert 'aria-current="page"' in page.content.decode()


def test_another_case_has_no_such_page(db):
    survey = told("survey_answered", kind="supply.survey")
    client = login(person("Meti", "minister", kind="supply.survey"))
    assert client.get(f"/cases/{survey}/technology/").status_code == 404


def test_the_pages_hold_what_every_page_holds(site, browse):
    who = site.person("電池 光", roles=("certified_business",), sealed=True)
    case = told("plan_changes", 5, party=MAKER)
    page = browse(who)
    for path in ("", "2/", "3/?partner=見本素材株式会社"):
        assert_clean(page, f"/cases/{case}/technology/{path}")
