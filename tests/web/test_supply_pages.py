"""A supply plan under the generic pages: opened jointly and certified; every act has its form in both languages."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

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
KIND = "supply.plan"
PLAN = KINDS[KIND]
ROLES = {r.id for p in PLAN.procedures for a in p.acts for r in a.roles}
LEDGER = Path(__file__).parents[1] / "supply" / "cases" / "plan_s5_joint.jsonl"


def login(who, language="ja") -> Client:
    client = Client(headers={"accept-language": language, "Sec-Fetch-Site": "same-origin"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def text(answer) -> str:
    """A page without the marks that tell what of it is Japanese."""
    return re.sub('<span lang="ja" data-filed>(.*?)</span>', r"\1", unescape(answer.content.decode()))


@pytest.fixture
def everybody():
    """One person in every role: what is asked here is the pages, not who sees them."""
    return person("All", *sorted(ROLES), kind=KIND, sealed=True)


@pytest.fixture
def case(everybody) -> str:
    """The joint plan of two makers of ship engines, one act after another through the office's own door."""
    opened = ""
    for line in LEDGER.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        act = index(PLAN).acts[told["act"]].act
        entry = Entry(
            told["act"], date.fromisoformat(told["on"]), told.get("data", {}), told.get("run", ""), act.roles[0].id
        )
        if opened:
            recorded(access.act(everybody, opened, entry, idempotency_key=key()))
        else:
            opened = recorded(access.open_case(everybody, KIND, entry, idempotency_key=key())).case
    return opened


def test_a_person_opens_a_supply_plan_alone_jointly_or_by_asking(everybody):
    page = text(login(everybody).get(reverse("new_case", args=[KIND])))
    assert all(label in page for label in ("認定を申請する", "共同で認定を申請する", "事前に相談する"))
    for act in PLAN.opened_by:
        assert login(everybody).get(reverse("new_case", args=[KIND]) + f"?act={act}").status_code == 200, act


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_a_supply_plan_opens_in_both_languages(case, everybody, language):
    client = login(everybody, language)
    for name in ("case", "case_acts", "case_history", "case_papers", "case_people", "case_flow", "try"):
        assert client.get(reverse(name, args=[case])).status_code == 200, name
    for clock in ("plan.target", "plan_change/c1.target", "annual_report/N:2024-03-31.report_due"):
        assert client.get(reverse("why", args=[case, clock])).status_code == 200, clock
    assert "2023船舶第1号-2" in text(client.get(reverse("cases")))


@pytest.mark.parametrize(("language", "told"), [
    ("ja", "役務に係る条文は未読"), ("en", "the text of Act No. 38 of 2026 on services was not read"),
])  # fmt: skip
def test_the_page_says_where_the_law_of_the_day_was_not_read(case, everybody, language, told):
    client, address = login(everybody, language), reverse("case", args=[case])
    assert told in text(client.get(address, {"as_of": "2026-09-18"}))
    assert told not in text(client.get(address, {"as_of": "2026-09-17"}))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_act_of_a_supply_plan_has_a_form_in_both_languages(case, everybody, language):
    client = login(everybody, language)
    for of in {of.name: of for of in index(PLAN).acts.values()}.values():
        page = client.get(reverse("act", args=[case, of.name]) + ("?run=c1" if of.procedure.per else ""))
        shown = text(page)
        assert page.status_code == 200, of.name
        assert of.act.label[language].lower() in re.sub(r"\s+", " ", shown).lower(), of.name
        for field in of.act.fields:
            assert f"f-{field.id}" in shown and field.label[language] in shown, (of.name, field.id)
