"""Which matters are mine, which I see, which wait for others: in random offices, what a plain look at each matter says.

The same for what is owed in a stretch of days and for the days ahead, which are read off the heaps.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from types import SimpleNamespace

import pytest
import worlds
from django.db import connection, transaction
from django.db.models import Q
from worlds import DAY, IN_PERSON, KINDS, ROLES, Case, World

from figures import tries
from kaname.access import due, heaps, inbox
from kaname.access.predicate import EVERY, covers
from kaname.ledger.models import Matter

HOW_MANY = {"sqlite": tries(40, ci=100), "postgresql": tries(20, ci=40)}
FIRST, LAST = DAY - timedelta(3), DAY + timedelta(4)


@pytest.fixture(autouse=True)
def in_person(monkeypatch):
    found = {kind: SimpleNamespace(id=kind, in_person=kind in IN_PERSON) for kind in KINDS}
    monkeypatch.setattr("kaname.access.predicate.kinds", lambda: found)


def acts(world: World, person: int, case: Case, role: str) -> bool:
    """By a mandate of that role, their own or lent; whether they see the case is another question."""
    own = {m.role for m in world._held(person, DAY) if m.kind in ("", case.kind)}
    lent = [
        m
        for d in world.deputies
        if d.person == person and worlds._runs(d, DAY) and world.active[d.principal]
        for m in world._held(d.principal, DAY)
        if case.kind not in IN_PERSON or d.cleared or m.role in own
    ]
    return any(m.role == role and worlds._covers(m, case) for m in (*world._held(person, DAY), *lent))


def drawn(random: Random, world: World) -> list[Matter]:
    days = (None, *(DAY + timedelta(n) for n in range(-5, 7)))
    rows = [
        Matter(case_id=random.choice(world.cases).pk, sort=random.choice(("duty", "clock", "turn", "banned")),
               name=f"n{n}", run="", role=random.choice(("", *ROLES)), day=random.choice(days))
        for n in range(random.randint(0, 12))
    ]  # fmt: skip
    return Matter.objects.bulk_create(rows)


def plainly(world: World, person: int, matters: list[Matter]) -> dict[str, set[int]]:
    of, sees = {case.pk: case for case in world.cases}, world.sees(person)
    seen = {m.pk for m in matters if m.case_id in sees}
    mine = {m.pk for m in matters if m.pk in seen and acts(world, person, of[m.case_id], m.role)}
    return {"mine": mine, "seen": seen, "others": seen - mine}


def by_heaps(person) -> dict[str, set[int]]:
    head, params, aliases = heaps.named(heaps.heaps(person, DAY))
    found = {"mine": set(), "seen": set(), "others": set()}
    for sort, of_sort in aliases.items():
        with connection.cursor() as cursor:
            cursor.execute(f"{head} {' UNION ALL '.join(f'SELECT id FROM {a}' for a in of_sort)}", params)
            rows = [row[0] for row in cursor.fetchall()]
        assert len(set(rows)) == len(rows), "a matter lies in one heap"
        found[sort] = set(rows)
    return found


def differences(count: int) -> Iterator[tuple[int, object, object]]:
    for seed in range(count):
        world, random = worlds.draw(seed, 100), Random(seed + 1)
        with transaction.atomic():
            worlds.write([world])
            matters = drawn(random, world)
            number = worlds.one_of(world, seed)
            person, plain = worlds.someone(world, number), plainly(world, number, matters)
            if (found := by_heaps(person)) != plain:
                yield seed, found, plain
            kept = sorted(
                (m.day, m.case_id, m.sort, m.pk)
                for m in matters
                if m.pk in plain["mine"] and m.sort in ("duty", "clock") and m.day
            )
            owed = [(one.day, one.pk) for one in due.owed(person, DAY, FIRST, LAST)]
            if owed != [(k[0], k[3]) for k in kept if FIRST <= k[0] <= LAST]:
                yield seed, owed, kept
            ahead, counted = inbox.ahead(person, DAY, 3), Counter(k[0] for k in kept)
            if ahead != tuple((d, counted[d]) for d in (DAY + timedelta(n) for n in range(3))):
                yield seed, ahead, counted
            transaction.set_rollback(True)


def test_heaps_agree_with_a_plain_look(office):
    assert next(differences(HOW_MANY[connection.vendor]), None) is None


# -- planted faults: each must be found --------------------------------------------------------------------------------


def without_compartments(person, day: date) -> Q:
    return EVERY


def whatever_role(held) -> list[Q]:
    return [covers(of_role, "case") for of_role in heaps.by_role(held).values()]


def all_that_is_seen(roles: int) -> heaps.Heap:
    return heaps.Heap("SELECT * FROM seen0", (), True)


@pytest.mark.parametrize(
    ("name", "fault"),
    [("outside_compartments", without_compartments), ("_owed", whatever_role), ("_rest", all_that_is_seen)],
)
def test_a_planted_fault_is_found(sqlite_office, monkeypatch, name, fault):
    monkeypatch.setattr(heaps, name, fault)
    with pytest.raises(AssertionError):
        assert next(differences(40), None) is None
