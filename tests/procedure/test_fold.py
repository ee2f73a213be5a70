"""The rules of the fold, each by a case counted by hand."""

from datetime import date, datetime

import pytest
from lab import CASE

from kaname.procedure import Accepted, Entry, Refused, as_data, at, bans, decide, duties, explain, fold, may, step
from kaname.procedure.order import JAPAN


def day(text):
    return date.fromisoformat(text)


def case(*lines, as_of=None, **how):
    """Fold lines of (act, day, data, run)."""
    return fold(CASE, ledger(*lines), day(as_of or lines[-1][1]), **how)


def ledger(*lines):
    made = []
    for i, (act, on, *rest) in enumerate(lines, 1):
        data, run = (*rest, *({}, "")[len(rest):])  # fmt: skip
        made.append(Entry(act, day(on), data, run, seq=i))
    return made


def clock(standing, key):
    return standing.clocks[key]


def said(answer):
    assert isinstance(answer, Refused)
    return " / ".join(r.text.en for r in answer.reasons)


APPLIED = ("review.apply", "2025-06-02")


def test_clocks_that_end_at_one_midnight_end_together():
    # 30 days from 2 June and 10 days from 22 June, first days counted, both end on 1 July: neither stops the other.
    lines = APPLIED, ("review.recommend", "2025-06-22", {"received_on": "2025-06-22"})
    standing = case(*lines, as_of="2025-07-02")
    assert clock(standing, "review.standstill").status == "ended"
    assert clock(standing, "review.reply").status == "ended"
    assert standing.state("review") == "silent"


def test_an_end_comes_on_the_morning_after_the_last_day():
    assert case(APPLIED, as_of="2025-07-01").state("review") == "filed"
    assert case(APPLIED, as_of="2025-07-02").state("review") == "cleared"


def test_what_bites_on_receipt_is_not_known_at_issue():
    lines = APPLIED, ("review.designate", "2025-06-10", {"received_on": "2025-06-13"})
    assert case(*lines, as_of="2025-06-12").fact("review.known_on") is None
    assert case(*lines, as_of="2025-06-13").fact("review.known_on") == day("2025-06-13")


def test_receipt_delivered_later_and_known_only_then():
    lines = APPLIED, ("review.warn", "2025-06-03"), ("deliver", "2025-06-20", {"entry": 2, "received_on": "2025-06-06"})
    standing = case(*lines)
    assert clock(standing, "review.answer").last_day == day("2025-06-20")
    unknown = case(*lines, known_at=datetime(2025, 6, 19, tzinfo=JAPAN))
    assert "review.answer" not in unknown.clocks


def test_a_correction_counts_from_the_corrected_day_and_can_be_annulled():
    wrong = ("review.apply", "2025-06-02"), ("correct", "2025-06-05", {"entry": 1, "on": "2025-06-03"})
    assert clock(case(*wrong), "review.standstill").last_day == day("2025-07-02")
    undone = (*wrong, ("annul", "2025-06-06", {"entry": 2}))
    assert clock(case(*undone), "review.standstill").last_day == day("2025-07-01")


def test_an_act_that_no_longer_fits_has_no_effect_and_stands_in_the_notes():
    lines = (
        APPLIED,
        ("review.designate", "2025-06-10"),
        ("review.prolong", "2025-08-01"),
        ("annul", "2025-08-02", {"entry": 2}),
    )
    standing = case(*lines)
    assert standing.state("review") == "cleared"
    assert [(n.entry, n.kind) for n in standing.notes] == [(3, "irregular")]
    assert standing.notes[0].reasons[0].basis


def test_met_late_stays_late():
    lines = APPLIED, ("review.warn", "2025-06-03", {"received_on": "2025-06-03"})
    overdue = case(*lines, as_of="2025-06-18")
    assert [(d.status, d.due) for d in duties(overdue) if d.of.duty.id == "answer"] == [("overdue", day("2025-06-17"))]
    late = case(*lines, ("review.answer", "2025-06-19"))
    assert clock(late, "review.answer").met_on == day("2025-06-19")
    assert [(d.status, d.late) for d in duties(late) if d.of.duty.id == "answer"] == [("done", True)]


def test_an_earlier_end_may_be_chosen_within_the_cap():
    standing = case(APPLIED, ("review.designate", "2025-06-10", {"ends_on": "2025-12-31"}))
    term = clock(standing, "review.term")
    assert (term.last_day, term.set_by[0].cap) == (day("2025-12-31"), day("2026-06-09"))
    before = case(APPLIED)
    late = decide(before, Entry("review.designate", day("2025-06-10"), {"ends_on": "2026-06-10", "sound": True}))
    assert "last lawful day is 2026-06-09" in said(late)
    past = decide(before, Entry("review.designate", day("2025-06-10"), {"ends_on": "2025-06-01", "sound": True}))
    assert "lies in the past" in said(past)


def test_caps_of_extensions_run_from_the_start_or_from_the_end():
    extended = case(APPLIED, ("review.extend", "2025-06-20"))
    assert clock(extended, "review.standstill").last_day == day("2025-10-01")  # four months from 2 June, counted
    prolonged = case(APPLIED, ("review.designate", "2025-06-10"), ("review.prolong", "2026-06-01"))
    assert clock(prolonged, "review.term").last_day == day("2027-06-09")  # a year from the day after 9 June 2026
    over = decide(case(APPLIED), Entry("review.extend", day("2025-06-20"), {"ends_on": "2025-10-02"}))
    assert "last lawful day is 2025-10-01" in said(over)
    for ends_on in ("2025-06-30", "2025-07-01"):  # an extension that extends nothing is none
        back = decide(case(APPLIED), Entry("review.extend", day("2025-06-20"), {"ends_on": ends_on}))
        assert "not after the present end 2025-07-01" in said(back)


def test_a_shortened_end_lies_before_the_present_one():
    shortened = case(APPLIED, ("review.shorten", "2025-06-05", {"ends_on": "2025-06-15"}), as_of="2025-06-16")
    assert shortened.state("review") == "cleared"
    longer = decide(case(APPLIED), Entry("review.shorten", day("2025-06-05"), {"ends_on": "2025-07-02"}))
    assert "last lawful day is 2025-07-01" in said(longer)


def test_a_clock_waits_until_its_first_day_is_there():
    assert clock(case(APPLIED), "review.translation").status == "pending"
    standing = case(APPLIED, ("review.translate", "2025-06-05"))
    assert clock(standing, "review.translation").last_day == day("2025-09-05")


def test_an_end_state_stops_clocks_but_lasting_ones():
    gone = case(APPLIED, ("review.withdraw", "2025-06-05"))
    assert clock(gone, "review.standstill").status == "stopped"
    assert clock(gone, "review.suit").status == "running"


def test_without_delay_is_open_without_a_last_day():
    tell = next(d for d in duties(case(APPLIED, as_of="2025-06-30")) if d.of.duty.id == "tell")
    assert (tell.status, tell.due) == ("open", None)
    told = next(d for d in duties(case(APPLIED, ("review.tell", "2025-06-09"))) if d.of.duty.id == "tell")
    assert told.status == "done"


def test_a_right_is_lost_only_after_the_second_reading():
    suit = clock(case(APPLIED), "review.suit")  # three months end on 2 September 2025, the day after is the 3rd
    assert (suit.last_day, suit.later) == (day("2025-09-02"), day("2025-09-03"))
    assert clock(at(CASE, case(APPLIED), day("2025-09-03")), "review.suit").status == "running"
    assert clock(at(CASE, case(APPLIED), day("2025-09-04")), "review.suit").status == "ended"


def test_secrecy_outlives_membership_and_other_duties_do_not():
    joined = (
        ("members.join", "2025-06-03", {"person": "要 太郎"}, "a"),
        ("members.join", "2025-06-04", {"person": "要 花子"}, "b"),
    )
    standing = case(APPLIED, *joined, ("review.withdraw", "2025-06-05"))
    assert {t.state for t in standing.tracks.values() if t.procedure == "members"} == {"out"}  # every run
    found = {(d.of.duty.id, d.party, d.status) for d in duties(standing) if d.of.procedure.id == "members"}
    assert found == {("secrecy", "要 太郎", "open"), ("secrecy", "要 花子", "open"), ("report", "", "void")}
    left = case(APPLIED, *joined, ("members.leave", "2025-06-05", {}, "a"))
    assert {t.run: t.state for t in left.tracks.values() if t.procedure == "members"} == {"a": "out", "b": "inside"}


def test_a_run_is_for_the_party_it_names():
    joined = case(APPLIED, ("members.join", "2025-06-03", {"person": "要"}, "a"))
    other = decide(joined, Entry("members.leave", day("2025-06-04"), run="a", by="holder", party="b"))
    assert "is for a itself" in said(other)
    assert isinstance(
        decide(joined, Entry("members.leave", day("2025-06-04"), run="a", by="holder", party="a")), Accepted
    )
    nowhere = decide(joined, Entry("members.leave", day("2025-06-04"), run="zz"))
    assert "runs: a" in said(nowhere)


def test_a_deed_under_a_ban_is_refused_when_tried_and_a_breach_when_done():
    tried = decide(case(APPLIED), Entry("works.begin", day("2025-07-01")))
    assert "imprisonment" in said(tried) and "500,000 yen" in said(tried)
    assert isinstance(decide(case(APPLIED), Entry("works.begin", day("2025-07-02"))), Accepted)
    broken = case(APPLIED, ("works.begin", "2025-07-01"))
    assert [(n.entry, n.kind) for n in broken.notes] == [(2, "breach")]
    assert broken.state("works") == "begun"


def test_an_act_under_a_ban_has_no_effect():
    standing = case(APPLIED, ("review.designate", "2025-06-10"), ("review.withdraw", "2025-06-20"))
    assert standing.state("review") == "designated"
    assert [n.kind for n in standing.notes] == ["irregular"]
    assert [(b.of.ban.id, b.since, b.until) for b in bans(standing)] == [
        ("no_withdrawal", day("2025-06-10"), day("2026-06-09"))
    ]


def test_every_reason_is_named_at_once():
    answer = decide(case(APPLIED), Entry("review.prolong", day("2025-06-05"), {"ends_on": "x", "y": 1}, by="applicant"))
    text = said(answer)
    for part in ("is for office", "no field 'y'", "cannot read 'x'", "possible from 'designated'", "'term（試）'"[:5]):
        assert part in text
    assert all(r.basis for r in answer.reasons)


def test_unknown_is_not_no_while_the_form_is_empty():
    found = next(m for m in may(case(APPLIED)) if m.of.name == "review.designate")
    assert found.ready and [r.text.en for r in found.needs] == ["not filled in: reviewed"]
    empty = decide(case(APPLIED), Entry("review.designate", day("2025-06-05")))
    assert "not filled in: reviewed" in said(empty)
    no = decide(case(APPLIED), Entry("review.designate", day("2025-06-05"), {"sound": False}))
    assert said(no) == "not reviewed"


def test_a_reform_applies_by_the_day_it_is_judged_by():
    # The requirement of 1 July is judged by the day of the application: the old case goes by the old law.
    old = decide(case(APPLIED), Entry("review.designate", day("2025-07-01"), {"sound": True}))
    assert isinstance(old, Accepted)
    new = case(("review.apply", "2025-07-01"))
    assert (
        said(decide(new, Entry("review.designate", day("2025-07-02"), {"sound": True})))
        == "the new requirement is not met"
    )
    assert CASE.versions == (day("2024-05-01"), day("2025-07-01"))


def test_a_worked_value_is_recorded_and_a_different_one_needs_a_reason():
    empty = fold(CASE, [], day("2025-06-01"))
    filled = decide(empty, Entry("review.apply", day("2025-06-02")))
    assert isinstance(filled, Accepted) and filled.entry.data["fee"] == 25_000
    other = decide(empty, Entry("review.apply", day("2025-06-02"), {"fee": 100}))
    assert "reason_for_fee" in said(other)
    explained = decide(empty, Entry("review.apply", day("2025-06-02"), {"fee": 100, "reason_for_fee": "減免"}))
    assert isinstance(explained, Accepted) and explained.standing.fact("review.fee") == 100


def test_advice_warns_and_does_not_refuse():
    answer = decide(case(APPLIED), Entry("review.recommend", day("2025-06-20")))
    assert isinstance(answer, Accepted) and [r.text.en for r in answer.warnings][:1] == ["extend first"]


def test_facts_of_another_case_are_copied_into_the_entry():
    here = case(APPLIED)
    asked = decide(here, Entry("review.claim", day("2025-06-20")))
    assert "not filled in: designated in the other case" in said(asked)
    designate = ("review.designate", "2025-06-10", {"received_on": "2025-06-10"})
    answer = decide(here, Entry("review.claim", day("2025-06-20")), {"designation": case(APPLIED, designate)})
    assert isinstance(answer, Accepted)
    assert answer.entry.data["context"] == {"designation": {"designated_on": day("2025-06-10")}}
    refused = decide(here, Entry("review.claim", day("2025-06-20")), {"designation": here})
    assert said(refused) == "not designated there"


def test_a_backdated_entry_names_the_later_entries_it_would_spoil():
    lines = ledger(APPLIED, ("review.recommend", "2025-06-20"))
    answer = decide(fold(CASE, lines, day("2025-06-20")), Entry("review.withdraw", day("2025-06-10")), ledger=lines)
    assert isinstance(answer, Accepted) and answer.standing.state("review") == "gone"
    assert "later entry 2 (review.recommend, 2025-06-20) would have no effect" in answer.warnings[0].text.en
    assert "whole ledger" in said(
        decide(fold(CASE, lines, day("2025-06-20")), Entry("review.withdraw", day("2025-06-10")))
    )


def test_judging_again_notes_doubts_and_keeps_the_effect():
    standing = case(APPLIED, ("review.designate", "2025-06-10", {"sound": False}), judge=True)
    assert standing.state("review") == "designated"
    assert [(n.entry, n.kind) for n in standing.notes] == [(2, "doubtful")]


def test_step_takes_the_next_entry_and_declines_what_reaches_back():
    standing = case(APPLIED)
    after = step(CASE, standing, Entry("review.recommend", day("2025-06-20"), seq=2))
    assert after is not None and after.state("review") == "recommended"
    assert step(CASE, after, Entry("review.translate", day("2025-06-10"), seq=3)) is None
    assert step(CASE, after, Entry("annul", day("2025-06-21"), {"entry": 1}, seq=3)) is None


def test_time_cannot_be_turned_back():
    with pytest.raises(ValueError, match="lies before the standing's day"):
        at(CASE, case(APPLIED), day("2025-06-01"))


def test_an_extended_end_explains_itself_by_entry_or_by_counting():
    counted = explain(case(APPLIED, ("review.extend", "2025-06-20")), "standstill")
    assert [s.op for s in counted.steps][:3] == ["set", "forward", "months"] and counted.result == day("2025-10-01")
    written = explain(case(APPLIED, ("review.extend", "2025-06-20", {"ends_on": "2025-08-01"})), "review.standstill")
    assert "written in entry 2 (at the latest 2025-10-01)" in "\n".join(written.lines("en"))


def test_what_is_shown_says_when_it_will_change():
    data = as_data(case(APPLIED), "en")
    assert data["next_change_on"] == "2025-07-02"
    assert data["bans"][0]["until"] == "2025-07-01"
