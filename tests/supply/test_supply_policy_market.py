"""Guidelines and policies, requests for tariff investigations, the opinion of the JFTC in a case of its own."""

from functools import partial
from pathlib import Path

import pytest
import supply_ledgers
from supply_ledgers import ledger, worked

POLICY, MARKET = "supply.policy", "supply.market"
tried, clock, state = supply_ledgers.tried, supply_ledgers.clock, supply_ledgers.state
asked = partial(tried, kind=MARKET)

DRAFT = '{"product": "drones", "direction": "量産", "measures": [{"measure": "量産", "period": "五年以上"}]}'


def test_a_policy_is_adopted_for_a_designated_product_after_consultation_only():
    drafted = f"2025-11-04 policy.draft {DRAFT}"
    assert tried(ledger(drafted), "policy.adopt", "2025-12-01", kind=POLICY)[0] is False, "not consulted about"
    consulted = ledger(f'{drafted}\n2025-12-01 policy.consult {{"consulted": ["内閣総理大臣"]}}')
    assert "not designated" in tried(consulted, "policy.adopt", "2025-12-23", kind=POLICY)[1]
    assert tried(consulted, "policy.adopt", "2025-12-24", kind=POLICY)[0]


def test_comment_on_a_policy_is_practice_and_its_end_only_advice():
    case = ledger(f"""
        2026-10-01 policy.draft {DRAFT}
        2026-10-05 policy.comment
        2026-10-12 policy.consult {{"consulted": ["内閣総理大臣"]}}
    """)
    assert clock(case, "2026-10-12", "policy.comment_period", kind=POLICY) == ("2026-10-05", "2026-11-03", "running")
    assert tried(case, "policy.adopt", "2026-11-03", kind=POLICY) == (True, "comments can be made until 2026-11-03")
    assert tried(case, "policy.adopt", "2026-11-04", kind=POLICY) == (True, "")


def test_a_measure_without_a_period_or_deadline_is_refused():
    draft = {"product": "drones", "direction": "量産", "measures": [{"measure": "量産"}]}
    assert "period or deadline" in tried("", "policy.draft", "2026-01-15", kind=POLICY, **draft)[1]


def test_publication_is_owed_without_delay_from_the_decision_on():
    case = worked("guideline", "policy")
    first = "\n".join(case.splitlines()[:3])
    assert clock(first, "2022-10-03", "guideline.publication", kind=POLICY) == (None, None, "running")
    assert clock(case, "2026-09-16", "guideline.publication", kind=POLICY) == (None, None, "met")


def test_a_case_holds_a_guideline_or_a_policy():
    assert tried(worked("guideline", "policy"), "two_step_guideline.draft", "2026-10-01", kind=POLICY)[0] is False


def test_the_policy_of_the_finance_corporation_without_approval_is_a_breach():
    drafted = "\n".join(worked("two_step", "policy").splitlines()[:4])
    accepted, told = tried(drafted, "two_step_guideline.policy_set", "2023-01-20", kind=POLICY)
    assert (accepted, "approval" in told) == (False, True)
    assert "two_step_guideline.no_policy_without_approval" in supply_ledgers.bans(drafted, "2023-01-20", POLICY)


# -- tariff ----------------------------------------------------------------------------------------------------------

FOUND = {
    "product": "magnets",
    "evidence": ["資料"],
    "concerns_product": True,
    "evidence_sufficient": True,
    "needed": True,
}


@pytest.mark.parametrize(("on", "accepted"), [("2026-03-31", False), ("2026-04-01", True)])
def test_circumvention_can_be_asked_since_2026_04_01_where_a_duty_is_in_force(on, accepted):
    told = {**FOUND, "sort": "circumvention"}
    if accepted:
        assert asked("", "tariff.request", on, "--run", "t1", **told, dumping_duty=False)[0] is False
        told["dumping_duty"] = True
    assert asked("", "tariff.request", on, "--run", "t1", **told)[0] is accepted


# what every request below says beside its sort
REQUESTED = (
    '"product": "magnets", "evidence": ["資料"], "concerns_product": true, "evidence_sufficient": true, "needed": true'
)


@pytest.mark.parametrize(("on", "place"), [("2026-03-31", "30(4)"), ("2026-04-01", "30(5)")])
def test_publication_is_cited_under_the_number_of_the_day(on, place):
    case = ledger(f"""
        2026-01-05 tariff.request t1 {{"sort": "dumping", {REQUESTED}}}
        2026-02-02 tariff.open t1
    """)
    said = asked(case, "tariff.publish", on, "--run", "t1")[1]
    assert "not filled in" in said
    told = supply_ledgers.kaname(case, "try", "tariff.publish", "--run", "t1", "--on", on, kind=MARKET)
    assert place in str(told)


@pytest.mark.parametrize(("sort", "last"), [
    ("countervailing", "2027-05-11"), ("dumping", "2027-05-11"), ("circumvention", "2027-03-11"),
    ("surge", "2027-05-11"),
])  # fmt: skip
def test_the_time_for_the_investigation_depends_on_what_is_asked(sort, last):
    duty = ', "dumping_duty": true' if sort == "circumvention" else ""
    case = ledger(f"""
        2026-04-06 tariff.request t1 {{"sort": "{sort}", {REQUESTED}{duty}}}
        2026-05-11 tariff.open t1
    """)
    name = "surge_investigation" if sort == "surge" else "investigation"
    assert clock(case, "2026-06-01", f"tariff.{name}", "t1", kind=MARKET) == ("2026-05-12", last, "running")
    longer = {"extended_to": "2028-01-31", "reasons": "現地調査"}
    act = "tariff.extend_surge" if sort == "surge" else "tariff.extend"
    assert asked(case, act, "2027-01-04", "--run", "t1", **longer)[0] is (sort == "surge"), "six months, or as needed"


def test_secrecy_needs_its_statement():
    told = {**FOUND, "sort": "dumping", "secret": True}
    assert asked("", "tariff.request", "2026-01-05", "--run", "t1", **told)[0] is False
    assert asked("", "tariff.request", "2026-01-05", "--run", "t1", **told, secret_reasons="価格のため")[0]


# -- the opinion of the JFTC -----------------------------------------------------------------------------------------


def test_the_commission_reads_the_case_of_the_plan_or_records_what_was_found(tmp_path: Path):
    plan = tmp_path / "plan.jsonl"
    plan.write_text(worked("s5_joint"), encoding="utf-8")
    taken = ("--with", f"plan={plan}")
    assert asked("", "jftc.refer", "2026-01-05", "--run", "p1", *taken, necessary=True)[0]
    assert asked("", "jftc.refer", "2026-01-05", "--run", "p1", necessary=True, same_industry=False)[0] is False
    plan.write_text(worked("cancelled"), encoding="utf-8")
    assert "nothing to refer" in asked("", "jftc.refer", "2026-01-05", "--run", "p1", *taken, necessary=True)[1]
    referred = ledger('2024-02-01 jftc.refer p1 {"same_industry": true, "necessary": true}')
    assert asked(referred, "jftc.opine", "2024-04-01", "--run", "p1", opinion="意見", certified=False)[0] is False
    assert asked(referred, "jftc.opine", "2024-04-01", "--run", "p1", opinion="意見", certified=True)[0]
