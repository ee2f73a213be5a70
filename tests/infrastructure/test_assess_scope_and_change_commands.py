"""`kaname assess scope` and `change`: files, options, both languages, status, mistakes with their place."""

import json

import pytest
from click.testing import CliRunner

from kaname.cli import root

POWER = {
    "sector": "electricity", "business": "generation", "designated_on": "2023-11-16", "facility": "output_control",
    "figures": {"controlled_output_kw": 600000}, "event": "introduction", "supplier": "third",
}  # fmt: skip


def run(*args, input=None, lang="en"):
    return CliRunner().invoke(root, ["assess", *args], input=input, env={"KANAME_LANG": lang, "LANG": "C.UTF-8"})


def scope(fact, *args):
    found = run("scope", "-", "--json", *args, input=json.dumps(fact))
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_t4_through_the_command_line():
    last, first = scope(POWER, "--on", "2024-05-16"), scope(POWER, "--on", "2024-05-17")
    assert (last["route"], last["plan"]["verdict"], last["grace"]["last_day"]) == ("nothing", "outside", "2024-05-16")
    assert (first["route"], first["accept_by"]["standard"]) == ("plan", "2024-04-17")
    assert first["accept_by"]["within_grace"]


def test_options_say_the_same_as_a_file(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps({**POWER, "on": "2024-05-17"}), encoding="utf-8")
    options = (
        "--sector", "電気", "--business", "発電事業", "--designated-on", "令和5年11月16日", "--on", "R6.5.17", 
        "--facility",
        "output_control", "--figure", "controlled_output_kw=600,000", "--event", "introduction", "--supplier", "third",
    )  # fmt: skip
    by_file, by_options = run("scope", str(path), "--json"), run("scope", *options, "--json")
    assert by_file.exit_code == by_options.exit_code == 0
    assert json.loads(by_file.stdout) == json.loads(by_options.stdout)


def test_several_cases_in_one_file():
    lines = "\n".join(json.dumps({**POWER, "on": on}) for on in ("2024-05-16", "2024-05-17"))
    found = json.loads(run("scope", "-", "--json", input=lines).stdout)
    assert [x["route"] for x in found] == ["nothing", "plan"]
    listed = json.dumps([{**POWER, "on": "2024-05-16"}])
    assert len(json.loads(run("scope", "-", "--json", input=listed).stdout)) == 1


def test_status_1_is_asked_for():
    fact = json.dumps({**POWER, "on": "2024-05-17"})
    assert run("scope", "-", input=fact).exit_code == 0
    assert run("scope", "-", "--fail", input=fact).exit_code == 1
    assert run("scope", "-", "--fail", "--on", "2024-05-16", input=fact).exit_code == 0
    change = ("--plan", "introduction", "--stage", "before", "--subject", "facility", "--aspect", "outline")
    assert run("change", *change).exit_code == 0
    assert run("change", *change, "--fail").exit_code == 1


@pytest.mark.parametrize(
    ("fact", "place"),
    [
        ({"sector": "electric"}, "sector: no sector 'electric'; expected one of electricity"),
        ({}, "sector: missing"),
        ({**POWER, "desginated_on": "2023-11-16"}, "desginated_on: unknown field; did you mean designated_on"),
        ({**POWER, "designated_on": "2023-11-31"}, "designated_on:"),
        ({**POWER, "supplier": "friend"}, "supplier: 'friend' is not a choice; expected one of self"),
        ({**POWER, "figures": {"meters": 1}}, "figures.meters: unknown figure"),
        ({**POWER, "figures": {"output_kw": True}}, "figures.output_kw: cannot read True"),
        ({**POWER, "figures": {"output_kw": "NaN"}}, "figures.output_kw:"),
        ({**POWER, "figures": 3}, "figures:"),
        ({**POWER, "business": "generator"}, "business: no business of electricity 'generator'; expected"),
        ({**POWER, "facility": "balancing"}, "facility:"),
        ({**POWER, "emergency": {"urgency": True}}, "emergency.urgency: unknown name"),
        ({"sector": "telecom", "figures": {"cable_share": 10}}, "figures.cable_share: a share above 1 (10)"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(fact, place):
    found = run("scope", "-", "--on", "2025-06-02", input=json.dumps(fact))
    assert found.exit_code == 2
    assert place in found.output
    assert "Traceback" not in found.output


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "[1]", "3", '{"sector": 1, "sector": 2}', '{"a": NaN}', "{}\n{", "\x00"]
)
def test_what_is_no_json_is_refused_without_a_traceback(text):
    for command in ("scope", "change", "disclosure"):
        found = run(command, "-", input=text)
        assert found.exit_code == 2, (text, found.output)
        assert found.output.strip() and "Traceback" not in found.output


def test_a_missing_file_is_named():
    assert "none.json" in run("scope", "none.json").output
    assert run("change", "none.json").exit_code == 2


def test_shares_may_be_written_in_percent():
    fact = {
        "sector": "air",
        "business": "domestic_air",
        "figures": {"domestic_flight_share": "25%"},
        "on": "2025-06-02",
    }
    assert scope(fact)["criteria"]["verdict"] == "inside"
    fact["figures"] = {"domestic_flight_share": "24.99%", "international_flight_share": 0.1}
    assert scope(fact)["criteria"]["verdict"] == "outside"


def test_missing_facts_are_named():
    found = scope({"sector": "electricity", "on": "2025-06-02"})
    assert found["route"] == "ask"
    assert {"business", "event"} <= {n["id"] for part in ("criteria", "event") for n in found[part]["needs"]}


CHANGE = {
    "plan": "maintenance", "stage": "running", "subject": "entrustment", "aspect": "period", "before": 36, "after": 48,
}  # fmt: skip


def test_t6_through_the_command_line():
    row = json.loads(run("change", "-", "--json", "--accepted-on", "2025-09-01", input=json.dumps(CHANGE)).stdout)
    assert (row["class"], row["rule"], row["standstill"]["last_banned_day"], row["standstill"]["first_free_day"]) == (
        "significant", "SIG_8", "2025-09-30", "2025-10-01")  # fmt: skip
    assert row["penalty"]["basis"] == "Art. 92(1)(i)"
    shorter = json.loads(run("change", "-", "--json", "--after", "24", input=json.dumps(CHANGE)).stdout)
    assert shorter["class"] == "report"


def test_the_order_chooses_number_and_form():
    mic = json.loads(run("change", "-", "--json", "--order", "mic", input=json.dumps(CHANGE)).stdout)
    assert (mic["form"]["number"], mic["why"][0]["basis"]) == ("様式第九（二）", ["Art. 54(1)", "MIC Order Art. 24"])
    meti = json.loads(run("change", "-", "--json", "--order", "meti", input=json.dumps(CHANGE)).stdout)
    assert (meti["form"]["number"], meti["why"][0]["basis"]) == ("様式第七（二）", ["Art. 54(1)", "METI Order Art. 23"])


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"subject": "supplier"}, "subject: no supplier in a plan of maintenance"),
        ({"stage": "after"}, "stage: 'after' is not a choice; expected one of before, running, ended"),
        ({"aspect": "kind"}, "aspect:"),
        ({"before": "three years"}, "before: cannot read 'three years' as a period"),
        ({"order": "moj"}, "order: no order 'moj'"),
        ({"plan": None}, "plan: missing"),
    ],
)
def test_a_change_no_plan_can_have_is_refused(more, place):
    found = run("change", "-", input=json.dumps({**CHANGE, **more}))
    assert found.exit_code == 2
    assert place in found.output


def test_both_languages_and_every_help_page():
    fact = json.dumps({**POWER, "on": "2024-05-17"})
    assert "導入等計画書の届出が要る" in run("scope", "-", input=fact, lang="ja").output
    assert "重要な変更" in run("change", "-", input=json.dumps(CHANGE), lang="ja").output
    for lang in ("ja", "en"):
        for command in ("scope", "change"):
            page = run(command, "--help", lang=lang).output
            assert f"$ kaname assess {command}" in page
            names = run(command, "--list", lang=lang).output
            assert ("electricity" if command == "scope" else "entrustee") in names
            assert json.loads(run(command, "--list", "--json", lang=lang).output)


def test_the_examples_of_the_help_pages_run():
    for command in ("scope", "change"):
        page = run(command, "--help").output
        for line in (x.strip() for x in page.splitlines()):
            if line.startswith("$ kaname assess") and ".json" not in line:
                assert run(*line.split()[3:]).exit_code == 0, line
