"""Supply plans by the API and the command line: the same answers, nothing of what is hidden."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import override_settings

from api.calls import Caller, is_problem
from kaname.access.models import Mandate
from kaname.cli import root
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from web.supply_cases import told

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "supply_application.json"


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo"))


def said(*args, given=None):
    return CliRunner().invoke(root, ["assess", *args], input=given, env={"KANAME_LANG": "ja"})


def test_an_application_is_checked_as_by_the_command_line(kumo):
    data = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    answer = kumo.post("/supply/application", {"filing": "2026-04-01", "data": data}).json()
    told_ = said("application", "-", "--filing", "2026-04-01", "--json", given=json.dumps(data))
    assert told_.exit_code == 1 and answer == json.loads(told_.output)
    assert (answer["act"], answer["order"], answer["can_be_filed"]) == ("plan.joint", "meti", False)
    assert [f["field"] for f in answer["findings"] if f["weight"] != "check"] == ["goals"]
    first = answer["reports"][0]
    assert (first["party"], first["key"]) == ("空想重工業株式会社", "B")
    assert (first["year_end"], first["due"], first["unmoved"]) == ("2026-12-31", "2027-03-31", "2027-03-31")
    whole = said("application", "-", "--filing", "2026-04-01", given=json.dumps(data | {"goals": "年産1GWh"}))
    assert whole.exit_code == 0 and "申請できる" in whole.output


def test_what_cannot_be_read_of_an_application_is_named(kumo):
    wrong = {"funds": "many", "period_start": "2026-02-31", "colour": "red", "applicants": "me"}
    problem = is_problem(kumo.post("/supply/application", {"data": wrong}), 422, "invalid")
    fields = {e["field"].partition("[")[0] for e in problem["errors"]}
    assert {"data.funds", "data.period_start", "data.applicants"} <= fields and len(problem["errors"]) == 4
    bad = said("application", "-", given=json.dumps(wrong))
    assert bad.exit_code == 2 and "funds" in bad.output and "colour" in bad.output


def test_a_change_is_judged_as_by_the_command_line(kumo):
    asked = {"order": "meti", "was_funds": 13_100_000_000, "certified_funds": 12_000_000_000, "funds": 14_000_000_000}
    answer = kumo.post("/supply/change", asked).json()
    assert answer == json.loads(said("plan-change", "-", "--json", given=json.dumps(asked)).output)
    assert answer["class"] == "minor_notice" and answer["act"] == "plan_minor_change.classify"
    assert [w["question"] for w in answer["warnings"]] == [207]
    flags = said("plan-change", "--order", "meti", "--was-funds", "12000000000", "--funds", "13200000000", "--fail")
    assert flags.exit_code == 1 and "変更の認定を要する" in flags.output
    is_problem(kumo.post("/supply/change", {"order": "moon"}), 422, "invalid")
    assert said("plan-change", "--order", "moon").exit_code == 2


@pytest.fixture
def seat(world, monkeypatch):
    """The office with the kinds of the Act; Kumo as the competent minister."""
    monkeypatch.setattr(clock, "today", lambda: date(2024, 6, 3))
    for role in ("product_minister", "minister"):
        Mandate.objects.create(person=world.kumo, role=role, valid_from=date(2020, 1, 1))
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        yield Caller(world.token("kumo", "read"))
    kinds.cache_clear()


def test_the_board_the_checklist_and_the_surveys(seat, monkeypatch):
    case = told("plan_changes", 9, party="架空電池工業株式会社")
    told("survey_answered", 3, kind="supply.survey")
    board = seat.get("/supply/board", {"state": "certified"}).json()
    plan = board["plans"][0]
    assert (board["total"], plan["case"], plan["order"]) == (1, case, "meti")
    assert [(p["run"], p["consulted"], p["month"]["last"]) for p in plan["pending"]] == [("c1", False, "2024-06-07")]
    assert [(r["year_end"], r["due"], r["overdue"]) for r in plan["reports"]] == [("2024-03-31", "2024-07-01", False)]
    assert seat.get("/supply/board", {}).json()["total"] == 0, "under review: none of them"
    is_problem(seat.get("/supply/board", {"state": "lost"}), 422, "invalid")
    technology = seat.get(f"/cases/{case}/technology").json()
    items = {i["id"]: i for i in technology["items"]}
    assert technology["asked"] and technology["met"] == 1 and len(items) == 22
    assert items["tp3.2"]["answers"] == [
        {"partner": "見本素材株式会社", "answer": "no", "evidence": "", "reviewed_on": None}
    ]  # fmt: skip
    monkeypatch.setattr(clock, "today", lambda: date(2025, 4, 1))
    asked = seat.get("/supply/surveys").json()
    assert [(a["run"], a["state"]) for a in asked["asked"]] == [("b", "sent"), ("a", "answered")]
    is_problem(seat.get(f"/cases/{asked['asked'][0]['case']}/technology"), 404, "not_found")


def test_who_may_not_know_of_the_cases_gets_nothing(seat, world):
    case = told("plan_s5_joint", 4)
    stranger = Caller(world.token("stranger", "read"))
    assert stranger.get("/supply/board", {"state": "all"}).json()["total"] == 0
    assert stranger.get("/supply/surveys").json()["total"] == 0
    is_problem(stranger.get(f"/cases/{case}/technology"), 404, "not_found")
