"""The seven worked cases of Chapter 5 (C5-01 to C5-07): dates, free days, readings, warnings, wrong answers."""

from datetime import date

import pytest
from case_files import CASES, banned, kind_of, last_day, standing, warned

from kaname.procedure import Accepted, Entry, Refused, as_data, decide, explain, fold
from kaname.regimes import kind
from kaname.regimes.patents.foreign_filing_ban import last_base_day
from walks import read_ledger

NOTED = {"c5_07_c_rejected": ["doubtful"], "breaches": ["breach"] * 3}  # lodged though not open; three offences
ABROAD = "foreign_filing_ban.file_abroad"


def states(case, *procedures):
    return tuple(case.state(p) for p in procedures)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.jsonl")), ids=lambda p: p.stem)
def test_every_worked_case_is_regular(path):
    entries = read_ledger(path)
    judged = fold(kind(kind_of(entries)), entries, date(2030, 1, 1), judge=True)
    assert [n.kind for n in judged.notes] == NOTED.get(path.stem, [])


# -- C5-01 plain case -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2026-01-15", "2026-04-15", "2026-04-16", "2026-11-16", "2027-07-16"])
def test_c5_01_no_ban_at_any_time(day):
    case = standing("c5_01_plain", day)
    assert case.state("foreign_filing_ban") == "not_covered"
    assert not banned(case, ABROAD)


def test_c5_01_dates():
    case = standing("c5_01_plain", "2026-02-01")
    assert case.clocks["first_review.three_months"].first_counted_day == date(2026, 1, 16)
    assert last_day(case, "first_review.three_months") == "2026-04-15"
    assert last_day(case, "patent_act_special.publication") == "2027-07-15"
    clock = next(c for c in as_data(case)["clocks"] if c["id"] == "three_months")
    assert clock["first_free_day"] == "2026-04-16"
    assert case.fact("first_review.screening")["items"] == []


def test_c5_01_misjudged_field_ten_months_do_not_move():
    """The same filing, had the field been listed: the tenth month ends on a Sunday and stays there."""
    case = fold(kind("patents.application"), [filing("2026-01-15", listed=True)], date(2026, 2, 1))
    assert last_day(case, "foreign_filing_ban.three_months") == "2026-04-15"
    assert last_day(case, "foreign_filing_ban.ten_months") == "2026-11-15"


def test_c5_01_publication_is_a_duty_only_after_eighteen_months():
    open_duty = [d["status"] for d in as_data(standing("c5_01_plain", "2027-07-16"))["duties"] if d["id"] == "publish"]
    not_yet = [d for d in as_data(standing("c5_01_plain", "2027-07-15"))["duties"] if d["id"] == "publish"]
    assert (open_duty, not_yet) == (["open"], [])


def filing(on, **data):
    return Entry("first_review.file", date.fromisoformat(on), data, seq=1)


# -- C5-02 end of February --------------------------------------------------------------------------------------------


def test_c5_02_three_months_from_the_end_of_february():
    case = standing("c5_02_end_of_february", "2025-03-31")
    kept = case.fact("first_review.screening")
    assert (kept["items"], kept["fields"], kept["outcome"]) == ([15], [2], "in")
    three = case.clocks["foreign_filing_ban.three_months"]
    assert three.first_counted_day == date(2025, 3, 1)
    assert three.last_day == date(2025, 5, 31)
    assert three.last_day not in (date(2025, 5, 28), date(2025, 5, 29)), "the naive error"
    assert last_day(case, "foreign_filing_ban.ten_months") == "2025-12-31"


def test_c5_02_banned_from_filing_to_the_last_day_free_on_the_next():
    banned_on = {
        d: banned(standing("c5_02_end_of_february", d), ABROAD) for d in ("2025-02-28", "2025-05-31", "2025-06-01")
    }
    assert banned_on == {"2025-02-28": True, "2025-05-31": True, "2025-06-01": False}
    assert standing("c5_02_end_of_february", "2025-06-01").state("foreign_filing_ban") == "released"


# -- C5-03 submersible hull -------------------------------------------------------------------------------------------


def test_c5_03_a_civil_is_out():
    case = standing("c5_03_a_civil", "2026-04-30")
    assert case.fact("first_review.screening")["outcome"] == "out"
    assert case.state("foreign_filing_ban") == "not_covered"


def test_c5_03_b_commissioned_is_caught():
    kept = standing("c5_03_b_commissioned", "2026-04-30").fact("first_review.screening")
    assert (kept["items"], kept["fields"], kept["outcome"]) == ([2], [12], "in")


def test_c5_03_b_dates():
    early = standing("c5_03_b_commissioned", "2026-04-30")
    assert last_day(early, "first_review.three_months") == "2026-07-08"
    assert last_day(early, "foreign_filing_ban.ten_months") == "2027-02-08"
    assert last_day(early, "foreign_filing_ban.priority_year") == "2027-04-08"
    assert "優先期間" not in warned(early)
    banned_on = {
        d: banned(standing("c5_03_b_commissioned", d), ABROAD) for d in ("2026-07-09", "2027-02-08", "2027-02-09")
    }
    assert banned_on == {"2026-07-09": True, "2027-02-08": True, "2027-02-09": False}


def test_c5_03_c_requirement_three_must_be_tested():
    case = standing("c5_03_c_joint", "2026-04-30")
    assert case.fact("first_review.screening")["outcome"] == "in_if_requirement"
    assert "付加要件が未回答" in warned(case)


# -- C5-04 overlap ----------------------------------------------------------------------------------------------------


def test_c5_04_caught_through_item_29_without_requirement():
    case = standing("c5_04_overlap", "2026-04-30")
    kept = case.fact("first_review.screening")
    assert (kept["items"], kept["fields"], kept["outcome"]) == ([12, 13, 29], [9, 12, 14], "in")
    assert banned(case, ABROAD)


def test_c5_04_without_the_launcher_out_if_civil():
    case = standing("c5_04_without_launcher", "2026-04-30")
    kept = case.fact("first_review.screening")
    assert (kept["items"], kept["outcome"]) == ([12, 13], "out")
    assert not banned(case, ABROAD)


# -- C5-05 full life --------------------------------------------------------------------------------------------------

LIFE = "c5_05_full_life"


def test_c5_05_answer_is_due_after_the_holidays():
    assert "security_review.answer_due" not in standing(LIFE, "2026-04-19").clocks, "issued, not received"
    answer = standing(LIFE, "2026-04-30").clocks["security_review.answer_due"]
    assert answer.first_counted_day == date(2026, 4, 21)
    assert (answer.unmoved_last_day, answer.last_day) == (date(2026, 5, 4), date(2026, 5, 7))
    lines = "\n".join(explain(standing(LIFE, "2026-04-30"), "security_review.answer_due").lines("ja"))
    assert "2026-05-05" in lines and "2026-05-06" in lines, "every closed day passed over is named"


def test_c5_05_publication_banned_from_receipt_not_from_issue():
    name = "disclosure_ban_review.publication"
    banned_on = {d: banned(standing(LIFE, d), name) for d in ("2026-04-19", "2026-04-20", "2026-06-15", "2026-06-16")}
    assert banned_on == {"2026-04-19": False, "2026-04-20": True, "2026-06-15": True, "2026-06-16": False}


def test_c5_05_sent_in_time_and_no_release_by_time():
    case = standing(LIFE, "2026-06-15")
    assert last_day(case, "first_review.three_months") == "2025-12-16"
    assert case.clocks["first_review.three_months"].met_on == date(2025, 12, 10)
    assert last_day(case, "foreign_filing_ban.ten_months") == "2026-07-16"
    assert case.state("foreign_filing_ban") == "banned"
    after = standing(LIFE, "2026-07-17")
    assert after.state("foreign_filing_ban") == "released_but_designated"
    assert banned(after, ABROAD)


def test_c5_05_designation_and_extension_count_the_first_day():
    assert last_day(standing(LIFE, "2026-06-15"), "designation.term") == "2027-06-14"
    assert last_day(standing(LIFE, "2027-06-14"), "designation.term") == "2028-06-14"
    assert standing(LIFE, "2027-06-15").state("designation") == "extended"


def test_c5_05_extension_over_the_cap_is_refused_with_the_last_lawful_day():
    before = fold(kind("patents.application"), read_ledger(CASES / f"{LIFE}.jsonl")[:10], date(2027, 6, 1))
    answer = decide(
        before, Entry("designation.extend", date(2027, 6, 10), {"continued_need": True, "ends_on": "2028-06-15"})
    )
    assert isinstance(answer, Refused)
    assert any("2028-06-14" in r.text.ja for r in answer.reasons)


def test_c5_05_free_on_receipt_of_the_end_notice():
    banned_on = {d: banned(standing(LIFE, d), ABROAD) for d in ("2027-10-06", "2027-10-07", "2027-10-08")}
    assert banned_on == {"2027-10-06": True, "2027-10-07": True, "2027-10-08": False}
    assert last_day(standing(LIFE, "2026-01-01"), "foreign_filing_ban.priority_year") == "2026-09-16"


def test_c5_05_publication_duty_revives():
    assert last_day(standing(LIFE, "2026-01-01"), "patent_act_special.publication") == "2027-03-16"
    status = {
        d: [x["status"] for x in as_data(standing(LIFE, d))["duties"] if x["id"] == "publish"]
        for d in ("2027-10-07", "2027-10-08")
    }
    assert status == {"2027-10-07": [], "2027-10-08": ["open"]}


def test_c5_05_examination_request_later_of_two_moved_and_both_readings():
    case = standing(LIFE, "2027-10-08")
    clock = case.clocks["patent_act_special.examination_request"]
    assert clock.starts == (date(2025, 9, 16), date(2027, 10, 8))
    assert (clock.winner, clock.unmoved_last_day, clock.last_day) == (0, date(2028, 9, 16), date(2028, 9, 19))
    assert clock.clock.reading is not None and clock.clock.reading.question == 4
    assert clock.later == date(2028, 9, 19), "the day after, 09-17, moves to the same day here"


def test_c5_05_three_months_win_where_they_end_later():
    entries = read_ledger(CASES / f"{LIFE}.jsonl")
    late = Entry("designation.notify_end", date(2028, 10, 2), {"received_on": "2028-10-02"}, seq=13)
    second = Entry("designation.extend", date(2028, 6, 12), {"continued_need": True}, seq=12)
    hearing = Entry("designation.hear_before_extension", date(2028, 5, 1), seq=11)
    lift = Entry("designation.lift", date(2028, 10, 2), {"no_longer_needed": True}, seq=12)
    case = fold(kind("patents.application"), [*entries[:11], hearing, second, lift, late], date(2028, 10, 2))
    clock = case.clocks["patent_act_special.examination_request"]
    assert (clock.winner, clock.unmoved_last_day, clock.last_day) == (1, date(2029, 1, 2), date(2029, 1, 4))


def test_c5_05_base_withdrawal_and_deduction():
    assert last_day(standing(LIFE, "2026-01-01"), "patent_act_special.base_withdrawal") == "2027-01-16"
    case = standing(LIFE, "2027-10-08")
    assert last_day(case, "patent_act_special.base_withdrawal") == "2027-10-08"
    deducted = (case.fact("patent_act_special.deducted_from"), case.fact("patent_act_special.deducted_to"))
    assert deducted == (date(2026, 6, 16), date(2027, 10, 8))


def test_c5_05_withdrawal_while_designated_is_refused_with_article_72():
    before = fold(kind("patents.application"), read_ledger(CASES / f"{LIFE}.jsonl")[:8], date(2026, 7, 1))
    answer = decide(before, Entry("security_review.withdraw", date(2026, 7, 1), by="applicant"))
    assert isinstance(answer, Refused)
    assert "法72条1項" in {str(b) for r in answer.reasons for b in r.basis}
    folded = fold(kind("patents.application"), [*read_ledger(CASES / f"{LIFE}.jsonl")[:8],
                  Entry("security_review.withdraw", date(2026, 7, 1), seq=9)], date(2026, 7, 2))  # fmt: skip
    assert [n.kind for n in folded.notes] == ["irregular"]
    assert folded.state("security_review") == "designated"


def test_c5_05_all_ends_with_the_notice():
    case = standing(LIFE, "2027-10-08")
    assert states(case, "designation", "disclosure_ban_designated", "first_review") == ("closed", "ended", "hold_over")
    asked = ("proper_management", "sharing_operator_change")
    runs = {k: t.state for k, t in case.tracks.items() if t.procedure in asked}
    assert runs == {
        "proper_management": "ended",
        "proper_management/A": "ended",
        "sharing_operator_change/A": "ended",
    }


# -- C5-06 English-language application -------------------------------------------------------------------------------


def test_c5_06_no_base_day_before_the_translation():
    case = standing("c5_06_a_late_translation", "2027-05-09")
    assert last_day(case, "first_review.translation_due") == "2027-07-02"
    assert case.clocks["foreign_filing_ban.ten_months"].status == "pending"
    assert banned(case, ABROAD)
    assert "起算日が定まらず" in warned(case)


def test_c5_06_a_ban_outlasts_the_priority_year():
    case = standing("c5_06_a_late_translation", "2027-05-10")
    assert last_day(case, "foreign_filing_ban.three_months") == "2027-08-10"
    assert last_day(case, "foreign_filing_ban.ten_months") == "2028-03-10"
    assert last_day(case, "foreign_filing_ban.priority_year") == "2027-03-02"
    assert "送付がなくても、外国出願の禁止は優先期間（十二月）の後まで続く" in warned(case)


def test_c5_06_a_what_if_warns_before_the_translation_is_filed():
    filed = fold(
        kind("patents.application"), read_ledger(CASES / "c5_06_a_late_translation.jsonl")[:1], date(2027, 5, 1)
    )
    answer = decide(filed, Entry("first_review.file_translation", date(2027, 5, 10)))
    assert isinstance(answer, Accepted)
    assert any("優先期間" in w.text.ja for w in answer.warnings)


def test_c5_06_b_the_latest_translation_that_keeps_the_year():
    case = standing("c5_06_b_last_translation", "2027-03-01")
    assert last_day(case, "foreign_filing_ban.three_months") == "2027-03-01"
    assert banned(case, ABROAD)
    assert not banned(standing("c5_06_b_last_translation", "2027-03-02"), ABROAD)
    assert last_base_day(date(2027, 3, 2)) == date(2026, 12, 1)
    assert "送付がなくても" not in warned(case)


# -- C5-07 prior confirmation -----------------------------------------------------------------------------------------


def test_c5_07_a_cleared_frees_on_receipt():
    name = "prior_confirmation.file_abroad"
    banned_on = {d: banned(standing("c5_07_a_cleared", d), name) for d in ("2026-02-02", "2026-03-15", "2026-03-16")}
    assert banned_on == {"2026-02-02": True, "2026-03-15": True, "2026-03-16": False}
    assert standing("c5_07_a_cleared", "2026-03-16").state("prior_confirmation") == "cleared"


def test_c5_07_a_fee_is_worked_out():
    empty = fold(kind("patents.prior_confirmation"), [], date(2026, 2, 1))
    answer = decide(
        empty,
        Entry("prior_confirmation.request", date(2026, 2, 2), {"japanese_application_filed": False, "language": "en"}),
    )
    assert isinstance(answer, Accepted)
    assert answer.entry.data["fee"] == 25_000


def test_c5_07_b_not_cleared_ban_stands():
    case = standing("c5_07_b_not_cleared", "2026-12-31")
    assert case.state("prior_confirmation") == "not_cleared"
    answer = decide(case, Entry("prior_confirmation.file_abroad", date(2026, 12, 31), by="anyone"))
    assert isinstance(answer, Refused)
    assert any("94条" in r.text.ja for r in answer.reasons)


def test_c5_07_c_inadmissible_and_the_other_way_is_offered():
    empty = fold(kind("patents.prior_confirmation"), [], date(2026, 2, 1))
    answer = decide(empty, Entry("prior_confirmation.request", date(2026, 2, 2), {"japanese_application_filed": True}))
    assert isinstance(answer, Refused)
    assert "送付しない旨の通知の申出（66条10項" in answer.reasons[0].text.ja
    assert "法79条1項" in {str(b) for b in answer.reasons[0].basis}
    assert standing("c5_07_c_rejected", "2026-03-01").state("prior_confirmation") == "inadmissible"


def test_c5_07_c_the_non_sending_notice_can_be_asked_within_three_months():
    filed = fold(kind("patents.application"), [filing("2026-01-26", ipc=["F41H 13/00"])], date(2026, 2, 2))
    assert isinstance(decide(filed, Entry("first_review.request_nonsend_notice", date(2026, 2, 2))), Accepted)
    late = fold(kind("patents.application"), [filing("2026-01-26", ipc=["F41H 13/00"])], date(2026, 4, 28))
    assert isinstance(decide(late, Entry("first_review.request_nonsend_notice", date(2026, 4, 28))), Refused)


def test_c5_07_d_no_listed_item_no_ban():
    case = standing("c5_07_d_outside", "2026-02-16")
    assert case.state("prior_confirmation") == "not_66_1"
    assert not banned(case, "prior_confirmation.file_abroad")


@pytest.mark.parametrize("name", ["c5_07_a_cleared", "c5_07_b_not_cleared", "c5_07_c_rejected", "c5_07_d_outside"])
def test_c5_07_no_branch_has_a_last_day(name):
    assert [c.last_day for c in standing(name, "2026-12-31").clocks.values()] in ([None], [None] * 3)


# -- before the regime ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["start_review", "ask_materials", "send", "notify_sent", "judge_not_sent",
                                 "request_nonsend_notice", "decline_clearly_unneeded"])  # fmt: skip
@pytest.mark.parametrize(("filed", "reached"), [("2024-04-30", False), ("2024-05-01", True)])
def test_the_first_review_does_not_reach_what_was_pending(filed, reached, act):
    data = {"decline_clearly_unneeded": {"clearly_needless": True},
            "request_nonsend_notice": {"application_number": "1", "name": "K"}}  # fmt: skip
    case = fold(kind("patents.application"), [filing(filed, listed=True)])
    answer = decide(case, Entry(f"first_review.{act}", date(2024, 5, 20), data.get(act, {})))
    assert isinstance(answer, Accepted if reached else Refused)
    if not reached:
        assert [str(b) for r in answer.reasons for b in r.basis] == ["法附則2条"]
