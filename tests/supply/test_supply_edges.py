"""Edges of a supply plan, counted by hand: month ends, leap days, holidays, boundaries of the minor change, orders."""

from datetime import date

import pytest
from supply_ledgers import clock, ledger, standing, state, tried, worked

from kaname.regimes.supply.applicants import applicants, year_begins, year_end_in
from kaname.regimes.supply.catalogue import ORDERS
from kaname.regimes.supply.minor_change import Change, Plan, Result, classify, result, within_six_months
from kaname.regimes.supply.small_business import is_small

D = date.fromisoformat
BASE = Plan(D("2023-04-01"), D("2028-03-31"), 12_000_000_000, 4_000_000_000)


def judged(order: str = "meti", **change) -> Result | None:
    figures = {k: change.pop(k) for k in ("period_start", "period_end", "funds", "grant") if k in change}
    return result(classify(ORDERS[order], BASE, Change(Plan(**figures), **change)))


@pytest.mark.parametrize(
    ("funds", "expected"),
    [
        (13_199_999_999, Result.MINOR), (13_200_000_000, Result.PRIOR), (10_800_000_000, Result.PRIOR),
        (10_800_000_001, Result.MINOR), (12_000_000_000, None),
    ],
)  # fmt: skip
def test_ten_percent_to_the_yen(funds, expected):
    assert judged(funds=funds) is expected


@pytest.mark.parametrize(
    ("before", "after", "within"),
    [
        ("2028-03-31", "2028-09-30", True), ("2028-03-31", "2028-10-01", False),
        ("2028-02-29", "2028-08-31", True),  # counted from 1 March
        ("2028-02-29", "2028-09-01", False), ("2027-08-31", "2028-02-29", True),
        ("2027-08-31", "2028-03-01", False), ("2028-09-30", "2029-03-31", True), ("2028-12-15", "2029-06-15", True),
        ("2028-12-15", "2029-06-16", False), ("2028-03-31", "2027-09-30", True), ("2028-03-31", "2027-09-29", False),
    ],
)  # fmt: skip
def test_six_months_by_the_calendar(before, after, within):
    assert within_six_months(D(before), D(after)) is within


def test_both_ends_may_move_by_six_months_each():
    assert judged(period_start=D("2023-10-01"), period_end=D("2028-09-30")) is Result.MINOR
    assert judged(period_start=D("2023-10-02"), period_end=D("2028-09-30")) is Result.PRIOR


def test_the_gravest_item_decides():
    assert judged(particulars=True) is Result.MINOR
    assert judged(particulars=True, grant=4_000_000_001) is Result.PRIOR
    assert judged(grant=4_000_000_000) is None, "the same grant is no change"
    assert judged(other=True) is Result.PRIOR and judged(other=True, substance_kept=True) is Result.MINOR
    assert judged(funds=13_200_000_000, substance_kept=True) is Result.PRIOR


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_only_the_maff_order_lacks_the_six_months(order):
    expected = Result.PRIOR if order == "maff" else Result.MINOR
    assert judged(order, period_end=D("2028-06-30")) is expected


@pytest.mark.parametrize(
    ("pattern", "year", "closes", "begins"),
    [
        ("2023-03-31", 2024, "2024-03-31", "2023-04-01"), ("2023-02-28", 2024, "2024-02-29", "2023-03-01"),
        ("2024-02-29", 2025, "2025-02-28", "2024-03-01"), ("2023-12-20", 2024, "2024-12-20", "2023-12-21"),
        ("2023-12-31", 2024, "2024-12-31", "2024-01-01"),
    ],
)  # fmt: skip
def test_business_years(pattern, year, closes, begins):
    assert year_end_in(D(pattern), year) == D(closes)
    assert year_begins(D(pattern), D(closes)) == D(begins)


@pytest.mark.parametrize(
    ("year_end", "run", "first", "last"),
    [
        ("2023-12-31", "A:2023-12-31", "2024-01-01", "2024-04-01"),  # 31 March 2024 is a Sunday
        ("2023-09-30", "A:2024-09-30", "2024-10-01", "2025-01-06"),  # 31 December is closed, and to 5 January
        ("2023-02-28", "A:2024-02-29", "2024-03-01", "2024-05-31"),
        ("2023-12-20", "A:2023-12-20", "2023-12-21", "2024-03-21"),  # 20 March is the equinox holiday
        ("2023-11-30", "A:2023-11-30", "2023-12-01", "2024-02-29"),
    ],
)
def test_three_months_after_other_year_ends(year_end, run, first, last):
    case = worked("s3_funds").replace("2023-03-31", year_end, 1)
    assert clock(case, last, "annual_report.report_due", run)[:2] == (first, last)


def test_a_year_that_ended_before_the_certification_is_not_reported():
    runs = {t for t in standing(worked("s3_funds"), "2024-04-01")["tracks"] if t.startswith("annual_report/")}
    assert runs == {"annual_report/A:2024-03-31"}


def test_the_last_report_is_of_the_year_in_which_the_period_ends():
    case = worked("s3_funds").replace('"2028-03-31"', '"2028-04-01"')
    runs = [t for t in standing(case, "2030-04-01")["tracks"] if t.startswith("annual_report/")]
    assert runs[-1] == "annual_report/A:2029-03-31"


def test_a_year_is_reported_once_and_only_when_it_is_over():
    case = worked("s1_annual_report")
    assert not tried(case, "annual_report.submit", "2024-07-03", "--run", "A:2024-03-31", status="再度")[0]
    assert not tried(case, "annual_report.submit", "2024-12-01", "--run", "A:2025-03-31", status="早期")[0]


def test_an_obstacle_told_after_the_report_asks_for_no_second_report():
    case = worked("s1_annual_report") + ledger('2024-09-02 annual_report.impediment A:2024-03-31 {"obstacle": "火災"}')
    assert state(case, "2024-09-02", "annual_report/A:2024-03-31") == "followed_up"
    assert not tried(case, "annual_report.submit", "2024-09-10", "--run", "A:2024-03-31", status="再度")[0]
    assert state(case, "2025-03-01", "annual_report/A:2024-03-31") == "followed_up", "never overdue"


def test_names_of_runs_are_letters_where_none_is_given():
    rows = [{"party": "甲"}, {"party": "乙", "key": "B2"}, {"party": "丙", "key": "丙"}]
    assert [a.key for a in applicants(rows)] == ["A", "B2", "C"]


def test_one_month_received_at_the_end_of_august():
    case = worked("s2_target").replace("2024-01-31", "2024-08-30")
    assert clock(case, "2024-09-02", "plan.target")[1] == "2024-09-30", "counted from 31 August: 30 September"


def test_waiting_for_documents_stops_nothing_but_is_told():
    lines = worked("s2_target") + ledger("2024-02-05 plan.supplement\n2024-02-15 plan.supplement_answer")
    assert clock(lines, "2024-02-20", "plan.target")[1] == "2024-02-29"
    told = [w["text"] for w in standing(lines, "2024-02-20")["warnings"]]
    assert any("10 days" in w and "2024-03-10" in w for w in told)


@pytest.mark.parametrize(
    ("product", "on", "lawful"),
    [
        ("batteries", "2023-01-18", False), ("batteries", "2023-01-19", True), ("ship_parts", "2022-12-27", False),
        ("ship_parts", "2022-12-28", True), ("electronic_components", "2024-02-01", False),
        ("electronic_components", "2024-02-02", True), ("ventilators", "2025-12-25", False),
        ("ventilators", "2025-12-26", True), ("drones", "2025-12-24", True), ("drones", "2025-12-23", False),
    ],
)  # fmt: skip
def test_no_filing_before_the_designation_and_the_order(product, on, lawful):
    asked = {
        "product": product, "applicants": [{"party": "甲社"}], "period_start": "2026-04-01",
        "period_end": "2031-03-31", "funds": 1_000_000_000,
    }  # fmt: skip
    assert tried("", "plan.submit", on, "--by", "applicant", **asked)[0] is lawful


def test_technology_is_asked_for_from_29_march_2024_and_for_five_products():
    lines = worked("s3_funds").splitlines()
    case = "\n".join(lines[:2])
    found = dict.fromkeys(
        ("fits_policy", "long_enough", "structure_adequate", "tight_supply_measures", "information_managed"), True
    )
    assert tried(case, "plan.certify", "2024-03-28", number="n", **found)[0]
    assert not tried(case, "plan.certify", "2024-03-29", number="n", **found, technology_protected=False)[0]
    assert tried(case.replace("batteries", "magnets"), "plan.certify", "2024-03-29", number="n", **found)[0]


@pytest.mark.parametrize(
    ("industry", "capital", "staff", "company", "small"),
    [
        ("general", 300_000_000, 301, True, True), ("general", 300_000_001, 300, True, True),
        ("general", 300_000_001, 301, True, False), ("retail", 10_000_000, 51, False, False),
        ("rubber", 400_000_000, 900, True, True), ("medical", 10**9, 300, True, True),
        ("wholesale", None, 101, True, None), ("cooperative", None, None, True, True),
    ],
)  # fmt: skip
def test_small_and_medium_businesses(industry, capital, staff, company, small):
    assert is_small(industry, capital, staff, company=company) is small
