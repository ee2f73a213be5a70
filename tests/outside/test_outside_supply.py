"""Chapter 2 asked from outside: yearly reports, targets, minor changes, money to the yen, boundaries of versions."""

import json

import pytest

from case_ledgers import ledger
from outside import BODY, PRODUCT, SUPPLY, SURVEY, duty, ends

FIT = ('"fits_policy": true, "long_enough": true, "structure_adequate": true, "tight_supply_measures": true,'
       ' "information_managed": true, "fair_competition": true, "technology_protected": true')  # fmt: skip


def submitted(on: str = "2023-04-03", **more) -> str:
    data = {"product": "batteries", "applicants": [{"party": "見本電池", "key": "A", "year_end": "2023-03-31"}],
            "period_start": "2023-04-01", "period_end": "2028-03-31", "funds": 12_000_000_000,
            "grant": 4_000_000_000} | more  # fmt: skip
    return f"{on} plan.submit {json.dumps(data, ensure_ascii=False)}"


def certified(**more) -> str:
    return f"""{submitted(**more)}
        2023-04-20 plan.consult {{"consulted": ["内閣総理大臣"]}}
        2023-05-01 plan.certify {{"number": "1", {FIT}}}
        2023-05-01 plan.notify_support {{"support_body": "見本機構"}}"""


# -- the yearly report ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "closes", "unmoved", "due"), [
    ("2023-02-28", "2024-02-29", "2024-05-31", "2024-05-31"),  # the end of February, leap year
    ("2023-02-28", "2026-02-28", "2026-05-31", "2026-06-01"),  # a Sunday
    ("2022-12-31", "2025-12-31", "2026-03-31", "2026-03-31"),
    ("2022-09-30", "2025-09-30", "2025-12-31", "2026-01-05"),
    ("2023-01-31", "2026-01-31", "2026-04-30", "2026-04-30"),
    ("2023-03-20", "2026-03-20", "2026-06-20", "2026-06-22"),
    ("2022-11-30", "2025-11-30", "2026-02-28", "2026-03-02"),
    ("2022-06-30", "2026-06-30", "2026-09-30", "2026-09-30"),
])  # fmt: skip
def test_report_of_a_company_year(first, closes, unmoved, due):
    lines = certified(applicants=[{"party": "見本電池", "key": "A", "year_end": first}])
    assert ends(SUPPLY, lines, unmoved, "annual_report.report_due", f"A:{closes}") == (unmoved, due)


def test_two_applicants_have_their_own_years():
    both = [{"party": "見本内燃機", "key": "N", "year_end": "2023-03-31", "industry": "機関"},
            {"party": "架空発動機", "key": "K", "year_end": "2022-12-31", "industry": "機関"}]  # fmt: skip
    lines = certified(applicants=both, product="ship_parts", same_industry=True)
    assert ends(SUPPLY, lines, "2024-03-01", "annual_report.report_due", "K:2023-12-31") == ("2024-03-31", "2024-04-01")
    assert ends(SUPPLY, lines, "2024-05-01", "annual_report.report_due", "N:2024-03-31") == ("2024-06-30", "2024-07-01")


def test_a_late_report_stays_late_and_may_be_demanded():
    lines = certified()
    assert duty(SUPPLY, lines, "2024-07-02", "annual_report.report", "A:2024-03-31") == ("2024-07-01", "overdue")
    told = f'{lines}\n2024-07-05 annual_report.submit A:2024-03-31 {{"status": "計画どおり"}}'
    assert SUPPLY.clock(ledger(told), "2024-07-06", "annual_report.report_due", "A:2024-03-31")[2] == "met"
    assert SUPPLY.tried(ledger(lines), "annual_report.demand", "2024-07-03", "--run", "A:2024-03-31")[0]
    twice = SUPPLY.tried(ledger(told), "annual_report.submit", "2024-07-08", "--run", "A:2024-03-31", status="再")
    assert not twice[0]


def test_no_report_before_the_year_is_over_but_an_impediment_at_any_time():
    text = ledger(certified())
    assert not SUPPLY.tried(text, "annual_report.submit", "2024-03-31", "--run", "A:2024-03-31", status="早い")[0]
    assert SUPPLY.tried(text, "annual_report.submit", "2024-04-01", "--run", "A:2024-03-31", status="翌日")[0]
    impediment = {"obstacle": "原料の途絶", "recognised_on": "2023-12-01"}
    assert SUPPLY.tried(text, "annual_report.impediment", "2023-12-04", "--run", "A", **impediment)[0]
    refused, said = SUPPLY.tried(text, "annual_report.impediment", "2023-12-04", "--run", "A:2024-03-31", **impediment)
    assert not refused and "name the run after the applicant" in said


# -- the month of the ministry ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("product", "on", "received", "target"), [
    ("batteries", "2025-12-31", "2025-12-31", "2026-01-31"),  # a Saturday, not moved
    ("batteries", "2026-01-30", "2026-01-30", "2026-02-28"),
    ("batteries", "2026-03-02", "2026-03-05", "2026-04-05"),  # from receipt
    ("fertilizer", "2026-03-02", "2026-03-05", "2026-04-02"),  # MAFF: from the application
    ("ship_parts", "2028-01-31", "2028-01-31", "2028-02-29"),
])  # fmt: skip
def test_one_month_is_a_target_that_never_moves(product, on, received, target):
    lines = submitted(on, product=product, received_on=received, period_start="2026-04-01", period_end="2031-03-31")
    assert ends(SUPPLY, lines, received, "plan.target") == (target, target)
    clock = next(c for c in SUPPLY.standing(ledger(lines), target)["clocks"] if c["id"] == "target")
    assert clock["force"] == "target"
    assert SUPPLY.state(ledger(lines), "2029-01-01") == "submitted"  # silence certifies nothing


# -- minor or not -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("product", "change", "minor"), [
    ("batteries", {"funds": 13_199_999_999}, True),
    ("batteries", {"funds": 13_200_000_000}, False),  # exactly ten percent
    ("batteries", {"funds": 10_800_000_000}, False),
    ("batteries", {"funds": 10_800_000_001}, True),
    ("batteries", {"funds": 12_000_000_000, "grant": 4_000_000_001}, False),
    ("batteries", {"period_end": "2028-09-30"}, True),  # six months to the day
    ("batteries", {"period_end": "2028-10-01"}, False),
    ("fertilizer", {"period_end": "2028-04-30"}, False),
    ("batteries", {"particulars": True}, True),
])  # fmt: skip
def test_minor_or_prior_certification(product, change, minor):
    text = ledger(certified(product=product))
    call = ("plan_minor_change.classify", "2025-06-02", "--run", "c1")
    given = {"made_on": "2025-05-30", "class": "minor_notice", **change}
    assert SUPPLY.tried(text, *call, **given)[0] == minor


@pytest.mark.parametrize(("end", "moved", "minor"), [
    ("2028-02-29", "2028-08-31", True),  # counted from 1 March: whole months
    ("2028-02-29", "2028-09-01", False),
    ("2027-08-31", "2028-02-29", True),
    ("2027-08-31", "2028-03-01", False),
    ("2027-08-30", "2028-02-29", True),  # no 30 or 31 February
])  # fmt: skip
def test_six_months_by_the_calendar(end, moved, minor):
    text = ledger(certified(period_end=end))
    given = {"made_on": "2025-05-30", "class": "minor_notice", "period_end": moved}
    assert SUPPLY.tried(text, "plan_minor_change.classify", "2025-06-02", "--run", "c1", **given)[0] == minor


# -- versions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("product", "on", "may"), [
    ("electronic_components", "2024-02-01", False),
    ("electronic_components", "2024-02-02", True),
    ("drones", "2025-12-23", False),
    ("drones", "2025-12-24", True),
    ("rocket_parts", "2025-12-24", True),
    ("ventilators", "2025-12-25", False),  # named on the 24th, the joint order came on the 26th
    ("ventilators", "2025-12-26", True),
    ("fertilizer", "2022-12-27", False),
    ("fertilizer", "2022-12-28", True),
    ("batteries", "2023-01-18", False),
    ("batteries", "2023-01-19", True),
    ("antimicrobials", "2023-01-19", True),
])  # fmt: skip
def test_applications_when_the_order_is_in_force(product, on, may):
    given = {"product": product, "applicants": [{"party": "見本", "key": "A", "year_end": "2022-03-31"}],
             "period_start": "2026-04-01", "period_end": "2031-03-31", "funds": 1}  # fmt: skip
    done, said = SUPPLY.tried("", "plan.submit", on, **given)
    assert done == may, said


@pytest.mark.parametrize(("on", "may"), [("2026-03-31", False), ("2026-04-01", True)])
def test_circumvention_since_2026_04_01(on, may):
    given = {"product": "batteries", "sort": "circumvention", "evidence": "証拠", "concerns_product": True,
             "evidence_sufficient": True, "needed": True, "dumping_duty": True, "goods": "見本"}  # fmt: skip
    done, said = SUPPLY.tried("", "tariff.request", on, "--run", "m", kind="supply.market", **given)
    assert done == may, said


# -- joint plans ------------------------------------------------------------------------------------------------------


def test_the_jftc_speaks_only_if_asked_and_after_certification():
    both = [{"party": "甲", "key": "N", "year_end": "2023-03-31", "industry": "機関"},
            {"party": "乙", "key": "K", "year_end": "2023-03-31", "industry": "機関"}]  # fmt: skip
    lines = submitted(product="ship_parts", applicants=both, same_industry=True)
    text = ledger(lines)
    certify = {"number": "1", **json.loads("{" + FIT + "}")}
    assert not SUPPLY.tried(text, "plan.certify", "2023-04-20", **certify)[0]
    assert not SUPPLY.tried(text, "jftc.opine", "2023-04-20", opinion="x")[0]
    asked = ledger(f'{lines}\n2023-04-10 plan.refer_jftc {{"necessary": true}}')
    assert not SUPPLY.tried(asked, "jftc.opine", "2023-04-20", opinion="x")[0]


def test_unrelated_applicants_are_not_referred():
    both = [{"party": "甲", "key": "N", "year_end": "2023-03-31", "industry": "機関"},
            {"party": "乙", "key": "M", "year_end": "2023-03-31", "industry": "素材"}]  # fmt: skip
    text = ledger(submitted(product="ship_parts", applicants=both, same_industry=False))
    assert not SUPPLY.tried(text, "plan.refer_jftc", "2023-04-10", necessary=True)[0]


# -- money ------------------------------------------------------------------------------------------------------------


def revoked(paid: str, amount: int, ground: str, return_by: str, on: str) -> str:
    return f"""{certified()}
        2023-07-03 grant.apply g {{"amount": {amount}}}
        2023-09-01 grant.decide g {{"amount": {amount}, "body": "agency"}}
        2023-09-20 grant.start g
        {paid} grant.pay g {{"amount": {amount}, "received_on": "{paid}"}}
        {on} grant.revoke g {{"ground": "{ground}", "reasons": "理由"}}
        {on} grant.return g {{"amount": {amount}, "return_by": "{return_by}"}}"""


@pytest.mark.parametrize(("paid", "amount", "ground", "by", "on", "surcharge", "arrears"), [
    # 15 January to 30 June: 17 + 28 + 31 + 30 + 31 + 30 = 167 days, both ends counted; 0.03 percent a day
    ("2025-01-15", 100_000_000, "breach", "2025-07-31", "2025-06-30", 5_010_000, 0),
    # 1 February to 1 March 2024: 30 days; 21 February to 1 March: 10 days late; fractions of a yen dropped
    ("2024-02-01", 12_345_678, "breach", "2024-02-20", "2024-03-01", 111_111, 37_037),
    ("2024-02-01", 12_345_678, "changed", "2024-02-20", "2024-03-01", 0, 37_037),
    ("2024-02-01", 9, "breach", "2024-03-31", "2024-03-01", 0, 0),
])  # fmt: skip
def test_surcharge_and_arrears_to_the_yen(paid, amount, ground, by, on, surcharge, arrears):
    lines = revoked(paid, amount, ground, by, "2024-02-10" if paid < "2024-02-10" else paid)
    text = ledger(lines)
    right = {"amount": amount, "surcharge": surcharge, "arrears": arrears}
    done, said = SUPPLY.tried(text, "grant.repay", on, "--run", "g", **right)
    assert done, said
    wrong = SUPPLY.kaname(text, "try", "grant.repay", "--on", on, "--run", "g", "--data",
                          json.dumps(right | {"surcharge": surcharge + 1}))  # fmt: skip
    assert not wrong["accepted"] and f"as {surcharge};" in json.dumps(wrong)


# -- support bodies ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year_end", "closes", "accounts", "fund"), [
    ("2023-03-31", "2026-03-31", "2026-06-30", "2026-09-30"),
    ("2023-02-28", "2024-02-29", "2024-05-31", "2024-09-02"),  # 31 August is a Saturday
    ("2022-12-31", "2025-12-31", "2026-03-31", "2026-06-30"),
    ("2022-09-30", "2025-09-30", "2026-01-05", "2026-03-31"),
])  # fmt: skip
def test_accounts_and_fund_reports(year_end, closes, accounts, fund):
    applied = json.dumps({"product": "fertilizer", "body": "見本", "year_end": year_end})
    lines = f"""2023-01-16 support_corporation.apply {applied}
        2023-02-15 support_corporation.designate {{"officers_clear": true, "able": true, "no_harm": true}}
        2023-02-28 support_corporation.rules {{"rules": "規程", "consulted": true, "rules_fit": true}}
        2023-03-20 support_corporation.fund_setup {{"amount": 1, "urgent_work": true, "within_budget": true}}"""
    assert ends(BODY, lines, accounts, "support_year.accounts_due", closes)[1] == accounts
    assert ends(BODY, lines, fund, "support_year.fund_report_due", closes)[1] == fund


def test_a_plan_due_on_a_sunday_names_the_friday_before():
    lines = """2023-01-16 support_corporation.apply {"product": "fertilizer", "body": "見本", "year_end": "2023-03-31"}
        2023-02-15 support_corporation.designate {"officers_clear": true, "able": true, "no_harm": true}
        2023-02-28 support_corporation.rules {"rules": "規程", "consulted": true, "rules_fit": true}
        2023-03-10 support_corporation.plan {"planned_year_end": "2023-03-31", "plan": "計画", "approved": true}"""
    found = SUPPLY.standing(ledger(lines), "2027-02-01", kind="supply.support_body")["clocks"]
    due = next(c for c in found if c["id"] == "plan_due" and c["run"] == "2027-03-31")
    assert (due["last_day"], due["safe_day"]) == ("2027-02-28", "2027-02-26")


# -- surveys and products ---------------------------------------------------------------------------------------------


def test_a_survey_before_designation_is_valid_and_silence_free():
    lines = """2025-03-03 survey.send X {"business": "見本", "goods": "人工呼吸器", "needed": true, "in_field": true}
        2025-03-20 survey.no_answer X"""
    assert SURVEY.standing(ledger(lines), "2025-04-01")["tracks"]["survey/X"]["state"] == "not_answered"
    said = json.dumps(SURVEY.standing(ledger(lines), "2025-04-01"))
    assert "fine" not in said.replace("no fine", "") or "300,000" not in said


@pytest.mark.parametrize(("closes", "may"), [("2026-12-30", False), ("2026-12-31", True)])
def test_thirty_days_of_comment_count_the_day_of_notice(closes, may):
    lines = """2026-10-01 designation.start {"name": "見本"}
        2026-10-05 designation.risk_review {"sheet": "調書"}
        2026-11-02 designation.assess {"r1a": true, "r2a": true, "r3": true, "causes": "export_restriction", "r4": true,
         "reasons_r1": "一", "reasons_r2": "二", "reasons_r3": "三", "reasons_r4": "四"}"""
    text = ledger(lines.replace("\n         ", " "))
    assert PRODUCT.tried(text, "designation.comment", "2026-12-02", closes_on=closes)[0] == may
