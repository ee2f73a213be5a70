"""The yearly figures count what happened in the fiscal year, over folded cases of both kinds."""

from datetime import date

from case_files import CASES, kind_of

from kaname.procedure import fold
from kaname.regimes import kind
from kaname.regimes.patents.statistics import PUBLISHED, Figures, count
from walks import read_ledger


def all_cases():
    for path in sorted(CASES.glob("*.jsonl")):
        entries = read_ledger(path)
        yield fold(kind(kind_of(entries)), entries, date(2030, 1, 1))


def test_fiscal_2025():
    """Sent: c5_05, breaches, later_applicant, termination, management, declined; four forks; a non-sending notice."""
    assert count(all_cases(), 2025) == Figures(6, 0, 0, 0, 4, 1)


def test_fiscal_2026():
    """Sent c5_03_b; designated c5_05, breaches, later_applicant, management; lifted later_applicant; one notice."""
    assert count(all_cases(), 2026) == Figures(1, 4, 1, 3, 0, 1)


def test_fiscal_2027():
    """c5_05 lifted on 2027-10-06; breaches and management ran out on 2027-06-14."""
    assert count(all_cases(), 2027) == Figures(0, 0, 3, 0, 0, 0)


def test_published_year_is_marked_as_relayed():
    (row,) = PUBLISHED
    assert (row.fiscal_year, row.begins, row.ends) == (2024, date(2024, 5, 1), date(2025, 3, 31))
    assert row.confidence.value == "medium"
