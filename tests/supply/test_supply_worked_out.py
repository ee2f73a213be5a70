"""Scenarios of Chapter 2 worked out by hand from the text of the law, run as ledgers through the command line: days
that an authority sets, sums below zero, bars of some years, who may designate whom, money for small businesses.
"""

import json
from functools import partial

import pytest
from click.testing import CliRunner
from supply_ledgers import clock, kaname, ledger, standing, tried

from kaname.cli import root

MARKET, SURVEY, BODY, PRODUCT = "supply.market", "supply.survey", "supply.support_body", "supply.product"
FOUND = dict.fromkeys(
    ("fits_policy", "long_enough", "structure_adequate", "tight_supply_measures", "information_managed",
     "technology_protected"), True,
)  # fmt: skip
FILED = {
    "product": "batteries", "applicants": [{"party": "甲", "key": "A", "year_end": "2024-03-31"}],
    "period_start": "2024-04-01", "period_end": "2029-03-31", "funds": 10_000_000_000, "grant": 3_000_000_000,
}  # fmt: skip


def acts(*told: str | tuple[str, dict]) -> str:
    """A ledger of `day act [run]`, each with its data where it has any."""
    lines = ((one, {}) if isinstance(one, str) else one for one in told)
    return ledger("\n".join(f"{said} {json.dumps(data)}" if data else said for said, data in lines))


def plan(on: str = "2024-06-03", **changed: object) -> str:
    return acts((f"{on} plan.submit", FILED | changed))


def certified(**changed: object) -> str:
    return plan(**changed) + "\n" + acts(
        ("2024-06-10 plan.consult", {"consulted": ["内閣総理大臣"]}),
        ("2024-07-01 plan.certify", FOUND | {"number": "n"}),
        ("2024-07-01 plan.notify_support", {"support_body": "NEDO"}),
    )  # fmt: skip


def and_then(case: str, *told: str | tuple[str, dict]) -> str:
    return case + "\n" + acts(*told)


# -- counting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("received", "last"), [
    ("2026-01-30", "2026-02-28"),  # 31 January is the first day; February has no 31st
    ("2024-01-29", "2024-02-29"), ("2024-02-29", "2024-03-31"),  # a Sunday, not moved
    ("2025-12-31", "2026-01-31"), ("2026-03-31", "2026-04-30"), ("2028-01-30", "2028-02-29"),
])  # fmt: skip
def test_one_month_from_the_day_after_receipt(received, last):
    assert clock(plan(received), received, "plan.target")[1:] == (last, "running")


@pytest.mark.parametrize(("year_end", "unmoved", "last"), [
    ("2025-09-30", "2025-12-31", "2026-01-05"),  # closed to 3 January, the 4th a Sunday
    ("2025-11-30", "2026-02-28", "2026-03-02"),  # a Saturday
    ("2026-02-28", "2026-05-31", "2026-06-01"),  # three whole months from 1 March
    ("2026-03-15", "2026-06-15", "2026-06-15"), ("2026-06-30", "2026-09-30", "2026-09-30"),
])  # fmt: skip
def test_three_months_after_the_business_year(year_end, unmoved, last):
    case = certified(applicants=[{"party": "甲", "key": "A", "year_end": year_end}])
    (due,) = (c for c in standing(case, unmoved)["clocks"]
              if (c["id"], c["run"]) == ("report_due", f"A:{year_end}"))  # fmt: skip
    assert (due["unmoved_last_day"], due["last_day"], due["status"]) == (unmoved, last, "running")


REQUEST = {
    "product": "magnets", "evidence": ["e"], "concerns_product": True, "evidence_sufficient": True, "needed": True,
}  # fmt: skip


@pytest.mark.parametrize(("sort", "opened", "name", "last"), [
    ("circumvention", "2026-04-30", "tariff.investigation", "2027-02-28"),  # ten months from 1 May
    ("countervailing", "2027-02-28", "tariff.investigation", "2028-02-29"),  # a year from 1 March
    ("surge", "2026-12-31", "tariff.surge_investigation", "2027-12-31"),
])  # fmt: skip
def test_the_time_of_an_investigation(sort, opened, name, last):
    duty = {"dumping_duty": True} if sort == "circumvention" else {}
    case = acts(("2026-04-01 tariff.request t", REQUEST | {"sort": sort} | duty), f"{opened} tariff.open t")
    assert clock(case, opened, name, "t", kind=MARKET)[1] == last


@pytest.mark.parametrize(("day", "said"), [
    ("2026-04-02", "not after the present one"), ("2026-06-02", "not after the present one"), ("2026-06-03", ""),
    ("2030-06-03", ""),  # as long as needed
])  # fmt: skip
def test_a_safeguard_investigation_is_extended_beyond_its_end(day, said):
    case = acts(("2025-04-01 tariff.request t", REQUEST | {"sort": "surge"}), "2025-06-02 tariff.open t")
    ask = ("tariff.extend_surge", "2026-05-01", "--run", "t")
    accepted, told = tried(case, *ask, kind=MARKET, extended_to=day, reasons="r")
    assert accepted is not bool(said) and said in told


# -- days that an authority sets --------------------------------------------------------------------------------------

GRANTED = ("2024-08-01 grant.apply", {"amount": 1_000_000_000})
DECIDED = ("2024-09-02 grant.decide", {"amount": 1_000_000_000, "body": "agency"})
PAID = ("2024-10-01 grant.pay", {"amount": 10_000_000, "received_on": "2024-10-01"})
REVOKED = ("2024-12-02 grant.revoke", {"ground": "breach", "reasons": "r"})


@pytest.mark.parametrize(("kind", "case", "act", "run", "data", "field", "cites"), [
    ("", certified(), "annual_report.demand", "A", {"demanded": "d"}, "report_by", "48(4)"),
    ("", and_then(certified(), GRANTED), "grant.decide", "", {"amount": 1, "body": "agency"}, "withdraw_by", "9(1)"),
    ("", and_then(certified(), GRANTED, DECIDED, "2024-09-20 grant.start", PAID, REVOKED), "grant.return", "",
     {"amount": 10_000_000}, "return_by", "18"),
    (SURVEY, "", "survey.send", "s", {"goods": "g", "needed": True, "in_field": True}, "answer_by", "48(1)"),
    (BODY, "", "inspection.demand", "m", {"addressee": "institution", "needed": True}, "report_by", "48(5)"),
    (BODY, "", "inspection.order", "m",
     {"addressee": "institution", "order_needed": True, "order": "o", "reasons": "r"}, "obey_by", "21"),
])  # fmt: skip
def test_no_authority_sets_a_day_that_has_passed(kind, case, act, run, data, field, cites):
    ask = partial(tried, case, act, "2025-03-10", *(("--run", run) if run else ()), kind=kind)
    accepted, said = ask(**data, **{field: "2025-03-09"})
    assert not accepted and "the day set, 2025-03-09, lies in the past" in said
    assert ask(**data, **{field: "2025-03-10"})[0], "the day itself can be set"
    found = kaname(case, "try", act, "--on", "2025-03-10", *(("--run", run) if run else ()), "--data",
                   json.dumps(data | {field: "2025-03-09"}), kind=kind)  # fmt: skip
    assert cites in str(found["reasons"][0]["basis"])


BACK = ("2024-12-03 grant.return", {"amount": 10_000_000, "return_by": "2024-12-20"})


@pytest.mark.parametrize(("ground", "on", "surcharge", "arrears"), [
    ("breach", "2024-12-20", 243_000, 0),  # 1 October to 20 December: 81 days of 3,000 yen
    ("breach", "2024-12-25", 258_000, 15_000),  # 86 days; five days late
    ("changed", "2024-12-20", 0, 0), ("changed", "2024-12-22", 0, 6_000),
])  # fmt: skip
def test_surcharge_and_arrears_of_an_agency_s_grant(ground, on, surcharge, arrears):
    revoked = (REVOKED[0], REVOKED[1] | {"ground": ground})
    case = and_then(certified(), GRANTED, DECIDED, "2024-09-20 grant.start", PAID, revoked, BACK)
    found = kaname(case, "try", "grant.repay", "--on", on)
    assert found["entry"]["data"] == {"amount": 10_000_000, "surcharge": surcharge, "arrears": arrears}
    assert not found["warnings"]


def test_what_is_repaid_to_a_support_corporation_is_unverified():
    decided = (DECIDED[0], DECIDED[1] | {"body": "corporation"})
    case = and_then(certified(product="ship_parts"), GRANTED, decided, "2024-09-20 grant.start", PAID, REVOKED)
    assert "unverified" in tried(case, "grant.return", "2024-12-03", **BACK[1])[1]
    found = kaname(and_then(case, BACK), "try", "grant.repay", "--on", "2024-12-25")
    assert found["entry"]["data"] == {"amount": 10_000_000} and "unverified" in found["warnings"][0]["text"]


# -- what a form cannot hold ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("field", "value", "said"), [
    ("funds", -1, "cannot read -1; expected whole yen, not below zero"), ("funds", "12億", "expected whole yen"),
    ("funds", 1.5, "expected whole yen"), ("funds", True, "expected whole yen"),
    ("grant", -3_000_000_000, "not below zero"), ("product", "rice", "expected one of the options"),
    ("period_end", "2024-03-31", "the period ends before it begins"), ("applicants", "甲", "expected a list of rows"),
    ("applicants", [{"party": "甲", "year_end": "2024-03"}], "applicants, year_end: cannot read '2024-03'"),
])  # fmt: skip
def test_what_cannot_be_read_is_told_once_and_with_its_cell(field, value, said):
    accepted, told = tried("", "plan.submit", "2024-06-03", **(FILED | {field: value}))
    assert not accepted and said in told
    assert "is not filled in" not in told, "it is filled in, wrongly"


def test_a_change_keeps_the_period_in_order_and_a_notice_follows_the_change():
    for act in ("plan_change.submit", "plan_minor_change.classify"):
        accepted, said = tried(certified(), act, "2024-08-01", "--run", "c1", period_end="2024-03-31")
        assert not accepted and "ends before it begins" in said
    assert tried(certified(), "plan_minor_change.classify", "2024-08-01", "--run", "c1", particulars=True,
                 made_on="2024-08-01")[0]  # fmt: skip
    accepted, said = tried(certified(), "plan_minor_change.classify", "2024-08-01", "--run", "c1", particulars=True,
                           made_on="2024-08-02")  # fmt: skip
    assert not accepted and "lies ahead" in said


# -- penalties --------------------------------------------------------------------------------------------------------


def test_the_company_is_punished_too_where_art_97_says_so():
    case = and_then(certified(), ("2024-09-02 annual_report.demand A", {"demanded": "d", "report_by": "2024-09-30"}))
    (owed,) = (d for d in standing(case, "2024-10-01")["duties"] if d["id"] == "answer")
    assert owed["penalty"] == "fine of up to 300,000 yen, Art. 96(iv); the company or principal is fined too, Art. 97"
    sent = ("2025-03-10 survey.send s", {"goods": "g", "needed": True, "in_field": True})
    survey = acts(sent, ("2025-03-20 survey.answer s", {"answer": "x"}))
    (secret,) = (d for d in standing(survey, "2025-06-01", kind=SURVEY)["duties"] if d["id"] == "secrecy")
    assert "Art. 93" in secret["penalty"] and "97" not in secret["penalty"]


# -- before the chapter, and by whom ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "lawful"), [("2022-07-31", False), ("2022-08-01", True)])
def test_no_survey_before_the_chapter_is_in_force(on, lawful):
    ask = tried("", "survey.send", on, "--run", "s", kind=SURVEY, goods="g", needed=True, in_field=True)
    assert ask[0] is lawful and ("from 2022-08-01 only" in ask[1]) is not lawful


@pytest.mark.parametrize(("agency", "product", "on", "lawful"), [
    ("nibiohn", "antimicrobials", "2023-03-01", True), ("nedo", "antimicrobials", "2023-03-01", False),
    ("nedo", "batteries", "2023-03-01", True), ("nedo", "fertilizer", "2023-03-01", False),
    ("jogmec", "natural_gas", "2023-03-01", True), ("jogmec", "ship_parts", "2023-03-01", False),
    ("nibiohn", "minerals", "2023-03-01", False), ("nibiohn", "ventilators", "2026-01-05", True),
    ("nedo", "ventilators", "2026-01-05", True),  # of both ministries
])  # fmt: skip
def test_an_agency_is_designated_by_the_minister_who_supervises_it(agency, product, on, lawful):
    accepted, said = tried("", "support_agency.designate", on, kind=BODY, agency=agency, product=product)
    assert accepted is lawful and ("not in charge of this product" in said) is not lawful


@pytest.mark.parametrize(("on", "lawful"), [("2026-05-31", False), ("2026-06-01", True)])
def test_an_institution_is_barred_for_five_years_the_day_itself_counted(on, lawful):
    case = and_then(certified(), "2026-05-01 two_step_loan.apply b1")
    ask = partial(tried, case, "two_step_loan.designate", on, "--run", "b1", listed=True, adequate=True,
                  not_barred=True)  # fmt: skip
    assert ask(revoked_on="2021-06-01")[0] is ask(sentence_ended_on="2021-06-01")[0] is lawful
    assert ask()[0]


@pytest.mark.parametrize(("on", "cites"), [("2026-03-31", "30(1)-(3)"), ("2026-04-01", "30(1)-(4)")])
def test_what_a_tariff_request_lacks_is_cited_by_the_numbers_of_its_day(on, cites):
    found = kaname("", "try", "tariff.request", "--on", on, "--run", "t", "--data",
                   json.dumps(REQUEST | {"sort": "surge", "needed": False}), kind=MARKET)  # fmt: skip
    assert [r["basis"] for r in found["reasons"]] == [[f"Art. {cites}"]]


VISION = acts(("2022-10-03 concept.record_vision", {"vision_number": 1}))
ASKED = acts(("2025-03-10 survey.send s", {"goods": "g", "needed": True, "in_field": True}))


@pytest.mark.parametrize(("kind", "case", "day", "question"), [
    ("supply.plan", plan(), "2026-09-17", None), ("supply.plan", plan(), "2026-09-18", 201),
    ("technology.concept", VISION, "2026-07-16", None), ("technology.concept", VISION, "2026-07-17", 402),
    (SURVEY, ASKED, "2027-01-05", 201),
])  # fmt: skip
def test_a_standing_says_from_when_the_law_was_not_read(kind, case, day, question):
    told = kaname(case, "standing", "--as-of", day, kind=kind)["unverified"]
    assert [u["question"] for u in told] == ([question] if question else [])
    tried_then = kaname(case, "try", "correct", "--on", day, kind=kind)
    assert tried_then["unverified"] == told, "an act is judged by the same law"
    asked = ["standing", kind, "-", "--as-of", day]
    page = CliRunner().invoke(root, asked, input=case, env={"KANAME_LANG": "en"}).stdout.splitlines()
    assert page[1].startswith("  Unverified since ") is bool(question)


# -- small businesses -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "asked", "premium"), [
    ("2024-08-01", {"insurance": "ordinary"}, "0.41"), ("2024-08-01", {"insurance": "petty"}, "0.19"),
    ("2024-08-01", {"insurance": "ordinary", "discounted": True}, "0.35"),
    ("2024-08-01", {"insurance": "petty", "discounted": True, "qualifying": True}, "0.15"),
    ("2024-08-01", {"insurance": "unsecured", "qualifying": True}, "0.4725"),
    ("2024-08-01", {"insurance": "unsecured", "qualifying": True, "discounted": True}, "0.4125"),
    ("2024-08-01", {"insurance": "unsecured"}, "0.41"), ("2024-08-01", {}, None),
])  # fmt: skip
def test_the_premium_of_a_guarantee(on, asked, premium):
    data = {"industry": "retail", "staff": 50, "for_plan": True, **asked}
    found = kaname(certified(), "try", "credit_insurance.guarantee", "--on", on, "--run", "g", "--data",
                   json.dumps(data))  # fmt: skip
    assert found["accepted"] and found["entry"]["data"].get("premium") == premium


def test_a_premium_is_two_percent_at_most_and_another_needs_a_reason():
    ask = partial(tried, certified(), "credit_insurance.guarantee", "2024-08-01", "--run", "g", industry="retail",
                  staff=50, for_plan=True, insurance="ordinary")  # fmt: skip
    assert "needs a reason" in ask(premium=0.5)[1]
    assert ask(premium=0.5, reason_for_premium="特約")[0]
    accepted, said = ask(premium=2.01, reason_for_premium="特約")
    assert not accepted and "over 2 percent" in said


# -- joint plans, runs, the command on changes ------------------------------------------------------------------------


def test_fair_competition_is_asked_of_a_joint_plan_within_one_industry_alone():
    two = [{"party": "甲", "key": "A"}, {"party": "乙", "key": "B"}]
    for act, applicants, asked in (("plan.submit", two[:1], False), ("plan.joint", two, True)):
        case = acts((f"2024-06-03 {act}", FILED | {"same_industry": True, "applicants": applicants}),
                    ("2024-06-10 plan.consult", {"consulted": ["内閣総理大臣"]}))  # fmt: skip
        accepted, said = tried(case, "plan.certify", "2024-07-01", **FOUND, number="n")
        assert accepted is not asked and ("fair competition" in said) is asked
    assert not tried("", "plan.joint", "2024-06-03", **(FILED | {"applicants": two[:1]}))[0]


def test_a_report_without_its_run_is_told_the_runs_and_not_that_it_is_in():
    accepted, said = tried(certified(), "annual_report.submit", "2025-04-01", status="s")
    assert not accepted and "runs: A:2025-03-31" in said and "is in" not in said


@pytest.mark.parametrize(("args", "status", "said"), [
    (("--was-funds", "12000000000", "--funds", "13199999999"), 0, "less than 10 percent (+9.99%)"),
    (("--was-funds", "12000000000", "--funds", "10800000001"), 0, "less than 10 percent (-9.99%)"),
    (("--was-funds", "12000000000", "--funds", "13100000000"), 0, "less than 10 percent (+9.17%)"),
    (("--was-funds", "12000000000", "--funds", "13200000000"), 0, "10 percent or more (+10.00%)"),
    (("--was-period-start", "2024-04-01", "--was-period-end", "2029-03-31", "--period-end", "2024-03-31"), 2,
     "ends before it begins"),
    (("--was-funds", "-5", "--funds", "1"), 2, "not below zero"),
])  # fmt: skip
def test_the_command_on_changes_to_the_yen(args, status, said):
    found = CliRunner().invoke(root, ["assess", "plan-change", "--order", "meti", *args], env={"KANAME_LANG": "en"})
    assert (found.exit_code, said in found.output) == (status, True)
