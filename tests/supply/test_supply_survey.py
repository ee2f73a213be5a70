"""The supply-chain survey: scenario S6, and the declaration against the researched facts."""

import json
from typing import Any

import pytest
from ch2_facts import load
from click.testing import CliRunner
from supply_ledgers import CASES

from kaname.cli import root
from kaname.regimes import kind

KIND = "supply.survey"
SURVEY = kind(KIND).procedure("survey")


def answer(case: str, command: str, *args: str) -> Any:
    text = (CASES / f"survey_{case}.jsonl").read_text(encoding="utf-8")
    found = CliRunner().invoke(root, [command, KIND, "-", *args, "--json"], input=text, env={"KANAME_LANG": "en"})
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output
    return json.loads(found.stdout)


def test_s6_a_good_not_yet_designated_can_be_asked_about_and_silence_has_no_sanction():
    case = answer("s6_ventilators", "standing", "--as-of", "2025-04-30")
    assert case["tracks"]["survey/importer"]["state"] == "not_answered"
    assert case["notes"] == [], "the request is valid: ventilators were designated on 2025-12-24 only"
    assert case["duties"] == [], "a duty of effort ends with the refusal"
    assert "300,000" not in json.dumps(case), "no fine is offered"


def test_s6_the_day_hoped_for_is_a_target_and_changes_nothing():
    late = answer("answered", "standing", "--as-of", "2025-04-01")
    assert late["tracks"]["survey/b"]["state"] == "sent"
    assert [c["force"] for c in late["clocks"] if c["run"] == "a"] == ["target"]


@pytest.mark.parametrize("run", ["a", "b"])
def test_s6_passing_an_answer_to_a_rival_is_punished_also_after_the_survey(run):
    told = answer("answered", "try", "survey.leak", "--on", "2026-01-15", "--run", run)
    assert not told["accepted"]
    said = json.dumps(told["reasons"])
    assert "Art. 93" in said and "1,000,000" in said
    kept = [d for d in answer("answered", "standing", "--as-of", "2026-01-15")["duties"] if d["id"] == "secrecy"]
    assert len(kept) == 2 and all(d["lasts"] and d["status"] == "open" for d in kept)


def test_the_survey_is_that_of_the_facts():
    fact = next(p for p in load()["procedures"] if p["id"] == "ch2.survey")
    assert set(fact["states"]) - {"planned"} == set(SURVEY.states), "one run for each business: planned is not begun"
    roles = {"minister": {"minister"}, "business": {"business"}}
    differing = {}
    for act in fact["acts"]:
        name = act["id"].partition(".")[2]
        ours = next((a for a in SURVEY.acts if a.id == name), None)
        if ours is None:
            differing[name] = "no such act"
            continue
        sources = {"" if s == "planned" else s for s in act["from"]}
        late = {"answer": {"partly_answered", "not_answered"}, "partial": {"not_answered"}}.get(name, set())
        assert ({s for s, _ in ours.moves}, {t for _, t in ours.moves}) == (sources | late, {act["to"]}), name
        if {r.id for r in ours.roles} != roles[act["who"]]:
            differing[name] = "who"
    assert differing == {
        "secrecy": "no such act",  # a duty that outlasts the survey; its breach is the deed `leak`
        "no_answer": "who",  # the minister too can record that no answer came
    }
    assert {a.id for a in SURVEY.acts} - {a["id"].partition(".")[2] for a in fact["acts"]} == {"leak"}


def test_no_survey_outside_the_field_or_without_need():
    found = {"goods": "半導体", "needed": True, "in_field": False}
    told = answer("answered", "try", "survey.send", "--on", "2025-07-01", "--run", "c", "--data", json.dumps(found))
    assert not told["accepted"]
