"""Variations of the worked scenarios of Chapter 2, each result worked out by hand from the text of the law: a refusal
and what follows, changes, a cancellation, reports that come late, twice or after the end, sums in instalments.

The business year of the plans ends on 31 March; the plan runs from 2023-04-01 to 2028-03-31 with 12.0 and 4.0 billion.
"""

import pytest
from supply_ledgers import clock, kaname, ledger, standing, state, tried, worked

MARKET, SURVEY, BODY = "supply.market", "supply.survey", "supply.support_body"
FOUND = dict.fromkeys(
    ("fits_policy", "long_enough", "structure_adequate", "tight_supply_measures", "information_managed",
     "technology_protected"), True,
)  # fmt: skip
YEAR = "A:2024-03-31"


def head(name: str, lines: int) -> str:
    """The first lines of a worked case."""
    return "\n".join(worked(name).splitlines()[:lines])


def and_then(case: str, *more: str) -> str:
    return case.rstrip("\n") + "\n" + ledger("\n".join(more))


SUBMITTED, CERTIFIED = head("refused", 1), head("cancelled", 4)


# -- refusal, withdrawal, certification -------------------------------------------------------------------------------


def test_a_refused_plan_cannot_be_certified_changed_or_granted():
    case = worked("refused")
    assert state(case, "2024-07-02") == "refused"
    assert tried(case, "plan.certify", "2024-07-02", number="n", **FOUND)[0] is False
    assert tried(case, "plan_change.submit", "2024-07-02", "--run", "c1", funds=1)[0] is False
    assert tried(case, "grant.apply", "2024-07-02", "--run", "g1", amount=1)[0] is False


def test_a_refusal_needs_reasons():
    case = and_then(SUBMITTED, "2024-06-10 plan.consult")
    assert tried(case, "plan.refuse", "2024-07-01")[0] is False
    assert tried(case, "plan.refuse", "2024-07-01", reasons="r")[0] is True


def test_a_withdrawn_plan_is_over():
    case = worked("withdrawn")
    assert tried(case, "plan.consult", "2024-06-17", consulted=["内閣総理大臣"])[0] is False
    assert tried(case, "plan.certify", "2024-06-17", number="n", **FOUND)[0] is False


@pytest.mark.parametrize("denied", sorted(FOUND))
def test_every_finding_of_art_9_4_is_needed(denied):
    case = and_then(SUBMITTED, '2024-06-10 plan.consult {"consulted": ["内閣総理大臣"]}')
    found, said = tried(case, "plan.certify", "2024-06-28", number="n", **(FOUND | {denied: False}))
    assert (found, bool(said)) == (False, True)


def test_no_certification_without_the_consultation_even_after_the_month():
    assert tried(SUBMITTED, "plan.certify", "2024-09-02", number="n", **FOUND)[0] is False


@pytest.mark.parametrize(("on", "last"), [
    ("2024-06-03", "2024-07-03"), ("2024-07-31", "2024-08-31"), ("2024-08-31", "2024-09-30"),
    ("2025-01-30", "2025-02-28"),
])  # fmt: skip
def test_the_month_of_processing_is_a_target_that_does_not_move(on, last):
    case = SUBMITTED.replace("2024-06-03", on, 1)
    found = next(c for c in standing(case, on)["clocks"] if c["procedure"] == "plan")
    assert (found["last_day"], found["force"]) == (last, "target")
    assert state(case, "2025-12-01") == state(case, on), "its end changes nothing"


# -- changes ----------------------------------------------------------------------------------------------------------


def test_a_change_refused_leaves_the_plan_as_it_was_certified():
    case = head("changes", 13)
    assert state(case, "2024-06-04", "plan_change/c1") == "change_refused"
    assert standing(case, "2024-06-04")["tracks"]["plan"]["state"] == "certified"
    again = and_then(case, '2024-06-10 plan_change.submit c9 {"funds": 13000000000, "grant": 4000000000}')
    assert state(again, "2024-06-10", "plan_change/c9") == "change_submitted"


def test_no_change_of_a_plan_that_is_still_being_judged():
    assert tried(SUBMITTED, "plan_change.submit", "2024-06-10", "--run", "c1", funds=13_000_000_000)[0] is False
    assert tried(SUBMITTED, "plan_minor_change.notify", "2024-06-10", "--run", "n1", notice="n")[0] is False


# -- cancellation -----------------------------------------------------------------------------------------------------

NOT_DONE = '2024-09-02 plan_cancellation.find_nonperformance {"facts": "f"}'
NO_LONGER_FIT = '2024-09-02 plan_cancellation.find_nonconformity {"facts": "f"}'
NOTICE = '2024-09-09 plan_cancellation.hearing_notice {"planned": "p", "hearing_on": "2024-10-01"}'


def test_no_cancellation_without_a_hearing_or_a_ground_for_none():
    case = and_then(CERTIFIED, NOT_DONE)
    assert tried(case, "plan_cancellation.cancel", "2024-10-21", reasons="r")[0] is False
    assert tried(case, "plan_cancellation.cancel", "2024-10-21", reasons="r", no_hearing="consent")[0] is True
    noticed = and_then(case, NOTICE)
    assert tried(noticed, "plan_cancellation.cancel", "2024-10-21", reasons="r")[0] is False, "notified is not held"
    assert tried(noticed, "plan_cancellation.hearing_hold", "2024-09-30", record="r")[0] is False, "before its day"
    held = and_then(noticed, '2024-10-01 plan_cancellation.hearing_hold {"record": "r"}')
    assert tried(held, "plan_cancellation.cancel", "2024-10-21", reasons="r")[0] is True


def test_only_a_plan_that_no_longer_fits_is_instructed_and_only_then_must_it_have_ignored_that():
    assert (
        tried(and_then(CERTIFIED, NOT_DONE), "plan_cancellation.instruct_change", "2024-09-05", content="c")[0] is False
    )
    case = and_then(CERTIFIED, NO_LONGER_FIT, '2024-09-05 plan_cancellation.instruct_change {"content": "c"}')
    asked = {"planned": "p", "hearing_on": "2024-11-01"}
    assert tried(case, "plan_cancellation.hearing_notice", "2024-10-15", **asked)[0] is False
    assert tried(case, "plan_cancellation.hearing_notice", "2024-10-15", ignored=True, **asked)[0] is True


def test_a_hearing_lies_after_its_notice():
    case = and_then(CERTIFIED, NOT_DONE)
    assert (
        tried(case, "plan_cancellation.hearing_notice", "2024-09-09", planned="p", hearing_on="2024-09-09")[0] is False
    )


def test_after_a_cancellation_no_year_opens_and_the_support_body_is_told():
    case = head("cancelled", 8)
    runs = [t for t in standing(case, "2026-06-01")["tracks"] if t.startswith("annual_report/")]
    assert runs == [f"annual_report/{YEAR}"], "the year to 2025-03-31 ended after the cancellation"
    told = [d["status"] for d in standing(case, "2024-11-01")["duties"] if d["id"] == "notify_support"]
    assert told == ["done", "open"], "once of the certification, once of the cancellation"


# -- yearly reports ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "late"), [("2024-07-01", False), ("2024-07-02", True), ("2025-03-03", True)])
def test_a_report_is_taken_late_too_and_stays_late(on, late):
    case = and_then(CERTIFIED, f'{on} annual_report.submit {YEAR} {{"status": "s"}}')
    report = next(c for c in standing(case, "2025-03-04")["clocks"] if (c["id"], c["run"]) == ("report_due", YEAR))
    assert (report["last_day"], report["met_on"], report["force"]) == ("2024-07-01", on, "in_principle")
    assert (report["met_on"] > report["last_day"]) is late
    duty = next(d for d in standing(case, "2025-03-04")["duties"] if (d["id"], d["run"]) == ("report", YEAR))
    assert duty["penalty"].startswith("no penalty")


def test_the_same_year_is_not_reported_twice_nor_before_it_is_over():
    case = and_then(CERTIFIED, f'2024-05-01 annual_report.submit {YEAR} {{"status": "s"}}')
    assert tried(case, "annual_report.submit", "2024-05-02", "--run", YEAR, status="t")[0] is False
    assert tried(CERTIFIED, "annual_report.submit", "2024-03-31", "--run", YEAR, status="t")[0] is False


def test_a_year_that_ended_before_the_cancellation_can_still_be_reported_and_says_that_this_is_open():
    case = head("cancelled", 8)
    told = [w["text"] if isinstance(w, dict) else str(w) for w in standing(case, "2024-11-01")["warnings"]]
    assert any("not settled" in text for text in told), told
    assert tried(case, "annual_report.submit", "2024-11-01", "--run", YEAR, status="s")[0] is True


def test_an_unanswered_demand_is_punished_where_the_report_is_not():
    case = and_then(CERTIFIED, f'2024-09-02 annual_report.demand {YEAR} {{"demanded": "d", "report_by": "2024-09-30"}}')
    owed = {
        d["id"]: (d["status"], bool(d["penalty"])) for d in standing(case, "2024-10-01")["duties"] if d["run"] == YEAR
    }
    assert owed["answer"] == ("overdue", True)


# -- a plan of two companies, of two ministries -----------------------------------------------------------------------


def test_two_applicants_report_each_by_its_own_year():
    case = head("s5_joint", 9)
    assert clock(case, "2024-01-01", "annual_report.report_due", "K:2023-12-31")[1] == "2024-04-01", "31 March a Sunday"
    assert clock(case, "2024-04-01", "annual_report.report_due", "N:2024-03-31")[1] == "2024-07-01", "30 June a Sunday"


def test_the_commission_is_for_one_industry_only():
    case = head("s5_joint", 2).replace('"industry": "舶用機関"}], ', '"industry": "鋳造"}], ')
    other = case.replace('"same_industry": true', '"same_industry": false')
    assert tried(other, "plan.refer_jftc", "2023-03-24", necessary=True)[0] is False


# -- sums -------------------------------------------------------------------------------------------------------------


def test_a_surcharge_over_three_instalments_and_two_parts_by_hand():
    """700 million are ordered back: the 400 received last, and 300 of those before. 10.95 % a year are 3 yen a day for
    10,000. 2 December to 19 January: 300 million for 49 days; to 30 June: 700 for 162; to 15 July, 200 repaid: 500 for
    15; to 31 July, 100 more repaid: 400 for 16.
    """
    million_days = 300 * 49 + 700 * 162 + 500 * 15 + 400 * 16
    assert million_days * 3 * 100 == 42_600_000
    paid = (
        '2024-10-01 grant.pay {"amount": 300000000, "received_on": "2024-10-01"}',
        '2024-12-02 grant.pay {"amount": 300000000, "received_on": "2024-12-02"}',
        '2025-01-17 grant.pay {"amount": 400000000, "received_on": "2025-01-20"}',
        '2025-06-02 grant.revoke {"ground": "breach", "reasons": "目的外使用"}',
        '2025-06-10 grant.return {"amount": 700000000, "return_by": "2025-07-31", "reason_for_amount": "一部の取消し"}',
        '2025-06-30 grant.repay_part {"amount": 200000000}', '2025-07-15 grant.repay_part {"amount": 100000000}',
    )  # fmt: skip
    case = and_then(head("grant_breach", 7), *paid)
    assert standing(case, "2025-07-16")["notes"] == []
    found = kaname(case, "try", "grant.repay", "--on", "2025-07-31")["entry"]["data"]
    assert (found["amount"], found["surcharge"], found.get("arrears", 0)) == (400_000_000, 42_600_000, 0)
    late = kaname(case, "try", "grant.repay", "--on", "2025-08-04")["entry"]["data"]
    assert late["arrears"] == 400_000_000 * 4 * 3 // 10_000, "from the day after the due date, that of payment counted"


# -- surveys and tariffs ----------------------------------------------------------------------------------------------


def test_a_survey_without_an_answer_stays_without_a_sanction():
    case = ledger('2025-03-10 survey.send s {"goods": "g", "asked": "a", "answer_by": "2025-03-31", "needed": true, '
                  '"in_field": true}')  # fmt: skip
    found = standing(case, "2025-12-01", kind=SURVEY)
    assert not [d for d in found["duties"] if d["status"] == "overdue" and d["penalty"] and "96" in str(d["penalty"])]
    assert found["tracks"]["survey/s"]["state"] == state(case, "2025-04-01", "survey/s", kind=SURVEY)


@pytest.mark.parametrize(("on", "cites"), [("2026-03-31", "30(4)"), ("2026-04-01", "30(5)")])
def test_the_publication_is_cited_by_the_number_of_its_day(on, cites):
    request = ('{"product": "magnets", "evidence": ["e"], "concerns_product": true, "evidence_sufficient": true, '
               '"needed": true, "sort": "dumping"}')  # fmt: skip
    case = ledger(f"2026-03-02 tariff.request t {request}\n2026-03-30 tariff.open t")
    (owed,) = (d for d in standing(case, on, kind=MARKET)["duties"] if d["id"] == "publish")
    assert cites in str(owed["basis"])


@pytest.mark.parametrize(("opened", "last"), [("2026-02-27", "2027-02-27"), ("2024-02-29", "2025-02-28")])
def test_a_dumping_investigation_takes_a_year(opened, last):
    case = ledger(
        f'2024-02-01 tariff.request t {{"product": "magnets", "evidence": ["e"], "concerns_product": true, '
        f'"evidence_sufficient": true, "needed": true, "sort": "dumping"}}\n{opened} tariff.open t'
    )
    assert clock(case, opened, "tariff.investigation", "t", kind=MARKET)[1] == last


# -- the fund's years -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year_end", "accounts", "fund"), [
    ("2026-03-31", "2026-06-30", "2026-09-30"),  # a Tuesday, a Wednesday
    ("2025-09-30", "2026-01-05", "2026-03-31"),  # 31 December closed, and to Sunday 4 January
    ("2025-08-31", "2025-12-01", "2026-03-02"),  # 30 November a Sunday, 28 February a Saturday
])  # fmt: skip
def test_accounts_and_fund_report_move_over_closed_days(year_end, accounts, fund):
    first = worked("corporation_life", "body").splitlines()[:9]
    month_day = year_end[5:]
    pattern = f"{'2022' if month_day > '03-31' else '2023'}-{month_day}"
    case = "\n".join(first).replace('"year_end": "2023-03-31"', f'"year_end": "{pattern}"')
    assert clock(case, fund, "support_year.accounts_due", year_end, kind=BODY)[1] == accounts
    assert clock(case, fund, "support_year.fund_report_due", year_end, kind=BODY)[1] == fund


@pytest.mark.parametrize("addressee", ["institution", "facility_manager"])
def test_a_demand_and_an_order_bind_whom_they_are_addressed_to(addressee):
    case = ledger(
        f'2025-06-02 inspection.demand m1 {{"addressee": "{addressee}", "needed": true, "report_by": "2025-06-30"}}\n'
        f'2025-06-03 inspection.order m2 {{"addressee": "{addressee}", "order_needed": true, "order": "o", '
        '"reasons": "r"}'
    )
    found = standing(case, "2025-07-01", kind=BODY)["duties"]
    assert [(d["id"], d["run"], d["by"], d["status"]) for d in found] == [
        ("answer", "m1", addressee, "overdue"), ("obey", "m2", addressee, "open"),
    ]  # fmt: skip
