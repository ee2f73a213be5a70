"""Edges between procedures, asked from outside: grace and plans, breaches, names of penalties, what was known when."""

import pytest
from test_outside_infrastructure import FILE, INTRODUCE, accepted, consulted, named
from test_outside_patents import ABROAD, designated, filed, lasts, sent
from test_outside_supply import certified

from case_ledgers import ledger
from outside import OPERATOR, PATENT, PLAN, SUPPLY, ends


@pytest.fixture
def operator(tmp_path):
    """A bank designated on 2023-11-16: grace through 2024-05-16."""
    (path := tmp_path / "operator.jsonl").write_text(ledger(named("2023-11-16")), encoding="utf-8")
    return "--with", f"operator={path}"


@pytest.mark.parametrize(("lines", "on", "may"), [
    ("", "2024-05-16", True),
    ("", "2024-05-17", False),
    (accepted("2024-04-17"), "2024-05-17", True),  # day 30 is 16 May
    (accepted("2024-04-18"), "2024-05-17", False),
    (accepted("2024-04-18"), "2024-05-18", True),
    (accepted("2024-05-10"), "2024-05-16", True),  # the grace covers what is done in it
])  # fmt: skip
def test_the_eve_and_the_morrow_of_the_grace(operator, lines, on, may):
    done, said = PLAN.tried(ledger(lines) if lines else "", INTRODUCE, on, *operator)
    assert done == may, said


def test_what_was_supplied_by_oneself_needed_no_plan_until_2026_09_17(operator):
    own = {"supply": "self", "third_party_component": True, "third_party_facility": False}
    assert PLAN.tried("", INTRODUCE, "2026-09-17", *operator, **own)[0]
    assert not PLAN.tried("", INTRODUCE, "2026-09-18", *operator, **own)[0]


def test_a_filing_that_was_annulled_leaves_nothing_to_wait_for():
    lines = f"""{accepted("2026-06-01")}
        2026-06-05 annul {{"entry": 2, "reason": "other plan"}}"""
    text = ledger(lines)
    assert PLAN.state(text, "2026-07-05") == "filed"
    assert ends(PLAN, lines, "2026-06-06", "extension_shortening.standstill") is None
    assert not PLAN.tried(text, INTRODUCE, "2026-07-05")[0]


def test_acceptance_corrected_to_an_earlier_day_frees_earlier():
    lines = f"""{accepted("2026-06-03")}
        2026-06-20 correct {{"entry": 2, "on": "2026-06-02"}}"""
    lines = lines.replace("2026-06-03 introduction_plan.file", "2026-06-01 introduction_plan.file")
    assert ends(PLAN, lines, "2026-06-21", "extension_shortening.standstill")[1] == "2026-07-01"


def test_what_was_known_before_the_correction():
    lines = "\n".join((
        '{"act": "first_review.file", "on": "2025-06-10", "data": {"listed": true},'
        ' "recorded_at": "2025-06-10T10:00:00+09:00"}',
        '{"act": "correct", "on": "2025-06-20", "data": {"entry": 1, "on": "2025-06-01"},'
        ' "recorded_at": "2025-06-20T10:00:00+09:00"}',
    ))  # fmt: skip

    def last(*known: str) -> str:
        clocks = PATENT.kaname(lines, "standing", "--as-of", "2025-07-01", *known)["clocks"]
        return next(
            c["last_day"] for c in clocks if (c["procedure"], c["id"]) == ("foreign_filing_ban", "three_months")
        )

    assert (last("--known-at", "2025-06-19"), last("--known-at", "2025-06-20")) == ("2025-09-10", "2025-09-01")


@pytest.mark.parametrize(("on", "name"), [("2025-05-31", "懲役"), ("2025-06-01", "拘禁刑")])
def test_the_name_of_the_penalty_follows_the_day(on, name):
    text = ledger(filed("2025-05-01"))
    bans = PATENT.kaname(text, "standing", "--as-of", on, lang="ja")["bans"]
    assert any(name in b["penalty"] for b in bans if b["id"] == "file_abroad")


def test_a_supplement_that_loses_the_filing_day_moves_the_priority_year_too():
    lines = f"""{filed("2026-01-30")}
        2026-02-28 first_review.supplement_missing_part {{"original_date_kept": false}}"""
    assert lasts(lines, "foreign_filing_ban.priority_year", "2026-03-02")[0] == "2027-02-28"
    assert lasts(lines, "foreign_filing_ban.three_months", "2026-03-02")[0] == "2026-05-31"


def test_the_second_reading_of_82_3_is_shown():
    lines = f"""{designated()}
        2027-06-10 designation.lift
        2027-06-18 designation.notify_end {{"received_on": "2027-06-18"}}"""
    clocks = PATENT.standing(ledger(lines), "2027-07-01")
    clock = next(c for c in clocks["clocks"] if c["id"] == "examination_request")
    assert clock["last_day"] == "2028-12-01"
    assert [r["last_day"] for r in clock["readings"]] == ["2028-12-04"]  # the day after is a Saturday


def test_a_breach_is_kept_after_the_ban_has_ended():
    lines = f"""{filed("2026-01-15")}
        2026-04-15 {ABROAD}"""
    found = PATENT.standing(ledger(lines), "2026-04-20")
    assert [n["kind"] for n in found["notes"]] == ["breach"]
    assert PATENT.state(ledger(lines), "2026-04-15") == "breach_noted"


def test_no_dismissal_before_the_end_of_the_designation():
    """73(8): the dismissal waits for the 77(2) notice."""
    lines = f"""{designated()}
        2026-08-03 disclosure_ban_designated.disclose
        2026-09-01 disclosure_ban_designated.notify_dismissal_fit {{"applicant_at_fault": true,"""
    lines = lines + ' "explanation_allowed": true}'
    assert not PATENT.tried(ledger(lines), "dismissal_service.dismiss", "2026-09-10")[0]
    over = f"""{lines}
        2027-06-15 designation.notify_end {{"received_on": "2027-06-18"}}"""
    assert PATENT.tried(ledger(over), "dismissal_service.dismiss", "2027-06-18")[0]


def test_not_sent_within_the_period_the_hold_is_over():
    text = ledger(filed("2026-01-15"))
    held = [set(PATENT.bans(text, d)) for d in ("2026-04-15", "2026-04-16")]
    assert "first_review.hold" in held[0] and "first_review.hold" not in held[1]


def test_a_request_is_sent_whatever_its_field():
    lines = """2026-01-15 first_review.file {"listed": false}
        2026-01-15 first_review.request_review {"with_filing": true}
        2026-02-02 first_review.send {"ground": "request"}
        2026-02-02 first_review.notify_sent {"received_on": "2026-02-03"}"""
    assert PATENT.state(ledger(lines), "2026-02-03", "first_review") == "sent"
    late = ("first_review.request_review", "2026-01-16")
    assert not PATENT.tried(ledger(lines.splitlines()[0]), *late, with_filing=False)[0]


def test_lifting_needs_the_criteria_and_ends_the_duties():
    text = ledger(f"""{named("2025-01-06")}
        2026-02-02 designation.lift {{"criteria_no_longer_met": true, "received_on": "2026-02-03"}}""")
    assert OPERATOR.state(text, "2026-02-03") == "lifted"
    assert not OPERATOR.standing(text, "2026-03-02")["bans"]
    assert not OPERATOR.tried(
        ledger(named("2025-01-06")), "designation.lift", "2026-02-02", criteria_no_longer_met=False
    )[0]


def test_a_second_recommendation_reply_after_its_day_is_late():
    """Received 2026-06-15, ten days end on the 24th: an acceptance on the 25th comes too late to be a reply."""
    lines = f"""2026-06-01 introduction_plan.file {FILE}
        2026-06-01 introduction_plan.accept {{"complete": true}}
        {consulted("2026-06-10", "2026-06-12")}
        2026-06-15 recommendation_order.issue {{"great_risk": true, "asks": "change", "received_on": "2026-06-15"}}"""
    text = ledger(lines)
    assert PLAN.tried(text, "recommendation_order.accept", "2026-06-24")[0]
    assert PLAN.state(text, "2026-06-25") == "silent"


@pytest.mark.parametrize(
    ("ground", "heard", "may"), [("consent", None, True), (None, "2025-03-10", True), (None, None, False)]
)
def test_cancellation_after_a_hearing_or_without_need_of_one(ground, heard, may):
    lines = f"""{certified()}
        2025-02-03 plan_cancellation.find_nonperformance m {{"facts": "未実施"}}"""
    if heard:
        lines += f"""
        2025-02-10 plan_cancellation.hearing_notice m {{"planned": "取消し", "hearing_on": "{heard}"}}
        {heard} plan_cancellation.hearing_hold m"""
    given = {"reasons": "未実施"} | ({"no_hearing": ground} if ground else {})
    done, said = SUPPLY.tried(ledger(lines), "plan_cancellation.cancel", "2025-03-17", "--run", "m", **given)
    assert done == may, said


def test_a_certified_change_is_what_the_next_one_is_measured_by():
    """12.0 bn certified, 15.0 bn by change: 16.4 (+9.33 percent) is minor, 16.5 (+10) is not."""
    lines = f"""{certified()}
        2024-05-01 plan_change.submit c1 {{"funds": 15000000000, "grant": 5000000000}}
        2024-05-10 plan_change.consult c1
        2024-05-20 plan_change.certify c1 {{"number": "2", "fits_policy": true, "long_enough": true,"""
    lines += ' "structure_adequate": true, "tight_supply_measures": true, "information_managed": true}'
    call = ("plan_minor_change.classify", "2025-06-02", "--run", "c2")
    given = {"made_on": "2025-05-30", "class": "minor_notice", "grant": 5_000_000_000}
    assert SUPPLY.tried(ledger(lines), *call, funds=16_400_000_000, **given)[0]
    assert not SUPPLY.tried(ledger(lines), *call, funds=16_500_000_000, **given)[0]


def test_a_sent_application_that_is_withdrawn_frees_publication_but_not_abroad():
    lines = f"""{sent("2025-12-01")}
        2026-02-10 security_review.receive
        2026-04-01 security_review.notify_intention {{"received_on": "2026-04-02"}}
        2026-04-08 security_review.withdraw {{"how": "withdrawn"}}"""
    text = ledger(lines)
    assert "disclosure_ban_review.publication" in PATENT.bans(text, "2026-04-07")
    assert "disclosure_ban_review.publication" not in PATENT.bans(text, "2026-04-08")
    assert PATENT.state(text, "2027-06-01") == "banned"
    assert PATENT.bans(text, "2027-06-01")["foreign_filing_ban.file_abroad"] is None


@pytest.mark.parametrize(("of", "lines", "day", "clock", "run", "question"), [
    (PATENT, filed("2026-01-15"), "2026-01-16", "first_review.three_months", "", 3),
    (PATENT, designated(), "2026-06-20", "designation.term", "", 13),
    (OPERATOR, named("2025-01-06"), "2025-01-07", "grace.grace", None, 302),
    (PLAN, accepted("2026-06-01"), "2026-06-02", "extension_shortening.standstill", "", 306),
    (SUPPLY, certified(), "2024-05-01", "annual_report.report_due", "A:2024-03-31", 212),
])  # fmt: skip
def test_what_rests_on_a_reading_says_so_with_its_note(of, lines, day, clock, run, question):
    clocks = of.standing(ledger(lines), day)["clocks"]
    found = [c for c in clocks if f"{c['procedure']}.{c['id']}" == clock and run in (None, c["run"])]
    assert [c["unverified"] for c in found] == [question]
