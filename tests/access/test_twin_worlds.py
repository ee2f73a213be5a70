"""Two offices alike but for hidden cases: an outsider who does the same things in both gets the same bytes.

The twins share everything: a database is copied, and hidden cases are added to the copy alone. Then one script of an
outsider's steps runs in both, over all doors: lists, counts, searches, page ends, guessed ids, cases opened and acted
in after the hidden ones (numbers and ids made later), receipts, refusals.
"""

import json
import shutil
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest
import throwaway
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from inhabited import PARTIES, file, opened, settle
from knock import Visitor, doors_of_a_case, doors_of_lists
from visitor import masked

from figures import seeds, tries
from kaname.access import glance
from kaname.access.models import Compartment, Mandate, Membership, Person
from kaname.ledger import clock, envelope_keys, keys
from kaname.ledger.models import Standing
from kaname.site.databases import embedded

PAIRS, HIDDEN = tries(6, ci=60, soak=50_000), 3  # pairs; other offices beside one that has nothing hidden
_LISTS, _OF_A_CASE = 12, 4  # doors knocked at in a pair; over the pairs each door has its turn many times
QUERIES = ({}, {"q": "題"}, {"q": "隠"}, {"q": "隠", "as": "csv"}, {"q": "特許", "facets": "on"},
           {"page": "2"}, {"page": "999"}, {"kind": "patents.application"}, {"sort": "number"}, {"limit": "1"},
           {"as_of": "2026-01-01"}, {"group": "later"})  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One step of the outsider and what came of it."""

    step: str
    got: bytes


@pytest.fixture
def twins(act_office, sqlite_template, tmp_path, monkeypatch):
    """Runs an office beside some that hide cases in addition: the steps at which they differ from it."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    keys.own_key(), envelope_keys.own()  # made once in an office: neither twin draws them

    def run(seed: int) -> list[str]:
        plain, other = tmp_path / "plain.sqlite3", tmp_path / "hidden.sqlite3"
        shutil.copy(sqlite_template, plain)
        throwaway.connect(embedded(plain))
        chance(monkeypatch, seed)
        world = settle(seed, people=1, cases=3)
        outsider = _outsider(world.people[0])
        insider = Person.objects.create(email="insider@example.jp", name="内の人", office=outsider.office)
        circle = Compartment.objects.create(name="奥")
        Membership.objects.create(compartment=circle, person=insider, valid_from=now.date() - timedelta(9))
        connection.close()
        seen, hidden = [], []
        for n in range(HIDDEN):
            shutil.copy(plain, other)
            throwaway.connect(embedded(other))
            chance(monkeypatch, (seed + 1) * 1_000_000 + n)
            random = Random(seed * HIDDEN + n)
            hidden = [_hide(random, circle, insider, now).public_id for _ in range(random.randint(1, 4))]
            seen.append(steps(monkeypatch, seed, outsider, hidden))
            connection.close()
        throwaway.connect(embedded(plain))
        in_plain = steps(monkeypatch, seed, outsider, hidden)
        connection.close()
        return [f"{seed}.{n}: {a.step}" for n, in_other in enumerate(seen)
                for a, b in zip(in_plain, in_other, strict=True) if a != b]  # fmt: skip

    return run


def chance(monkeypatch, seed: int) -> None:
    """What is drawn at random (ids, salts) is drawn alike in both twins."""
    drawn = Random(seed)
    for where in ("kaname.access.models.token_bytes", "secrets.token_bytes"):
        monkeypatch.setattr(where, lambda n=32: drawn.randbytes(n))
    monkeypatch.setattr("kaname.ledger.perform.randbits", drawn.getrandbits)


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


def steps(monkeypatch, seed: int, outsider: Person, hidden: list[str]) -> list[Seen]:
    """The script, the same for each twin."""
    chance(monkeypatch, seed + 2_000_000)
    random, seen, guesses = Random(seed), [], Random(-seed)
    visitor = Visitor(Person.objects.get(pk=outsider.pk))

    def note(step: str, answer, *names: str) -> None:
        seen.append(Seen(step, masked(answer, *names)))

    def file_another(n: int) -> str:
        body = {"kind": "patents.application", "act": "first_review.file", "on": clock.today().isoformat(),
                "by": "applicant", "party": PARTIES[n % 3], "data": {"title": f"後{n}", "listed": True}}  # fmt: skip
        answer = visitor.program.post("/api/v1/cases", json.dumps(body), content_type="application/json",
                                      headers={"Idempotency-Key": f"outsider-{n}"})  # fmt: skip
        note(f"open case {n}", answer)
        told = answer.json()  # where nothing was opened (a planted id may be taken), that is what is compared
        return told.get("case") or told.get("receipt", {}).get("case", "nosuchcase")

    mine = [file_another(0)]
    lists = [a for a in doors_of_lists() if not a.parameters]
    for address in random.sample(lists, min(_LISTS, len(lists))):
        query = random.choice(QUERIES)
        where = visitor.program if address.route.startswith("api/") else visitor.browser
        note(f"list {address.name} {query}", where.get(reverse(address.name), query))
    mine.append(file_another(1))
    for address in random.sample(doors_of_a_case(), _OF_A_CASE):
        method = random.choice(("get", "post"))
        note(f"{method} {address.name} mine", visitor.knock(address, random.choice(mine), method))
        guess = guesses.choice(hidden)
        note(f"{method} {address.name} guessed", visitor.knock(address, guess, method), guess)
    note("list after", visitor.program.get("/api/v1/cases", {"limit": "1"}))
    note("home after", visitor.browser.get("/"))
    return seen


def test_twins_are_the_same_to_an_outsider(twins):
    for seed in seeds(PAIRS // HIDDEN):
        assert twins(seed) == []


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
    assert any(twins(seed) for seed in range(3))
