"""What is pending in a case says the same as its standing, in every worked case on days around each of its ends."""

from datetime import date, timedelta

import pytest

from kaname.procedure import as_data, at, fold, pending
from kaname.procedure.index import full, index
from kaname.procedure.pending import NEWS, label, without_delay
from kaname.regimes import kind
from patents.case_files import CASES, kind_of
from walks import read_ledger

DAY = timedelta(1)


def days(entries, of):
    """The last day of the ledger, then the eve, the day and the morrow of every end that lies ahead."""
    last = fold(of, entries, max(e.on for e in entries))
    ends = {r.last_day for r in last.clocks.values() if r.last_day and r.last_day >= last.as_of}
    return [
        (last, d) for d in sorted({last.as_of, *(e + n * DAY for e in ends for n in (-1, 0, 1))}) if d >= last.as_of
    ]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.jsonl")), ids=lambda p: p.stem)
def test_rows_say_what_the_standing_says(path):
    entries = read_ledger(path)
    of = kind(kind_of(entries))
    for last, day in days(entries, of):
        standing = at(of, last, day)
        rows, said = pending(standing), as_data(standing, "en")
        assert {(r.name, r.run, r.role, r.day) for r in rows if r.sort == "duty"} == {
            (f"{d['procedure']}.{d['id']}", d["run"], d["by"], d["due"] and date.fromisoformat(d["due"]))
            for d in said["duties"]
            if d["status"] in ("open", "overdue")
        }
        told = {
            (full(d.procedure, d.duty.clock), r.run)
            for d in index(of).duties
            for r in rows
            if r.sort == "duty" and r.name == d.name and d.duty.clock
        }
        running = {
            (f"{c['procedure']}.{c['id']}", c["run"], date.fromisoformat(c["last_day"]))
            for c in said["clocks"]
            if c["status"] == "running" and c["last_day"]
        }
        assert {(r.name, r.run, r.day) for r in rows if r.sort == "clock"} == {c for c in running if c[:2] not in told}
        assert {(r.name, r.run, r.role, r.day) for r in rows if r.sort == "ban"} == {
            (f"{b['procedure']}.{b['id']}", b["run"], b["binds"], date.fromisoformat(b["until"]))
            for b in said["bans"]
            if b["until"]
        }
        assert all(label(of, r.sort, r.name)[0].ja for r in rows)


def test_a_ban_that_has_ended_is_news_for_a_month():
    """Filed 2025-02-28, nothing sent: free from 2025-06-01 (scenario C5-02)."""
    entries = read_ledger(CASES / "c5_02_end_of_february.jsonl")
    of = kind("patents.application")

    def freed(day):
        rows = pending(fold(of, entries, day))
        return [r.day for r in rows if (r.sort, r.name) == ("freed", "foreign_filing_ban.file_abroad")]

    assert freed(date(2025, 5, 31)) == []
    assert freed(date(2025, 6, 1)) == [date(2025, 6, 1)]
    assert freed(date(2025, 6, 1) + NEWS - DAY) == [date(2025, 6, 1)]
    assert freed(date(2025, 6, 1) + NEWS) == []


def test_a_clock_waits_for_whoever_can_meet_it():
    entries = read_ledger(CASES / "c5_02_end_of_february.jsonl")
    rows = pending(fold(kind("patents.application"), entries, date(2025, 3, 1)))
    roles = {r.name: r.role for r in rows if r.sort == "clock"}
    assert roles["first_review.three_months"] == "jpo"
    assert roles["first_review.nonsend_request"] == "applicant"
    assert roles["foreign_filing_ban.three_months"] == ""  # nobody meets it: it only passes


def test_a_term_that_can_be_extended_concerns_whoever_extends_it():
    """The term of a designation is met by nobody; whether it is extended is for the Prime Minister (Art. 70(3))."""
    entries = [e for e in read_ledger(CASES / "c5_05_full_life.jsonl") if e.on <= date(2026, 6, 16)]
    rows = pending(fold(kind("patents.application"), entries, date(2026, 6, 16)))
    assert ("prime_minister", date(2027, 6, 14)) in {(r.role, r.day) for r in rows if r.name == "designation.term"}


def test_a_file_that_was_sent_lies_with_whom_it_was_sent_to():
    """Arts. 66(1), 67(1): from the day of sending the review is the Prime Minister's, though no clock of his runs."""
    entries = read_ledger(CASES / "c5_05_full_life.jsonl")
    of = kind("patents.application")
    sent = next(e.on for e in entries if e.act == "first_review.notify_sent")

    def turns(day):
        rows = pending(fold(of, [e for e in entries if e.on <= day], day))
        return {(r.name, r.role, r.day) for r in rows if r.sort == "turn"}

    assert turns(sent - DAY) == set()
    assert turns(sent) == {("security_review.received", "prime_minister", sent)}
    assert label(of, "turn", "security_review.received")[0].ja == "保全審査：送付を受けた"
    taken_up = next(e for e in entries if e.act == "security_review.notify_intention").on
    assert turns(taken_up) == set()  # now the applicant answers: the clock tells
    assert all(name.startswith("security_review.") for name, _, _ in turns(taken_up + 20 * DAY))


def test_a_turn_is_told_by_the_clock_where_one_runs():
    """Who is waited for and has a duty or a clock in the same procedure finds one line, not two."""
    for path in sorted(CASES.glob("*.jsonl")):
        entries = read_ledger(path)
        for last, day in days(entries, kind(kind_of(entries))):
            rows = pending(at(last.kind, last, day))
            told = {(r.name.partition(".")[0], r.run, r.role) for r in rows if r.sort in ("duty", "clock")}
            assert not told & {(r.name.partition(".")[0], r.run, r.role) for r in rows if r.sort == "turn"}


def test_a_duty_that_goes_on_is_not_one_without_delay():
    applications, plans = kind("patents.application"), kind("infrastructure.plan")
    assert without_delay(applications, "first_review.notify_sent")
    assert without_delay(plans, "emergency.notice")
    for duty in ("security_review.secrecy_experts", "proper_management.measures"):
        assert not without_delay(applications, duty)
    assert not without_delay(plans, "recommendation_order.obey")
