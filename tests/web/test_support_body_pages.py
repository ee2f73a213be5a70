"""A support body under the generic pages: recorded through the office's own door, every act with its form."""

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
KIND = "supply.support_body"
BODY = KINDS[KIND]
ROLES = {r.id for p in BODY.procedures for a in p.acts for r in a.roles}
CASES = Path(__file__).parents[1] / "supply" / "cases"


def login(who, language="ja") -> Client:
    client = Client(headers={"accept-language": language, "Sec-Fetch-Site": "same-origin"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def text(answer) -> str:
    return unescape(answer.content.decode())


@pytest.fixture
def everybody():
    return person("All", *sorted(ROLES), kind=KIND, sealed=True)


def opened(who, name: str) -> str:
    """A worked case, one act after another."""
    case = ""
    for line in (CASES / f"body_{name}.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        role = index(BODY).acts[told["act"]].act.roles[0].id
        entry = Entry(told["act"], date.fromisoformat(told["on"]), told.get("data", {}), told.get("run", ""), role)
        if case:
            recorded(access.act(who, case, entry, idempotency_key=key()))
        else:
            case = recorded(access.open_case(who, KIND, entry, idempotency_key=key())).case
    return case


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("name", "clocks"),
    [
        ("corporation_life", ("support_corporation.treasury_due", "support_year/2024-03-31.accounts_due")),
        ("corporation_revoked", ("inspection/m1.report_due", "support_corporation.hand_over")),
        ("agency", ("support_year/2024-03-31.fund_report_due",)),
    ],
)
def test_every_page_of_a_body_opens_in_both_languages(everybody, language, name, clocks):
    case, client = opened(everybody, name), login(everybody, language)
    for page in ("case", "case_acts", "case_history", "case_papers", "case_people", "case_flow", "try"):
        assert client.get(reverse(page, args=[case])).status_code == 200, page
    for clock in clocks:
        assert client.get(reverse("why", args=[case, clock])).status_code == 200, clock


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_act_of_a_body_has_a_form_in_both_languages(everybody, language):
    case, client = opened(everybody, "corporation_life"), login(everybody, language)
    for of in {of.name: of for of in index(BODY).acts.values()}.values():
        page = client.get(reverse("act", args=[case, of.name]) + ("?run=m1" if of.procedure.per else ""))
        shown = text(page)
        assert page.status_code == 200, of.name
        assert of.act.label[language].lower() in re.sub(r"\s+", " ", shown).lower(), of.name
        for field in of.act.fields:
            assert f"f-{field.id}" in shown and field.label[language] in shown, (of.name, field.id)


def test_a_body_is_opened_by_its_application_or_by_the_designation_of_an_agency(everybody):
    for act in BODY.opened_by:
        assert login(everybody).get(reverse("new_case", args=[KIND]) + f"?act={act}").status_code == 200, act
