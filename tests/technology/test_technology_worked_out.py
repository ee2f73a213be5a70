"""Scenarios of Chapter 4 worked out by hand from the text of the law, run as ledgers through the command line."""

import json

import pytest
from council_ledgers import COMMISSIONS, COUNCILS, FUNDS
from technology_ledgers import CALL, CONCEPT, ledger

ASKED = {
    "research": "r", "lead_researcher": "甲", "state_money": True, "vital": True, "harms": ["misuse_of_technology"],
}  # fmt: skip


def council(since: str) -> str:
    """Asked, consented, consulted on one day."""
    return ledger(
        f"{since} council.ask_consent {json.dumps(ASKED)}\n{since} council.consent\n{since} council.consult_pm"
    )


@pytest.mark.parametrize(("on", "lawful"), [("2022-07-31", False), ("2022-08-01", True)])
def test_what_the_chapter_gives_is_there_from_the_day_it_is_in_force(on, lawful):
    fund = ledger('2022-07-20 fund.consult {"fund": "f", "finance_minister": "m", "under_27_2": true, '
                  '"for_critical_technologies": true}')  # fmt: skip
    tests = dict.fromkeys(("is_corporation", "test_expert_study", "test_information_collection", "test_links",
                           "test_information_security"), True)  # fmt: skip
    study = ledger(f'2022-07-20 research_commission.plan {{"questions": "q"}}\n'
                   f"2022-07-20 research_commission.examine {json.dumps({'applicant': 'b'} | tests)}")  # fmt: skip
    lead = ledger('2022-07-20 fund_council.identify_lead {"research": "r", "lead_researcher": "p", '
                  '"paid_from_fund": true}')  # fmt: skip
    answers = [
        COUNCILS.tried(council("2022-07-20"), "council.organise", on, council_name="c"),
        COUNCILS.tried(lead, "fund_council.organise_jointly", on, council_name="c", with_prime_minister=True),
        FUNDS.tried(fund, "fund.designate", on, fits_guideline=True),
        COMMISSIONS.tried(study, "research_commission.commission", on, body="b"),
    ]
    assert [accepted for accepted, _ in answers] == [lawful] * 4
    assert all(("from 2022-08-01 only" in said) is not lawful for _, said in answers)


@pytest.mark.parametrize("lacking", ["state_money", "vital"])
def test_a_council_of_art_62_needs_state_money_and_a_technology_of_art_61(lacking):
    accepted, said = COUNCILS.tried("", "council.ask_consent", "2023-05-10", **(ASKED | {lacking: False}))
    assert not accepted and said
    assert not COUNCILS.tried("", "council.ask_consent", "2023-05-10", **(ASKED | {"harms": []}))[0]


DRAFT = {"concept_title": "t", "type": "project", "goals": "g", "funding_agency": "nedo"}


@pytest.mark.parametrize(("cited", "unverified"), [
    (["OCE-07"], ""), (["SPA-04", "OCE-07"], ""),  # adopted before the second vision
    (["OCE-01"], "OCE-01"), (["OCE-07", "XCY-02"], "XCY-02"),  # by the totals alone
])  # fmt: skip
def test_a_technology_whose_vision_no_dated_source_tells_is_unverified(cited, unverified):
    case = ledger('2022-10-01 concept.record_vision {"vision_number": 1}')
    accepted, said = CONCEPT.tried(case, "concept.draft_concept", "2022-10-21", **DRAFT, vision_technologies=cited)
    assert accepted and (f"unverified: no dated source says which vision names {unverified}" in said) is bool(
        unverified
    )


CALLED = {
    "call_id": "K", "concept": "c", "published": True, "theme_slots": 1, "max_budget_yen": 1000,
    "open_at": "2026-07-29T10:00:00+09:00", "close_at": "2026-08-12T12:00:00+09:00",
}  # fmt: skip
PROPOSED = {
    "title": "t", "lead_researcher": "甲", "erad_researcher": "1", "erad_institution": "2", "integrity": True,
    "council": True, "budget_by_year": [{"year": 2026, "yen": 900}],
}  # fmt: skip


@pytest.mark.parametrize(("at", "on", "lawful"), [
    ("2026-08-12T12:00:00+09:00", "2026-08-12", True), ("2026-08-12T12:00:01+09:00", "2026-08-12", False),
    ("2026-08-12T03:00:00Z", "2026-08-12", True),  # noon in Japan
    ("2026-08-12T15:00:00Z", "2026-08-13", False), ("2026-08-11T12:00:00+09:00", "2026-08-12", False),
])  # fmt: skip
def test_a_call_closes_at_its_hour_in_japan(at, on, lawful):
    case = ledger(f"2026-07-29 call.open_call {json.dumps(CALLED)}")
    asked = {"submitted_at": at, **PROPOSED}
    assert CALL.tried(case, "proposal.submit_proposal", on, "--run", "p1", **asked)[0] is lawful


@pytest.mark.parametrize(("field", "value"), [
    ("max_budget_yen", -1), ("max_budget_yen", "60億"), ("close_at", "2026-08-12"), ("close_at", "2026-08-12T12:00:00"),
    ("close_at", "2026-07-29T09:59:59+09:00"), ("theme_slots", 0), ("theme_slots", 1.5), ("published", False),
])  # fmt: skip
def test_a_call_that_cannot_be(field, value):
    assert not CALL.tried("", "call.open_call", "2026-07-29", **(CALLED | {field: value}))[0]
    assert CALL.tried("", "call.open_call", "2026-07-29", **CALLED)[0]


@pytest.mark.parametrize(("year_end", "unmoved", "last"), [
    ("2023-03-31", "2023-09-30", "2023-10-02"), ("2026-03-31", "2026-09-30", "2026-09-30"),
    ("2028-03-31", "2028-09-30", "2028-10-02"),
])  # fmt: skip
def test_the_report_of_the_fund_six_months_after_its_year(year_end, unmoved, last):
    case = "\n".join((FUNDS.cases / "fund_life.jsonl").read_text(encoding="utf-8").splitlines()[:4])
    (due,) = (c for c in FUNDS.standing(case, unmoved)["clocks"] if (c["id"], c["run"]) == ("report_due", year_end))
    assert (due["unmoved_last_day"], due["last_day"], due["first_counted_day"][5:]) == (unmoved, last, "04-01")
