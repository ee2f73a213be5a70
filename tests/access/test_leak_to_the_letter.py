"""The report of a leak piece by piece: of which days, who read, who could, and where the case lay at the time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from folk import circle, key, person, recorded

from kaname.access import api as access
from kaname.access import compartments
from kaname.access.custody import copies, leak, requests
from kaname.access.custody.models import Alarm, Asked, Decision, Manager
from kaname.access.custody.requests import NotAsked
from kaname.access.errors import NotAllowed
from kaname.access.models import Mandate, Membership, Move, SealedRead
from kaname.access.people import end_person
from kaname.days import JST
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Case
from kaname.procedure import Entry

APPLY = Entry("permit.apply", date(2026, 5, 1), {"name": "K", "size": "small", "money": 7}, by="applicant", party="K")
TODAY = date(2026, 6, 10)
NOON = datetime(2026, 6, 10, 12, tzinfo=JST)
FIRST, LAST = date(2026, 6, 3), date(2026, 6, 5)  # of the period that is asked about
BEGINS, ENDS = datetime(2026, 6, 3, tzinfo=JST), datetime(2026, 6, 6, tzinfo=JST)
JUST_BEFORE = timedelta(microseconds=1)
AROUND = {"before": BEGINS - JUST_BEFORE, "first": BEGINS, "last": ENDS - JUST_BEFORE, "after": ENDS}


@pytest.fixture(autouse=True)
def stands(sqlite_office, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def hana():
    return person("Hana", "applicant", sealed=True)


def opened(who, room=None):
    told = recorded(access.open_case(who, "small.permit", APPLY, idempotency_key=key(),
                                     compartment=room.public_id if room else ""))  # fmt: skip
    return Case.objects.get(public_id=told.case)


def gathered(who, case, since=FIRST, until=LAST):
    return leak.gather(who, case.public_id, since, until)


def could(case, since=FIRST, until=LAST):
    return {one.name for one in leak._could(case, (since, until)).values()}


def read(who, case, at, field="money", seq=1):
    return SealedRead.objects.create(person=who, case=case, seq=seq, field=field, at=at, door="page")


# -- of which days -----------------------------------------------------------------------------------------------------


def test_readings_requests_refusals_and_alarms_are_those_of_the_days_asked_about(hana):
    case, other = opened(hana), opened(hana)
    ren = person("Ren", "jpo")
    for field, at in AROUND.items():
        read(hana, case, at, field)
        read(hana, other, at, field)
        Asked.objects.create(public_id=field, case=case, person=hana, what=field, form="download", copies=1,
                             words=requests._sealed(case, field, "asked", "why"), at=at)  # fmt: skip
        for who in (hana, ren):
            Alarm.objects.create(public_id=f"{field} {who.name}", person=who, objects_read=201, stopped=False, at=at)
        for why in ("", "right"):
            said = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            Decision.objects.create(series="x", seq=Decision.objects.count(), case=case, person=ren, entry=0,
                                    field=field, door="api", why=why, at=said, digest="x")  # fmt: skip
    gave = gathered(hana, case)
    assert [(r.field, r.case) for r in gave.reads] == [("first", case), ("last", case)]
    assert [(d.field, d.why) for d in gave.refused] == [("first", "right"), ("last", "right")]
    assert [r.id for r in gave.requests] == ["last", "first"]
    assert [a.public_id for a in gave.alarms] == ["first Hana", "last Hana"], "of those who read"
    assert (gave.case, gave.since, gave.until, gave.manager) == (case, FIRST, LAST, None)
    Manager.objects.create(case=case, person=hana, valid_from=TODAY, granted_by=hana)
    assert gathered(hana, case, FIRST, FIRST).manager == hana


def test_they_come_in_the_order_of_their_time(hana, django_assert_num_queries):
    """Refusals too, which stand in more chains than one where the case was moved."""
    case = opened(hana)
    for field, hours, seq in (("c", 2, 1), ("a", 1, 7), ("b", 1, 8)):
        at = BEGINS + timedelta(hours=hours)
        read(hana, case, at, field)
        Alarm.objects.create(public_id=field, person=hana, objects_read=201, stopped=False, at=at)
        Decision.objects.create(series=f"of {hours}", seq=seq, case=case, person=hana, entry=0, field=field, door="api",
                                why="right", at=f"2026-06-03T0{hours}:00:00.000000Z", digest="x")  # fmt: skip
    gave = gathered(hana, case)
    assert [[one.field for one in many] for many in (gave.reads, gave.refused)] == [["a", "b", "c"]] * 2
    assert [one.public_id for one in gave.alarms] == ["a", "b", "c"]
    with django_assert_num_queries(0):
        assert {one.person.office.name_en for one in (*gave.reads, *gave.alarms, *gave.readers)} == {"Kaku"}


def test_days_that_are_turned_round_are_refused_and_one_day_is_a_period(hana):
    case = opened(hana)
    with pytest.raises(NotAsked) as wrong:
        gathered(hana, case, LAST, FIRST)
    assert (wrong.value.field, wrong.value.text.en) == ("until", "the last day lies before the first")
    assert gathered(hana, case, LAST, LAST).reads == ()


@pytest.mark.parametrize(("days", "field"), [((date.min, LAST), "since"), ((FIRST, date.max), "until")])
def test_the_ends_of_the_calendar_are_no_days_of_a_period(hana, days, field):
    with pytest.raises(NotAsked) as wrong:
        gathered(hana, opened(hana), *days)
    assert (wrong.value.field, wrong.value.text.en) == (field, "expected no year at the ends of the calendar")


def test_only_who_reads_what_is_sealed_is_told(hana):
    case = opened(hana, circle("room", hana))
    with pytest.raises(UnknownCase):
        gathered(person("Mio", "applicant", sealed=True), case)
    with pytest.raises(NotAllowed):
        gathered(person("Ren", "jpo"), opened(hana))


def test_copies_that_are_out_are_told_apart(hana, monkeypatch):
    many = [SimpleNamespace(out=True), SimpleNamespace(out=False)]
    monkeypatch.setattr(copies, "register", lambda person, case: many)
    gave = gathered(hana, opened(hana))
    assert gave.copies == tuple(many) and gave.out == (many[0],) and replace(gave, copies=()).out == ()


# -- who read ----------------------------------------------------------------------------------------------------------


def test_of_each_reader_is_told_how_much_and_when_and_whether_they_still_could(hana):
    """Names alike stand in the order in which the people came."""
    case = opened(hana)
    ren, ken, second = person("Ren", "jpo"), person("Ken", "applicant", sealed=True), person("Aya")
    second.name = "Ken"
    second.save()
    times = [BEGINS + timedelta(hours=n) for n in range(5)]
    for at, (who, field, seq) in zip(times, [
        (hana, "money", 1), (hana, "money", 2), (ren, "money", 1), (hana, "money", 1), (second, "name", 1),
    ], strict=True):  # fmt: skip
        read(who, case, at, field, seq)
    assert [(r.person, r.could, r.objects, r.first, r.last) for r in gathered(hana, case).readers] == [
        (hana, True, 2, times[0], times[3]), (ken, True, 0, None, None), (second, False, 1, times[4], times[4]),
        (ren, False, 1, times[2], times[2]),
    ]  # fmt: skip


# -- who could ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("right", "fits"), [
    ({}, True), ({"sealed": False}, False), ({"kind": "small.permit"}, True), ({"kind": "small.other"}, False),
    ({"party": "K"}, True), ({"party": "L"}, False), ({"party": "K", "role": "ministry"}, False),
    ({"valid_from": LAST}, True), ({"valid_from": LAST + timedelta(1)}, False),
    ({"valid_until": FIRST}, True), ({"valid_until": FIRST - timedelta(1)}, False),
    ({"case": "this"}, True), ({"case": "other"}, False),
])  # fmt: skip
def test_who_holds_a_right_to_what_is_sealed_could_read(hana, right, fits):
    case, other = opened(hana), opened(hana)
    if right.get("case"):
        right = {"case": case if right["case"] == "this" else other}
    ken = person("Ken")
    Mandate.objects.create(**{"person": ken, "role": "applicant", "sealed": True, "valid_from": FIRST, **right})
    assert ("Ken" in could(case)) == fits


def test_two_rights_that_never_ran_together_let_nobody_read(hana):
    """Inside until the third, a mandate from the fourth on: each on a day of the period, both on none."""
    ken, room = person("Ken", "applicant", sealed=True, valid_from=LAST), circle("room", hana)
    Membership.objects.create(compartment=room, person=ken, valid_from=FIRST, valid_until=LAST - timedelta(1))
    case = opened(hana, room)
    assert could(case) == {"Hana"}
    Membership.objects.filter(person=ken).update(valid_until=LAST)
    assert could(case) == {"Hana", "Ken"}
    assert could(case, FIRST, LAST - timedelta(1)) == {"Hana"}
    Membership.objects.create(compartment=room, person=person("Mio"), valid_from=FIRST)
    circle("another", person("Aya", "applicant", sealed=True))
    assert could(case) == {"Hana", "Ken"}, "who is inside without a right, and who has one and is elsewhere"


def test_who_was_put_out_in_the_middle_of_a_day_could_read_on_it(hana):
    """What is ended at once bears the day before, and let them read until then."""
    ken, mio = (person(name, "applicant", sealed=True) for name in ("Ken", "Mio"))
    room = circle("room", hana, ken, mio)
    case = opened(hana, room)
    compartments.leave(hana, room.public_id, ken)
    end_person(None, mio)
    Membership.objects.filter(ended_at__isnull=False).update(ended_at=NOON)
    Mandate.objects.filter(ended_at__isnull=False).update(ended_at=NOON)
    assert could(case, TODAY, TODAY) == {"Hana", "Ken", "Mio"}
    tomorrow = TODAY + timedelta(1)
    assert could(case, tomorrow, tomorrow) == {"Hana"}
    Membership.objects.filter(person=ken).update(valid_until=tomorrow)  # ended today, with tomorrow
    assert could(case, tomorrow, tomorrow) == {"Hana", "Ken"}


def test_where_a_case_lay_on_those_days_says_who_was_inside(hana):
    """Not where it lies now: whoever could read before it was moved may be where the leak is."""
    _, mio = (person(name, "applicant", sealed=True) for name in ("Ken", "Mio"))
    room, smaller = circle("room", hana, mio), circle("smaller", hana)
    case, other = opened(hana), opened(hana)
    for what, place, day in ((other, smaller, FIRST - timedelta(9)), (case, room, FIRST), (case, smaller, LAST),
                             (case, None, LAST + timedelta(1))):  # fmt: skip
        compartments.place(hana, what.public_id, place.public_id if place else "")
        at = datetime(day.year, day.month, day.day, 0, 1, tzinfo=JST)
        Move.objects.filter(pk=Move.objects.latest("pk").pk).update(at=at)
    days = [FIRST + timedelta(n) for n in range(-1, 5)]
    assert [could(case, day, day) for day in days] == [
        {"Hana", "Ken", "Mio"}, {"Hana", "Ken", "Mio"}, {"Hana", "Mio"}, {"Hana", "Mio"}, {"Hana", "Ken", "Mio"},
        {"Hana", "Ken", "Mio"},
    ]  # fmt: skip
    assert could(case, days[2], days[3]) == {"Hana", "Mio"}


def test_a_case_that_was_born_in_a_compartment_never_lay_open(hana):
    person("Ken", "applicant", sealed=True)
    case = opened(hana, circle("room", hana))
    born = Move.objects.get(case=case).at.astimezone(JST).date()
    assert could(case, born - timedelta(9), born + timedelta(9)) == {"Hana"}
