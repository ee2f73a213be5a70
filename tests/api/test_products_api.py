"""The products and judgements of Chapter 2 by the API: the answers of the pages; what is hidden is absent."""

from datetime import date

import pytest
from django.test import override_settings

from access.folk import person
from api.calls import Caller, is_problem
from kaname.access import tokens
from kaname.ledger import api as ledger
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.procedure import Entry


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo"))


def test_the_products_of_a_day_stand_with_days_ministry_and_scope(kumo):
    then = kumo.get("/supply/products", {"on": "2024-02-02", "lang": "en"}).json()["products"]
    assert [p["product"] for p in then if not p["in_force"]] == ["ventilators", "drones", "satellites", "rocket_parts"]
    (gas,) = kumo.get("/supply/products", {"q": "natural gas", "lang": "en"}).json()["products"]
    assert (gas["decided_on"], gas["designated_on"], gas["ministry"]) == ("2022-12-20", "2022-12-23", "METI")
    assert gas["plans_from"] == "2023-01-19", "the order on certification came later"
    (ships,) = kumo.get("/supply/products", {"order": "mlit", "lang": "en"}).json()["products"]
    assert [w["since"] for w in ships["wider"]] == ["2025-12-24"]
    is_problem(kumo.get("/supply/products", {"order": "nonsense"}), 422, "invalid")
    is_problem(kumo.get("/supply/products", {"on": "2024-2-2"}), 422, "invalid")


def test_a_judgement_is_told_to_those_who_may_see_the_case(world, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2025, 9, 1))
    row = {"requirement": "r2", "indicator": "r2_hhi", "value": "0.54", "threshold": "0.4", "digest": "0" * 64,
           "as_of": "2025-01-01"}  # fmt: skip
    entry = Entry("designation.risk_review", date(2025, 6, 2), {"name": "見本", "sheet": ["x"], "evidence": [row]}, "",
                  "product_minister")  # fmt: skip
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        _told_to_those_who_may(world, entry)
    kinds.cache_clear()


def _told_to_those_who_may(world, entry):
    officer = person("Meti", "product_minister", kind="supply.product")
    case = ledger.open_case("supply.product", entry, idempotency_key="product-judged-1").case
    mine = Caller(tokens.make(officer, "t", ("read",), 30)[1])
    found = mine.get(f"/supply/judgements/{case}", {"lang": "en"}).json()
    assert (found["state"], found["judged_on"]) == ("risk_reviewed", None)
    (told,) = [e for r in found["requirements"] for e in r["evidence"]]
    assert (told["indicator"], told["apart"]) == ("r2_hhi", "0.14")
    assert mine.get("/supply/products").json()["candidates"][0]["case"] == case
    stranger = Caller(world.token("stranger"))
    is_problem(stranger.get(f"/supply/judgements/{case}"), 404, "not_found")
    assert stranger.get("/supply/products").json()["candidates"] == []
