"""Call after call, as the OpenAPI document's links lead, by several people: no 5xx, nothing undocumented, and what a
person may not see answers with the bytes of what is not there (G6.9).

Single calls, with values sound and unsound: test_against_the_document. Walks: api/walk.py.
"""

import logging
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import connection
from ledger_kinds import KINDS

from api.calls import Caller
from api.conftest import made_world
from api.walk import ABSENT, CALLS, DOCUMENT, OPERATIONS, Walk, Wrong
from figures import seeds, tries
from kaname.access import api as access
from kaname.access.models import Compartment, Membership, Person
from kaname.access.tokens import Scope
from kaname.api.documents import BYTES
from kaname.api.problems import Problem
from kaname.ledger.errors import UnknownCase
from kaname.papers import inventory
from kaname.papers.models import Document

WALKS = tries(2, ci=2_000 // CALLS, soak=2_500)  # 100,000 calls in the soak
ON_POSTGRESQL = tries(1, ci=4, soak=100)
FOUND_IN = range(200)  # walks in which a planted fault is found, most in the first: the same in every run


@pytest.fixture(autouse=True)
def _quiet():
    """A line of the log for each of some thousand calls costs more than it tells: a walk keeps its own."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _papers_of_the_invented_kinds(monkeypatch):
    """Each act of the Act's kinds has its sort of paper; those of the invented ones are notices here."""
    for kind in KINDS.values():
        acts = "; ".join(f"{p.id}: {' '.join(a.id for a in p.acts)}" for p in kind.procedures)
        monkeypatch.setitem(inventory.BY_REGIME, kind.id.partition(".")[0], {"notice": acts})
    inventory.listed.cache_clear()
    yield
    inventory.listed.cache_clear()


def peopled():
    """Four people with a token each; `kumo` has a compartment of their own; `stranger` and `admin` see no case."""
    world = made_world()
    circle = Compartment.objects.create(name="circle")
    Membership.objects.create(compartment=circle, person=world.kumo, valid_from="2020-01-01")
    world.mandate("kumo", "minister")
    scopes = [scope for scope in Scope if scope is not Scope.ADMIN]
    tokens = {who: world.token(who, *scopes) for who in ("kumo", "minister", "stranger")}
    for where in ("", circle.public_id):  # the keys of the office and of the circle: this process remembers them
        first = Caller(tokens["kumo"]).open(f"first-{where}-key", compartment=where)["case"]
        Caller(tokens["kumo"]).post(f"/documents?name=first.txt&case={first}", b"x", content_type=BYTES)
    return tokens | {"admin": world.token("admin", *Scope)}, {"stranger", "admin"}, circle.public_id


def walks(drawn):
    """A walk a seed, each from the same beginning where the database is a file. Returns what each operation answered;
    raises Wrong."""
    world, done, beginning = peopled(), defaultdict(set), _kept()
    for seed in drawn:
        _again(beginning)
        walk = Walk(seed, *world)
        walk.go()
        for operation, statuses in walk.done.items():
            done[operation] |= statuses
    return done


def _kept():
    if connection.vendor != "sqlite":
        return None
    file = connection.settings_dict["NAME"]
    connection.close()
    return file, shutil.copy(file, f"{file}.beginning")


def _again(beginning):
    if beginning:
        connection.close()
        file, kept = beginning
        for rest in ("-wal", "-shm"):
            Path(f"{file}{rest}").unlink(missing_ok=True)
        shutil.copy(kept, file)


def test_walks_find_nothing(sqlite_office):
    done = walks(seeds(WALKS, fewest=2))
    if WALKS >= 2_000 // CALLS:  # what the few walks of a desk reach is chance
        assert len(set(OPERATIONS) - set(done)) <= len(OPERATIONS) // 10, set(OPERATIONS) - set(done)
        assert all(201 in done[one] for one in ("open_case", "do_act", "add_document"))
        assert {409, 412, 422} & done["do_act"]


def test_walks_on_postgresql_find_nothing(postgresql_office):
    walks(seeds(ON_POSTGRESQL, fewest=2))


def test_a_fault_in_one_order_of_calls_is_found(sqlite_office, monkeypatch):
    """Planted: a case in which a second act was done cannot be looked at any more."""
    honest = access.see

    def see(person, case, *more):
        seen = honest(person, case, *more)
        if seen.case.head_seq > 1:
            raise RuntimeError("planted")
        return seen

    monkeypatch.setattr(access, "see", see)
    with pytest.raises(Wrong, match="5xx"):
        walks(FOUND_IN)


def test_a_status_that_is_not_documented_is_found(sqlite_office, monkeypatch):
    """Planted: once a document was handed in, the list of views has moved."""

    def moved(person):
        if Document.objects.filter(uploaded_by=person).count() > 1:
            raise Problem("moved")
        return ()

    monkeypatch.setattr("kaname.task.views.of", moved)
    with pytest.raises(Wrong, match="a status that is not documented"):
        walks(FOUND_IN)


def test_a_refusal_that_tells_that_a_case_is_there_is_found(sqlite_office, monkeypatch):
    """Planted: who may not see a case is told so."""
    honest = access.see

    def see(person, case, *more):
        try:
            return honest(person, case, *more)
        except UnknownCase:
            if case == ABSENT:
                raise
            raise Problem("mandate") from None

    monkeypatch.setattr(access, "see", see)
    with pytest.raises(Wrong, match="otherwise than the absent"):
        walks(FOUND_IN)


def test_a_case_told_by_the_way_is_found(sqlite_office, monkeypatch):
    """Planted: the list of everybody is that of one person."""
    few = ("open_case", "list_acts", "do_act", "list_cases")  # among all, it takes many a walk to come by that list
    monkeypatch.setattr("api.walk.OPERATIONS", {one: OPERATIONS[one] for one in few})
    honest = access.cases
    monkeypatch.setattr(access, "cases", lambda person, *more: honest(Person.objects.get(name="kumo"), *more))
    with pytest.raises(Wrong, match="existence"):
        walks(FOUND_IN)


def test_each_link_leads_from_what_an_answer_has_to_what_an_address_asks_for():
    """Held to the document alone: an expression names a field of the answer's shape."""
    for operation in OPERATIONS.values():
        for status, answer in operation.said["responses"].items():
            shape = next(iter(answer.get("content", {"": {}}).values())).get("schema", {})
            for target, given in operation.links(int(status)):
                names = {p["name"] for p in OPERATIONS[target].said["parameters"] if p["in"] in ("path", "header")}
                assert given.keys() <= names and given.keys() >= set(OPERATIONS[target].names), (operation.id, target)
                for expression in given.values():
                    where, _, pointer = expression.partition("#/")
                    assert where != "$response.body" or _has(shape, pointer.split("/")), (operation.id, expression)


def _has(shape, parts):
    while "$ref" in shape:
        shape = DOCUMENT["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    if not parts:
        return shape.get("type") in ("string", "integer")
    if shape.get("type") == "array":
        return parts[0] == "0" and _has(shape["items"], parts[1:])
    if shape.get("additionalProperties") is True:
        return True  # a shape that says no more
    return parts[0] in shape.get("properties", {}) and _has(shape["properties"][parts[0]], parts[1:])
