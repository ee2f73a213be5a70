"""A project: money by year, maturity, gates; what is planned above a limit is refused, what was spent is shown."""

import json
from datetime import date

import pytest
from technology_ledgers import CALL, CASES, PROJECT

from kaname.procedure import fold
from kaname.regimes import kind
from kaname.regimes.technology.budget import added, changed, of_year, total, years
from walks import entry_of, read_ledger

KIND = kind("technology.project")
LIFE = PROJECT.worked("life", "project").splitlines()
TAKEN_UP = json.loads(LIFE[0])["data"]


def first(n):
    """The first lines of the worked case."""
    return "\n".join(LIFE[:n])


def told(lines, as_of):
    return fold(KIND, [entry_of(json.loads(x), i) for i, x in enumerate(lines, 1)], as_of)


def tried(lines, act, on, **data):
    return PROJECT.tried(first(lines), f"project.{act}", on, **data)


# -- taking it up ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("changes", "said"), [
    ({"budget_by_year": [{"year": 2023, "yen": 3_900_000_001}]},
     "exceeds the contract: 3,900,000,001 yen, at most 3,900,000,000 yen, 1 yen too much"),
    ({"amount": 5_000_000_001}, "exceeds the maximum of the concept: 5,000,000,001 yen, at most 5,000,000,000 yen"),
    ({"period_end": "2023-05-31"}, "ends before it begins"), ({"trl_goal": 2}, "the goal lies below"),
    ({"trl_now": 10}, "off the scale"), ({"technologies": ["XXX-01"]}, "XXX-01"), ({"funding_agency": "dod"}, "dod"),
    ({"budget_by_year": [{"year": 2023, "yen": 1}, {"year": 2023, "yen": 2}]}, "stands twice")])  # fmt: skip
def test_a_project_planned_over_budget_or_amiss_is_refused(changes, said):
    accepted, why = PROJECT.tried("", "project.take_up", "2023-06-01", **{**TAKEN_UP, **changes})
    assert not accepted
    assert said in why


@pytest.mark.parametrize(("proposal", "contract", "until", "accepted"), [
    ("p1", "NEDO-K-0007", 16, True), ("p1", "NEDO-K-0007", 15, False), ("p2", "NEDO-K-0007", 16, False),
    ("p1", "NEDO-K-9999", 16, False), ("p7", "NEDO-K-0007", 16, False)])  # fmt: skip
def test_a_project_is_taken_up_from_the_contract_of_its_call(tmp_path, proposal, contract, until, accepted):
    file = tmp_path / "call.jsonl"
    file.write_text("\n".join(CALL.worked("infrared", "call").splitlines()[:until]), encoding="utf-8")
    data = {**TAKEN_UP, "proposal": proposal, "contract_id": contract}
    assert PROJECT.tried("", "project.take_up", "2023-06-01", "--with", f"call_case={file}", **data)[0] is accepted


# -- reports ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("spent", "said"), [
    (1_400_000_000, ""),
    (1_400_000_001, "exceeds the budget of fiscal 2024: 1,400,000,001 yen, at most 1,400,000,000 yen, 1 yen too much"),
    (2_950_000_001, "exceeds the contract: 3,900,000,001 yen, at most 3,900,000,000 yen, 1 yen too much")])  # fmt: skip
def test_spending_over_budget_is_recorded_and_warned_of(spent, said):
    accepted, warned = tried(3, "periodic_report", "2025-02-28", period=2024, results="成果", spent=spent)
    assert accepted
    assert said in warned
    assert bool(said) is bool(warned)


def test_a_project_over_budget_is_shown_as_such_on_every_later_day():
    over = json.dumps({"act": "project.periodic_report", "on": "2025-02-28",
                       "data": {"period": 2024, "results": "成果", "spent": 2_950_000_001}})  # fmt: skip
    text = first(3) + "\n" + over
    shown = PROJECT.kaname(text, "standing", "--as-of", "2026-01-01")
    assert "3,900,000,001" in json.dumps(shown)
    assert "3,900,000,001" not in json.dumps(PROJECT.kaname(first(3), "standing", "--as-of", "2026-01-01"))


@pytest.mark.parametrize(
    ("data", "said"),
    [({"spent": -1}, "below zero"), ({"period": 24}, "no fiscal year"), ({"trl_now": 10}, "off the scale")],
)
def test_a_report_that_makes_no_sense_is_refused(data, said):
    given = {"period": 2024, "results": "成果", "spent": 1, **data}
    accepted, why = tried(3, "periodic_report", "2025-02-28", **given)
    assert not accepted
    assert said in why


@pytest.mark.parametrize(
    ("patents", "checked", "warned"),
    [(1, None, True), (1, False, True), (1, True, False), (0, None, False), (None, None, False)],
)
def test_patents_not_checked_for_non_disclosure_are_warned_of(patents, checked, warned):
    given = {"period": 2024, "results": "成果", "spent": 1, "patents": patents, "patent_non_disclosure_check": checked}
    accepted, said = tried(3, "periodic_report", "2025-02-28", **{k: v for k, v in given.items() if v is not None})
    assert accepted
    assert ("not checked for non-disclosure" in said) is warned


def test_maturity_and_deliverables_add_up_to_a_history():
    standing = told(LIFE, date(2027, 1, 1))
    assert standing.fact("project.trl_history") == (
        (date(2023, 6, 1), 3), (date(2024, 5, 10), 4), (date(2025, 2, 28), 5), (date(2026, 3, 20), 6),
        (date(2026, 3, 27), 6))  # fmt: skip
    assert (standing.fact("project.papers"), standing.fact("project.patents")) == (6, 1)
    assert dict(standing.fact("project.spent_by_year")) == {2023: 950_000_000, 2024: 1_450_000_000, 2025: 900_000_000}


# -- gates, changes, the end -----------------------------------------------------------------------------------------


def test_the_next_gate_runs_until_it_is_prepared_and_late_stays_late():
    text = PROJECT.worked("stopped", "project")
    lines = text.splitlines()
    assert PROJECT.clock("\n".join(lines[:1]), "2024-05-01", "project.next_gate")[1:] == ("2024-09-30", "running")
    assert PROJECT.clock("\n".join(lines[:5]), "2025-05-01", "project.next_gate")[1:] == ("2025-09-30", "running")
    met = PROJECT.standing(text, "2025-11-20")["clocks"]
    assert [c["met_on"] for c in met if c["id"] == "next_gate"] == ["2025-10-20"]


@pytest.mark.parametrize(("gate", "accepted"), [(1, True), (2, False)])
def test_a_gate_is_one_that_the_plan_sets(gate, accepted):
    assert tried(4, "prepare_gate", "2025-03-14", gate_no=gate)[0] is accepted


@pytest.mark.parametrize(("reviewers", "accepted"), [(["評価者A"], True), ([], False), (None, False)])
def test_outside_reviewers_judge_at_a_gate(reviewers, accepted):
    data = {"opinion": "継続", **({} if reviewers is None else {"reviewers": reviewers})}
    assert tried(5, "review_gate", "2025-03-28", **data)[0] is accepted


@pytest.mark.parametrize(("rows", "said"), [
    ([{"year": 2026, "yen": 1_100_000_000}], ""),
    ([{"year": 2026, "yen": 1_100_000_001}], "5,000,000,001 yen, at most 5,000,000,000 yen, 1 yen too much"),
    ([{"year": 2025, "yen": -5}], "below zero"), (None, "")])  # fmt: skip
def test_a_changed_budget_stays_within_the_concept(rows, said):
    data = {"plan_changes": "変更", **({} if rows is None else {"budget_change": rows})}
    accepted, why = tried(6, "change", "2025-04-10", **data)
    assert accepted is not bool(said)
    assert said in why


def test_a_change_moves_contract_and_budget_by_year():
    standing = told(LIFE[:7], date(2025, 4, 10))
    assert standing.fact("project.amount") == 4_300_000_000
    assert dict(standing.fact("project.budget_by_year")) == {
        2023: 1_000_000_000, 2024: 1_400_000_000, 2025: 1_000_000_000, 2026: 900_000_000}  # fmt: skip


def test_a_project_that_is_stopped_is_over():
    standing = fold(KIND, read_ledger(CASES / "project_stopped.jsonl"), date(2026, 1, 1))
    assert standing.tracks["project"].state == "stopped"
    assert not PROJECT.tried(PROJECT.worked("stopped", "project"), "project.resume", "2026-01-05", phase="次")[0]


def test_the_dialogue_in_the_council_is_law_and_what_was_said_is_sealed():
    act = next(a for a in KIND.procedure("project").acts if a.id == "council_dialogue")
    assert [b.citation for b in act.basis] == ["62(4)", "63(5)"]
    assert [f.id for f in act.fields if f.sealed] == ["need_information", "seed_information"]


# -- sums ------------------------------------------------------------------------------------------------------------


def test_sums_of_years():
    rows = [{"year": 2024, "yen": 3}, {"year": 2023, "yen": 1}, {"year": 2024, "yen": 2}, {"year": 2025}]
    assert years(rows) == ((2023, 1), (2024, 5))
    assert (total(years(rows)), of_year(years(rows), 2024), of_year(None, 2024), total(None)) == (6, 5, 0, 0)
    assert changed(((2023, 1), (2024, 5)), [{"year": 2024, "yen": 0}, {"year": 2026, "yen": 9}]) == (
        (2023, 1), (2024, 0), (2026, 9))  # fmt: skip
    assert added(((2023, 1),), 2023, 4) == ((2023, 5),)
    assert added(None, 2023, None) == ()
