"""Until when a disclosure serves: the oldest paper, the passport of each officer, the next fiscal year."""

from datetime import date, timedelta

from infrastructure.filing_world import vendor
from kaname.regimes.infrastructure.filing.content import Party, PartyRole
from kaname.regimes.infrastructure.filing.disclosure import Certificate
from kaname.regimes.infrastructure.filing.lasting import last_fresh, serves_until
from kaname.regimes.infrastructure.filing.party import Asked, of_party

TODAY = date(2025, 6, 2)
ROLES = frozenset({PartyRole.SUPPLIER})


def test_a_paper_without_expiry_serves_three_months_and_one_with_it_to_its_day():
    assert last_fresh(Certificate("registry", issued_on=date(2025, 4, 1))) == date(2025, 7, 1)
    assert last_fresh(Certificate("officer", 1, expires_on=date(2030, 1, 1))) == date(2030, 1, 1)
    assert last_fresh(Certificate("registry")) is None


def test_what_ends_first_ends_it_and_the_day_after_something_is_missing():
    said = vendor()
    until = serves_until(said, TODAY)
    assert until == date(2025, 7, 1)

    def lacks(day):
        return [f for f in of_party(Party(said.name, said), Asked(ROLES, day)) if f.blocks]

    assert lacks(until) == [] and lacks(until + timedelta(1))


def test_the_next_fiscal_year_must_be_told_two_months_after_its_end():
    papers = [
        {"sort": "registry", "expires_on": "2040-01-01"},
        {"sort": "officer", "about": 1, "expires_on": "2040-01-01"},
    ]
    assert serves_until(vendor(certificates=papers), TODAY) == date(2026, 5, 30)
    assert serves_until(vendor(certificates=papers, sales=None, year_end=""), TODAY) == date(2040, 1, 1)


def test_of_several_papers_for_one_thing_the_newest_counts():
    papers = [{"sort": "registry", "issued_on": "2025-03-10"}, {"sort": "registry", "issued_on": "2025-05-20"},
              {"sort": "officer", "about": 1, "expires_on": "2030-01-01"}]  # fmt: skip
    assert serves_until(vendor(certificates=papers), TODAY) == date(2025, 8, 20)
