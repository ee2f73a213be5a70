"""Random offices through every door: pages, lists and the API show a person what the oracle says, and nothing else."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random

import knock
import pysqlite3
import pytest
import throwaway
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import clear_url_caches, path
from inhabited import Inhabited, settle
from knock import PARAMETERS, Visitor, dealt, doors_of_a_case, doors_of_lists
from visitor import masked

from figures import seeds, tries
from kaname.access import api as access
from kaname.access.gate import doors
from kaname.access.gate.doors import Address, Rule, rules
from kaname.ledger import reading
from kaname.ledger.models import Case, Standing
from kaname.site import urls
from kaname.site.databases import embedded
from kaname.site.doors import OF_KIND

PUSH = 300
WORLDS = tries(16, ci=PUSH, soak=5_000)
ABSENT = "z" * 26
# Neither a passport nor a document stands in these cases, no paper was issued in them, no copy asked for.
_NOT_THERE = {"letter_issued", "api:get_issued", "custody_request", "api:note_copy"}
_AT_A_TIME = 3  # doors of each sort knocked at in one world


def leaks(world: Inhabited, seed: int) -> list[str]:
    """What one person of an office learns that they should not, or does not see that they should."""
    random, found = Random(seed), []
    visitor = Visitor(random.choice(world.people))
    seen, hidden = world.seen_by(visitor.person)
    of_absent: list[tuple[Address, str, bytes]] = []
    for address in dealt(doors_of_a_case(), seed, _AT_A_TIME):
        method = random.choice(("get", "get", "post"))
        absent = masked(visitor.knock(address, ABSENT, method), ABSENT)
        of_absent.append((address, method, absent))
        if hidden:
            case = random.choice(hidden).public_id
            if masked(visitor.knock(address, case, method), case) != absent:
                found.append(f"{method} {address.name}: a hidden case does not answer like an absent one")
    # Then those they see: what is done there leaves a word ("saved") on whatever page comes next.
    for address, method, absent in of_absent if seen else ():
        case = random.choice(seen).public_id
        answer = visitor.knock(address, case, method)
        opens = "key" not in address.parameters or _has_clock(case)
        opens = opens and not {"vendor", "document"} & set(address.parameters) and address.name not in _NOT_THERE
        of_kind = OF_KIND.get(address.name)
        if of_kind and reading.standing(case).kind.id != of_kind:
            opens = False
            if answer.status_code == 200:
                found.append(f"{method} {address.name}: a case of another kind than {of_kind} has this page")
        if opens and masked(answer, case) == absent and answer.status_code != 405:
            found.append(f"{method} {address.name}: a visible case answers like an absent one ({answer.status_code})")
    secret = [mark for case in hidden for mark in _marks(case)]
    for address in dealt(doors_of_lists(), seed, _AT_A_TIME):
        body = masked(visitor.knock(address))
        found += [f"{address.name}: shows {mark!r} of a hidden case" for mark in secret if mark.encode() in body]
    listed = visitor.program.get("/api/v1/cases", {"limit": 100})
    if {row["id"] for row in listed.json().get("items", ())} != {case.public_id for case in seen}:
        found.append("api:list_cases: not the cases of the oracle")
    return found


def _has_clock(case: str) -> bool:
    """Whether the clock that `knock` asks about ever ran in a case: cases of other kinds have others."""
    return PARAMETERS["key"] in reading.standing(case).clocks


def _marks(case: Case) -> list[str]:
    return [case.public_id, case.head_digest]


def test_every_door_shows_what_the_oracle_says(act_office, sqlite_template):
    assert _found(seeds(WORLDS), sqlite_template) == []


def test_over_the_worlds_of_a_push_each_door_has_its_turn():
    assert 3 * max(len(doors_of_lists()), len(doors_of_a_case())) <= PUSH * _AT_A_TIME


def _found(drawn: Iterable[int], template: Path) -> list[str]:
    """What leaks in so many offices, each in a database of its own, in memory."""
    throwaway.connect(embedded(":memory:"))
    found = []
    with closing(pysqlite3.connect(template)) as empty:
        for seed in drawn:
            throwaway.put(empty)
            found += leaks(settle(seed), seed)
    return found


# -- planted faults ----------------------------------------------------------------------------------------------------


@pytest.fixture
def planted(act_office, monkeypatch):
    """One more door, and that one alone is knocked at."""

    def plant(view, route: str) -> None:
        table = {**rules(), "planted": Rule.PERSON}
        monkeypatch.setattr(urls, "urlpatterns", [path(route, view, name="planted"), *urls.urlpatterns])
        monkeypatch.setattr(doors, "rules", lambda: table)
        clear_url_caches()
        for name in ("doors_of_a_case", "doors_of_lists"):
            found = [a for a in getattr(knock, name)() if a.name == "planted"]
            monkeypatch.setattr(f"test_doors_against_oracle.{name}", lambda found=found: found)

    yield plant
    monkeypatch.undo()
    clear_url_caches()


def _asks_afterwards(request, case):
    """Looks first and asks afterwards: 403 tells that there is something."""
    found = get_object_or_404(Case, public_id=case)
    if not access.seen(request.user, access.today()).filter(pk=found.pk).exists():
        raise PermissionDenied
    return HttpResponse(found.public_id)


def _all_of_them(request):
    return HttpResponse(" ".join(Standing.objects.values_list("case__public_id", flat=True)))


def test_a_door_that_asks_afterwards_is_found(planted, sqlite_template):
    planted(_asks_afterwards, "planted/<str:case>/")
    assert any(
        "planted: a hidden case does not answer like an absent one" in leak
        for leak in _found(range(8), sqlite_template)
    )


def test_a_list_of_all_cases_is_found(planted, sqlite_template):
    planted(_all_of_them, "planted/")
    assert any(leak.startswith("planted: shows") for leak in _found(range(4), sqlite_template))


def test_a_predicate_without_compartments_is_found(act_office, monkeypatch, sqlite_template):
    for module in ("predicate", "heaps"):
        monkeypatch.setattr(f"kaname.access.{module}.outside_compartments", lambda *_, **__: Q())
    assert _found(range(6), sqlite_template)
