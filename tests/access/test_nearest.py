"""What the palette finds is of what the search finds, as many as are wanted, whichever way it went to find them."""

from random import Random
from types import SimpleNamespace

import pytest
from django.db.models import Q
from worlds import DAY, IN_PERSON, KINDS, draw, write

from access.folk import person
from access.test_search import PARTIES, TITLES, act_office, filed
from access.test_search_against_oracle import _furnish, _typed
from figures import seeds, tries
from kaname.access import api as access
from kaname.access.models import Person
from kaname.access.search import near
from kaname.ledger.models import Standing

__all__ = ["act_office"]  # a fixture

WORLDS = tries(3, ci=12, soak=1_000)
WAYS = [(2000, 4000), (3, 4000), (1, 1), (3, 2)]  # (NEWEST, FEW): each step of it is the one that ends


def _compared(monkeypatch, ways) -> list[str]:
    """What the palette shows that it should not, or does not show that it should."""
    wrong = []
    for n, seed in enumerate(seeds(WORLDS)):
        random = Random(seed)
        Standing.objects.all().delete()
        world = draw(random.randrange(10**6), 1000 * (n + 1))
        write([world])
        _furnish(random, [case.pk for case in world.cases])
        for pk in world.active:
            who = Person.objects.get(pk=pk)
            for _ in range(8):
                text = _typed(random)
                may = {hit.row.pk for hit in access.search(who, text, size=1000, today=DAY).hits}
                for newest, few in ways:
                    monkeypatch.setattr(near, "NEWEST", newest)
                    monkeypatch.setattr(near, "FEW", few)
                    shown = [hit.row.pk for hit in access.nearest(who, text, 2, DAY)]
                    if not set(shown) <= may or len(shown) != min(2, len(may)):
                        wrong.append(f"{text}: {shown} of {sorted(may)} by {newest}, {few}")
    return wrong


@pytest.fixture
def worlds(office, monkeypatch):
    personal = {kind: SimpleNamespace(id=kind, in_person=kind in IN_PERSON) for kind in KINDS}
    monkeypatch.setattr("kaname.access.predicate.kinds", lambda: personal)
    return monkeypatch


def test_it_shows_of_what_the_search_finds(worlds):
    assert _compared(worlds, WAYS) == []


@pytest.mark.parametrize("fault", ["everybody may know of everything", "the newest are all there are"])
def test_a_wrong_palette_is_found(worlds, fault):
    if fault.startswith("everybody"):
        worlds.setattr(near, "rows_visible_to", lambda *_: Q(case_id__gt=0))
    else:
        worlds.setattr(near, "_fitting", lambda piece, whole, within=None, after=0, real=near._fitting: real(
            piece, whole, within or Q(case_id__gt=10**9), after))  # fmt: skip
    assert _compared(worlds, WAYS[1:2])


@pytest.mark.parametrize("way", WAYS)
def test_titles_are_for_who_may_read_them(act_office, monkeypatch, way):
    for n in range(9):
        filed(TITLES[n % len(TITLES)], PARTIES[n % len(PARTIES)], f"2026-{n:06}")
    monkeypatch.setattr(near, "NEWEST", way[0])
    monkeypatch.setattr(near, "FEW", way[1])
    reader, other = person("Reader", "jpo", sealed=True), person("Other", "jpo")
    party = person("Party", "applicant", sealed=True, party=PARTIES[0])
    for text in ("空", "凧", "潜水", "無人航空機", "空 高橋", "glider", "髙橋", "3", "2026-000004", "存在"):
        for who in (reader, other, party):
            may = {hit.row.case for hit in access.search(who, text, size=99).hits}
            shown = {hit.row.case for hit in access.nearest(who, text, 99)}
            assert shown == may, (text, who)


def test_the_number_typed_comes_first_however_old_it_is(act_office, monkeypatch):
    monkeypatch.setattr(near, "NEWEST", 4)
    made = [filed("空想の凧", "架空電機", f"2026-1{n:05}") for n in range(12)]
    who = person("Reader", "jpo")
    first = access.find(who, made[0]).number
    assert access.nearest(who, str(first), 3)[0].row.case == made[0]
    assert len(access.nearest(who, str(first), 3)) == 3
