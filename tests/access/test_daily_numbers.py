"""The numbers of a day over what a person may know of: those of the oracle, case by case, in random worlds.

A hidden case is in no number: taking it out of the world changes nothing that is told.
"""

from collections import Counter
from datetime import timedelta
from random import Random
from types import SimpleNamespace

import pytest
import worlds
from django.db import transaction
from worlds import DAY

from figures import seeds, tries
from kaname.access import daily, predicate
from kaname.ledger import course
from kaname.ledger.models import Case, Standing

WORLDS = tries(60, ci=300, soak=10_000)
DAYS = [DAY - timedelta(40), DAY - timedelta(20), DAY - timedelta(3), DAY, DAY + timedelta(5)]
STATES = ("filed", "sent", "closed")


@pytest.fixture(autouse=True)
def in_person(monkeypatch):
    """The kinds of the worlds, one of them with acts that a deputy does in person."""
    found = {kind: SimpleNamespace(id=kind, in_person=kind in worlds.IN_PERSON) for kind in worlds.KINDS}
    monkeypatch.setattr(predicate, "kinds", lambda: found)


def a_course(random):
    """Made up: a case opened on some day, one procedure that moves on some days, another that may have two runs."""
    first = DAY - timedelta(random.choice((60, 30, 20, 2)))
    moves = [(first, "", "")]
    for track in random.sample(("permit", "lab", "sharing/a", "sharing/b"), random.randint(0, 3)):
        days = sorted(first + timedelta(random.randint(0, 50)) for _ in STATES)
        moves += [(day, track, state) for day, state in zip(dict.fromkeys(days), STATES, strict=False)]
    return tuple((day.isoformat(), track, state) for day, track, state in sorted(moves) if day <= DAY)


def written(world, random, hidden_from=None):
    """The world in the database, with courses and numbers. `hidden_from`: without what that person may not know of."""
    worlds.write([world])
    courses = {c.pk: a_course(random) for c in world.cases}
    astray = random.random() < 0.3  # a case whose circle was never set: its placement alone hides it
    for case in () if astray else Case.objects.filter(placement__isnull=False):
        Case.objects.filter(pk=case.pk).update(circle=case.placement.compartment.public_id)
    kept = [c for c in world.cases if hidden_from is None or world.may_see(hidden_from, c)]
    Standing.objects.bulk_create(
        Standing(case_id=c.pk, kind=c.kind, states="{}", as_of=DAY, version=DAY, breach=False, overdue=False,
                 head_seq=1, moves=course.text_of(courses[c.pk]))
        for c in kept
    )  # fmt: skip
    course.settle()
    course.uncount([c.pk for c in kept[::3]])  # as if acts had come since
    return courses


def told(person, day):
    found = Counter()
    for c in daily.counts(person, day, DAY):
        found[c.kind, c.procedure, c.state] += c.stand
    return +found


def by_oracle(world, person, courses, day):
    found = Counter()
    for case in world.cases:
        if world.may_see(person, case):
            for track, state in course.states_on(courses[case.pk], min(day, DAY)).items():
                found[case.kind, track.partition("/")[0], state] += 1
    return found


def differences(seeds):
    for seed in seeds:
        world, random = worlds.draw(seed, 100), Random(seed)
        with transaction.atomic():
            courses = written(world, random)
            for person in world.active:
                someone = worlds.someone(world, person)
                for day in DAYS:
                    if told(someone, day) != by_oracle(world, person, courses, day):
                        yield seed, person, day
            transaction.set_rollback(True)


def test_the_numbers_are_those_of_the_oracle(office):
    assert next(differences(seeds(WORLDS)), None) is None


@pytest.mark.parametrize("fault", ["every circle", "kinds alone"])
def test_a_planted_fault_is_found(sqlite_office, monkeypatch, fault):
    if fault == "every circle":
        every = lambda *_: ["", *Case.objects.values_list("circle", flat=True)]  # noqa: E731 # planted
        monkeypatch.setattr(daily, "_circles", every)
    else:
        monkeypatch.setattr(daily, "_covers_kind", lambda _: True)
    assert next(differences(range(WORLDS)), None) is not None


def test_a_hidden_case_changes_no_number(sqlite_office):
    seen = tried = 0
    for seed in seeds(WORLDS):
        tried += 1
        world = worlds.draw(seed, 100)
        person = worlds.one_of(world, seed)
        answers = []
        for hidden_from in (None, person):
            with transaction.atomic():
                written(world, Random(seed), hidden_from)
                someone = worlds.someone(world, person)
                answers.append([told(someone, day) for day in DAYS])
                transaction.set_rollback(True)
        assert answers[0] == answers[1], seed
        seen += any(not world.may_see(person, c) for c in world.cases)
    assert seen > tried // 4, "hardly anything was hidden"


def test_the_cases_behind_a_number_are_as_many(sqlite_office):
    for seed in seeds(WORLDS // 2):
        world, random = worlds.draw(seed, 100), Random(seed)
        with transaction.atomic():
            courses = written(world, random)
            person = worlds.one_of(world, seed)
            someone = worlds.someone(world, person)
            for day in DAYS[2:4]:
                for kind in worlds.KINDS:
                    for procedure, states in (("", ()), ("permit", ("filed",)), ("sharing", ("sent", "closed"))):
                        found = list(daily.keys_in(someone, day, kind, procedure, states, DAY))
                        fits = [
                            c.pk
                            for c in world.cases
                            if c.kind == kind
                            and world.may_see(person, c)
                            and any(
                                t.partition("/")[0] == procedure and (not states or s in states)
                                for t, s in course.states_on(courses[c.pk], day).items()
                            )
                        ]
                        assert found == fits
            transaction.set_rollback(True)
