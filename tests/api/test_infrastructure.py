"""Scope, changes, sectors and plans by the API: the answers of the command line; what is hidden is absent."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.test import override_settings

from api.calls import Caller, is_problem
from infrastructure.plans import OPERATOR, accept, act, file
from kaname.cli import root
from kaname.ledger import api as ledger
from kaname.ledger import clock
from kaname.ledger.judging import Receipt
from kaname.ledger.kinds import kinds


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo"))


def test_the_scope_is_that_of_the_command_line(kumo):
    told = {"sector": "electricity", "business": "general_transmission", "facility": "balancing", "on": "2027-03-01",
            "event": "introduction", "supplier": "third", "designated": True,
            "designated_on": "2024-02-01"}  # fmt: skip
    answer = kumo.post("/infrastructure/scope", told).json()
    said = CliRunner().invoke(root, ["assess", "scope", "-", "--json"], input=json.dumps(told),
                              env={"KANAME_LANG": "ja"})  # fmt: skip
    assert answer == json.loads(said.output)
    assert (answer["route"], answer["accept_by"]["standard"]) == ("plan", "2027-01-30")


def test_figures_are_numbers_or_text_and_each_wrong_one_is_named(kumo):
    told = {"sector": "electricity", "business": "generation", "figures": {"output_kw": 600000}}
    assert kumo.post("/infrastructure/scope", told).json()["criteria"]["verdict"] == "inside"
    told["figures"] = {"output_kw": "many", "nonsense": 1}
    problem = is_problem(kumo.post("/infrastructure/scope", told), 422, "invalid")
    assert [e["field"] for e in problem["errors"]] == ["figures.output_kw", "figures.nonsense"]
    is_problem(kumo.post("/infrastructure/scope", {"sector": "nowhere"}), 422, "invalid")


def test_a_change_is_classified_as_by_the_command_line(kumo):
    told = {"plan": "introduction", "stage": "before", "subject": "supplier", "aspect": "address", "before": "JP",
            "after": "SG", "accepted_on": "2024-10-01"}  # fmt: skip
    answer = kumo.post("/infrastructure/change", told).json()
    said = CliRunner().invoke(root, ["assess", "change", "-", "--json"], input=json.dumps(told),
                              env={"KANAME_LANG": "ja"})  # fmt: skip
    assert answer == json.loads(said.output)
    assert (answer["class"], answer["standstill"]["first_free_day"]) == ("significant", "2024-10-31")
    is_problem(kumo.post("/infrastructure/change", told | {"aspect": "colour"}), 422, "invalid")
    is_problem(kumo.post("/infrastructure/change", told | {"aspect": "holders", "before": "120"}), 422, "invalid")


def test_the_sectors_of_a_day_name_the_ministry_of_that_day(kumo):
    then = kumo.get("/infrastructure/sectors", {"on": "2024-03-31", "lang": "ja"}).json()["sectors"]
    now = kumo.get("/infrastructure/sectors", {"on": "2024-04-01", "lang": "ja"}).json()["sectors"]
    assert len(now) == 16 and {s["sector"] for s in now} >= {"water", "health_care"}
    water = [next(s["ministry"] for s in found if s["sector"] == "water") for found in (then, now)]
    assert water == ["厚生労働大臣", "国土交通大臣"]


def test_the_plans_are_those_the_caller_may_know_of(world, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2024, 9, 5))
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        opened = ledger.open_case("infrastructure.plan", file("2024-08-10", "2024-09-10"), idempotency_key="plan-one-1")
        assert isinstance(opened, Receipt)
        ledger.perform(opened.case, accept("2024-08-18"), idempotency_key="plan-one-2")
        designation = act("designation.designate", "2024-05-20", by="sector_minister", name=OPERATOR, criteria_met=True,
                          business="electricity.transmission")  # fmt: skip
        ledger.open_case("infrastructure.operator", designation, idempotency_key="operator-1")
        world.person("officer")
        world.mandate("officer", "sector_minister")
        officer, stranger = Caller(world.token("officer")), Caller(world.token("stranger"))
        (plan,) = officer.get("/infrastructure/plans", {"sector": "electricity"}).json()["plans"]
        assert (plan["operator"], plan["sectors"], plan["free"], plan["worst"], plan["too_early"]) == (
            OPERATOR, ["electricity"], "2024-09-17", "2024-12-18", True)  # fmt: skip
        assert stranger.get("/infrastructure/plans").json() == {"as_of": "2024-09-05", "total": 0, "plans": []}
        world.hide(opened.case)
        assert officer.get("/infrastructure/plans").json()["total"] == 0
        is_problem(officer.get("/infrastructure/plans", {"state": "nonsense"}), 422, "invalid")
    kinds.cache_clear()
