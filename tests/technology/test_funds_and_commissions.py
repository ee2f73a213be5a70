"""The designated fund with its yearly report, and the commissioned study with its four tests."""

import json

import pytest
from council_ledgers import COMMISSIONS, FUNDS, until

from case_ledgers import ledger

FUND = FUNDS.worked("life", "fund")
STUDY = COMMISSIONS.worked("life", "research_commission")
CONSULTED = {"fund": "f", "finance_minister": "m", "under_27_2": True, "for_critical_technologies": True}
FUND_ACTS = {
    "fund.designate": ("2022-09-20", {"fits_guideline": True}),
    "fund.subsidise": ("2022-10-03", {"budget_act": "b", "amount_yen": 1, "within_budget": True}),
    "fund.operate": ("2022-10-11", {"income_added": True, "safe_investment": True}),
}
TESTS = ("test_expert_study", "test_information_collection", "test_links", "test_information_security")


# -- the fund -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("finding", "said"), [
    ("under_27_2", "not found to be a fund under Art. 27-2"),
    ("for_critical_technologies", "not found to aim at specified critical technologies"),
])  # fmt: skip
def test_a_fund_is_put_forward_with_what_it_must_be(finding, said):
    assert FUNDS.tried("", "fund.consult", "2022-08-15", **CONSULTED) == (True, "")
    accepted, why = FUNDS.tried("", "fund.consult", "2022-08-15", **{**CONSULTED, finding: False})
    assert not accepted
    assert said in why


@pytest.mark.parametrize(("act", "finding", "said"), [
    ("fund.designate", "fits_guideline", "not found to fit the basic guideline"),
    ("fund.subsidise", "within_budget", "not found to be within the budget"),
    ("fund.operate", "income_added", "income is not added to the fund"),
    ("fund.operate", "safe_investment", "not found to be invested safely only"),
])  # fmt: skip
def test_each_step_of_the_fund_asks_its_finding(act, finding, said):
    day, data = FUND_ACTS[act]
    assert FUNDS.tried(until(FUND, act), act, day, **data) == (True, "")
    accepted, why = FUNDS.tried(until(FUND, act), act, day, **{**data, finding: False})
    assert not accepted
    assert said in why


@pytest.mark.parametrize(("year", "first", "last"), [
    ("2023-03-31", "2023-04-01", "2023-10-02"),  # 30 September is a Saturday
    ("2024-03-31", "2024-04-01", "2024-09-30"),
])  # fmt: skip
def test_the_report_is_due_six_months_after_the_year_on_an_open_day(year, first, last):
    assert FUNDS.clock(FUND, last, "fund_year.report_due", year)[:2] == (first, last)


def test_a_report_in_time_and_one_a_day_late():
    text = until(FUND, "fund.annual_report")
    duty = {d["run"]: d for d in FUNDS.standing(text, "2023-10-02")["duties"] if d["id"] == "report"}
    assert duty["2023-03-31"]["status"] == "open"
    duty = {d["run"]: d for d in FUNDS.standing(text, "2023-10-03")["duties"] if d["id"] == "report"}
    assert duty["2023-03-31"]["status"] == "overdue"
    filed = {c["run"]: (c["status"], c["late"]) for c in FUNDS.standing(FUND, "2024-10-01")["clocks"]}
    assert filed == {"2023-03-31": ("met", False), "2024-03-31": ("met", True)}


def test_a_report_is_on_a_year_that_ended_and_is_still_due():
    text = until(FUND, "fund.invest_otherwise")
    for year, said in (("2026-03-31", "has not ended"), ("2023-03-31", "no report on that business year is due"),
                       ("2024-12-31", "no report on that business year is due")):  # fmt: skip
        accepted, why = FUNDS.tried(text, "fund.annual_report", "2025-05-01", business_year=year, report="r")
        assert not accepted
        assert said in why
    assert FUNDS.tried(text, "fund.annual_report", "2025-05-01", business_year="2025-03-31", report="r")[0]


def test_the_minister_owes_the_diet_a_report_with_an_opinion():
    def owed(day):
        return [d["status"] for d in FUNDS.standing(FUND, day)["duties"] if d["id"] == "diet_report"]

    assert owed("2023-09-28") == []
    assert owed("2023-09-29") == ["open"]
    assert owed("2023-11-10") == ["done"]
    assert not FUNDS.tried(until(FUND, "fund.attach_opinion"), "fund.report_to_diet", "2023-10-20")[0]


def test_money_can_be_added_to_a_fund_that_is_operated():
    assert FUNDS.state(FUND, "2023-03-24") == "operating"
    assert FUNDS.standing(FUND, "2023-03-24")["notes"] == []


def test_no_year_opens_after_the_end_of_the_fund():
    runs = {k for k in FUNDS.standing(FUND, "2027-06-01")["tracks"] if k.startswith("fund_year/")}
    assert max(runs) == "fund_year/2025-03-31"


@pytest.mark.parametrize("upto", ["fund.attach_opinion", "fund.report_to_diet", "fund.next_year"])
def test_the_next_report_is_filed_whatever_the_minister_has_done_with_the_one_before(upto):
    text = until(FUND, upto)
    asked = {"business_year": "2024-03-31", "report": "r"}
    assert FUNDS.tried(text, "fund.annual_report", "2024-09-30", **asked)[0]
    filed = text + "\n" + ledger('2024-09-30 fund.annual_report {"business_year": "2024-03-31", "report": "r"}')
    assert FUNDS.clock(filed, "2024-10-01", "fund_year.report_due", "2024-03-31")[2] == "met"
    diet = ledger('2024-10-15 fund.attach_opinion {"opinion": "o"}\n2024-11-01 fund.report_to_diet')
    assert {d["status"] for d in FUNDS.standing(filed + "\n" + diet, "2024-11-02")["duties"]
        if d["id"] == "diet_report"} == {"done"}  # fmt: skip


def test_a_report_that_was_due_before_the_end_of_the_fund_can_still_be_filed():
    accepted, _ = FUNDS.tried(FUND, "fund.annual_report", "2025-12-15", business_year="2025-03-31", report="r")
    assert accepted


def test_unsafe_investment_is_no_offence_of_this_act_and_still_forbidden():
    accepted, why = FUNDS.tried(until(FUND, "fund.invest_otherwise"), "fund.invest_otherwise", "2024-12-02")
    assert not accepted
    assert "STI Act Art. 52(i)" in why
    assert [n["kind"] for n in FUNDS.standing(FUND, "2024-12-02")["notes"]] == ["breach"]


# -- the commissioned study ---------------------------------------------------------------------------------------


def examined(**findings: bool) -> str:
    """The call, and an examination that finds all four tests met but for `findings`."""
    found = {"applicant": "b", "is_corporation": True, **dict.fromkeys(TESTS, True), **findings}
    line = ledger(f"2025-11-04 research_commission.examine {json.dumps(found)}")
    return f"{until(STUDY, 'research_commission.examine')}\n{line}"


@pytest.mark.parametrize("failed", TESTS)
def test_a_body_that_fails_one_of_the_four_tests_is_not_commissioned(failed):
    call = ("research_commission.commission", "2025-12-05")
    assert COMMISSIONS.tried(examined(), *call, body="b") == (True, "")
    accepted, why = COMMISSIONS.tried(examined(**{failed: False}), *call, body="b")
    assert not accepted
    assert why.count("not found in the examination") == 1


def test_only_the_corporation_that_was_examined_is_commissioned():
    accepted, why = COMMISSIONS.tried(examined(), "research_commission.commission", "2025-12-05", body="other")
    assert not accepted
    assert "not the corporation that was examined" in why
    text, data = until(STUDY, "research_commission.examine"), dict.fromkeys(TESTS, True)
    accepted, why = COMMISSIONS.tried(text, "research_commission.examine", "2025-11-04", applicant="b",
                                      is_corporation=False, **data)  # fmt: skip
    assert not accepted
    assert "not a corporation" in why


def test_information_is_given_on_request_and_can_be_refused():
    text = until(STUDY, "research_commission.request_information")
    accepted, _ = COMMISSIONS.tried(text, "research_commission.give_information", "2026-01-20", items="i")
    assert not accepted
    assert COMMISSIONS.state(STUDY, "2026-01-27") == "information_given"
    assert COMMISSIONS.state(STUDY, "2026-02-16") == "commissioned"


def test_two_agencies_are_asked_at_once_and_one_that_never_answers_stops_no_report():
    asked = until(STUDY, "research_commission.give_information")
    second = {"agency": "架空庁", "items": "調達の計画"}
    assert COMMISSIONS.tried(asked, "research_commission.request_information", "2026-01-14", **second)[0]
    both = (
        asked
        + "\n"
        + ledger('2026-01-14 research_commission.request_information {"agency": "架空庁", "items": "調達の計画"}')
    )
    given = both + "\n" + ledger('2026-01-27 research_commission.give_information {"items": "許可の統計"}')
    assert COMMISSIONS.state(given, "2026-01-28", "research_commission") == "information_requested"
    assert COMMISSIONS.tried(given, "research_commission.report", "2026-06-15", report="r")[0]
    refused = given + "\n" + ledger("2026-02-16 research_commission.refuse_information")
    assert COMMISSIONS.state(refused, "2026-02-17", "research_commission") == "commissioned"


def test_the_study_is_owed_until_it_is_reported():
    def owed(day):
        return {d["id"]: d["status"] for d in COMMISSIONS.standing(STUDY, day)["duties"]}["study"]

    assert owed("2025-09-01") == "open"
    assert owed("2026-06-14") == "open"
    assert owed("2026-06-15") == "done"


def test_a_study_of_ones_own_has_no_staff_to_register_and_nobody_to_leak():
    own = COMMISSIONS.worked("own_study", "research_commission").splitlines()[0]
    for act, data in (("register_staff", {"name": "p"}), ("leak", {})):
        accepted, why = COMMISSIONS.tried(own, f"research_commission.{act}", "2023-04-10", **data)
        assert not accepted
        assert "the study was not commissioned" in why


def test_staff_are_registered_once_told_of_the_duty_and_leave_from_the_register():
    text, act = until(STUDY, "research_commission.request_information"), "research_commission.register_staff"
    assert "already registered" in COMMISSIONS.tried(text, act, "2026-01-05", name="調査 五郎")[1]
    accepted, warned = COMMISSIONS.tried(text, act, "2026-01-05", name="新人")
    assert accepted
    assert "it binds all the same" in warned
    ahead = COMMISSIONS.tried(text, act, "2026-01-05", name="新人", duty_explained_on="2026-01-06")
    assert "lies ahead" in ahead[1]
    leaves = COMMISSIONS.tried(text, "research_commission.staff_leaves", "2026-01-05", name="新人")
    assert "not on the register" in leaves[1]


def test_secrecy_outlives_the_commission():
    duties = [d for d in COMMISSIONS.standing(STUDY, "2027-06-01")["duties"] if d["id"] == "secrecy"]
    assert {d["status"] for d in duties} == {"open"}
    assert {"調査 五郎", "文書 六子"} <= {d["party"] for d in duties}
    accepted, why = COMMISSIONS.tried(STUDY, "research_commission.leak", "2027-06-01", person="文書 六子")
    assert not accepted
    assert "Art. 95(1)(i)" in why
