"""Products, policies and requests on the generic pages: each page opens, each act has its form, in two languages."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from supply_cases import told

from access.folk import person
from kaname.procedure.index import index
from kaname.regimes import KINDS

pytestmark = pytest.mark.django_db
CASES = {  # the case by which each kind is looked at, what it is called, and a clock to be explained
    "supply.product": ("product_special_measures", "抗菌性物質製剤", "facility_report/m1:2026-03-31.report_due"),
    "supply.policy": ("policy_drones", "無人航空機", "policy.comment_period"),
    "supply.market": ("market_circumvention", "", "tariff/t2.investigation"),
}


def login(kind: str, language: str) -> Client:
    """One person in every role of the kind: what is asked here is the pages, not who sees them."""
    roles = {r.id for p in KINDS[kind].procedures for a in p.acts for r in a.roles}
    client = Client(headers={"accept-language": language, "Sec-Fetch-Site": "same-origin"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    who = person("All", *sorted(roles), kind=kind, sealed=True)
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def text(answer) -> str:
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", CASES)
def test_every_page_of_the_kind_opens_and_the_case_is_called_by_its_product(kind, language):
    ledger, called, clock = CASES[kind]
    case, client = told(ledger, kind=kind), login(kind, language)
    for name in ("case", "case_acts", "case_history", "case_papers", "case_people", "case_flow", "try"):
        text(client.get(reverse(name, args=[case])))
    text(client.get(reverse("why", args=[case, clock])))
    assert called in text(client.get(reverse("cases")))
    assert called in text(client.get(reverse("case", args=[case])))
    for act in KINDS[kind].opened_by:
        text(client.get(reverse("new_case", args=[kind]) + f"?act={act}"))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", CASES)
def test_every_act_of_the_kind_has_a_form(kind, language):
    case, client = told(CASES[kind][0], kind=kind), login(kind, language)
    for of in {of.name: of for of in index(KINDS[kind]).acts.values()}.values():
        shown = text(client.get(reverse("act", args=[case, of.name]) + ("?run=m1" if of.procedure.per else "")))
        assert of.act.label[language].lower() in shown.lower(), of.name
        for field in of.act.fields:
            assert f"f-{field.id}" in shown and field.label[language] in shown, (of.name, field.id)
