"""The worked scenarios of Chapter 3 (T1, T2, T3, the days of T6), run as ledger files through the command line.

The wrong answers of each scenario are named, so that a test which passes has met none of them.
"""

import json
from datetime import date

import pytest
from plan_ledgers import CASES, KIND, bans, clock, kaname, ledger, standing, state, tried, worked

from kaname.ledger.projection import authority_of
from kaname.procedure import Entry, fold
from kaname.regimes import kind
from walks import read_ledger

STANDSTILL = "extension_shortening.standstill"
REPLY = "recommendation_order.reply_due"
NOTED = {"plan_t1_early": ["breach"]}


@pytest.mark.parametrize("path", sorted(CASES.glob("plan_*.jsonl")), ids=lambda p: p.stem)
def test_every_worked_case_is_regular(path):
    judged = fold(kind(KIND), read_ledger(path), date(2030, 1, 1), judge=True)
    assert [n.kind for n in judged.notes] == NOTED.get(path.stem, [])


# -- T1 basic standstill ----------------------------------------------------------------------------------------------


def test_t1_the_clock_starts_on_acceptance_and_ends_on_day_thirty():
    case = worked("t1_standstill")
    assert clock(case, "2024-05-16", STANDSTILL) is None, "filing and arrival start nothing"
    assert state(case, "2024-05-14") == "returned_for_defects"
    first, last, _ = clock(case, "2024-05-17", STANDSTILL)
    assert (first, last) == ("2024-05-17", "2024-06-15")
    assert last != "2024-06-14", "counted from the filing"
    assert last != "2024-06-16", "first day not counted"


@pytest.mark.parametrize(("day", "free"), [("2024-05-17", False), ("2024-06-15", False), ("2024-06-16", True)])
def test_t1_the_first_lawful_day_is_a_sunday(day, free):
    """Not 17 June: a standstill does not move over the weekend."""
    case = worked("t1_standstill")
    cut = "\n".join(case.splitlines()[:7])
    assert bool(bans(cut, day)) is not free
    accepted, said = tried(cut, "introduction_plan.introduce", day)
    assert accepted is free
    assert free or ("92(1)(ii)" in said and "92(1)(i))" not in said)


def test_t1_go_live_on_day_thirty_is_a_breach_and_stays_on_record():
    case = standing(worked("t1_early"), "2024-07-01")
    assert [(n["kind"], n["act"]) for n in case["notes"]] == [("breach", "introduction_plan.introduce")]
    assert "92(1)(ii)" in case["notes"][0]["reasons"][0]["text"]
    assert case["tracks"]["introduction_plan"]["state"] == "introduced"


def test_t1_the_end_is_silence_and_no_approval():
    assert state(worked("t1_standstill"), "2024-06-16") == "cleared_by_lapse"
    told = kaname(worked("t1_standstill"), "trace", "--as-of", "2024-06-20", lang="ja")
    assert "禁止期間の経過（通知はない）" in told
    assert not {w for w in ("承認", "許可", "認可") if w in told}
    english = kaname(worked("t1_standstill"), "trace", "--as-of", "2024-06-20")
    assert not {w for w in ("approv", "permit", "granted") if w in english}


def test_t1_explained_day_by_day():
    told = kaname(worked("t1_standstill"), "explain", "standstill", "--as-of", "2024-05-20")
    assert "starts from 2024-05-17" in told and "day 1 is 2024-05-17" in told and "2024-06-15" in told
    assert "does not move" in told, "15 June is a Saturday, and that is said"


# -- T2 extension to the cap, and the order window ---------------------------------------------------------------------


def test_t2_the_cap_counts_from_acceptance():
    case = worked("t2_extended")
    assert clock(case, "2024-06-14", STANDSTILL)[1] == "2024-09-16", "a holiday, not moved"
    assert clock(case, "2024-06-14", STANDSTILL)[1] != "2024-10-15", "thirty days and four months more"
    assert bans(case, "2024-09-16") and not bans(case, "2024-09-17")
    assert tried(case, "introduction_plan.introduce", "2024-09-16")[0] is False
    assert tried(case, "introduction_plan.introduce", "2024-09-17")[0] is True


def test_t2_the_cap_is_shown_from_the_day_of_acceptance():
    case = "\n".join(worked("t2_extended").splitlines()[:2])
    assert clock(case, "2024-05-20", "extension_shortening.longest")[1] == "2024-09-16"
    assert clock(case, "2024-05-20", STANDSTILL)[1] == "2024-06-15"


def test_t2_a_refusal_and_order_within_the_window():
    case = worked("t2_a_refused_ordered")
    assert clock(case, "2024-09-02", REPLY)[1] == "2024-09-11"
    refused = "\n".join(case.splitlines()[:9])
    assert state(refused, "2024-09-11") == "refused"
    accepted, said = tried(refused, "recommendation_order.order", "2024-09-16", no_just_cause=True)
    assert (accepted, "consultation" in said) == (False, True)
    consulted = "\n".join(case.splitlines()[:12])
    assert tried(consulted, "recommendation_order.order", "2024-09-16", no_just_cause=True)[0] is True
    accepted, said = tried(consulted, "recommendation_order.order", "2024-09-17", no_just_cause=True)
    assert (accepted, state(consulted, "2024-09-17")) == (False, "cleared_by_lapse")


def test_t2_a_the_consultation_of_the_recommendation_does_not_serve_the_order():
    case = worked("t2_a_refused_ordered")
    assert state(case, "2024-09-01", "consultation_with_pm") == "concluded"
    assert state(case, "2024-09-02", "consultation_with_pm") == "not_needed"


def test_t2_a_after_an_order_the_standstill_runs_out():
    ordered = "\n".join(worked("t2_a_refused_ordered").splitlines()[:13])
    refiled = ordered + '\n{"act": "recommendation_order.file_changed", "on": "2024-09-16", "data": {"plan": "p"}}'
    assert tried(refiled, "introduction_plan.introduce", "2024-09-16")[0] is False, "52(9) is for those who accepted"
    assert tried(refiled, "introduction_plan.introduce", "2024-09-17")[0] is True
    assert "92(1)(iv)" in tried(ordered, "introduction_plan.introduce", "2024-10-01")[1]


def test_t2_b_silence_can_no_longer_be_followed_by_an_order():
    case = worked("t2_b_too_late")
    before = "\n".join(case.splitlines()[:7])
    accepted, said = tried(
        before, "recommendation_order.issue", "2024-09-10", great_risk=True, received_on="2024-09-10"
    )
    assert accepted
    assert "2024-09-19" in said and "2024-09-16" in said
    assert "can no longer be extended" in said and "extend first" not in said, "it was extended once, to the cap"
    assert clock(case, "2024-09-10", REPLY)[1] == "2024-09-19"
    assert state(case, "2024-09-17") == "cleared_by_lapse"
    assert state(case, "2024-09-17", "recommendation_order") == "window_closed"
    assert tried(before, "recommendation_order.issue", "2024-09-02", great_risk=True, received_on="2024-09-02") == (
        True,
        "",
    )


def test_t2_b_a_refusal_on_12_september_still_allows_an_order():
    case = (
        worked("t2_b_too_late")
        + '{"act": "recommendation_order.refuse", "on": "2024-09-12", "data": {"reasons": "r"}}\n'
    )
    case += '{"act": "consultation_with_pm.mandatory", "on": "2024-09-12", "data": {"intended": "order"}}\n'
    case += '{"act": "consultation_with_pm.close", "on": "2024-09-15"}\n'
    assert tried(case, "recommendation_order.order", "2024-09-16", no_just_cause=True)[0] is True
    assert tried(case, "recommendation_order.order", "2024-09-17", no_just_cause=True)[0] is False


# -- T3 Golden Week ------------------------------------------------------------------------------------------------


def test_t3_the_standstill_stays_and_the_answer_moves():
    case = worked("t3_golden_week")
    assert clock(case, "2025-04-25", STANDSTILL)[1] == "2025-05-06"
    assert clock(case, "2025-04-25", REPLY)[:2] == ("2025-04-25", "2025-05-07")
    assert clock(case, "2025-04-25", REPLY)[1] not in ("2025-05-04", "2025-05-05"), "day ten is a Sunday"
    assert bans(case, "2025-05-06") and not bans(case, "2025-05-07")


def test_t3_the_red_flag_names_both_days_and_the_last_useful_one():
    before = "\n".join(worked("t3_golden_week").splitlines()[:4])
    _, said = tried(before, "recommendation_order.issue", "2025-04-25", great_risk=True, received_on="2025-04-25")
    assert "2025-05-07" in said and "2025-05-06" in said and "extend first" in said
    assert clock(before, "2025-04-22", "extension_shortening.useful_recommendation")[1] == "2025-04-23"


def test_t3_b_the_changed_plan_frees_from_the_day_of_its_filing():
    case = worked("t3_b_accepted")
    accepted = "\n".join(case.splitlines()[:6])
    assert "92(1)(iii)" in tried(accepted, "introduction_plan.introduce", "2025-04-30")[1]
    refiled = "\n".join(case.splitlines()[:7])
    assert tried(refiled, "introduction_plan.introduce", "2025-05-01")[0] is True
    assert bans(refiled, "2025-05-01") == {}
    assert clock(refiled, "2025-05-01", STANDSTILL)[2] == "stopped", "and no new thirty days"


# -- T4 the grace of the operator's own case --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "free"),
    [("2023-11-15", True), ("2023-11-16", True), ("2024-05-16", True), ("2024-05-17", False), ("2024-07-02", True)],
)
def test_t4_the_grace_is_read_from_the_operators_case(tmp_path, on, free):
    """Designated 16 November 2023: grace to 16 May 2024; before it, and once lifted, Art. 52 does not bind."""
    own = tmp_path / "operator.jsonl"
    own.write_text(
        '{"act": "designation.designate", "on": "2023-11-16"}\n{"act": "designation.lift", "on": "2024-07-01"}\n'
    )
    for act in ("introduction_plan.introduce", "entrusted_maintenance_plan.start"):
        assert tried("", act, on, "--with", f"operator={own}")[0] is free, act


def test_t4_what_was_read_is_copied_into_the_entry(tmp_path):
    own = tmp_path / "operator.jsonl"
    own.write_text('{"act": "designation.designate", "on": "2023-11-16"}\n')
    found = kaname("", "try", "introduction_plan.introduce", "--on", "2024-05-16", "--with", f"operator={own}")
    taken = found["entry"]["data"]["context"]["operator"]
    assert taken == {"designation": "designated", "grace": {"": "2024-05-16"}}
    line = json.dumps(found["entry"], ensure_ascii=False)
    assert standing(line, "2024-06-01")["notes"] == [], "the ledger alone gives the same answer"


@pytest.mark.parametrize("act", ["introduction_plan.file", "entrusted_maintenance_plan.file"])
def test_t4_a_plan_falls_under_the_ministry_of_the_business_that_the_operators_case_names(act):
    own = {"designation": "designated", "grace": {}}
    for business, authority in (("electricity.transmission", "meti"), ("finance.labour_federation", "labour"),
                                ("health_care.to_come", "mhlw"), (None, "")):  # fmt: skip
        taken = own | ({"business": business} if business else {})
        filed = Entry(act, date(2024, 9, 2), {"context": {"operator": taken}}, by="operator")
        found = fold(kind(KIND), [filed], date(2024, 9, 2))
        assert authority_of(kind(KIND), found.fact, date(2024, 9, 2)) == authority, business


def test_t4_the_first_day_after_the_grace_needs_an_acceptance_thirty_days_before():
    for on, free in (("2024-04-17", True), ("2024-04-18", False)):
        case = ledger(f"{on} introduction_plan.file\n{on} introduction_plan.accept")
        assert tried(case, "introduction_plan.introduce", "2024-05-17")[0] is free


# -- T6 the days of a significant change -------------------------------------------------------------------------


def test_t6_the_change_is_banned_through_30_september():
    case = "\n".join(worked("t6_change").splitlines()[:7])
    assert clock(case, "2025-09-01", STANDSTILL, "c1")[:2] == ("2025-09-01", "2025-09-30")
    assert bans(case, "2025-09-30") == {"plan_change/c1.standstill": "2025-09-30"}
    accepted, said = tried(case, "plan_change.carry_out", "2025-09-30", "--run", "c1")
    assert (accepted, "92(1)(ii)" in said) == (False, True)
    assert tried(case, "plan_change.carry_out", "2025-10-01", "--run", "c1")[0] is True
    assert state(case, "2025-10-01", "plan_change/c1") == "cleared"


def test_t6_the_plan_itself_stays_free():
    case = "\n".join(worked("t6_change").splitlines()[:7])
    accepted, said = tried(case, "introduction_plan.introduce", "2025-09-15")
    assert accepted and "under review" in said, "as it was before the change, with a word of advice"
    accepted, said = tried(case, "introduction_plan.introduce", "2025-09-15", with_change=True)
    assert (accepted, "92(1)(ii)" in said) == (False, True)


def test_t6_a_significant_change_without_a_proposal_and_a_report_without_delay():
    case = "\n".join(worked("t6_change").splitlines()[:3])
    assert "92(1)(i)" in tried(case, "plan_change.carry_out", "2025-08-21", "--run", "c1")[1]
    done = "\n".join(worked("t6_change").splitlines()[:10])
    duty = [d for d in standing(done, "2025-12-01")["duties"] if d["id"] == "report"]
    assert [(d["status"], d["due"]) for d in duty] == [("open", None)], "without delay has no last day"
    assert "96(vii)" in duty[0]["penalty"]


def test_t6_after_the_introduction_only_components_are_reported():
    case = "\n".join(worked("t6_change").splitlines()[:16])
    assert tried(case, "plan_change.report", "2026-02-02", "--run", "c9", report="r", component=False)[0] is False
    assert tried(case, "plan_change.report", "2026-02-02", "--run", "c9", report="r", component=True)[0] is True
    assert tried(case, "plan_change.propose", "2026-02-02", "--run", "c9", proposal="p")[0] is False
