"""What Chapter 5 says, rule by rule: issue and receipt, base days, breaches, ways out, duties that last."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from case_files import CASES, banned, last_day, warned

from kaname.ledger.projection import parties_of
from kaname.procedure import Accepted, Entry, Refused, Standing, as_data, decide, fold
from kaname.regimes import kind
from walks import read_ledger

APPLICATION = kind("patents.application")
ABROAD = "foreign_filing_ban.file_abroad"
LIFE = read_ledger(CASES / "c5_05_full_life.jsonl")
FOUND = {"risk_high": True, "impact_weighed": True, "suitable": True}


def line(act: str, on: str, run: str = "", by: str = "", **data: Any) -> Entry:
    return Entry(act, date.fromisoformat(on), data, run=run, by=by)


def case(*entries: Entry, on: str) -> Standing:
    return fold(APPLICATION, entries, date.fromisoformat(on))


def listed(on: str, **data: Any) -> Entry:
    return line("first_review.file", on, listed=True, **data)


def refused(standing: Standing, entry: Entry) -> str:
    """The reasons and provisions of a refusal in one text."""
    answer = decide(standing, entry)
    assert isinstance(answer, Refused), answer
    return "\n".join(f"{r.text.ja} {' '.join(str(b) for b in r.basis)}" for r in answer.reasons)


# -- the way out of the ban -------------------------------------------------------------------------------------------


LATE_NOTICE = (
    listed("2025-09-16"), line("first_review.send", "2025-12-10"), line("first_review.notify_sent", "2025-12-10",
        received_on="2025-12-12"),
    line("security_review.notify_intention", "2026-04-17", received_on="2026-04-20"),
    line("security_review.answer_keep", "2026-05-07"),
    line("designation.designate", "2026-07-15", received_on="2026-07-20", **FOUND),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "is_banned"), [("2026-07-16", True), ("2026-07-17", False), ("2026-07-19", False), ("2026-07-20", True)]
)
def test_ten_months_free_until_a_late_notice_is_received(day, is_banned):
    assert banned(case(*LATE_NOTICE, on=day), ABROAD) is is_banned


def test_filing_made_while_free_stays_lawful():
    filed = case(*LATE_NOTICE, line(ABROAD, "2026-07-18"), on="2026-08-01")
    assert [n for n in filed.notes if n.kind == "breach"] == []
    assert filed.state("foreign_filing_ban") == "released_but_designated"


def test_withdrawn_application_gives_no_release_by_time():
    gone = case(
        listed("2025-09-16"), line("first_review.gone_before_sending", "2025-10-01", how="withdrawn"), on="2030-01-01"
    )
    assert banned(gone, ABROAD)
    assert as_data(gone)["bans"][0]["until"] is None


def test_non_sending_notice_frees_on_receipt():
    ledger = (
        listed("2025-09-16"), line("first_review.request_nonsend_notice", "2025-09-30"),
        line("first_review.judge_not_sent", "2025-10-20"),
        line("first_review.notify_nonsend", "2025-10-20", received_on="2025-10-22"),
    )  # fmt: skip
    assert [banned(case(*ledger, on=d), ABROAD) for d in ("2025-10-21", "2025-10-22")] == [True, False]


def test_non_sending_notice_needs_a_request():
    assert "66条10項" in refused(
        case(listed("2025-09-16"), on="2025-09-17"), line("first_review.notify_nonsend", "2025-09-20")
    )


def test_notice_of_sending_counts_by_issue_not_receipt():
    """Issued on the last day, received after it: no release."""
    ledger = (
        listed("2025-09-16"), line("first_review.send", "2025-12-16"),
        line("first_review.notify_sent", "2025-12-16", received_on="2025-12-19"),
    )  # fmt: skip
    assert banned(case(*ledger, on="2025-12-18"), ABROAD)


def test_sent_without_notice_in_time_releases():
    ledger = (listed("2025-09-16"), line("first_review.send", "2025-12-16"))
    released = case(*ledger, on="2025-12-17")
    assert (released.state("first_review"), released.state("foreign_filing_ban")) == ("sent", "released")


def test_cleared_answer_of_another_case_frees():
    cleared = fold(kind("patents.prior_confirmation"), read_ledger(CASES / "c5_07_a_cleared.jsonl"), date(2026, 4, 1))
    answer = decide(case(listed("2026-05-01"), on="2026-05-02"), line("foreign_filing_ban.release_cleared_answer",
        "2026-05-02", by="applicant"),
                    {"prior_confirmation": cleared})  # fmt: skip
    assert isinstance(answer, Accepted)
    assert answer.entry.data["context"]["prior_confirmation"] == {"state": "cleared", "cleared_on": "2026-03-16"}
    assert not banned(answer.standing, ABROAD)


# -- base days --------------------------------------------------------------------------------------------------------


def test_division_counts_three_months_from_division_ten_from_the_parent():
    divided = case(listed("2026-03-02", filing_kind=["division"], original_filing_date="2025-09-16"), on="2026-03-03")
    assert last_day(divided, "foreign_filing_ban.three_months") == "2026-06-02"
    assert last_day(divided, "foreign_filing_ban.ten_months") == "2026-07-16"


def test_late_division_is_born_with_the_ten_months_over():
    divided = case(listed("2026-10-01", filing_kind=["division"], original_filing_date="2025-09-16"), on="2026-10-01")
    assert divided.clocks["foreign_filing_ban.ten_months"].status == "ended"
    assert divided.state("foreign_filing_ban") == "released"
    assert last_day(divided, "first_review.three_months") == "2027-01-01"


def test_conversion_counts_both_from_its_day():
    converted = case(
        listed("2026-03-02", filing_kind=["conversion"], original_filing_date="2025-09-16"), on="2026-03-03"
    )
    days = [last_day(converted, f"foreign_filing_ban.{c}") for c in ("three_months", "ten_months")]
    assert days == ["2026-06-02", "2027-01-02"]


def test_several_rows_take_the_latest_day():
    ledger = (
        listed("2026-03-02", filing_kind=["division", "foreign_language"], original_filing_date="2025-09-16"),
        line("first_review.file_translation", "2026-04-10"),
    )
    days = [last_day(case(*ledger, on="2026-04-10"), f"foreign_filing_ban.{c}") for c in ("three_months", "ten_months")]
    assert days == ["2026-07-10", "2027-02-10"]


@pytest.mark.parametrize(("kept", "filing_day"), [(True, "2026-03-02"), (False, "2026-04-20")])
def test_missing_part_moves_the_base_day_and_perhaps_the_filing_day(kept, filing_day):
    ledger = (listed("2026-03-02"), line("first_review.supplement_missing_part", "2026-04-20", original_date_kept=kept))
    after = case(*ledger, on="2026-04-20")
    assert last_day(after, "foreign_filing_ban.three_months") == "2026-07-20"
    assert last_day(after, "foreign_filing_ban.ten_months") == "2027-02-20"
    assert after.fact("first_review.filing_day") == date.fromisoformat(filing_day)


def test_paper_after_the_period_starts_it_again():
    ledger = (listed("2026-03-02"), line("first_review.supplement_missing_part", "2026-06-10"))
    assert not banned(case(*ledger, on="2026-06-03"), ABROAD)
    again = case(*ledger, on="2026-06-10")
    assert (again.state("first_review"), banned(again, ABROAD)) == ("under_first_review", True)


def test_reference_filing_waits_for_the_papers():
    ledger = (
        listed("2026-03-02", filing_kind=["reference_filing"]),
        line("first_review.file_reference_papers", "2026-05-11"),
    )
    assert case(*ledger, on="2026-05-10").clocks["first_review.three_months"].status == "pending"
    assert last_day(case(*ledger, on="2026-05-11"), "first_review.three_months") == "2026-08-11"


def test_applications_before_the_regime_are_out():
    assert "法附則2条" in refused(fold(APPLICATION, [], date(2024, 4, 30)), listed("2024-04-30"))
    assert not banned(case(listed("2024-04-30"), on="2024-05-02"), ABROAD)


def test_request_period_moves_over_closed_days_and_outlives_the_three_months():
    saturday = case(listed("2025-02-28"), on="2025-06-02")
    assert last_day(saturday, "first_review.nonsend_request") == "2025-06-02"
    assert isinstance(decide(saturday, line("first_review.request_nonsend_notice", "2025-06-02")), Accepted)


# -- breaches ---------------------------------------------------------------------------------------------------------


def test_filing_abroad_under_the_ban_is_refused_with_the_penalty_and_noted_when_done():
    filed = case(listed("2025-09-16"), on="2025-10-01")
    assert "法94条1項" in refused(filed, line(ABROAD, "2025-10-01", by="anyone"))
    done = case(listed("2025-09-16"), line(ABROAD, "2025-10-01"), on="2025-10-02")
    assert [(n.kind, n.act) for n in done.notes] == [("breach", ABROAD)]
    assert done.state("foreign_filing_ban") == "breach_noted"
    assert banned(done, ABROAD), "the ban goes on for every further filing"


def test_a_breach_does_not_keep_the_ban_beyond_its_time():
    done = case(listed("2025-09-16"), line(ABROAD, "2025-10-01"), on="2025-12-17")
    assert (done.state("foreign_filing_ban"), banned(done, ABROAD)) == ("released", False)


def test_withdrawal_after_a_breach_gives_no_release_by_time_either():
    ledger = (
        listed("2025-09-16"),
        line(ABROAD, "2025-10-01"),
        line("first_review.gone_before_sending", "2025-10-05", how="withdrawn"),
    )
    assert banned(case(*ledger, on="2030-01-01"), ABROAD)


def test_publication_counts_from_the_earliest_priority():
    claimed = case(listed("2025-09-16", priority_date="2024-10-01"), on="2025-09-17")
    assert last_day(claimed, "patent_act_special.publication") == "2026-04-01"
    assert last_day(claimed, "foreign_filing_ban.priority_year") == "2025-10-01"


def test_designation_stops_the_ordinary_period_for_the_request():
    held = fold(APPLICATION, LIFE[:8], date(2026, 6, 16))
    assert held.clocks["patent_act_special.examination_request_ordinary"].status == "stopped"
    assert held.state("patent_act_special") == "held"


def test_treaty_filing_is_allowed():
    treaty = line(ABROAD, "2025-10-01", by="applicant", treaty="us_defence")
    answer = decide(case(listed("2025-09-16"), on="2025-10-01"), treaty)
    assert isinstance(answer, Accepted)
    assert answer.standing.state("foreign_filing_ban") == "banned", "no breach"


def test_other_inventions_are_free_once_designated():
    designated = fold(APPLICATION, LIFE[:8], date(2026, 7, 1))
    assert isinstance(decide(designated, line(ABROAD, "2026-07-01", by="applicant", other_invention=True)), Accepted)
    assert "外国出願" in refused(designated, line(ABROAD, "2026-07-01", by="applicant"))


def test_public_invention_is_free():
    ledger = (listed("2025-09-16"), line("foreign_filing_ban.becomes_public", "2025-10-01", public=True))
    assert not banned(case(*ledger, on="2025-10-01"), ABROAD)


@pytest.mark.parametrize(
    ("day", "breaches"), [("2026-06-15", 0), ("2026-06-16", 1), ("2027-10-07", 1), ("2027-10-08", 0)]
)
def test_disclosure_binds_from_receipt_to_receipt(day, breaches):
    done = fold(APPLICATION, [*LIFE, line("disclosure_ban_designated.disclose", day)], date(2027, 12, 1))
    assert len([n for n in done.notes if n.kind == "breach"]) == breaches


def test_disclosure_for_a_justified_reason_is_no_breach():
    done = fold(
        APPLICATION,
        [*LIFE[:8], line("disclosure_ban_designated.disclose", "2026-07-01", justified_reason=True)],
        date(2026, 7, 1),
    )
    assert (done.notes, done.state("disclosure_ban_designated")) == ((), "in_force")


def test_working_without_a_permit_is_a_breach_with_its_penalty():
    designated = fold(APPLICATION, LIFE[:8], date(2026, 7, 1))
    assert "法92条1項6号" in refused(designated, line("working_permit.work_without", "2026-07-01", run="p1"))
    done = fold(APPLICATION, [*LIFE[:8], line("working_permit.work_without", "2026-07-01", run="p1")], date(2026, 7, 1))
    assert [n.kind for n in done.notes] == ["breach"]
    assert done.state("working_permit", "p1") == "breach_noted"


def test_permitted_working_is_not_the_forbidden_deed():
    ledger = [
        *LIFE[:8],
        line("working_permit.apply", "2026-07-01", run="p1"),
        line("working_permit.permit", "2026-07-15", run="p1"),
    ]
    permitted = fold(APPLICATION, ledger, date(2026, 7, 20))
    assert permitted.state("working_permit", "p1") == "permitted"
    assert "許可" in refused(permitted, line("working_permit.work_without", "2026-07-20", run="p1"))


def test_deceit_is_an_offence_in_itself():
    ledger = [
        *LIFE[:8],
        line("working_permit.apply", "2026-07-01", run="p1"),
        line("working_permit.deceit", "2026-07-15", run="p1"),
    ]
    noted = fold(APPLICATION, ledger, date(2026, 7, 20)).notes
    assert [n.kind for n in noted] == ["breach"]
    assert "92条1項7号" in noted[0].reasons[0].text.ja


def test_withdrawal_between_issue_and_receipt_of_the_designation_is_free():
    before = fold(APPLICATION, LIFE[:8], date(2026, 6, 15))
    assert isinstance(decide(before, line("security_review.withdraw", "2026-06-15", by="applicant")), Accepted)
    assert "法72条1項" in refused(
        fold(APPLICATION, LIFE[:8], date(2026, 6, 16)), line("security_review.withdraw", "2026-06-16", by="applicant")
    )


def test_conversion_while_designated_is_refused():
    assert "法72条2項" in refused(
        fold(APPLICATION, LIFE[:8], date(2026, 7, 1)), line("security_review.convert", "2026-07-01")
    )


# -- termination and dismissal ----------------------------------------------------------------------------------------


NO_ANSWER = LIFE[:6]
TERMINATION = line("security_review.start_termination", "2026-05-08", ground="no_answer", explain_by="2026-05-22")


def test_termination_for_want_of_an_answer_only_after_the_last_day():
    early = line("security_review.start_termination", "2026-05-07", ground="no_answer", explain_by="2026-05-22")
    assert "打切りの理由" in refused(fold(APPLICATION, NO_ANSWER, date(2026, 5, 7)), early)
    assert isinstance(decide(fold(APPLICATION, NO_ANSWER, date(2026, 5, 8)), TERMINATION), Accepted)


def test_termination_waits_for_the_explanation():
    pending = fold(APPLICATION, [*NO_ANSWER, TERMINATION], date(2026, 5, 22))
    assert last_day(pending, "security_review.explanation_due") == "2026-05-22"
    assert "弁明" in refused(pending, line("security_review.terminate", "2026-05-22"))
    assert isinstance(decide(pending, line("security_review.terminate", "2026-05-25")), Accepted)


def test_dismissal_after_termination_ends_the_application_and_its_priority():
    ledger = [
        *NO_ANSWER,
        TERMINATION,
        line("security_review.terminate", "2026-05-25"),
        line("dismissal_service.dismiss", "2026-06-10"),
    ]
    dismissed = fold(APPLICATION, ledger, date(2027, 1, 1))
    assert dismissed.notes == ()
    assert (dismissed.state("first_review"), dismissed.state("disclosure_ban_review")) == (
        "application_gone",
        "released",
    )
    assert dismissed.fact("patent_act_special.priority_failed_on") == date(2026, 6, 10)
    assert banned(dismissed, ABROAD), "no release by time after a dismissal (Art. 78(1))"


def test_publication_during_the_review_has_no_penalty_but_lets_it_be_terminated():
    published = fold(APPLICATION, [*NO_ANSWER, line("disclosure_ban_review.publish", "2026-04-25")], date(2026, 4, 26))
    assert [n.kind for n in published.notes] == ["breach"]
    assert "罰則なし" in published.notes[0].reasons[0].text.ja
    ground = line("security_review.start_termination", "2026-04-27", ground="publication", explain_by="2026-05-11")
    assert isinstance(decide(published, ground), Accepted)


def test_dismissal_waits_for_the_end_of_the_designation():
    ledger = [
        *LIFE[:8], line("disclosure_ban_designated.disclose", "2026-07-01"),
        line("disclosure_ban_designated.notify_dismissal_fit", "2026-09-01", applicant_at_fault=True,
            explanation_allowed=True),
    ]  # fmt: skip
    pending = fold(APPLICATION, ledger, date(2026, 9, 2))
    assert "77条2項" in refused(pending, line("dismissal_service.dismiss", "2026-09-02"))
    over = fold(APPLICATION, [*ledger, *LIFE[9:]], date(2027, 10, 8))
    answer = decide(over, line("dismissal_service.dismiss", "2027-10-08"))
    assert isinstance(answer, Accepted)
    assert answer.standing.state("disclosure_ban_designated") == "dismissed"


def test_dismissal_needs_a_ground():
    assert "打切りも却下相当の通知もない" in refused(
        fold(APPLICATION, LIFE[:6], date(2026, 5, 1)), line("dismissal_service.dismiss", "2026-05-01")
    )


# -- duties -----------------------------------------------------------------------------------------------------------


def test_secrecy_of_experts_and_officials_lasts():
    expert = line("security_review.ask_outside_expert", "2026-01-20", expert=["乙教授"], state_bodies_insufficient=True,
                  interests_considered=True, consent=True)  # fmt: skip
    duties = {
        d["id"]: d for d in as_data(fold(APPLICATION, [*LIFE[:5], expert, *LIFE[5:]], date(2028, 1, 1)))["duties"]
    }
    assert (duties["secrecy_experts"]["party"], duties["secrecy_experts"]["status"]) == ("乙教授", "open")
    assert "95条1項2号" in duties["secrecy_experts"]["penalty"]
    assert (duties["secrecy_officials"]["party"], duties["secrecy_officials"]["lasts"]) == ("担当官一", True)


def test_expert_needs_consent_before_the_invention_is_shown():
    without = line("security_review.ask_outside_expert", "2026-01-20", expert=["乙教授"],
        state_bodies_insufficient=True,
                   interests_considered=True, consent=False)  # fmt: skip
    assert "法67条5項" in refused(fold(APPLICATION, LIFE[:5], date(2026, 1, 20)), without)


def test_measures_asked_of_the_applicant_and_one_more_of_an_operator():
    designated = fold(APPLICATION, LIFE[:8], date(2026, 6, 30))
    twenty = LIFE[8].data["measures"]
    for run, by, ready in (("", "designated_applicant", True), ("A", "sharing_operator", False)):
        answer = decide(designated, line("proper_management.implement", "2026-06-30", run=run, by=by, measures=twenty))
        assert isinstance(answer, Accepted) is ready
    all_of_them = line(
        "proper_management.implement", "2026-06-30", run="A", by="sharing_operator", measures=[*twenty, "1-ヘ"]
    )
    assert isinstance(decide(designated, all_of_them), Accepted)


def test_order_needs_a_found_deficiency_and_its_breach_is_punished():
    designated = fold(APPLICATION, LIFE[:8], date(2026, 7, 1))
    recommend = line("recommendation_order.recommend", "2026-07-10", run="m1", addressee="A", needed=True)
    assert "75条" in refused(designated, recommend)
    ledger = [
        *LIFE[:8], line("proper_management.found_deficient", "2026-07-05", run="A", deficient=True), recommend,
        line("recommendation_order.order", "2026-08-10", run="m1", no_good_reason=True),
    ]  # fmt: skip
    ordered = fold(APPLICATION, ledger, date(2026, 8, 11), judge=True)
    assert ordered.notes == ()
    obey = next(d for d in as_data(ordered)["duties"] if d["id"] == "obey")
    assert (obey["status"], obey["run"]) == ("open", "m1")
    assert (obey["by"], obey["party"]) == ("sharing_operator", "A")  # その者: whom the order names
    assert "92条1項4号" in obey["penalty"]

    # A run of a matter is named for no operator: "m1" takes part in nothing, and A complies in it; not in B's own run.
    assert {party for role, party in parties_of(ordered) if role == "sharing_operator"} == {"A"}
    complied, of_another = (
        replace(line(act, "2026-08-11", run=run, by="sharing_operator"), party="A")
        for act, run in (("recommendation_order.comply", "m1"), ("proper_management.restored", "B"))
    )
    assert isinstance(decide(ordered, complied), Accepted)
    assert "B自身がする" in refused(ordered, of_another)
    for other in (replace(complied, party="B"), replace(complied, by="designated_applicant", party="架空重工業")):
        assert "相手方ではない" in refused(ordered, other)
    renamed = replace(ordered, facts={**ordered.facts, "recommendation_order/m1.addressee": "B"})
    assert isinstance(decide(renamed, replace(complied, party="B")), Accepted)  # approved since the designation

    of_applicant = line(
        "recommendation_order.urgent_order", "2026-08-10", run="m2", addressee="applicant", imminent=True
    )
    both = fold(APPLICATION, [*ledger, of_applicant], date(2026, 8, 11))
    owed = {d["run"]: d["by"] for d in as_data(both)["duties"] if d["id"] == "obey"}
    assert owed == {"m1": "sharing_operator", "m2": "designated_applicant"}
    by_applicant = replace(
        line("recommendation_order.comply", "2026-08-11", run="m2", by="designated_applicant"), party="架空重工業"
    )
    assert isinstance(decide(both, by_applicant), Accepted)
    assert "相手方ではない" in refused(both, replace(by_applicant, by="sharing_operator", party="A"))


def test_a_report_is_owed_by_whom_it_was_asked_of():
    """Art. 84(1) reaches the applicant and the sharing operators alike; one who was not asked owes and gives none."""
    asked = [
        line("reports_inspection.ask_report", "2026-07-10", run="m1", addressee="A"),
        line("reports_inspection.ask_report", "2026-07-10", run="m2", addressee="applicant"),
        line("reports_inspection.ask_report", "2026-07-10", run="m3"),
    ]
    standing = fold(APPLICATION, [*LIFE[:8], *asked], date(2026, 7, 11), judge=True)
    assert standing.notes == ()
    owed = {d["run"]: (d["by"], d["party"]) for d in as_data(standing)["duties"] if d["id"] == "report"}
    assert owed["m1"] == ("sharing_operator", "A")
    assert owed["m2"] == owed["m3"] and owed["m2"][0] == "designated_applicant"  # nobody named: the applicant's
    of_a, of_applicant = (
        replace(line("reports_inspection.answer", "2026-07-12", run="m1", by=by), party=party)
        for by, party in (("sharing_operator", "A"), ("designated_applicant", "架空重工業"))
    )
    assert isinstance(decide(standing, of_a), Accepted)
    assert isinstance(decide(standing, replace(of_applicant, run="m2")), Accepted)
    for other in (of_applicant, replace(of_a, run="m2"), replace(of_a, party="B")):
        assert "相手方ではない" in refused(standing, other)


def test_new_operator_needs_approval_and_is_then_bound():
    ledger = [
        *LIFE[:8], line("sharing_operator_change.apply_new", "2026-07-01", run="B", before_access=True),
        line("sharing_operator_change.approve", "2026-08-01", run="B", control_suitable=True),
    ]  # fmt: skip
    approved = fold(APPLICATION, ledger, date(2026, 8, 2), judge=True)
    assert (approved.notes, approved.state("proper_management", "B")) == ((), "required")


def test_examination_can_be_requested_while_designated():
    requested = fold(
        APPLICATION, [*LIFE[:9], line("patent_act_special.exam_request", "2026-09-01"), *LIFE[9:]], date(2029, 1, 1)
    )
    assert requested.state("patent_act_special") == "after_end"
    assert "patent_act_special.examination_request" not in requested.clocks


def test_right_is_lost_only_after_the_later_reading():
    """Received 2028-08-08: three months end on Wednesday 11-08; by the other reading a request on 11-09 is in time."""
    ledger = [*LIFE[:12]]
    ledger[11:] = [line("designation.hear_before_extension", "2028-05-01"),
        line("designation.extend", "2028-06-12", continued_need=True),
                   line("designation.lift", "2028-08-01", no_longer_needed=True),
                   line("designation.notify_end", "2028-08-01", received_on="2028-08-08")]  # fmt: skip
    over = fold(APPLICATION, ledger, date(2028, 8, 8)).clocks["patent_act_special.examination_request"]
    assert (over.last_day, over.later) == (date(2028, 11, 8), date(2028, 11, 9))
    states = [fold(APPLICATION, ledger, date(2028, 11, d)).state("patent_act_special") for d in (9, 10)]
    assert states == ["after_end", "gone"]


# -- holds and assumptions --------------------------------------------------------------------------------------------


def test_publication_is_held_while_sent():
    held = fold(APPLICATION, LIFE[:5], date(2027, 4, 1))
    assert "66条7項" in refused(held, line("patent_act_special.publish_application", "2027-04-01"))


def test_assumptions_are_shown():
    silent = case(listed("2025-09-16"), on="2025-09-17")
    assert "日本国内でした発明と仮定した" in warned(silent)
    assert "公になっていないと仮定した" in warned(silent)
    stated = case(listed("2025-09-16", made_in_japan=True, secret=True), on="2025-09-17")
    assert "仮定" not in warned(stated)


def test_made_abroad_is_not_banned():
    assert not banned(case(listed("2025-09-16", made_in_japan=False), on="2025-09-17"), ABROAD)


def test_sending_shows_a_ban_the_applicant_did_not_state():
    sent = case(
        line("first_review.file", "2025-09-16"),
        line("first_review.send", "2025-11-10", ground="listed"),
        on="2025-11-11",
    )
    assert banned(sent, ABROAD)
    asked = case(
        line("first_review.file", "2025-09-16"),
        line("first_review.send", "2025-11-10", ground="request"),
        on="2025-11-11",
    )
    assert not banned(asked, ABROAD)
