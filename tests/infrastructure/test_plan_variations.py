"""Variations of the worked scenarios of Chapter 3, each result worked out by hand from the text of the law: other days,
other orders of steps, other answers. Asked as a user asks: the JSON of `standing` and `try`.

The holidays that matter: 2025-09-15, 09-23, 10-13, 11-03, 11-24 (for Sunday 23); 29 December to 3 January; 2026-02-11,
02-23, 03-20, 04-29, 05-03 to 05-06, 09-21 to 09-23.
"""

import json

import pytest
from plan_ledgers import bans, clock, ledger, standing, state, tried

STANDSTILL = "extension_shortening.standstill"
REPLY = "recommendation_order.reply_due"
LIFT = '{"criteria_no_longer_met": true}'
OPERATOR = "infrastructure.operator"
FULL = '{"disrupted": true, "not_contrived": true, "urgent": true, "no_other_means": true}'


def plan(on: str, *more: str) -> str:
    """A plan filed and accepted on one day, and what follows."""
    return ledger("\n".join((f"{on} introduction_plan.file", f"{on} introduction_plan.accept", *more)))


def consulted(on: str, run: str = "") -> tuple[str, str]:
    return (
        f'{on} consultation_with_pm.mandatory {run + " " if run else ""}{{"intended": "recommendation"}}',
        f"{on} consultation_with_pm.close {run}".rstrip(),
    )


def recommended(on: str, run: str = "") -> tuple[str, ...]:
    named = f"{run} " if run else ""
    return *consulted(on, run), f'{on} recommendation_order.issue {named}{{"great_risk": true, "received_on": "{on}"}}'


def extended(on: str, to: str = "", received: str = "") -> str:
    more = f', "ends_on": "{to}"' if to else ""
    return f'{on} extension_shortening.extend {{"needed": true, "received_on": "{received or on}"{more}}}'


# -- standstill: shortened, extended, late ----------------------------------------------------------------------------


@pytest.mark.parametrize(("accepted", "more", "last"), [
    ("2025-10-31", (), "2025-11-29"),  # a Saturday, not moved
    ("2025-10-31", (extended("2025-11-28"),), "2026-02-28"),  # February has no 31st: its last day
    ("2025-10-31", (extended("2025-11-28", "2025-12-31"),), "2025-12-31"),  # a closed day, not moved
    ("2025-10-31", (extended("2025-11-28", received="2025-11-29"),), "2026-02-28"),  # received on the last day
    ("2025-10-31", ('2025-11-10 extension_shortening.shorten {"ends_on": "2025-11-14", "ground": "no_great_risk"}',),
     "2025-11-14"),
    ("2025-10-31", (extended("2025-11-28"),
                    '2026-01-13 extension_shortening.shorten {"ends_on": "2026-01-15", "ground": "no_great_risk"}'),
     "2026-01-15"),
    ("2026-08-31", (extended("2026-09-01"),), "2026-12-30"),
])  # fmt: skip
def test_the_standstill_ends_on_its_day_and_the_deed_is_free_the_day_after(accepted, more, last):
    case = plan(accepted, *more)
    day = more[-1][:10] if more else accepted
    assert clock(case, day, STANDSTILL)[1] == last
    assert tried(case, "introduction_plan.introduce", last)[0] is False
    after = standing(case, last)["clocks"]
    free = next(c["first_free_day"] for c in after if c["id"] == "standstill")
    assert tried(case, "introduction_plan.introduce", free)[0] is True


@pytest.mark.parametrize(("to", "accepted"), [("2026-02-28", True), ("2026-03-01", False), ("2026-01-31", True)])
def test_an_extension_reaches_the_cap_and_no_further(to, accepted):
    found, said = tried(plan("2025-10-31"), "extension_shortening.extend", "2025-11-20", needed=True, ends_on=to,
                        received_on="2025-11-20")  # fmt: skip
    assert found is accepted
    assert accepted or "2026-02-28" in said


def test_a_notice_received_on_the_morning_after_comes_too_late():
    case = plan("2025-10-31")
    assert tried(case, "extension_shortening.extend", "2025-11-29", needed=True, received_on="2025-11-29")[0] is True
    assert tried(case, "extension_shortening.extend", "2025-11-29", needed=True, received_on="2025-11-30")[0] is False


def test_an_extension_needs_its_need():
    assert tried(plan("2025-10-31"), "extension_shortening.extend", "2025-11-20", needed=False,
                 received_on="2025-11-20")[0] is False  # fmt: skip


# -- the ten days for the answer --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("received", "due"), [
    ("2025-11-14", "2025-11-25"),  # day ten is Sunday 23, a holiday; 24 is the holiday for it
    ("2025-12-22", "2026-01-05"),  # day ten is 31 December; 1 to 3 January closed, 4 a Sunday
    ("2025-12-19", "2026-01-05"),  # day ten is Sunday 28; 29 December to 3 January closed, 4 January a Sunday
    ("2026-02-02", "2026-02-12"),  # day ten is the 11th, a holiday
    ("2026-02-13", "2026-02-24"),  # day ten is Sunday 22, 23 a holiday
    ("2026-01-05", "2026-01-14"),  # a plain Wednesday
])  # fmt: skip
def test_day_ten_moves_over_closed_days(received, due):
    case = plan("2025-10-31", extended("2025-11-03"), *recommended(received))
    assert clock(case, received, REPLY)[1] == due


def test_an_answer_on_the_moved_day_is_in_time_and_one_later_stays_late():
    case = plan("2025-10-31", extended("2025-11-03"), *recommended("2025-12-22"))
    in_time = case + "\n" + ledger("2026-01-05 recommendation_order.accept")
    late = case + "\n" + ledger("2026-01-06 recommendation_order.accept")
    assert clock(in_time, "2026-01-06", REPLY)[2] == "met"
    found = next(c for c in standing(late, "2026-01-07")["clocks"] if c["id"] == "reply_due")
    assert (found["last_day"], found["met_on"]) == ("2026-01-05", "2026-01-06")


# -- consultation and the way out -------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [
    (), ("2025-11-04 consultation_with_pm.voluntary",),
    ("2025-11-04 consultation_with_pm.voluntary", "2025-11-06 consultation_with_pm.opinion"),
    ('2025-11-04 consultation_with_pm.mandatory {"intended": "recommendation"}',),
])  # fmt: skip
def test_no_recommendation_before_the_consultation_is_closed(before):
    found, said = tried(plan("2025-10-31", *before), "recommendation_order.issue", "2025-11-10", great_risk=True,
                        received_on="2025-11-10")  # fmt: skip
    assert (found, "onsult" in said) == (False, True)


def test_a_recommendation_needs_the_great_risk():
    case = plan("2025-10-31", *consulted("2025-11-10"))
    assert (
        tried(case, "recommendation_order.issue", "2025-11-10", great_risk=False, received_on="2025-11-10")[0] is False
    )


def test_accepting_alone_frees_nothing_and_the_changed_plan_frees_at_once():
    case = plan("2025-10-31", *recommended("2025-11-10"), "2025-11-12 recommendation_order.accept")
    assert tried(case, "introduction_plan.introduce", "2025-11-13")[0] is False
    filed = case + "\n" + ledger('2025-11-13 recommendation_order.file_changed {"plan": "変更後の計画書"}')
    assert tried(filed, "introduction_plan.introduce", "2025-11-13")[0] is True
    assert not bans(filed, "2025-11-13")


def test_who_accepted_and_carries_out_the_old_plan_after_the_standstill_breaks_52_8():
    case = plan("2025-10-31", *recommended("2025-11-10"), "2025-11-12 recommendation_order.accept")
    found, said = tried(case, "introduction_plan.introduce", "2025-12-10")
    assert (found, "92(1)(iii)" in said) == (False, True)


def test_an_order_after_silence_needs_a_consultation_of_its_own_within_the_window():
    case = plan("2025-10-31", extended("2025-11-03"), *recommended("2026-01-05"))
    assert state(case, "2026-01-15", "recommendation_order") == "no_reply"
    assert tried(case, "recommendation_order.order", "2026-01-20", no_just_cause=True)[0] is False
    asked = (
        case
        + "\n"
        + ledger(
            '2026-01-16 consultation_with_pm.mandatory {"intended": "order"}\n2026-01-19 consultation_with_pm.close'
        )
    )
    assert tried(asked, "recommendation_order.order", "2026-01-20", no_just_cause=True)[0] is True
    assert tried(asked, "recommendation_order.order", "2026-03-02", no_just_cause=True)[0] is False, (
        "28 February is over"
    )


# -- changes ----------------------------------------------------------------------------------------------------------

CHANGED = ("2026-01-05 plan_change.propose c1", "2026-01-30 plan_change.accept c1")


def test_a_significant_change_waits_its_own_thirty_days():
    case = plan("2025-10-31", *CHANGED)
    assert clock(case, "2026-01-30", STANDSTILL, "c1") == ("2026-01-30", "2026-02-28", "running")
    assert tried(case, "plan_change.carry_out", "2026-02-28", "--run", "c1")[0] is False
    assert tried(case, "plan_change.carry_out", "2026-03-01", "--run", "c1")[0] is True


def test_a_change_can_be_shortened_and_extended_like_a_plan():
    case = plan("2025-10-31", *CHANGED)
    short = (
        case
        + "\n"
        + ledger('2026-02-05 extension_shortening.shorten c1 {"ends_on": "2026-02-06", "ground": "no_review_needed"}')
    )
    assert tried(short, "plan_change.carry_out", "2026-02-07", "--run", "c1")[0] is True
    longer = (
        case + "\n" + ledger('2026-02-05 extension_shortening.extend c1 {"needed": true, "received_on": "2026-02-05"}')
    )
    assert clock(longer, "2026-02-06", STANDSTILL, "c1")[1] == "2026-05-29", "four months, 30 January the first day"


def test_an_unfiled_significant_change_is_an_offence_and_a_minor_one_is_not():
    significant = plan("2025-10-31", '2026-01-05 plan_change.classify c1 {"class": "significant"}')
    found, said = tried(significant, "plan_change.carry_out", "2026-01-06", "--run", "c1")
    assert (found, "92(1)(i)" in said) == (False, True)
    minor = plan("2025-10-31", '2026-01-05 plan_change.classify c1 {"class": "minor"}')
    assert tried(minor, "plan_change.carry_out", "2026-01-06", "--run", "c1")[0] is True
    done = minor + "\n" + ledger("2026-01-06 plan_change.carry_out c1")
    assert not [d for d in standing(done, "2026-01-07")["duties"] if d["run"] == "c1"], "neither filed nor reported"


def test_a_change_to_be_reported_is_owed_without_a_day():
    case = plan("2025-10-31", '2026-01-05 plan_change.classify c1 {"class": "reportable"}',
                "2026-01-06 plan_change.carry_out c1")  # fmt: skip
    (owed,) = (d for d in standing(case, "2026-06-30")["duties"] if d["run"] == "c1")
    assert (owed["id"], owed["status"], owed["due"]) == ("report", "open", None)
    done = case + "\n" + ledger('2026-02-02 plan_change.report c1 {"report": "r"}')
    assert [d["status"] for d in standing(done, "2026-02-03")["duties"] if d["run"] == "c1"] == ["done"]


def test_after_the_introduction_only_a_changed_component_is_told():
    case = plan("2025-10-31", "2025-12-01 introduction_plan.introduce")
    assert tried(case, "plan_change.propose", "2026-01-05", "--run", "c1", proposal="p")[0] is False
    assert tried(case, "plan_change.report", "2026-01-05", "--run", "c1", report="r")[0] is False
    assert tried(case, "plan_change.report", "2026-01-05", "--run", "c1", report="r", component=True)[0] is True


# -- emergencies and entrusted maintenance ----------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["disrupted", "not_contrived", "urgent", "no_other_means"])
def test_each_condition_of_an_emergency_counts(missing):
    given = dict.fromkeys(("disrupted", "not_contrived", "urgent", "no_other_means"), True) | {missing: False}
    found, said = tried("", "emergency.do", "2025-12-30", what="introduction", **given)
    assert (found, "92(1)(i)" in said) == (False, True)


def test_an_emergency_on_a_closed_day_owes_its_notice_without_a_day_and_has_no_standstill():
    case = ledger('2025-12-31 emergency.do {"what": "entrustment", ' + FULL[1:])
    (owed,) = (d for d in standing(case, "2026-03-01")["duties"] if d["status"] == "open")
    assert (owed["id"], owed["due"]) == ("notice", None)
    filed = case + "\n" + ledger('2026-01-05 emergency.file {"notice": "n", "received_on": "2026-01-05"}')
    assert state(filed, "2026-01-06", "emergency") == "notice_filed"
    assert not [c for c in standing(filed, "2026-01-06")["clocks"] if c["id"] == "standstill"]
    advised = filed + "\n" + ledger("\n".join(consulted("2026-01-07")))
    assert tried(advised, "post_recommendation.recommend", "2026-01-08", great_risk=True,
                 received_on="2026-01-08")[0] is True  # fmt: skip


def test_a_change_in_an_emergency_is_filed_afterwards():
    case = plan("2025-10-31", f"2025-12-05 plan_change.emergency c1 {FULL}")
    assert [(d["id"], d["status"]) for d in standing(case, "2025-12-06")["duties"] if d["run"] == "c1"] == [
        ("file_emergency", "open")
    ]
    assert tried(case, "plan_change.file_emergency", "2025-12-08", "--run", "c1", notice="n")[0] is True


def test_entrusted_maintenance_begins_after_its_standstill_and_a_new_tier_waits_again():
    case = ledger("2025-12-05 entrusted_maintenance_plan.file\n2025-12-05 entrusted_maintenance_plan.accept")
    assert clock(case, "2025-12-05", STANDSTILL)[1] == "2026-01-03", "over the New Year, not moved"
    assert tried(case, "entrusted_maintenance_plan.start", "2026-01-03")[0] is False
    begun = case + "\n" + ledger("2026-01-04 entrusted_maintenance_plan.start\n2026-04-06 plan_change.propose c1\n"
                                 "2026-04-07 plan_change.accept c1")  # fmt: skip
    assert tried(begun, "plan_change.carry_out", "2026-05-06", "--run", "c1")[0] is False, "day thirty, a holiday"
    assert tried(begun, "plan_change.carry_out", "2026-05-07", "--run", "c1")[0] is True
    ended = begun + "\n" + ledger("2026-06-30 entrusted_maintenance_plan.end")
    assert tried(ended, "plan_change.propose", "2026-07-01", "--run", "c2", proposal="p")[0] is False


# -- designation, grace, lifting --------------------------------------------------------------------------------------


def designated(on: str, business: str = "rail.class_1_railway", **more: object) -> str:
    data = {"business": business, "name": "見本", "criteria_met": True, **more}
    return ledger(f"{on} designation.designate {json.dumps(data, ensure_ascii=False)}")


@pytest.mark.parametrize(("on", "last"), [
    ("2024-08-30", "2025-02-28"),  # from 31 August; February has no 31st
    ("2024-08-31", "2025-02-28"),  # from 1 September: the day before 1 March
    ("2023-12-29", "2024-06-29"),  # a Saturday, not moved
    ("2025-03-31", "2025-09-30"), ("2025-04-01", "2025-10-01"), ("2025-06-30", "2025-12-31"),
])  # fmt: skip
def test_six_months_of_grace_by_the_calendar(on, last):
    assert clock(designated(on), on, "grace.grace", kind=OPERATOR)[1] == last


@pytest.mark.parametrize(
    ("on", "state_of_grace"), [("2026-09-17", "running"), ("2026-09-18", "excluded_by_succession")]
)
def test_a_successor_has_grace_until_the_day_before_the_new_rule(on, state_of_grace):
    assert state(designated(on, successor=True), on, "grace", kind=OPERATOR) == state_of_grace


@pytest.mark.parametrize(("on", "accepted"), [("2025-03-31", False), ("2025-04-01", True)])
def test_ports_are_a_sector_from_2025_04_01(on, accepted):
    found, _ = tried("", "designation.designate", on, kind=OPERATOR, business="port.general_port_transport",
                     name="架空港湾", criteria_met=True)  # fmt: skip
    assert found is accepted


def test_lifting_needs_its_ground_and_ends_the_grace():
    case = designated("2025-06-30")
    assert tried(case, "designation.lift", "2025-10-01", kind=OPERATOR, criteria_no_longer_met=False)[0] is False
    lifted = case + "\n" + ledger(f"2025-10-01 designation.lift {LIFT}")
    assert state(lifted, "2025-10-01", "grace", kind=OPERATOR) == "ended"
    assert tried(lifted, "grace.start_facility", "2025-10-02", "--run", "x", kind=OPERATOR, item="i")[0] is False
