"""Consultations and briefings: what the desk may do, the figures on any day, and answers the law has overtaken."""

from datetime import date
from pathlib import Path

from kaname.procedure import Accepted, Entry, Refused, decide, fold
from kaname.regimes import kind
from kaname.regimes.general.outreach import answers, by_month, counts
from kaname.regimes.general.tags import moved, unreadable
from walks import read_ledger

CASES = Path(__file__).parent / "cases"
DESK, ROOM = kind("general.consultation"), kind("general.briefing")


def folded(of, day):
    head = of.id.removeprefix("general.")
    ledgers = [read_ledger(p) for p in sorted(CASES.glob(f"{head}_*.jsonl"))]
    return [fold(of, [e for e in one if e.on <= day], day) for one in ledgers]


def on(day, regime=""):
    return counts(folded(DESK, day), folded(ROOM, day), day, regime)


def told(answer):
    return " ".join(r.text.en for r in answer.reasons) if isinstance(answer, Refused) else ""


def tried(entries, act, day, **data):
    return decide(fold(DESK, entries, day), Entry(act, day, data))


def test_the_figures_of_every_day_are_counted_from_the_cases():
    early, middle, late = on(date(2025, 2, 9)), on(date(2025, 7, 31)), on(date(2026, 10, 31))
    assert (early.questions, early.answered, early.waiting, early.reusable, early.briefings) == (1, 0, 1, 0, 0)
    assert (middle.questions, middle.answered, middle.waiting, middle.withdrawn, middle.reusable) == (2, 1, 0, 1, 1)
    assert (middle.briefings, middle.people, middle.materials, middle.downloads) == (2, 310, 1, 830)
    assert (late.downloads, late.briefings) == (1270, 2), "a cancelled briefing is none"
    assert on(date(2026, 11, 2)).reusable == 0, "an answer that was taken back is none"


def test_the_figures_of_one_regime():
    found = on(date(2025, 12, 31), "patents")
    assert (found.questions, found.withdrawn, found.briefings, found.people, found.materials) == (1, 1, 1, 96, 0)


def test_the_twelve_months_up_to_a_day():
    day = date(2025, 7, 10)
    months = by_month(folded(DESK, day), folded(ROOM, day), day)
    assert (len(months), months[0].first, months[-1].first) == (12, date(2024, 8, 1), date(2025, 7, 1))
    some = {m.first.month: (m.questions, m.answered, m.briefings, m.people) for m in months if m.questions + m.people}
    assert some == {2: (1, 1, 0, 0), 5: (0, 0, 1, 214), 6: (1, 0, 0, 0), 7: (0, 0, 1, 96)}


def test_an_answer_says_which_law_it_rests_on_and_what_has_moved_since():
    before, after = date(2026, 9, 10), date(2026, 10, 1)
    fresh, stale = (answers(folded(DESK, day), "子会社", day)[0] for day in (before, after))
    assert (fresh.law_of, fresh.moved) == (date(2025, 3, 3), ())
    assert [m.on for m in stale.moved] == [date(2026, 9, 11), date(2026, 9, 18)]
    renewed = answers(folded(DESK, date(2026, 10, 6)), "", date(2026, 10, 6))[0]
    assert (renewed.law_of, renewed.moved) == (date(2026, 10, 5), ())


def test_answers_are_found_by_every_word_and_regime():
    day = date(2025, 4, 1)
    known = folded(DESK, day)
    assert len(answers(known, "保守 ５２", day)) == 1
    assert answers(known, "保守 特許", day) == ()
    assert answers(known, "", day, "patents") == ()


def test_without_tags_every_amendment_counts():
    assert len(moved("general", "", date(2025, 5, 1), date(2025, 7, 1))) == 1
    assert moved("supply", "30", date(2026, 3, 31), date(2026, 4, 1))[0].on == date(2026, 4, 1)
    assert moved("patents", "78(1)", date(2024, 5, 1), date(2026, 11, 26)) == ()


def test_a_provision_that_cannot_be_read_is_refused():
    assert unreadable("52(1)、令12, 78") == ["令12"]
    answer = tried(
        [], "consultation.receive", date(2025, 2, 3), subject="s", question="q", regime="supply", provisions="令12"
    )
    assert "52(1)" in told(answer)


def test_no_answer_rests_on_the_law_of_a_day_to_come():
    entries = read_ledger(CASES / "consultation_reused.jsonl")[:2]
    answer = tried(entries, "consultation.answer", date(2025, 2, 10), answer="a", law_of=date(2025, 2, 11))
    assert "day to come" in told(answer)


def test_nothing_is_published_by_which_one_could_tell_who_asked():
    entries = read_ledger(CASES / "consultation_reused.jsonl")[:4]
    said = {"question": "q", "answer": "a", "provisions": "52(1)"}
    day = date(2025, 3, 3)
    assert "who asked" in told(tried(entries, "consultation.publish", day, **said, anonymous=False))
    assert isinstance(tried(entries, "consultation.publish", day, **said, anonymous=True), Accepted)


def test_downloads_are_totals_and_never_fall():
    entries = read_ledger(CASES / "briefing_held.jsonl")[:4]
    day = date(2025, 9, 30)
    fewer = decide(fold(ROOM, entries, day), Entry("material.count", day, {"downloads": 829}, "slides"))
    assert "below the last one" in told(fewer)
