"""Two events that meet: a paper that comes late, an end before its notice, a way out that another event must not undo.

Each case was worked by hand from the Act; before, Kaname answered it otherwise.
"""

from datetime import date

import pytest
from case_files import banned
from ledgers import DESIGNATED, FOUND, REVIEW, check
from test_law_of_chapter_5 import ABROAD, case, line, listed, refused

from kaname.procedure import Accepted, Entry, Refused, Standing, decide, duties, fold, may, warnings
from kaname.procedure.mend import mends
from kaname.regimes import kind

# fmt: off
SENT = """2025-09-16 first_review.file {"listed": true}
    2025-12-10 first_review.send
    2025-12-10 first_review.notify_sent {"received_on": "2025-12-12"}
"""
ENGLISH = '2026-03-02 first_review.file {"listed": true, "filing_kind": ["foreign_language"]}\n'
ASKED = REVIEW.replace("2026-05-07 security_review.answer_keep", "")

CASES = {
    # -- base days -----------------------------------------------------------------------------------------------------
    "78(3): the ten months count from a translation that follows the notice of sending": (
        ENGLISH + """2026-04-10 first_review.notify_sent
            2026-06-01 first_review.file_translation""",
        {"2026-06-01": "foreign_filing_ban.ten_months=2027-04-01 +abroad",
         "2027-04-01": "+abroad", "2027-04-02": "-abroad"}),
    "66(4), 78(1): sent but nobody told, the three months count from the translation too": (
        ENGLISH + """2026-04-10 first_review.send
            2026-06-01 first_review.file_translation""",
        {"2026-06-01": "foreign_filing_ban.three_months=2026-09-01", "2026-09-01": "+abroad", "2026-09-02": "-abroad"}),
    "79(4): a cleared invention is not banned again by a translation": (
        ENGLISH + """2026-04-01 foreign_filing_ban.release_cleared_answer
            2026-06-01 first_review.file_translation""",
        {"2026-03-31": "+abroad", "2026-06-01": "-abroad foreign_filing_ban:released"}),
    # -- ways out that a designation leaves ----------------------------------------------------------------------------
    "79(4): a cleared invention is not banned again by a designation": (
        REVIEW + """2026-05-08 foreign_filing_ban.release_cleared_answer
            2026-06-15 designation.designate {"received_on": "2026-06-16"}""",
        {"2026-06-16": "-abroad +disclosure foreign_filing_ban:released"}),
    "79(4): a clearing answer that arrives after the designation frees too": (
        REVIEW + """2026-06-10 foreign_filing_ban.release_cleared_answer {"received_on": "2026-06-17"}
            2026-06-15 designation.designate {"received_on": "2026-06-16"}""",
        {"2026-06-16": "+abroad +disclosure", "2026-06-17": "-abroad +disclosure"}),
    "77(2): the notice of the end arrives before that of the designation, which then binds nobody": (
        REVIEW + """2026-06-15 designation.designate {"received_on": "2026-06-20"}
            2026-06-17 designation.lift
            2026-06-17 designation.notify_end {"received_on": "2026-06-18"}""",
        {"2026-06-17": "+abroad -disclosure -withdrawal", "2026-06-18": "-abroad -disclosure -withdrawal",
         "2026-06-20": "-abroad -disclosure -working -hold patent_act_special:ordinary foreign_filing_ban:released"}),
    "78(1): an invention that becomes public while designated": (
        DESIGNATED + '2026-07-20 foreign_filing_ban.becomes_public {"public": true}',
        {"2026-07-19": "+abroad", "2026-07-20": "-abroad +disclosure"}),
    # -- the application goes ------------------------------------------------------------------------------------------
    "66(8): the withdrawal is reported, after it": (
        SENT + """2026-01-10 security_review.withdraw {"how": "withdrawn"}
            2026-01-11 first_review.report_withdrawal""",
        {"2026-01-11": "first_review:application_gone security_review:application_gone +abroad"}),
    "68 proviso: an intention notice that arrives after the withdrawal forbids nothing": (
        SENT + """2026-04-17 security_review.notify_intention {"received_on": "2026-04-20"}
            2026-04-18 security_review.withdraw {"how": "withdrawn"}""",
        {"2026-04-20": "-publication", "2026-08-01": "-publication"}),
    "68: an intention notice that arrives after the outcome forbids nothing": (
        SENT + """2026-04-17 security_review.notify_intention {"received_on": "2026-04-24"}
            2026-04-20 security_review.decline {"received_on": "2026-04-22"}""",
        {"2026-04-24": "-publication", "2026-08-01": "-publication"}),
    "68 proviso: deemed withdrawn during the review, free to publish": (
        ASKED + "2026-05-01 patent_act_special.become_priority_base",
        {"2027-01-16": "+publication", "2027-01-17": "-publication security_review:application_gone"}),
    "Patent Act 42(1) proviso: a base that was decided is not deemed withdrawn": (
        """2025-09-16 first_review.file {"listed": true}
            2025-10-01 first_review.judge_not_sent
            2025-11-01 patent_act_special.become_priority_base
            2025-11-01 patent_act_special.exam_request
            2026-06-01 patent_act_special.decide_application {"outcome": "grant"}""",
        {"2027-01-17": "patent_act_special:ordinary first_review:not_sent_judged"}),
}  # fmt: skip
# fmt: on


@pytest.mark.parametrize(("ledger", "expected"), CASES.values(), ids=CASES)
def test_worked_case(ledger, expected):
    check(ledger, expected)


# -- abroad before Japan, and before the ban shows ---------------------------------------------------------------------


@pytest.mark.parametrize(("ledger", "breached"), [
    ((line(ABROAD, "2026-01-10"), listed("2026-02-01")), "2026-01-10"),
    ((line("first_review.file", "2026-01-15"), line(ABROAD, "2026-02-10"), line("first_review.send", "2026-03-01")),
        "2026-02-10"),
    ((line(ABROAD, "2026-01-10"), line("first_review.file", "2026-02-01", listed=False)), None),
    ((line(ABROAD, "2026-01-10"), listed("2026-02-01", made_in_japan=False)), None),
    ((line(ABROAD, "2026-01-10", treaty="us_defence"), listed("2026-02-01")), None),
    ((line(ABROAD, "2024-04-10"), listed("2024-05-01")), None),
])  # fmt: skip
def test_a_filing_abroad_before_the_ban_shows_is_a_breach_once_it_does(ledger, breached):
    shown = case(*ledger, on="2026-03-01" if breached else str(ledger[-1].on))
    assert (shown.state("foreign_filing_ban") == "breach_noted") is (breached is not None)
    assert str(shown.fact("foreign_filing_ban.breached_on")) == str(breached)
    assert ("94条1項" in " ".join(str(b) for r in warnings(shown) for b in r.basis)) is (breached is not None)


def test_filing_abroad_with_nothing_filed_in_japan_is_warned_of():
    answer = decide(fold(kind("patents.application"), [], date(2026, 1, 10)), line(ABROAD, "2026-01-10"))
    assert isinstance(answer, Accepted)
    assert [str(b) for r in answer.warnings for b in r.basis] == ["法78条1項", "法79条1項"]


@pytest.mark.parametrize(("day", "data", "warned"), [
    ("2026-02-01", {}, True), ("2026-02-01", {"listed": False}, False), ("2026-04-16", {}, False)])  # fmt: skip
def test_an_application_of_which_nothing_is_known_is_not_called_free_without_a_warning(day, data, warned):
    standing = case(line("first_review.file", "2026-01-15", **data), on=day)
    assert any("66条1項の発明かどうか分からない" in r.text.ja for r in warnings(standing)) is warned


# -- who must, and who may ---------------------------------------------------------------------------------------------

TOLD = (
    listed("2025-09-16"),
    line("first_review.send", "2025-12-10"),
    line("first_review.notify_sent", "2025-12-10", received_on="2025-12-12"),
    line("security_review.notify_intention", "2026-04-17", received_on="2026-04-20"),
    line("security_review.answer_keep", "2026-05-07"),
)
STANDS = (*TOLD, line("designation.designate", "2026-06-15", received_on="2026-06-16", **FOUND))
EXPERT = {"expert": ["X"], "state_bodies_insufficient": True, "interests_considered": True, "consent": True}


def owed(standing: Standing) -> set[str]:
    return {d.of.duty.id for d in duties(standing) if d.status == "open"}


def test_the_office_owes_the_report_of_a_withdrawal_until_it_is_made():
    gone = line("security_review.withdraw", "2026-05-10", how="withdrawn")
    report = line("first_review.report_withdrawal", "2026-05-11")
    assert "report_withdrawal" in owed(case(*TOLD, gone, on="2026-05-10"))
    assert "report_withdrawal" not in owed(case(*TOLD, gone, report, on="2026-05-11"))


def test_a_withdrawal_before_sending_is_not_reported():
    gone = case(
        listed("2025-09-16"), line("first_review.gone_before_sending", "2025-10-01", how="withdrawn"), on="2025-10-02"
    )
    assert "送付の記録がない" in refused(gone, line("first_review.report_withdrawal", "2025-10-02"))
    assert "report_withdrawal" not in owed(gone)


@pytest.mark.parametrize("day", ["2026-07-01", "2027-05-02"])  # for a permit; for the extension
def test_experts_are_asked_while_designated_and_bound_for_good(day):
    asked = line("security_review.ask_outside_expert", day, **EXPERT)
    answer = decide(case(*STANDS, on=day), asked)
    assert isinstance(answer, Accepted)
    assert "secrecy_experts" in owed(case(*STANDS, asked, on="2029-01-01"))


def test_experts_are_not_asked_once_the_designation_is_over():
    over = case(*STANDS, on="2027-06-15")
    assert "保全指定は終わった" in refused(over, line("security_review.ask_outside_expert", "2027-06-15", **EXPERT))


@pytest.mark.parametrize(("by", "how", "accepted"), [
    ("jpo", "dismissed", True), ("applicant", "dismissed", False), ("applicant", "withdrawn", False)])  # fmt: skip
def test_article_72_binds_the_applicant_and_not_the_office(by, how, accepted):
    answer = decide(case(*STANDS, on="2026-08-01"), line("security_review.withdraw", "2026-08-01", by=by, how=how))
    assert isinstance(answer, Accepted) is accepted


@pytest.mark.parametrize("told", [True, False])
def test_the_prime_minister_is_told_of_a_dismissal_beforehand(told):
    ledger = (*TOLD, line("first_review.report_dismissal", "2026-05-08")) if told else TOLD
    answer = decide(
        case(*ledger, on="2026-05-10"), line("security_review.withdraw", "2026-05-10", by="jpo", how="dismissed")
    )
    assert isinstance(answer, Accepted)
    assert [str(b) for r in answer.warnings for b in r.basis] == ([] if told else ["法66条9項"])


def test_dismissal_for_a_filing_abroad_is_for_who_was_given_the_notice_of_sending():
    fit = line("foreign_filing_ban.notify_dismissal_fit", "2025-10-10", dismissal_fit=True, explanation_allowed=True)
    abroad = line(ABROAD, "2025-10-01")
    assert "法78条5項" in refused(case(listed("2025-09-16"), abroad, on="2025-10-10"), fit)
    sent = line("first_review.notify_sent", "2025-10-05")
    assert isinstance(decide(case(listed("2025-09-16"), abroad, sent, on="2025-10-10"), fit), Accepted)
    assert banned(case(listed("2025-09-16"), abroad, sent, fit, on="2025-10-10"), ABROAD)


@pytest.mark.parametrize(("ordinary", "amount", "accepted"), [
    (True, 500, True), (False, 0, True), (False, 500, False), (True, 0, True)])  # fmt: skip
def test_a_claim_for_a_loss_not_covered_is_decided_at_nil(ordinary, amount, accepted):
    of = kind("patents.compensation")
    claimed = Entry("compensation.claim", date(2026, 6, 1), {"cause": "designation", "total": 500, "reasons": "r"})
    decided = Entry("compensation.decide", date(2026, 6, 28),
        {"ordinary_loss": ordinary, "amount": amount, "received_on": date(2026, 6, 30)})  # fmt: skip
    answer = decide(fold(of, [claimed], decided.on), decided)
    assert isinstance(answer, Accepted) is accepted
    if accepted:
        suit = fold(of, [claimed, decided], date(2026, 7, 1)).clocks["compensation.suit"]
        assert (suit.unmoved_last_day, suit.last_day) == (date(2026, 12, 31), date(2027, 1, 4))


# -- days that the Prime Minister sets, and an application that is gone ------------------------------------------------


def test_a_day_set_for_an_explanation_or_correction_does_not_move_over_a_closed_day():
    """A day that is set is no period laid down by law (Agency Holiday Act Art. 2): 2026-06-20 is a Saturday."""
    asked = line("security_review.ask_correction", "2026-06-01", correct_by="2026-06-20", received_on="2026-06-02")
    held = case(*TOLD, asked, on="2026-06-02")
    assert held.clocks["security_review.correction_due"].last_day == date(2026, 6, 20)
    late = case(*TOLD, asked, on="2026-06-21")
    reasons = line("security_review.start_termination", "2026-06-21",
        ground="no_correction", reasons="r", explain_by="2026-07-04", received_on="2026-06-22")  # fmt: skip
    answer = decide(late, reasons)
    assert isinstance(answer, Accepted)
    assert answer.standing.clocks["security_review.explanation_due"].last_day == date(2026, 7, 4)  # a Saturday


def test_an_application_that_is_gone_is_not_dismissed_as_well():
    ended = (
        *STANDS, line("disclosure_ban_designated.disclose", "2026-07-01"),
        line("disclosure_ban_designated.notify_dismissal_fit", "2026-08-01",
             applicant_at_fault=True, explanation_allowed=True),
        line("designation.lift", "2026-09-01"),
        line("designation.notify_end", "2026-09-01", received_on="2026-09-05"),
    )  # fmt: skip
    dismiss = line("dismissal_service.dismiss", "2026-09-08")
    assert isinstance(decide(case(*ended, on="2026-09-08"), dismiss), Accepted)
    gone = line("security_review.withdraw", "2026-09-07", how="withdrawn")
    assert "消滅した" in refused(case(*ended, gone, on="2026-09-08"), dismiss)


# -- ways of filing (Patent Act 36-2, 38-3, 38-4) ----------------------------------------------------------------------


@pytest.mark.parametrize(("data", "due"), [
    ({"filing_kind": ["foreign_language"]}, "2027-07-02"),
    ({"filing_kind": ["foreign_language", "division"], "original_filing_date": "2026-01-15"}, "2027-05-17"),
    ({"filing_kind": ["foreign_language", "division"], "original_filing_date": "2024-06-03"}, "2026-05-07"),
])  # fmt: skip
def test_a_late_division_in_english_has_two_months_for_its_translation(data, due):
    """36条の2第2項ただし書: two months from 2026-03-02 end on Saturday 05-02, Golden Week follows."""
    assert (
        str(case(listed("2026-03-02", **data), on="2026-03-02").clocks["first_review.translation_due"].last_day) == due
    )


def test_a_division_is_not_completed_and_refers_to_no_earlier_application():
    divided = case(listed("2026-03-02", filing_kind=["division"], original_filing_date="2025-09-16"), on="2026-03-03")
    assert "38条の4第10項" in refused(divided, line("first_review.supplement_missing_part", "2026-03-10"))
    both = listed("2026-03-02", filing_kind=["division", "reference_filing"], original_filing_date="2025-09-16")
    assert "38条の3第6項" in refused(fold(kind("patents.application"), [], both.on), both)


# -- international applications ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("data", "breach"), [
    ({}, True), ({"listed": True}, True), ({"made_in_japan": False}, False), ({"secret": False}, False)])  # fmt: skip
def test_the_report_of_an_international_application_shows_the_breach(data, breach):
    ledger = (
        line("first_review.file", "2026-01-15", **data), line("first_review.exclude_pct", "2026-01-20", pct=True),
        line("foreign_filing_ban.pct_notice", "2026-02-01", pct_describes=True),
    )  # fmt: skip
    shown = case(*ledger, on="2026-02-01")
    assert [n for n in shown.notes if n.kind == "irregular"] == []
    assert shown.state("foreign_filing_ban") == ("breach_noted" if breach else "not_covered")


def test_a_dismissed_international_application_is_gone_for_the_patent_act_too():
    ledger = (
        listed("2026-01-15"), line("first_review.exclude_pct", "2026-01-20", pct=True),
        line("foreign_filing_ban.pct_notice", "2026-02-01", pct_describes=True),
        line("foreign_filing_ban.notify_dismissal_fit", "2026-03-01"), line("dismissal_service.dismiss", "2026-03-10"),
    )  # fmt: skip
    dismissed = case(*ledger, on="2026-03-10")
    assert dismissed.state("patent_act_special") == "gone"
    assert isinstance(decide(dismissed, line("patent_act_special.exam_request", "2026-03-11")), Refused)


def test_nobody_is_advised_to_make_the_invention_public():
    """That it is public opens the way abroad; but it happens, and is no step: once asked to, it is forbidden."""
    abroad = line(ABROAD, "2025-10-01", by="applicant")
    standing = case(listed("2025-09-16"), on="2025-10-01")
    answer = decide(standing, abroad)
    assert isinstance(answer, Refused)
    ready = may(standing, abroad.on)
    assert "foreign_filing_ban.becomes_public" in {m.of.name for m in ready}
    advised = {m.of.name for acts in mends(standing, abroad, answer.reasons, ready).values() for m in acts}
    assert advised and "foreign_filing_ban.becomes_public" not in advised
