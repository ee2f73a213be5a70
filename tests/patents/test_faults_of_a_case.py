"""What is wrong with an application's ledger is told by line and field, with status 2; its standing is shown too."""

import json

import pytest
from click.testing import CliRunner
from ledgers import DESIGNATED, FILED, kaname, standing, told

from kaname.cli import root

PARENT = "filing day of the original application"


def run(command: str, *args: str, lines: tuple[str, ...] = ()):
    call = [command, "patents.application", "-", *args]
    return CliRunner().invoke(root, call, input="\n".join(lines), env={"KANAME_LANG": "en", "LANG": "C.UTF-8"})


def filed(on: str, **data: object) -> str:
    return json.dumps({"act": "first_review.file", "on": on, "data": data}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (filed("2024-04-30", listed=True), "-:1: on: Art. 66(1) does not reach applications filed before 2024-05-01; "
                                           "expected 2024-05-01 or later"),
        (filed("2025-02-28", ipc=["F41G 7/00", "Z99Z 1/00"]), "-:1: data.ipc: 'Z99Z 1/00'; expected a symbol"),
        (filed("2025-02-28", ipc=["B64C 99/99"]), "-:1: data.ipc: 'B64C 99/99'; expected a symbol of the IPC in force"),
    ],
)  # fmt: skip
def test_one_line_names_it_and_the_standing_is_shown(line, told):
    found = run("standing", "--as-of", "2025-03-01", "--json", lines=(line,))
    assert found.exit_code == 2
    assert len(found.stderr.splitlines()) == 1
    assert found.stderr.startswith(told)
    assert json.loads(found.stdout)["tracks"]["first_review"]["since"] == json.loads(line)["on"]


def test_a_filing_before_the_regime_is_held_by_nothing_and_starts_no_period_of_the_act():
    found = run("standing", "--as-of", "2024-06-01", "--json", lines=(filed("2024-04-30", listed=True),))
    case = json.loads(found.stdout)
    assert case["bans"] == []
    assert {c["procedure"] for c in case["clocks"]} == {"foreign_filing_ban", "patent_act_special"}
    assert {c["id"] for c in case["clocks"]} == {
        "priority_year", "publication", "examination_request_ordinary", "base_withdrawal",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"filing_kind": ["division"]}, f"'{PARENT}' is not filled in"),
        ({"filing_kind": ["conversion"]}, f"'{PARENT}' is not filled in"),
        ({"filing_kind": ["division"], "original_filing_date": "2025-03-01"}, f"{PARENT} lies after the filing"),
        ({"priority_date": "2025-03-01"}, "earliest priority day lies after the filing"),
    ],
)
def test_days_on_which_the_filing_rests_are_asked_for_and_do_not_follow_it(data, reason):
    found = run("try", "first_review.file", "--on", "2025-02-28", "--data", json.dumps(data))
    assert found.exit_code == 1
    assert reason in found.stdout


def test_a_parent_or_priority_of_the_same_day_is_in_order():
    data = {"filing_kind": ["division"], "original_filing_date": "2025-02-28", "priority_date": "2025-02-28"}
    assert run("try", "first_review.file", "--on", "2025-02-28", "--data", json.dumps(data)).exit_code == 0


def test_symbols_that_do_not_exist_are_advised_against():
    found = run("try", "first_review.file", "--on", "2025-02-28", "--data", '{"ipc": ["B64C 99/99"]}')
    assert found.exit_code == 0
    assert "obsolete or mistaken" in found.stdout


def test_an_operator_named_in_the_designation_needs_no_approval():
    named = DESIGNATED.replace("answer_keep", 'answer_keep {"operators": [{"id": "A", "name": "甲社"}]}')
    for run_name, accepted in (("A", False), ("C", True)):
        call = ("--on", "2026-07-01", "--run", run_name, "--data", '{"before_access": true}')
        assert kaname(named, "try", "sharing_operator_change.apply_new", *call)["accepted"] is accepted


@pytest.mark.parametrize(("kept", "year"), [("true", "2027-03-02"), ("false", "2027-03-20")])
def test_the_priority_year_moves_with_the_filing_day(kept, year):
    ledger = f"""2026-03-02 first_review.file {{"listed": true}}
        2026-03-20 first_review.supplement_missing_part {{"original_date_kept": {kept}}}"""
    word = f"foreign_filing_ban.priority_year={year}"
    assert told(standing(ledger, "2026-03-21"), word) == word


def test_a_receipt_is_recorded_when_it_has_come():
    ledger = """2025-02-28 first_review.file {"listed": true}
        2025-04-01 first_review.send {"ground": "listed"}
        2025-04-01 first_review.notify_sent"""
    for received, accepted in (("2025-04-05", True), ("2025-04-06", False), ("2025-03-31", False)):
        data = json.dumps({"entry": 3, "received_on": received})
        assert kaname(ledger, "try", "deliver", "--on", "2025-04-05", "--data", data)["accepted"] is accepted


def test_conditions_of_recorded_acts_are_asked_again_on_request():
    ledger = f"""{FILED}
        2025-03-01 first_review.request_review {{"with_filing": false}}"""
    assert standing(ledger, "2025-03-02")["notes"] == []
    (note,) = standing(ledger, "2025-03-02", "--judge")["notes"]
    assert (note["entry"], note["kind"]) == (2, "doubtful")
    assert "not made together with the filing" in note["reasons"][0]["text"]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ({"act": "first_review.start_review", "by": "applicant"}, "is for Commissioner of the Japan Patent Office"),
        ({"act": "first_review.ask_materials", "data": {"received_on": "2025-03-01"}}, "lies before the day of issue"),
    ],
)
def test_a_wrong_role_and_an_early_receipt_are_doubtful(act, told):
    lines = (filed("2025-02-28", listed=True), json.dumps({"on": "2025-03-02", **act}))
    notes = json.loads(run("standing", "--as-of", "2025-03-03", "--judge", "--json", lines=lines).stdout)["notes"]
    assert [(n["entry"], n["kind"]) for n in notes] == [(2, "doubtful")]
    assert told in notes[0]["reasons"][0]["text"]


CASES = "tests/patents/cases"


@pytest.mark.parametrize(
    ("confirmation", "on", "accepted"),
    [
        ("c5_07_a_cleared", "2026-03-16", True),
        ("c5_07_a_cleared", "2026-03-15", False),  # the answer arrives a day later
        ("c5_07_b_not_cleared", "2026-12-31", False),
        ("c5_07_d_outside", "2026-12-31", False),
    ],
)
def test_only_a_clearing_answer_of_the_confirmation_frees(confirmation, on, accepted):
    other = f"prior_confirmation={CASES}/{confirmation}.jsonl"
    act = "foreign_filing_ban.release_cleared_answer"
    answer = kaname('2026-02-20 first_review.file {"listed": true}', "try", act, "--on", on, "--with", other)
    assert answer["accepted"] is accepted
    if accepted:
        assert answer["standing"]["tracks"]["foreign_filing_ban"]["state"] == "released"


@pytest.mark.parametrize(("application", "accepted"), [("c5_05_full_life", True), ("c5_01_plain", False)])
def test_a_claim_rests_on_a_designation(application, accepted):
    other = f"application={CASES}/{application}.jsonl"
    call = ("compensation.claim", "--on", "2027-12-01", "--with", other, "--data", '{"total": 1000000}')
    assert kaname("", "try", *call)["accepted"] is accepted


@pytest.mark.parametrize(
    ("filed", "parent", "warned"),
    [
        ("2024-06-03", "2024-04-30", True),  # the parent lies before the regime
        ("2024-06-03", "2024-05-01", False),
        ("2025-01-06", "2024-12-27", True),  # and before the items of 2025
        ("2025-02-03", "2025-01-06", False),
    ],
)
def test_a_division_of_an_older_application_is_told_to_be_unsettled(filed, parent, warned):
    data = f'{{"listed": true, "filing_kind": ["division"], "original_filing_date": "{parent}"}}'
    case = standing(f"{filed} first_review.file {data}", filed)
    assert any("judged by this filing's own day" in w["text"] for w in case["warnings"]) is warned
    assert told(case, "first_review:filed") == "first_review:filed"
