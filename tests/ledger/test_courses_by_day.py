"""The daily numbers say for every day what folding every case as of that day would say."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from acts import APPLY, STORY, key, opened, played
from django.core.management import call_command
from django.db import connection

from kaname.ledger import anew, clock, course, projection, reading, reseal, verify
from kaname.ledger.models import Standing, Tally
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
    found = Counter()
    for c in course.count(day, circles):
        found[c.kind, c.procedure, c.state] += c.stand
    return +found


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
    course.settle()
    row = Tally.objects.filter(day__gt=FIRST, came__gt=0).first()
    Tally.objects.filter(pk=row.pk).update(came=row.came + 1)
    assert not agree(cases)


def test_rebuild_and_settling_change_no_number(cases, monkeypatch):
    before = [by_numbers(day) for day in DAYS]
    course.settle()
    assert [by_numbers(day) for day in DAYS] == before
    assert not Standing.objects.filter(counted=False).exists()
    do(cases[2], STORY[0])
    assert Standing.objects.filter(counted=False).count() == 1, "an act counts nothing"
    anew.rebuild()
    anew.rebuild(jobs=2)
    assert agree(cases)
    do(cases[3], Entry("permit.acknowledge", date(2026, 5, 8)))
    monkeypatch.setattr(course, "MANY", 1)
    do(cases[2], STORY[1])
    assert agree(cases)
    assert not Standing.objects.filter(counted=False).exists(), "a reader has counted them"


@pytest.mark.parametrize("how", ["rebuild", "refresh", "an act"])
def test_a_course_that_is_written_anew_is_counted_once(cases, how):
    course.settle()
    if how == "an act":
        do(cases[2], STORY[0])
        do(cases[2], STORY[1])
    else:
        anew.rebuild() if how == "rebuild" else projection.refresh(date(2030, 1, 1))
    assert agree(cases)
    assert verify.verify().faults == []
    course.settle()
    assert agree(cases)
    assert verify.verify().faults == []


def test_a_case_takes_its_numbers_into_another_circle(cases):
    for settled in (course.settle, lambda: None):
        settled()
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
    course.settle()
    assert verify.verify().faults == []
    row = Tally.objects.first()
    Tally.objects.filter(pk=row.pk).update(went=row.went + 1)
    assert "daily numbers" in verify.verify().faults[-1].text.en
    Tally.objects.filter(pk=row.pk).update(went=row.went)
    Standing.objects.filter(case__public_id=cases[1]).update(counted=False)
    assert "daily numbers" in verify.verify().faults[-1].text.en
    Standing.objects.filter(case__public_id=cases[1]).update(counted=True)
    Standing.objects.filter(case__public_id=cases[0]).update(moves="[]")
    assert any("moves" in f.text.en for f in verify.verify().faults)
    anew.rebuild()
    assert verify.verify().faults == []


def test_a_day_costs_two_statements_whatever_lies_in_the_tables(cases, django_assert_num_queries):
    with django_assert_num_queries(2):
        course.count(DAYS[10], [""])
    for _ in range(5):
        opened(APPLY)
    with django_assert_num_queries(2):
        course.count(DAYS[10], [""])
    assert connection.vendor in ("sqlite", "postgresql")


def test_acts_and_counting_at_the_same_time_lose_no_number(office, monkeypatch):
    monkeypatch.setattr(course, "MANY", 1)
    cases = [opened().case for _ in range(6)]

    def worked(n):
        try:
            for entry in STORY if n % 2 else ():
                do(cases[n // 2], entry)
            for _ in range(0 if n % 2 else 15):
                course.count(DAYS[-1], [""])
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(worked, range(12)))
    assert verify.verify().faults == []
    assert agree(cases)


def test_an_office_of_before_keeps_its_courses_and_numbers(sqlite_office):
    cases = [played()[0].case, opened().case]
    course.settle()
    numbers = list(Tally.objects.values_list("circle", "kind", "procedure", "state", "day", "came", "went"))
    courses = list(Standing.objects.values_list("pk", "moves"))
    cases.append(opened().case)  # nobody looked at it since an update: it had no course yet
    Tally.objects.all().delete()
    call_command("migrate", "ledger", "0009", verbosity=0)
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO ledger_course (case_id, moves) VALUES (%s, %s)", courses)
        cursor.executemany(  # rows to be added up
            "INSERT INTO ledger_tally (circle, kind, procedure, state, day, came, went, settled) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, false)",
            [row for *of, came, went in numbers for row in ((*of, came - 1, went), (*of, 1, 0))],
        )
    call_command("migrate", verbosity=0)
    assert Tally.objects.count() == len(numbers)
    projection.refresh(clock.today())
    assert agree(cases)
    assert verify.verify().faults == []
