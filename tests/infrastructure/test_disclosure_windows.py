"""Fiscal years, foreign-government sales, holders, age of papers: T5, then leap years, month ends, exact thresholds."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from kaname.regimes.infrastructure.answers import Verdict
from kaname.regimes.infrastructure.disclosure_windows import (
    Holder,
    Sales,
    YearEnd,
    certificate,
    foreign_sales,
    named_holders,
    oldest_paper,
    sales_answer,
    window,
    window_of,
)

D = date.fromisoformat
MARCH = YearEnd(3, 31)


def sale(year_end, country, body, percent):
    return Sales(D(year_end), country, body, Fraction(percent) / 100)


T5 = (
    sale("2025-03-31", "X", "ministry", 15), sale("2025-03-31", "X", "city", 6), sale("2025-03-31", "X", "bank", 5),
    sale("2025-03-31", "Y", "agency", 20), sale("2024-03-31", "X", "ministry", 20),
    sale("2024-03-31", "Y", "agency", 20),
)  # fmt: skip


def years(filing, year_end=MARCH):
    return [d.isoformat() for d in window(D(filing), year_end).years]


def test_t5_a_no_country_before_the_new_year_counts():
    within = window(D("2025-05-30"), MARCH)
    assert within.cut_off == D("2025-03-30")
    assert years("2025-05-30") == ["2024-03-31", "2023-03-31", "2022-03-31"]
    assert foreign_sales(within, T5) == ()
    assert sales_answer(within, T5).verdict is Verdict.OUTSIDE


def test_t5_b_x_is_listed_with_its_three_bodies_y_is_not():
    within = window(D("2025-06-02"), MARCH)
    assert within.cut_off == D("2025-04-02")
    (x,) = foreign_sales(within, T5)
    assert (x.year_end, x.country, x.total, [b.body for b in x.bodies]) == (
        D("2025-03-31"), "X", Fraction(26, 100), ["ministry", "city", "bank"])  # fmt: skip
    found = sales_answer(within, T5, order="mic")
    assert found.verdict is Verdict.INSIDE
    assert found.why[0].basis[0].citation == "12(iv)"


def test_t5_holders():
    held = (
        Holder("a", Fraction("0.0499")),
        Holder("b", Fraction("0.05")),
        Holder("c", Fraction("0.3"), direct=False),
        Holder("d", Fraction(4999999, 100000000)),
    )
    assert [h.name for h in named_holders(held)] == ["b"]


def test_t5_certificates():
    assert certificate(D("2025-06-02"), D("2025-03-01")).verdict is Verdict.OUTSIDE
    assert certificate(D("2025-06-02"), D("2025-03-02")).verdict is Verdict.INSIDE


def test_the_facts_own_example():
    assert window(D("2024-05-17"), MARCH).cut_off == D("2024-03-17")
    assert years("2024-05-17") == ["2023-03-31", "2022-03-31", "2021-03-31"]


@pytest.mark.parametrize(
    ("filing", "year_end", "newest"),
    [
        ("2025-05-31", MARCH, "2025-03-31"),  # the very day two months before
        ("2025-05-30", MARCH, "2024-03-31"),
        ("2025-04-30", YearEnd(2, 28), "2025-02-28"),  # no 30 February: its last day
        ("2024-04-30", YearEnd(2, 28), "2024-02-29"),  # the end of February in a leap year
        ("2024-04-28", YearEnd(2, 29), "2023-02-28"),
        ("2024-04-29", YearEnd(2, 29), "2024-02-29"),
        ("2025-03-01", YearEnd(12, 31), "2024-12-31"),
        ("2025-02-28", YearEnd(12, 31), "2023-12-31"),  # two months before is 28 December
        ("2025-01-31", YearEnd(11, 30), "2024-11-30"),  # no 31 November: its last day
        ("2025-01-29", YearEnd(11, 30), "2023-11-30"),
    ],
)
def test_the_newest_year_of_the_window(filing, year_end, newest):
    assert window(D(filing), year_end).years[0] == D(newest)


def test_a_changed_fiscal_year_is_told_by_its_year_ends():
    ends = [D(x) for x in ("2021-03-31", "2022-03-31", "2022-12-31", "2023-12-31", "2024-12-31")]
    assert window_of(D("2024-06-03"), ends).years == (D("2023-12-31"), D("2022-12-31"), D("2022-03-31"))


def test_exactly_a_quarter_is_listed_a_hair_less_is_not():
    within = window(D("2025-06-02"), MARCH)
    for bodies, listed in ((("12.5", "12.5"), True), (("12.5", "12.4999999"), False), (("25",), True)):
        rows = [sale("2025-03-31", "X", f"b{n}", p) for n, p in enumerate(bodies)]
        assert bool(foreign_sales(within, rows)) is listed


def test_years_and_countries_are_never_added_up():
    within = window(D("2025-06-02"), MARCH)
    rows = [sale("2025-03-31", "X", "a", 24), sale("2024-03-31", "X", "a", 24), sale("2025-03-31", "Y", "a", 24)]
    assert foreign_sales(within, rows) == ()
    old = [sale("2022-03-31", "X", "a", 90)]
    assert foreign_sales(within, old) == ()


def test_a_year_nobody_told_is_asked_for():
    within = window(D("2025-06-02"), MARCH)
    found = sales_answer(within, (), told=[D("2025-03-31"), D("2024-03-31")])
    assert (found.verdict, [n.id for n in found.needs]) == (Verdict.ASK, ["sales.2023-03-31"])


@pytest.mark.parametrize(
    ("filing", "oldest", "unclear"),
    [
        ("2025-06-02", "2025-03-02", False),
        ("2025-05-31", "2025-03-01", True),  # 28 February is older than three months
        ("2025-05-30", "2025-03-01", True),
        ("2025-05-29", "2025-03-01", True),
        ("2025-05-28", "2025-02-28", False),
        ("2024-05-29", "2024-02-29", False),
        ("2024-05-30", "2024-03-01", True),
        ("2025-07-31", "2025-05-01", True),  # no 31 April
        ("2025-03-31", "2024-12-31", False),
    ],
)
def test_the_oldest_paper(filing, oldest, unclear):
    assert oldest_paper(D(filing)) == (D(oldest), unclear)
    assert certificate(D(filing), D(oldest)).verdict is Verdict.INSIDE
    assert certificate(D(filing), D(oldest) - timedelta(days=1)).verdict is Verdict.OUTSIDE


def test_expiry_decides_where_there_is_one():
    filing = D("2025-06-02")
    assert certificate(filing, D("2015-01-01"), D("2025-06-02")).verdict is Verdict.INSIDE
    assert certificate(filing, D("2025-05-30"), D("2025-06-01")).verdict is Verdict.OUTSIDE
    assert certificate(filing, None).verdict is Verdict.ASK
    assert certificate(filing, D("2025-06-03")).verdict is Verdict.OUTSIDE
