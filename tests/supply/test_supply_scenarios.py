"""The worked scenarios of Chapter 2 that concern plans (S1 to S6), run as ledger files through the command line.

The wrong answers of each scenario are named, so that a test which passes has met none of them.
"""

from datetime import date

import pytest
from supply_ledgers import CASES, KIND, clock, kaname, standing, state, tried, worked

from kaname.procedure import fold
from kaname.regimes import kind
from walks import read_ledger

TARGET, REPORT, YEAR = "plan.target", "annual_report.report_due", "A:2024-03-31"


@pytest.mark.parametrize("path", sorted(CASES.glob("plan_*.jsonl")), ids=lambda p: p.stem)
def test_every_worked_supply_case_is_regular(path):
    assert fold(kind(KIND), read_ledger(path), date(2030, 1, 1), judge=True).notes == ()


def duty(case: str, day: str, id: str, run: str = "") -> dict:
    return next(d for d in standing(case, day)["duties"] if d["id"] == id and d["run"] == run)


def reported(case: str, day: str, run: str) -> tuple[str, str | None]:
    found = next(c for c in standing(case, day)["clocks"] if c["id"] == "report_due" and c["run"] == run)
    return found["status"], found["met_on"]


# -- S1 annual report, 31 March closer --------------------------------------------------------------------------------


def test_s1_three_months_from_midnight_end_on_a_sunday_and_move():
    case = worked("s3_funds")
    assert state(case, "2024-03-31", f"annual_report/{YEAR}") is None
    assert state(case, "2024-04-01", f"annual_report/{YEAR}") == "due"
    assert clock(case, "2024-04-01", REPORT, YEAR) == ("2024-04-01", "2024-07-01", "running")
    found = next(c for c in standing(case, "2024-04-01")["clocks"] if c["run"] == YEAR)
    assert found["unmoved_last_day"] == "2024-06-30", "the day before the move is shown"
    assert found["force"] == "in_principle"
    assert found["last_day"] not in ("2024-06-30", "2024-07-02"), "not moved, or first day not counted"


def test_s1_filed_on_the_first_of_july_is_on_time_and_on_the_second_late():
    assert reported(worked("s1_annual_report"), "2024-08-01", YEAR) == ("met", "2024-07-01")
    late = worked("s1_late")
    assert state("\n".join(late.splitlines()[:-1]), "2024-07-02", f"annual_report/{YEAR}") == "overdue"
    assert reported(late, "2024-08-01", YEAR) == ("met", "2024-07-02")
    assert state(late, "2024-08-01", f"annual_report/{YEAR}") == "reported"


def test_s1_a_late_report_has_no_penalty_and_a_demand_is_offered():
    case = worked("s3_funds")
    owed = duty(case, "2024-07-02", "report", YEAR)
    assert (owed["status"], owed["party"]) == ("overdue", "A")
    assert "no penalty" in str(owed["penalty"]) or "48(4)" in str(owed["penalty"])
    may = {(m["act"], m["run"]) for m in standing(case, "2024-07-02")["may"]}
    assert ("annual_report.demand", YEAR) in may


# -- S2 one-month target at month end ---------------------------------------------------------------------------------


def test_s2_received_on_31_january_the_month_ends_on_29_february():
    first, last, _ = clock(worked("s2_target"), "2024-02-10", TARGET)
    assert (first, last) == ("2024-02-01", "2024-02-29")
    assert last not in ("2024-03-01", "2024-02-28"), "thirty days, or the day before"


def test_s2_a_target_moves_no_day_and_changes_no_state():
    case = worked("s2_target").replace("2024-01-31", "2024-05-31")
    assert clock(case, "2024-06-01", TARGET)[1] == "2024-06-30", "a Sunday, not moved: no filing"
    found = next(c for c in standing(case, "2024-07-15")["clocks"] if c["id"] == "target")
    assert found["force"] == "target"
    assert state(case, "2024-07-15") == "submitted", "nothing is deemed certified"


def test_s2_the_maff_order_counts_from_the_application():
    """Applied on 27 May, received on the 31st."""
    assert clock(worked("s2_maff"), "2024-06-01", TARGET)[:2] == ("2024-05-28", "2024-06-27")


# -- S3 funds change, METI plan ---------------------------------------------------------------------------------------


def minor(case: str, run: str = "c9", **change) -> tuple[bool, str]:
    return tried(worked(case), "plan_minor_change.classify", "2024-06-03", "--run", run, **change)


@pytest.mark.parametrize(
    ("letter", "change", "is_minor", "says"),
    [
        ("a", {"funds": 13_100_000_000}, True, ""),
        ("b", {"funds": 13_200_000_000}, False, "10 percent or more (+10.00%)"),
        ("c", {"funds": 12_600_000_000, "grant": 4_200_000_000}, False, "grant amount changes"),
        ("d", {"funds": 10_900_000_000}, True, ""),
    ],
)
def test_s3_minor_by_the_funds(letter, change, is_minor, says):
    accepted, said = minor("s3_funds", **change)
    assert accepted is is_minor
    assert says in said
    assert is_minor or "form 5" in said


def test_s3_e_by_the_last_version_with_a_warning_on_accumulation():
    accepted, said = minor("s3_notified", funds=14_000_000_000)
    assert accepted, "+6.9 percent against the version notified last"
    assert "+16.67%" in said and "do not say whether that adds up" in said
    assert not minor("s3_funds", funds=14_000_000_000)[0], (
        "without the notice it is +16.7 percent of the certified plan"
    )


def test_s3_the_notice_is_due_without_delay_on_form_9():
    case = "\n".join(worked("s3_notified").splitlines()[:-1])
    owed = duty(case, "2024-06-01", "notify", "c1")
    assert (owed["status"], owed["due"]) == ("open", None)
    assert duty(worked("s3_notified"), "2024-06-01", "notify", "c1")["status"] == "done"
    asked = kind(KIND).procedure("plan_minor_change").acts[1].fields[0].form
    assert asked is not None and "様式第九" in asked.ja


# -- S4 period change across ministries -------------------------------------------------------------------------------


@pytest.mark.parametrize(("end", "is_minor"), [("2028-09-30", True), ("2028-10-01", False)])
def test_s4_six_months_is_minor_and_a_day_more_is_not(end, is_minor):
    assert minor("s3_funds", period_end=end)[0] is is_minor


def test_s4_c_the_maff_order_has_no_item_of_six_months():
    accepted, said = minor("s4_maff", period_end="2028-09-30")
    assert not accepted and "MAFF order has no item" in said
    assert minor("s4_maff", period_end="2028-09-30", substance_kept=True)[0], "recorded why the substance is unchanged"
    assert not minor("s3_funds", period_end="2028-10-01", substance_kept=True)[0], "no finding turns a rule in figures"


def test_s4_d_shortened_by_six_months_is_minor_with_a_look_at_the_policy():
    accepted, said = minor("s3_funds", period_end="2027-09-30")
    assert accepted and "9(4)(ii)" in said
    assert not minor("s3_funds", period_end="2027-09-29")[0]


# -- S5 same-industry joint plan --------------------------------------------------------------------------------------


def upto(case: str, act: str) -> str:
    """The ledger before an act."""
    lines = worked(case).splitlines()
    return "\n".join(lines[: next(i for i, line in enumerate(lines) if f'"{act}"' in line)])


FOUND = dict.fromkeys(
    ("fits_policy", "long_enough", "structure_adequate", "tight_supply_measures", "information_managed"), True
)
CERTIFICATE = {"number": "2023船舶第1号-1", **FOUND}


def test_s5_no_certification_before_the_consultation():
    case = upto("s5_joint", "plan.consult")
    accepted, said = tried(case, "plan.certify", "2023-04-14", **CERTIFICATE, fair_competition=True)
    assert not accepted and "no consultation of the Prime Minister and the other heads is on record" in said


def test_s5_item_vi_is_asked_and_the_referral_offered_but_not_required():
    case = upto("s5_joint", "plan.certify")
    accepted, said = tried(case, "plan.certify", "2023-04-14", **CERTIFICATE, fair_competition=False)
    assert not accepted and "fair competition" in said
    assert tried(case, "plan.certify", "2023-04-14", **CERTIFICATE, fair_competition=True)[0]
    consulted = [line for line in case.splitlines() if "refer_jftc" not in line]
    assert tried("\n".join(consulted), "plan.certify", "2023-04-14", **CERTIFICATE, fair_competition=True)[0]
    assert tried("\n".join(consulted), "plan.refer_jftc", "2023-04-10", necessary=True)[0]


def test_s5_an_opinion_only_if_referred_and_after_the_certification():
    before, after = upto("s5_joint", "plan.certify"), upto("s5_joint", "jftc.opine")
    accepted, said = tried(before, "jftc.opine", "2023-04-10", opinion="意見")
    assert not accepted and "has been certified" in said
    assert tried(after, "jftc.opine", "2023-06-01", opinion="意見")[0]
    never = "\n".join(line for line in after.splitlines() if "refer_jftc" not in line)
    assert not tried(never, "jftc.opine", "2023-06-01", opinion="意見")[0]


def test_s5_a_maker_and_an_unrelated_firm_have_no_item_vi():
    case = worked("s5_joint").replace('"same_industry": true', '"same_industry": false')
    cut = "\n".join(line for line in case.splitlines()[:6] if "refer_jftc" not in line)
    assert not tried(cut, "plan.refer_jftc", "2023-03-24", necessary=True)[0]
    assert tried(cut, "plan.certify", "2023-04-14", **CERTIFICATE)[0], "item (vi) is not asked"


def test_s5_the_notice_goes_to_the_support_body_on_form_4():
    assert duty(upto("s5_joint", "plan.notify_support"), "2023-04-14", "notify_support")["status"] == "open"
    assert "日本船舶技術研究協会" in worked("s5_joint")


# -- S6 demand to a certified business --------------------------------------------------------------------------------


def test_s6_a_demand_left_unanswered_is_punished_under_96_iv():
    case = worked("s6_demand_unanswered")
    owed = duty(case, "2025-04-01", "answer", "A")
    assert owed["status"] == "overdue" and "96(iv)" in str(owed["penalty"]) and "300,000" in str(owed["penalty"])
    assert duty(case, "2025-03-31", "answer", "A")["status"] == "open"


# -- the other worked cases -------------------------------------------------------------------------------------------


def test_an_impediment_does_not_replace_the_yearly_report():
    case = upto("impediment", "annual_report.submit")
    assert state(case, "2024-06-30", f"annual_report/{YEAR}") == "followed_up"
    assert clock(case, "2024-06-30", REPORT, YEAR)[2] == "running"
    assert state(case, "2024-07-02", f"annual_report/{YEAR}") == "overdue"


def test_cancellation_needs_a_hearing_or_a_recorded_ground():
    case = upto("cancelled", "plan_cancellation.hearing_notice")
    accepted, said = tried(case, "plan_cancellation.cancel", "2024-09-20", reasons="不履行")
    assert not accepted and "hearing" in said
    assert tried(case, "plan_cancellation.cancel", "2024-09-20", reasons="不履行", no_hearing="consent")[0]
    assert state(worked("cancelled"), "2024-10-21") == "cancelled"


def test_plain_non_performance_knows_no_instruction():
    case = upto("cancelled", "plan_cancellation.hearing_notice")
    assert not tried(case, "plan_cancellation.instruct_change", "2024-09-10", content="改めること")[0]


def test_after_the_cancellation_no_report_opens_and_an_open_one_is_a_question():
    cancelled = standing(worked("cancelled"), "2026-04-10")
    assert f"annual_report/{YEAR}" in cancelled["tracks"] and "annual_report/A:2025-03-31" not in cancelled["tracks"]
    told = kaname(worked("cancelled"), "standing", "--as-of", "2024-11-01")
    assert any("not settled" in w["text"] for w in told["warnings"])


def test_a_change_of_the_plan_becomes_the_plan_and_reports_follow_it():
    """The period was lengthened by a year: the year that ends on 2029-03-31 is reported too."""
    runs = {t for t in standing(worked("changes"), "2029-07-10")["tracks"] if t.startswith("annual_report/")}
    assert runs == {f"annual_report/A:{y}-03-31" for y in range(2024, 2030)}
    assert not any("2029" in t for t in standing(worked("s3_funds"), "2029-07-10")["tracks"])
