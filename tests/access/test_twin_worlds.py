"""Two offices alike but for hidden cases: an outsider who does the same things in both gets the same bytes.

The twins share everything: an office is copied, and hidden cases are added to the copy alone, more in each twin. Then
one script of an outsider's steps runs in all of them: a case opened after the hidden ones (its number and id are made
later), lists, counts, searches, page ends, doors of that case, guessed ids, refusals. The doors are dealt like cards,
so that over the worlds of a push each has its turn about as often as any other.
"""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from random import Random

import pysqlite3
import pytest
import throwaway
from django.db.models import Q
from django.urls import reverse
from inhabited import PARTIES, file, opened, settle
from knock import Visitor, dealt, doors_of_a_case, doors_of_lists
from visitor import masked

from figures import seeds, tries
from kaname.access import glance
from kaname.access.gate.doors import Address
from kaname.access.models import Compartment, Mandate, Membership, Person
from kaname.ledger import clock, envelope_keys, keys
from kaname.ledger.models import Standing
from kaname.site.databases import embedded

TWINS, PARTS, PUSH = 5, 4, 100  # twins of a world; tests that share the worlds; worlds of each at a push: 2,000 pairs
WORLDS = tries(1, ci=PUSH, soak=2_500)
_LISTS = 3  # knocked at in a world
# Files drawn for who asks, half a second each: what they say stands on `glance` and in `api:show_glance` too.
DEAR = frozenset(("glance_slides", "glance_report", "api:glance_slides", "api:glance_report"))
_SELDOM = 4  # in so many turns of the others they have one
QUERIES = ({}, {"q": "題"}, {"q": "隠"}, {"q": "隠", "as": "csv"}, {"q": "特許", "facets": "on"},
           {"page": "2"}, {"page": "999"}, {"kind": "patents.application"}, {"sort": "number"}, {"limit": "1"},
           {"as_of": "2026-01-01"}, {"group": "later"})  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One step of the outsider and what came of it."""

    step: str
    got: bytes


@pytest.fixture
def twins(act_office, sqlite_template, monkeypatch):
    """Runs an office beside some that hide cases in addition: the steps at which they differ from it."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    keys.own_key(), envelope_keys.own()  # made once in an office: neither twin draws them
    drawn = Random()  # what is drawn (ids, salts) is drawn alike in all twins
    for where in ("kaname.access.models.token_bytes", "secrets.token_bytes"):
        monkeypatch.setattr(where, lambda n=32: drawn.randbytes(n))
    monkeypatch.setattr("kaname.ledger.perform.randbits", drawn.getrandbits)
    throwaway.connect(embedded(":memory:"))
    empty, plain, hiding = pysqlite3.connect(sqlite_template), *(pysqlite3.connect(":memory:") for _ in range(2))

    def run(world: int) -> list[str]:
        throwaway.put(empty)
        drawn.seed(world)
        outsider = _outsider(settle(world, people=1, cases=3).people[0])
        insider = Person.objects.create(email="insider@example.jp", name="内の人", office=outsider.office)
        circle = Compartment.objects.create(name="奥")
        Membership.objects.create(compartment=circle, person=insider, valid_from=now.date() - timedelta(9))
        visitor, random, seen = Visitor(outsider), Random(world), []
        throwaway.keep(plain), throwaway.keep(hiding)
        hidden: list[str] = []
        for n in range(TWINS):
            throwaway.put(hiding)
            drawn.seed((world + 1) * 1_000_000 + n)
            hidden += [_hide(random, circle, insider, now).public_id for _ in range(random.randint(1, 2))]
            throwaway.keep(hiding)
            drawn.seed(world + 2_000_000)
            seen.append(steps(script(world), visitor.beside_a_copy(), hidden[0]))
        throwaway.put(plain)
        drawn.seed(world + 2_000_000)
        in_plain = steps(script(world), visitor.beside_a_copy(), hidden[0])
        return [f"{world}.{n}: {a.step}" for n, in_other in enumerate(seen)
                for a, b in zip(in_plain, in_other, strict=True) if a != b]  # fmt: skip

    yield run
    for one in (empty, plain, hiding):
        one.close()


def _outsider(who: Person) -> Person:
    """Sees everything that lies open: the most that an outsider of a circle can be."""
    Membership.objects.filter(person=who).delete()
    Mandate.objects.filter(person=who).delete()
    for role in ("applicant", "jpo"):
        Mandate.objects.create(person=who, role=role, valid_from=clock.today() - timedelta(999))
    return who


def _hide(random: Random, circle: Compartment, insider: Person, now):
    on = now.date() - timedelta(random.choice((0, 30, 89, 90, 91, 300)))
    return opened(file(random.choice(PARTIES), f"隠{random.random()}", on), circle, insider)


@dataclass(frozen=True)
class Script:
    """What the outsider does in a world: lists and what is asked of them, a door of a case and how it is knocked at."""

    party: str
    lists: list[tuple[Address, dict[str, str]]]
    door: Address
    method: str
    ends_on_a_page: bool


@cache
def _cards() -> tuple[list[Address], list[tuple[Address, str]]]:
    lists = doors_of_lists()
    often, seldom = [a for a in lists if a.name not in DEAR], [a for a in lists if a.name in DEAR]
    lists, doors = often * _SELDOM + seldom, [(a, m) for a in doors_of_a_case() for m in ("get", "post")]
    return Random(0).sample(lists, len(lists)), Random(0).sample(doors, len(doors))


def script(world: int) -> Script:
    random, (lists, doors) = Random(world), _cards()
    asked = [(address, random.choice(QUERIES)) for address in dealt(lists, world, _LISTS)]
    return Script(random.choice(PARTIES), asked, *dealt(doors, world, 1)[0], ends_on_a_page=world % 3 == 0)


def steps(plan: Script, visitor: Visitor, hidden: str) -> list[Seen]:
    """The script, the same for each twin."""
    seen: list[Seen] = []

    def note(step: str, answer, *names: str) -> None:
        seen.append(Seen(step, masked(answer, *names)))

    body = {"kind": "patents.application", "act": "first_review.file", "on": clock.today().isoformat(),
            "by": "applicant", "party": plan.party, "data": {"title": "後", "listed": True}}  # fmt: skip
    answer = visitor.program.post("/api/v1/cases", json.dumps(body), content_type="application/json",
                                  headers={"Idempotency-Key": "outsider-0"})  # fmt: skip
    note("open case", answer)
    told = answer.json()  # where nothing was opened (a planted id may be taken), that is what is compared
    mine = told.get("case") or told.get("receipt", {}).get("case", "nosuchcase")
    for address, query in plan.lists:
        note(f"list {address.name} {query}", visitor.knock(address, query=query))
    note(f"{plan.method} {plan.door.name} mine", visitor.knock(plan.door, mine, plan.method))
    note(f"{plan.method} {plan.door.name} guessed", visitor.knock(plan.door, hidden, plan.method), hidden)
    if plan.ends_on_a_page:
        note("page after", visitor.browser.get(reverse("cases")))
    else:
        note("list after", visitor.program.get("/api/v1/cases", {"limit": "1"}))
    return seen


@pytest.mark.parametrize("part", range(PARTS))
def test_twins_are_the_same_to_an_outsider(twins, part):
    for seed in seeds(WORLDS, fewest=8):
        assert twins(seed * PARTS + part) == []


def test_over_the_worlds_of_a_push_each_door_has_its_turn():
    plans = [script(world) for world in range(PUSH * PARTS)]
    lists = Counter(address.name for plan in plans for address, _ in plan.lists)
    doors = Counter((plan.door.name, plan.method) for plan in plans)
    assert min(lists[a.name] for a in doors_of_lists() if a.name not in DEAR) >= _SELDOM
    assert min(lists[name] for name in DEAR) >= 1
    assert min(doors[a.name, method] for a in doors_of_a_case() for method in ("get", "post")) >= 2


# -- planted faults ----------------------------------------------------------------------------------------------------


def planted_numbers_of_the_office(monkeypatch):
    """Hidden cases take their numbers from the office's series."""
    original = opened.__globals__["perform"].open_case
    monkeypatch.setattr("kaname.ledger.perform.open_case", lambda *a, **k: original(*a, **{**k, "series": ""}))


def planted_count_of_all(monkeypatch):
    """The number beside the inbox counts all cases."""
    honest = glance.glance

    def glance_(person):
        found = honest(person)
        return type(found)(found.roles, Standing.objects.count())

    monkeypatch.setattr("kaname.access.api.glance", glance_)


def planted_no_compartments(monkeypatch):
    for module in ("predicate", "heaps"):
        monkeypatch.setattr(f"kaname.access.{module}.outside_compartments", lambda *_, **__: Q())


def planted_ids_that_count(monkeypatch):
    """A public id tells how many cases there are."""
    letters = str.maketrans("0123456789", "abcdefghij")
    monkeypatch.setattr("kaname.ledger.perform.new_id", lambda: f"{Standing.objects.count():026}".translate(letters))


@pytest.mark.parametrize("plant", [
    planted_numbers_of_the_office, planted_count_of_all, planted_no_compartments, planted_ids_that_count,
])  # fmt: skip
def test_a_planted_leak_is_found(twins, monkeypatch, plant):
    plant(monkeypatch)
    assert any(twins(world) for world in range(3))
