"""The daily numbers say for every day what folding every case as of that day would say."""

from collections import Counter
from datetime import date, timedelta

import pytest
from acts import APPLY, STORY, key, opened, played
from django.db import connection

from kaname.ledger import clock, course, projection, reading, reseal, verify
from kaname.ledger.models import Course, Tally
from kaname.ledger.perform import Receipt, perform
from kaname.procedure import Entry

FIRST = date(2026, 4, 28)
DAYS = [FIRST + timedelta(n) for n in range(60)]


def by_folding(cases, day):
    """What stood where at the end of a day, each case folded; tracks that never moved are not counted."""
    found = Counter()
    for case in cases:
        ledger = [e for e in reading.entries(case) if e.act not in ("correct", "deliver", "annul")]
        if min(e.on for e in ledger) <= day:
            found[reading.head(case).kind, "", ""] += 1
            for track in reading.standing(case, day).tracks.values():
                if track.since > date.min:
                    found[reading.head(case).kind, track.procedure, track.state] += 1
    return found


def by_numbers(day, circles=("",)):
    return Counter({(c.kind, c.procedure, c.state): c.stand for c in course.count(day, circles) if c.stand})


def differing(cases, days=DAYS):
    """Each day on which the numbers are not those of folding, with both."""
    told = ((day, by_numbers(day), by_folding(cases, day)) for day in days)
    return [(str(day), numbers, folded) for day, numbers, folded in told if numbers != folded]


def agree(cases):
    return differing(cases) == []


def do(case, entry):
    receipt = perform(case, entry, idempotency_key=key())
    assert isinstance(receipt, Receipt), receipt


@pytest.fixture
def cases(office):
    """Two whole stories, a case just opened, one whose course is rewritten: an act of an earlier day comes late."""
    found = [played()[0].case, played()[0].case, opened().case]
    late = opened().case
    do(late, STORY[0])
    do(late, STORY[2])
    do(late, Entry("annul", date(2026, 5, 20), {"entry": 2}))
    return [*found, late]


def test_every_day_is_told_as_by_folding(cases):
    projection.refresh(max(clock.today(), DAYS[-1]))
    assert differing(cases) == []
    assert len({str(by_numbers(day)) for day in DAYS}) > 4, "the days differ, or nothing was tested"


def test_a_number_that_is_wrong_is_seen_by_this_test(cases):
    row = Tally.objects.filter(day__gt=FIRST, came__gt=0).first()
    Tally.objects.filter(pk=row.pk).update(came=row.came + 1)
    assert not agree(cases)


def test_rebuild_and_settling_change_no_number(cases, monkeypatch):
    before = [by_numbers(day) for day in DAYS]
    course.settle()
    assert [by_numbers(day) for day in DAYS] == before
    assert not Tally.objects.filter(settled=False).exists()
    do(cases[2], STORY[0])
    projection.rebuild()
    projection.rebuild(jobs=2)
    assert agree(cases)
    do(cases[3], Entry("permit.acknowledge", date(2026, 5, 8)))
    monkeypatch.setattr(course, "MANY", 0)
    assert agree(cases)
    assert not Tally.objects.filter(settled=False).exists(), "a reader has settled them"


def test_another_process_that_remembers_an_older_row_writes_no_wrong_number(cases):
    """What a process holds of a case is swapped against what is stored: known wrongly, it is read."""
    (held,) = projection.held([reading.head(cases[2]).pk]).values()
    do(cases[2], STORY[0])
    course.put(reading.head(cases[2]).pk, held.kind, held.course, ())  # it takes the case for new
    assert Course.objects.get(case__public_id=cases[2]).moves == course.text_of(held.course)
    projection.rebuild()
    course.put(reading.head(cases[2]).pk, held.kind, held.course, held.course)  # nothing changed: nothing is written
    assert agree(cases)


def test_a_case_takes_its_numbers_into_another_circle(cases):
    before = by_numbers(DAYS[-1])
    reseal.move(cases[0], "room")
    inside, outside = by_numbers(DAYS[-1], ["room"]), by_numbers(DAYS[-1])
    assert inside == by_folding(cases[:1], DAYS[-1])
    assert outside + inside == before
    assert verify.verify().faults == []
    reseal.move(cases[0], "")
    assert by_numbers(DAYS[-1]) == before
    assert not by_numbers(DAYS[-1], ["room"])


def test_verify_finds_a_course_and_a_number_that_were_changed(cases):
    assert verify.verify().faults == []
    row = Tally.objects.first()
    Tally.objects.filter(pk=row.pk).update(went=row.went + 1)
    assert "daily numbers" in verify.verify().faults[-1].text.en
    Tally.objects.filter(pk=row.pk).update(went=row.went)
    one = Course.objects.get(case__public_id=cases[0])
    Course.objects.filter(pk=one.pk).update(moves="[]")
    assert any("course" in f.text.en for f in verify.verify().faults)
    projection.rebuild()
    assert verify.verify().faults == []


def test_a_day_costs_two_statements_whatever_lies_in_the_tables(cases, django_assert_num_queries):
    with django_assert_num_queries(2):
        course.count(DAYS[10], [""])
    for _ in range(5):
        opened(APPLY)
    with django_assert_num_queries(2):
        course.count(DAYS[10], [""])
    assert connection.vendor in ("sqlite", "postgresql")
