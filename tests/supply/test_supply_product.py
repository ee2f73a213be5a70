"""Designation and special measures: the judgement by four requirements, public comment, scope, facility managers."""

import json
from functools import partial

import pytest
import supply_ledgers
from supply_ledgers import ledger, worked

KIND = "supply.product"
tried, clock, state = (
    partial(f, kind=KIND) for f in (supply_ledgers.tried, supply_ledgers.clock, supply_ledgers.state)
)

REVIEWED = """
    2025-03-03 designation.start {"name": "架空素材"}
    2025-06-02 designation.risk_review {"sheet": ["根拠資料"]}
"""
REASONS = {f"reasons_r{n}": "理由" for n in (1, 2, 3, 4)}
MET = {"r1a": True, "r2a": True, "r3": True, "r4": True, **REASONS}
PROPOSED = f"{REVIEWED} 2026-09-01 designation.assess {json.dumps(MET)}"
HASH = "0" * 64


@pytest.mark.parametrize("one", [("r1a", "r2a"), ("r1b", "r2a"), ("r1a", "r2b"), ("r1b", "r2b")])
def test_either_limb_of_importance_and_of_dependence_is_enough(one):
    limbs = dict.fromkeys(one, True)
    assert tried(ledger(REVIEWED), "designation.assess", "2025-08-01", r3=True, r4=True, **limbs, **REASONS)[0]


@pytest.mark.parametrize(("lacking", "said"), [
    ({"r1a": False, "r1b": False}, "widely relied on"), ({"r2a": False, "r2b": False}, "likely to become so"),
    ({"r3": False}, "disruption by acts from outside is likely"),
    ({"r4": False}, "need for measures"),
])  # fmt: skip
def test_one_requirement_that_is_not_met_stops_the_proposal_and_only_dropping_is_left(lacking, said):
    accepted, told = tried(ledger(REVIEWED), "designation.assess", "2025-08-01", **MET | lacking)
    assert (accepted, said in told) == (False, True), told
    assert tried(ledger(REVIEWED), "designation.drop", "2025-08-01", reasons="要件を満たさない")[0]


def test_a_judgement_needs_reasons_for_each_requirement():
    without = {k: v for k, v in MET.items() if k != "reasons_r3"}
    accepted, told = tried(ledger(REVIEWED), "designation.assess", "2025-08-01", **without)
    assert not accepted
    assert "likelihood of externally caused disruption" in told


@pytest.mark.parametrize(("causes", "accepted"), [
    (["disaster"], False), (["disaster", "demand"], False), (["disaster", "export_restriction"], True), ([], True),
])  # fmt: skip
def test_natural_disaster_or_demand_alone_is_no_act_from_outside(causes, accepted):
    assert tried(ledger(REVIEWED), "designation.assess", "2025-08-01", **MET, causes=causes)[0] is accepted


@pytest.mark.parametrize(("row", "said"), [
    ({"digest": "abc"}, "64 hexadecimal"),
    ({"digest": HASH, "as_of": "2025-08-02", "value": "0.7"}, "dated after the day of the act"),
    ({"digest": HASH, "value": "0.7"}, "no day of its data"),
    ({"as_of": "2025-01-01", "value": "0.7"}, "or no source"),
])  # fmt: skip
def test_evidence_that_cannot_be_found_again_is_refused(row, said):
    accepted, told = tried(ledger(REVIEWED), "designation.assess", "2025-08-01", **MET,
                           evidence=[{"requirement": "r2", "indicator": "r2_hhi", **row}])  # fmt: skip
    assert (accepted, said in told) == (False, True), told


def test_a_threshold_decides_nothing_and_a_requirement_without_evidence_is_told():
    below = {"requirement": "r2", "value": "0.1", "threshold": "0.5", "digest": HASH, "as_of": "2025-01-01"}
    accepted, told = tried(ledger(REVIEWED), "designation.assess", "2025-08-01", **MET, evidence=[below])
    assert accepted
    assert "rests on the papers alone" in told


# -- public comment --------------------------------------------------------------------------------------------------


def test_thirty_days_of_comment_count_the_day_of_the_notice_and_no_holiday_moves_them():
    noticed = ledger(PROPOSED + "\n2026-10-05 designation.comment")
    assert clock(noticed, "2026-10-06", "designation.comment_period") == ("2026-10-05", "2026-11-03", "running")
    accepted, told = tried(noticed, "designation.decide", "2026-11-03")
    assert (accepted, "2026-11-03" in told) == (False, True)
    assert tried(noticed, "designation.decide", "2026-11-04")[0]


@pytest.mark.parametrize(("closes", "reasons", "accepted"), [
    ("2026-11-03", None, True), ("2026-11-02", None, False), ("2026-10-12", "施行を急ぐ", True),
    ("2026-12-01", None, True),
])  # fmt: skip
def test_fewer_than_thirty_days_need_reasons(closes, reasons, accepted):
    told = {"closes_on": closes, **({"short_reasons": reasons} if reasons else {})}
    assert tried(ledger(PROPOSED), "designation.comment", "2026-10-05", **told)[0] is accepted


def test_a_decision_without_comment_is_accepted_with_a_warning_unless_the_ground_is_told():
    assert "public comment" in tried(ledger(PROPOSED), "designation.decide", "2026-10-05")[1]
    assert tried(ledger(PROPOSED), "designation.decide", "2026-10-05", no_comment="39条4項") == (True, "")


# -- products of the Cabinet Order -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("product", "on", "accepted"), [
    ("batteries", "2022-12-23", True), ("batteries", "2022-12-22", False),
    ("electronic_components", "2024-02-01", False), ("electronic_components", "2024-02-02", True),
    ("drones", "2025-12-23", False), ("drones", "2025-12-24", True), ("ventilators", "2026-02-02", True),
])  # fmt: skip
def test_a_product_is_entered_as_designated_from_the_day_of_its_order(product, on, accepted):
    assert tried("", "designation.record_designated", on, product=product)[0] is accepted


def test_a_scope_stands_after_the_designation_is_kept():
    case = worked("designated", "product")
    assert state(case, "2026-06-30", "designation") == "scope_changed"
    assert state(case, "2026-08-03", "designation") == "designated"
    assert tried(case, "designation.keep", "2026-11-02")[0] is False, "nothing leads out of an ended designation"


def test_review_of_the_end_needs_a_small_need_and_careful_weighing():
    entered = ledger('2022-12-23 designation.record_designated {"product": "cloud"}')
    assert tried(entered, "designation.review_dedesignation", "2026-01-05", need_small=True)[0] is False
    both = {"need_small": True, "future_weighed": True}
    assert tried(entered, "designation.review_dedesignation", "2026-01-05", **both)[0]
    assert tried(entered, "designation.dedesignate", "2026-01-05")[0] is False, "considered first"


# -- special measures ------------------------------------------------------------------------------------------------

SPECIAL = """
    2022-12-23 designation.record_designated {"product": "antimicrobials"}
    2025-01-06 special_measures.consult {"support_not_enough": true, "consulted": ["内閣総理大臣"]}
    2025-01-20 special_measures.designate {"notice": "公示"}
"""


def test_special_measures_are_for_designated_products_only():
    told = {"support_not_enough": True, "consulted": ["内閣総理大臣"]}
    assert "not designated" in tried(ledger(REVIEWED), "special_measures.consult", "2025-07-01", **told)[1]


def test_a_facility_manager_can_apply_since_the_order_of_2025_02_19():
    for on, accepted in (("2025-02-18", False), ("2025-02-19", True)):
        assert tried(ledger(SPECIAL), "facility_manager.apply", on, "--run", "m1")[0] is accepted


def test_release_is_accepted_on_a_recorded_order_only_and_says_that_none_was_found():
    running = ledger(
        SPECIAL
        + """
        2025-02-03 special_measures.stockpile {"measures": "三月分"}
        2025-03-03 special_measures.consider_release
    """
    )
    release = {"named_in_order": True, "shortage": True, "price": "標準価格", "consulted": ["内閣総理大臣"]}
    assert tried(running, "special_measures.release", "2025-03-10", **release)[0] is False
    accepted, told = tried(running, "special_measures.release", "2025-03-10", **release, release_order="仮の政令")
    assert accepted
    assert "no cabinet order was found" in told
    assert tried(running, "special_measures.release", "2025-03-10", **release | {"named_in_order": False},
                 release_order="仮の政令")[0] is False  # fmt: skip


def test_a_manager_reports_each_year_within_three_months_also_while_it_is_suspended():
    case = worked("special_measures", "product")
    run = "m1:2026-03-31"
    name = "facility_report.report_due"
    assert clock(case, "2026-05-20", name, run) == ("2026-04-01", "2026-06-30", "running")
    assert state(case, "2026-05-20", "facility_manager/m1") == "suspended"
    assert state(case, "2026-06-10", "facility_manager/m1") == "suspended"
    assert state(case, "2026-06-11", "facility_manager/m1") == "managing"
    assert clock(case, "2027-05-01", name, "m1:2027-03-31") is None, "revoked before the year ended"


def test_a_broken_order_must_have_been_made():
    managing = "\n".join(worked("special_measures", "product").splitlines()[:11])
    told = {"ground": "order_broken", "explained": True, "suspended_until": "2025-07-31", "reasons": "命令違反"}
    accepted, said = tried(managing, "facility_manager.suspend", "2025-07-01", "--run", "m1", **told)
    assert (accepted, "no order" in said) == (False, True), said


def test_services_of_2026_can_only_be_noted_and_from_their_day_on():
    entered = ledger('2022-12-23 designation.record_designated {"product": "fertilizer"}')
    assert tried(entered, "essential_services.extend", "2026-09-17", service="荷役")[0] is False
    assert tried(entered, "essential_services.extend", "2026-09-18", service="荷役")[0]
