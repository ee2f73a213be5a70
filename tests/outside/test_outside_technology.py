"""Chapter 4 asked from outside: closings that do not move, secrecy that lasts, the yearly report of the fund."""

import json

import pytest

from case_ledgers import Ledgers, ledger
from outside import HERE

CALL = Ledgers("technology.call", "call", HERE)
COUNCIL = Ledgers("technology.council", "council", HERE)
FUND = Ledgers("technology.fund", "fund", HERE)


def opened(close_at: str, on: str = "2026-03-02") -> str:
    data = {"programme": "k_program", "call_id": "K-1", "concept": "見本技術", "published": True, "theme_slots": 1,
            "open_at": "2026-03-02T10:00:00+09:00", "close_at": close_at, "max_budget_yen": 100}  # fmt: skip
    return f"{on} call.open_call {json.dumps(data, ensure_ascii=False)}"


def proposal(at: str) -> dict:
    return {"title": "見本", "submitted_at": at, "lead_researcher": "架空 一郎", "erad_researcher": "1",
            "erad_institution": "2", "budget_by_year": [{"year": 2026, "yen": 100}], "integrity": True,
            "council": True}  # fmt: skip


def test_a_call_that_closes_on_a_holiday_does_not_move():
    """6 May 2026 is a substitute holiday: noon of that day is the end all the same."""
    text = ledger(opened("2026-05-06T12:00:00+09:00"))
    clock = next(c for c in CALL.standing(text, "2026-04-01")["clocks"] if c["id"] == "closing")
    assert clock["last_day"] == clock["unmoved_last_day"] == "2026-05-06"
    said = CALL.kaname("", "try", "call.open_call", "--on", "2026-03-02", "--data",
                       json.dumps(json.loads(opened("2026-05-06T12:00:00+09:00").split(" ", 2)[2])))  # fmt: skip
    assert said["accepted"] and "a closed day (a substitute holiday)" in json.dumps(said["warnings"])


@pytest.mark.parametrize(("at", "on", "may"), [
    ("2026-05-06T11:59:00+09:00", "2026-05-06", True),
    ("2026-05-06T12:01:00+09:00", "2026-05-06", False),
    ("2026-05-06T03:30:00+00:00", "2026-05-06", False),  # half past twelve in Japan
    ("2026-05-05T16:00:00+00:00", "2026-05-06", True),  # already the 6th in Japan
    ("2026-05-07T09:00:00+09:00", "2026-05-07", False),
])  # fmt: skip
def test_proposals_by_the_minute(at, on, may):
    text = ledger(opened("2026-05-06T12:00:00+09:00"))
    done, said = CALL.tried(text, "proposal.submit_proposal", on, "--run", "p", **proposal(at))
    assert done == may, said


LIFE = """2026-04-01 council.ask_consent {"research": "見本研究", "lead_researcher": "架空 一郎", "state_money": true,
     "vital": true, "harms": "misuse_of_technology"}
    2026-04-10 council.consent
    2026-04-20 council.consult_pm
    2026-05-11 council.organise {"council_name": "見本協議会"}
    2026-05-20 council.set_rules {"rules_text": "規約"}
    2026-06-01 council.start
    2026-06-02 membership.invite u {"member": "架空大学", "party_type": "research_body", "necessary": true}
    2026-06-03 membership.consent u
    2026-06-04 membership.join u
    2026-06-05 membership.register_engaged_person u {"name": "例示 次郎", "duty_explained_on": "2026-06-05"}""".replace(
    "\n     ", " "
)
LEFT = f'{LIFE}\n2026-12-01 membership.end_engagement u {{"name": "例示 次郎"}}\n2027-02-26 membership.leave u'


def test_secrecy_outlives_membership():
    found = [d for d in COUNCIL.standing(ledger(LEFT), "2031-03-03")["duties"] if d["id"].startswith("secrecy")]
    assert found and all(d["status"] == "open" and d["lasts"] for d in found)
    assert COUNCIL.state(ledger(LEFT), "2031-03-03", "membership/u") == "left"


def test_without_consent_no_council_under_article_62():
    """Art. 62: may, with the consent of the lead researcher."""
    asked = ledger(LIFE.splitlines()[0])
    assert not COUNCIL.tried(asked, "council.organise", "2026-05-11", council_name="見本協議会")[0]
    refused = ledger(f"{LIFE.splitlines()[0]}\n2026-04-10 council.refuse")
    assert COUNCIL.state(refused, "2026-04-11") == "not_formed"


@pytest.mark.parametrize(("year", "unmoved", "due"), [
    ("2023-03-31", "2023-09-30", "2023-10-02"),
    ("2025-03-31", "2025-09-30", "2025-09-30"),
    ("2028-03-31", "2028-09-30", "2028-10-02"),
])  # fmt: skip
def test_the_fund_reports_within_six_months(year, unmoved, due):
    consulted = {"fund": "見本", "finance_minister": "財務大臣", "under_27_2": True, "for_critical_technologies": True}
    lines = f"""2022-08-15 fund.consult {json.dumps(consulted)}
        2022-09-20 fund.designate {{"fits_guideline": true}}
        2022-10-03 fund.subsidise {{"budget_act": "補正", "amount_yen": 1, "within_budget": true}}
        2022-10-11 fund.operate {{"income_added": true, "safe_investment": true}}"""
    found = FUND.standing(ledger(lines), f"{year[:4]}-07-01")["clocks"]
    clock = next(c for c in found if c["id"] == "report_due" and c["run"] == year)
    assert (clock["unmoved_last_day"], clock["last_day"]) == (unmoved, due)
