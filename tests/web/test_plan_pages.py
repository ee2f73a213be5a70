"""A plan under the generic pages: opened, filed and accepted through them; every act has its form in both languages."""

import re
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from access.folk import key, person, recorded
from kaname.access import api as access
from kaname.procedure import Entry
from kaname.procedure.index import index
from kaname.regimes import KINDS

pytestmark = pytest.mark.django_db
KIND = "infrastructure.plan"
PLAN = KINDS[KIND]
FILED = {
    "plan": "計画書", "facility": "勘定系", "content": "更改", "planned_on": "2026-03-02", "supplier": "架空電算",
    "measures": "措置一覧",
}  # fmt: skip


def login(who, language="ja") -> Client:
    client = Client(headers={"accept-language": language, "Sec-Fetch-Site": "same-origin"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", unescape(answer.content.decode())))


@pytest.fixture
def operator():
    return person("Ginko", "operator", kind=KIND)


@pytest.fixture
def minister():
    return person("Shunin", "sector_minister", kind=KIND, sealed=True)


@pytest.fixture
def case(operator, minister) -> str:
    """A plan accepted on 2025-06-02 and recommended on the 5th; a change c1 accepted on the 16th."""
    first = Entry("introduction_plan.file", date(2025, 6, 2), FILED, by="operator", party="架空銀行")
    opened = recorded(access.open_case(operator, KIND, first, idempotency_key=key())).case
    for who, on, act, run, data in (
        (minister, "2025-06-02", "introduction_plan.accept", "", {"complete": True}),
        (minister, "2025-06-03", "consultation_with_pm.mandatory", "", {"intended": "recommendation"}),
        (minister, "2025-06-04", "consultation_with_pm.close", "", {}),
        (minister, "2025-06-05", "recommendation_order.issue", "", {"great_risk": True, "received_on": "2025-06-05"}),
        (operator, "2025-06-13", "plan_change.propose", "c1", {"proposal": "変更の案"}),
        (minister, "2025-06-16", "plan_change.accept", "c1", {"complete": True}),
    ):
        entry = Entry(act, date.fromisoformat(on), data, run=run)
        recorded(access.act(who, opened, entry, idempotency_key=key()))
    return opened


def test_a_person_opens_a_plan_by_its_filing_its_draft_or_in_an_emergency(operator):
    page = words(login(operator).get(reverse("new_case", args=[KIND])))
    assert all(
        label in page
        for label in ("導入等計画書を届け出る", "計画書の作成を始める", "緊急に導入又は委託をする", "相談を申し込む")
    )
    for act in PLAN.opened_by:
        assert login(operator).get(reverse("new_case", args=[KIND]) + f"?act={act}").status_code == 200, act


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_opens_in_both_languages(case, operator, language):
    client = login(operator, language)
    for name in ("case", "case_acts", "case_history", "case_papers", "case_people", "case_flow", "try"):
        assert client.get(reverse(name, args=[case])).status_code == 200, name
    for clock in (
        "extension_shortening.standstill",
        "extension_shortening/c1.standstill",
        "recommendation_order.reply_due",
    ):
        assert client.get(reverse("why", args=[case, clock])).status_code == 200, clock


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_act_has_a_form_in_both_languages(case, language):
    every = {r.id for p in PLAN.procedures for a in p.acts for r in a.roles}
    client = login(person("All", *every, kind=KIND, sealed=True), language)
    for of in {of.name: of for of in index(PLAN).acts.values()}.values():
        page = client.get(reverse("act", args=[case, of.name]) + ("?run=c1" if of.procedure.named else ""))
        text = unescape(page.content.decode())
        assert page.status_code == 200, of.name
        assert of.act.label[language].lower() in text.lower(), of.name
        for field in of.act.fields:
            assert f"f-{field.id}" in text and field.label[language] in text, (of.name, field.id)


def test_the_case_page_begins_with_what_is_forbidden_and_what_is_due(case, operator):
    page = words(login(operator).get(reverse("case", args=[case]) + "?as_of=2025-06-17"))
    assert "2025年7月1日（火）まで" in page and "2025年7月15日（火）まで" in page, "the plan and its change"
    assert "2025年6月16日" in page, "the answer, moved from Saturday the 14th"
    english = words(login(operator, "en").get(reverse("case", args=[case]) + "?as_of=2025-06-10"))
    assert "1 Jul 2025" in english or "1 July 2025" in english


def test_the_list_shows_the_plan_as_the_main_state(case, operator):
    page = words(login(operator).get(reverse("cases")))
    assert "応答なし" in page or "禁止期間の経過" in page
