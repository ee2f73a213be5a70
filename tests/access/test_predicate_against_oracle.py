"""Thousands of random offices: what the predicate lets a person see is what the oracle says, case by case."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest
import worlds
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from worlds import DAY, World

from figures import seeds, tries
from kaname.access import predicate
from kaname.access.models import Deputy, Membership, Person, Placement
from kaname.ledger.models import Case, CaseParty

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from mutating import Source

Visible = Callable[[Person, date], Q]
HOW_MANY = {
    "sqlite": tries(400, ci=5000, soak=100_000),
    "postgresql": tries(200, ci=2000, soak=20_000),
}
BATCH = 50
FOUND_IN = range(5_000)  # worlds in which a planted fault is found, most in the first few: the same in every run


def differences(visible: Visible, drawn: Iterable[int]) -> Iterator[tuple[int, int, set[int], set[int]]]:
    """Seed, person, what is seen and what should be, of each world where the two differ."""
    drawn = iter(drawn)
    while batch_of := list(islice(drawn, BATCH)):
        batch = [worlds.draw(seed, 100 * n) for n, seed in enumerate(batch_of, 1)]
        with transaction.atomic():
            worlds.write(batch)
            for seed, world in zip(batch_of, batch, strict=True):
                person = worlds.one_of(world, seed)
                seen, should = _seen(world, person, visible), world.sees(person)
                if seen != should:
                    yield seed, person, seen, should
            transaction.set_rollback(True)


def _seen(world: World, person: int, visible: Visible) -> set[int]:
    mine = Case.objects.filter(pk__gte=world.start, pk__lt=world.start + 100)
    found = mine.filter(visible(worlds.someone(world, person), DAY))
    return set(found.values_list("pk", flat=True))


@pytest.fixture(autouse=True)
def in_person(monkeypatch):
    """In one of the two kinds people act in person."""
    found = {kind: SimpleNamespace(id=kind, in_person=kind in worlds.IN_PERSON) for kind in worlds.KINDS}
    monkeypatch.setattr("kaname.access.predicate.kinds", lambda: found)


def test_the_predicate_agrees_with_the_oracle(office):
    assert next(differences(predicate.visible_to, seeds(HOW_MANY[connection.vendor])), None) is None


def test_lists_read_through_the_same_condition(sqlite_office):
    """The condition as lists put it on another table, also where they read all of it: the same cases."""

    def on_another_table(person: Person, day: date) -> Q:
        rows = CaseParty.objects.filter(predicate.rows_visible_to(person, day, every_row=person.pk % 2 == 1))
        return Q(pk__in=rows.values("case_id")) | Q(pk__in=predicate.seen(person, day), parties__isnull=True)

    assert next(differences(on_another_table, range(300)), None) is None


def test_what_is_hidden_is_all_that_lies_in_compartments_of_others(sqlite_office):
    """As the search asks it, for who acts in every case."""

    def without_the_hidden(person: Person, day: date) -> Q:
        statement, params = predicate.hidden_from(person, day)
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            hidden = [case for (case,) in cursor.fetchall()]
        return predicate.covers(predicate.mandates(person, day)) & ~Q(pk__in=hidden)

    assert next(differences(without_the_hidden, range(100)), None) is None


# -- planted faults: each must be found --------------------------------------------------------------------------------


def without_compartments(person, day):
    return predicate.covers(predicate.mandates(person, day))


def without_mandates(person, day):
    return predicate.outside_compartments(person, day, "pk")


def members_for_ever(person, day):
    member_of = Membership.objects.filter(person=person).values("compartment_id")
    hidden = Placement.objects.filter(case=OuterRef("pk")).exclude(compartment_id__in=member_of)
    return predicate.covers(predicate.mandates(person, day)) & ~Exists(hidden)


def any_member(person, day):
    member_of = Membership.objects.filter(predicate.in_force(day)).values("compartment_id")
    hidden = Placement.objects.filter(case=OuterRef("pk")).exclude(compartment_id__in=member_of)
    return predicate.covers(predicate.mandates(person, day)) & ~Exists(hidden)


def last_day_left_out(person, day):
    held = [m for m in predicate.mandates(person, day) if m.valid_until != day]
    return predicate.visible_to(person, day, held)


def mandates_of_tomorrow(person, day):
    held = list(person.mandates.filter(valid_until__isnull=True)) if person.is_active else []
    return predicate.visible_to(person, day, held)


def ended_accounts_too(person, day):
    return predicate.visible_to(Person(pk=person.pk), day, list(person.mandates.filter(predicate.in_force(day))))


def party_of_any_role(person, day):
    held = predicate.mandates(person, day)
    found = Q(pk__in=())
    for m in held:
        one = predicate.covers([replace(m, party="")])
        if m.party:
            one &= Exists(CaseParty.objects.filter(case=OuterRef("pk"), party=m.party))
        found |= one
    return found & predicate.outside_compartments(person, day, "pk")


def kind_forgotten(person, day):
    return predicate.visible_to(person, day, [replace(m, kind="") for m in predicate.mandates(person, day)])


def case_opens_its_compartment(person, day):
    held = predicate.mandates(person, day)
    own = Q(pk__in=[m.case_id for m in held if m.case_id and not m.kind and not m.party])
    return predicate.visible_to(person, day, held) | own


def circles_of_the_principal_too(person, day):
    lent = Deputy.objects.filter(predicate.in_force(day), person=person)
    alike = [person.pk, *lent.values_list("principal", flat=True)]
    member_of = Membership.objects.filter(predicate.in_force(day), person__in=alike).values("compartment_id")
    hidden = Placement.objects.filter(case=OuterRef("pk")).exclude(compartment_id__in=member_of)
    return predicate.covers(predicate.mandates(person, day)) & ~Exists(hidden)


def lent_without_an_end(person, day):
    held = predicate.mandates(person, day)
    for one in Deputy.objects.filter(person=person, principal__is_active=True).select_related("principal"):
        held += [m for m in predicate.mandates(one.principal, day) if not m.lent_by] if person.is_active else []
    return predicate.visible_to(person, day, held)


def lent_on(person, day):
    held = predicate.mandates(person, day)
    for one in Deputy.objects.filter(predicate.in_force(day), person=person).select_related("principal"):
        held += predicate.mandates(one.principal, day) if person.is_active else []
    return predicate.visible_to(person, day, held)


def nothing_lent(person, day):
    return predicate.visible_to(person, day, [m for m in predicate.mandates(person, day) if not m.lent_by])


@pytest.mark.parametrize("planted", [
    without_compartments, without_mandates, members_for_ever, any_member, last_day_left_out, mandates_of_tomorrow,
    ended_accounts_too, party_of_any_role, kind_forgotten, case_opens_its_compartment,
    circles_of_the_principal_too, lent_without_an_end, lent_on, nothing_lent,
])  # fmt: skip
def test_a_planted_fault_is_found(sqlite_office, planted):
    found = differences(planted, FOUND_IN)
    assert next(found, None) is not None
    found.close()


# Changes of the program text itself (docs/mutants.md), by name as tools/mutants.py has it.
MUTANTS = (
    "visible_to: without outside_compartments(person, day, 'pk')",
    "visible_to: without covers(mandates(person, day) if held is None else held)",
    "covers: without Q(**{f'{at}kind': kind}) if kind else Q()",
    "covers: without Q(**{key: pk}) if pk else Q()",
    "covers: without one &= Q(_Filled(key, group))",
    "covers: if not one -> always",
    "_as_lent: without if (m.role, kind) not in held",
    "_OUTSIDE: SQL 'IS NULL OR u.valid_until >= %s)))': '>=' -> '>'",
    "_OUTSIDE: SQL 'id = %s AND u.valid_from <= %s AND (u.valid_unt': '<=' -> '<'",
    "_OUTSIDE: SQL '_ID AND v.compartment_id NOT IN (SELECT u.compart': 'NOT ' -> ''",
    "_OUTSIDE: SQL 'ss_membership AS u WHERE u.person_id = %s AND u.valid_from <=': 'u.person_id = %s' -> "
    "'%s IS NOT NULL'",
    "_MANDATES: SQL 'ON q.id = d.principal_id AND q.is_active JOIN access_mandate': 'AND q.is_active' -> ''",
    "_MANDATES: SQL 'd.valid_until IS NULL OR d.valid_until >= %s) AND m.valid_from <': 'd.valid_until >= %s' -> "
    "'%s IS NOT NULL'",
    "_Filled.written: SQL '(role = %s AND party IN (': 'AND' -> 'OR'",
)


def test_a_mutant_of_the_condition_is_killed(sqlite_office):
    source = Source("kaname.access.predicate")
    known = {m.name: m for m in source.mutants()}
    for name in MUTANTS:
        with source.planted(known[name]):
            found = differences(predicate.visible_to, FOUND_IN)
            assert next(found, None) is not None, name
            found.close()
