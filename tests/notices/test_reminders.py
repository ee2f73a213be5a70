"""Reminders are what is pending and a person's own rules; on which day they come, who gets them, what is read."""

from datetime import date, timedelta
from hashlib import sha256
from random import Random

import pytest

from figures import tries
from kaname.access import api as access
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case, Matter
from kaname.notices.api import remind
from kaname.notices.models import How, Read
from kaname.notices.remind import BadRule, When, comes_on
from ledger.acts import opened

LAST = date(2026, 5, 30)  # of the standstill, counted from 2026-05-01


@pytest.fixture
def today(monkeypatch):
    """Turn the calendar."""

    def turn(day: date) -> None:
        monkeypatch.setattr("kaname.ledger.clock.today", lambda: day)

    turn(date(2026, 5, 2))
    return turn


def due(person):
    return [(r.item.name, r.item.day, r.before) for r in remind.on_page(person)]


def first_due(person, day):
    """The first day by which this person has something to do."""
    found = access.due(person, day, None, day + timedelta(400))
    assert found, "the worked case must have something with a last day"
    return found[0]


@pytest.mark.parametrize(
    ("last", "before", "expected"),
    [
        (date(2026, 5, 29), 7, date(2026, 5, 22)),  # Friday to Friday
        (date(2026, 5, 30), 7, date(2026, 5, 22)),  # a Saturday: the Friday before
        (date(2026, 5, 6), 0, date(2026, 5, 1)),  # a holiday: before the row of closed days
        (date(2026, 5, 1), -1, date(2026, 5, 7)),  # the day after: after that row
        (date(2026, 5, 29), 0, date(2026, 5, 29)),
        (date(2199, 5, 29), 7, date(2199, 5, 22)),  # beyond the known holidays nothing moves
    ],
)
def test_a_reminder_comes_on_an_open_day(last, before, expected):
    assert comes_on(last, before) == expected


def test_of_each_matter_the_latest_reminder_until_it_is_read(world, today):
    opened()
    item = first_due(world.minister, date(2026, 5, 2))
    assert due(world.minister) == []
    seven = comes_on(item.day, 7)
    today(seven - timedelta(1))
    assert (item.name, item.day, 7) not in due(world.minister)
    today(seven)
    assert (item.name, item.day, 7) in due(world.minister)
    keys = [r.key for r in remind.on_page(world.minister)]
    assert remind.mark_read(world.minister, keys) == len(keys)
    assert remind.mark_read(world.minister, keys) == 0
    assert due(world.minister) == []
    assert item.day.weekday() == 5  # the last day is a Saturday: both of these come on Friday, the later one is told
    today(comes_on(item.day, 1))
    assert (item.name, item.day, 0) in due(world.minister)
    today(item.day)
    assert (item.name, item.day, 0) in due(world.minister)


def test_nobody_is_reminded_of_what_they_may_not_know(world, today):
    case = opened().case
    item = first_due(world.minister, date(2026, 5, 2))
    today(item.day)
    assert due(world.minister)
    assert due(world.stranger) == []
    assert remind.mark_read(world.stranger, [r.key for r in remind.on_page(world.minister)]) == 0
    assert not Read.objects.exists()
    world.hide(case, "kumo")
    assert due(world.minister) == []
    assert access.due(world.kumo, item.day, None, item.day + timedelta(99), outward=True) == []


def test_own_rules_take_the_place_of_the_usual_ones(world, today):
    opened()
    item = first_due(world.minister, date(2026, 5, 2))
    remind.keep(world.minister, [When(3, How.PAGE, "small.permit"), When(3, How.PAGE, "lab.case")])
    today(comes_on(item.day, 7))
    assert due(world.minister) == []
    today(comes_on(item.day, 3))
    assert {d[2] for d in due(world.minister)} == {3}
    remind.keep(world.minister, [When(3, How.MAIL)])
    assert due(world.minister) == []
    remind.keep(world.minister, [])
    assert remind.rules(world.minister) == remind.USUAL


@pytest.mark.parametrize(
    ("when", "field"), [(When(91, "page"), "before"), (When(-2, "page"), "before"), (When(1, "fax"), "how"),
                        (When(1, "page", "no.kind"), "kind")]
)  # fmt: skip
def test_a_wrong_rule_is_refused_and_nothing_is_changed(world, when, field):
    remind.keep(world.kumo, [When(5, How.PAGE)])
    with pytest.raises(BadRule) as wrong:
        remind.keep(world.kumo, [When(4, How.PAGE), when])
    assert wrong.value.field == field
    assert remind.rules(world.kumo) == (When(5, How.PAGE),)
    with pytest.raises(BadRule):
        remind.keep(world.kumo, [When(n, How.PAGE) for n in range(41)])


# -- read by name alone -----------------------------------------------------------------------------------------------


def plainly(person, day):
    """What the page should show: every matter of mine, every rule, one after another."""
    latest = {}
    for item in access.due(person, day, day - remind.AFTER, day + timedelta(200)):
        for when in remind.rules(person):
            if when.how == How.PAGE and when.kind in ("", item.kind) and comes_on(item.day, when.before) <= day:
                about = (item.case, item.sort, item.name, item.run, item.role)
                if about not in latest or when.before < latest[about][1]:
                    latest[about] = item, when.before
    read = set(Read.objects.filter(person=person).values_list("key", flat=True))
    told = {}
    for item, before in latest.values():
        named = (item.case, item.sort, item.name, item.run, item.role, item.day, before)
        key = sha256("\n".join(map(str, named)).encode()).hexdigest()[:32]
        if key not in read:
            told[key] = item, before, comes_on(item.day, before)
    return told


def unlike(world, turn, count):
    """Days on which page or number differ from a plain look: around rows of closed days, with rules drawn."""
    opened()
    role = access.due(world.minister, date(2026, 5, 2), None, date(2027, 5, 2))[0].role
    case, random, pending = Case.objects.get(), Random(5), list(Matter.objects.values_list("sort", "name").distinct())
    for _ in range(count):
        Matter.objects.all().delete()
        day = date(2026, 4, 25) + timedelta(random.randrange(20))
        Matter.objects.bulk_create(
            Matter(case=case, sort=sort, name=name, run="", role=random.choice((role, "jpo")),
                   day=day + timedelta(random.randint(-35, 12)))
            for sort, name in random.choices(pending, k=30)
        )  # fmt: skip
        of, how = ("", "", case.kind, *kinds()), (How.PAGE, How.PAGE, How.MAIL)
        some = range(random.randint(0, 4))
        remind.keep(world.minister, [When(random.randint(-1, 10), random.choice(how), random.choice(of)) for _ in some])
        turn(day)
        page, plain = remind.on_page(world.minister), plainly(world.minister, day)
        if {r.key: (r.item, r.before, r.on) for r in page} != plain or remind.unread(world.minister) != len(plain):
            yield day, page, plain
        remind.mark_read(world.minister, [r.key for r in page[::2]])
        assert remind.unread(world.minister) == len(page) // 2


def test_number_and_page_are_those_of_a_plain_look(world, today):
    assert next(unlike(world, today, tries(15, ci=40)), None) is None


def test_a_stretch_of_days_too_short_is_found(world, today, monkeypatch):
    """Planted: what is read ends with today. Three days before 9 May is a closed day; its reminder comes on 1 May."""
    opened()
    item = first_due(world.minister, date(2026, 5, 1))
    Matter.objects.filter(sort=item.sort, name=item.name, role=item.role).update(day=date(2026, 5, 9))
    remind.keep(world.minister, [When(3, How.PAGE)])
    today(date(2026, 5, 1))
    assert remind.unread(world.minister) == len(plainly(world.minister, date(2026, 5, 1))) > 0
    monkeypatch.setattr(remind, "_upto", lambda day: day)
    assert remind.unread(world.minister) == 0
