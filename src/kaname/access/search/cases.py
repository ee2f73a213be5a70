"""Search over numbers, references, parties, days and titles, from one character on; only what the person may know.

What fits is known in full (`fitting`): counts are exact, whatever is typed, and tell of nothing that is hidden. Kinds
and years are counted in memory (`ledger.openings`); stages, roles and parties over the LOOKED cases that fit best.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import Count, Q

from kaname.access.lists import CaseRow, rows_of, shown
from kaname.access.models import Person
from kaname.access.sealed import reveal_in_list
from kaname.access.search.asked import Piece, asked, clean
from kaname.access.search.conditions import Among
from kaname.access.search.fitting import best_first
from kaname.access.search.near import nearest_first
from kaname.law.alike import alike, marked
from kaname.ledger import clock, openings, projection, titles
from kaname.ledger.kinds import kinds
from kaname.ledger.models import CaseParty
from kaname.ledger.models import Standing as Row
from kaname.ledger.openings import Numbers

LOOKED = 1000
PARTIES = 200  # names of parties handed out at the most
Marks = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the search is narrowed down to. Empty: all. Each is a value of the facet of its name."""

    regime: str = ""
    kind: str = ""
    state: str = ""
    year: str = ""
    role: str = ""
    overdue: bool = False
    authority: str = ""

    def condition(self) -> Q:
        """What of it the statement asks; kind and year are told apart in memory."""
        found = Q(state=self.state) if self.state else Q()
        if self.role:
            found &= Q(case__in=CaseParty.objects.filter(role=self.role).values("case"))
        if self.authority:
            found &= Q(authority=self.authority)
        return found & Q(overdue=True) if self.overdue else found


@dataclass(frozen=True, slots=True)
class Hit:
    """A case found. `title` is "" where there is none or the person may not read it. Marks: (text, is it a hit)."""

    row: CaseRow
    title: str
    title_marks: Marks
    reference_marks: Marks
    party_marks: tuple[Marks, ...]


@dataclass(frozen=True, slots=True)
class PartyHit:
    """A party whose name has all words, its roles, and in how many of the cases looked at it takes part."""

    name: str
    roles: tuple[str, ...]
    cases: int
    keys: tuple[str, ...] = field(repr=False)

    @property
    def marks(self) -> Marks:
        """Asked for of those that a page shows."""
        return marked(self.name, self.keys)


@dataclass(frozen=True, slots=True)
class Found:
    """Hits `start + 1` onwards of `total`, best first, and how many cases each value of a facet has.

    What a facet counts heeds all that the search is narrowed down to but the facet itself; `states`, `roles`,
    `overdue` and `authorities` are counted over the first LOOKED cases as narrowed (`partly`: there are more), so are
    the parties.
    """

    hits: tuple[Hit, ...] = ()
    start: int = 0
    size: int = 0
    total: int = 0
    regimes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)
    states: dict[tuple[str, str], int] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    overdue: int = 0
    authorities: dict[str, int] = field(default_factory=dict)
    parties: tuple[PartyHit, ...] = ()
    pieces: tuple[Piece, ...] = ()
    partly: bool = False


def search(
    person: Person, text: str, narrowed: Narrowed = Narrowed(), *, start: int = 0, size: int = 20,
    today: date | None = None, door: str = "search",
) -> Found:  # fmt: skip
    """What a person finds. An empty text finds nothing. `door`: by which titles are read, for the log."""
    day, pieces = today or clock.today(), asked(text)
    if not pieces:
        return Found(start=start, size=size)
    projection.refresh(day)
    best = best_first(person, pieces, narrowed.condition(), alike(clean(text)), day)
    return _found(person, best, narrowed, pieces, start, size, day, door)


def nearest(person: Person, text: str, size: int = 8, today: date | None = None) -> list[Hit]:
    """Some cases that fit, with nothing counted: for who goes to one of them and asks with every letter (`near`)."""
    day, pieces = today or clock.today(), asked(text)
    if not pieces:
        return []
    projection.refresh(day)
    best = nearest_first(person, pieces, alike(clean(text)), day, size)
    keys = [key for piece in pieces for key in piece.keys]
    return _hits(person, rows_of(_in_order(best[:size].tolist()), day), keys, "search")


def _found(
    person: Person, best: Numbers, narrowed: Narrowed, pieces: Sequence[Piece], start: int, size: int, day: date,
    door: str,
) -> Found:  # fmt: skip
    kind, year, names = openings.of(best)
    regimes = [known.regime if (known := kinds().get(name)) else "" for name in names]
    of_regime = np.isin(kind, [i for i, r in enumerate(regimes) if r == narrowed.regime]) if narrowed.regime else True
    of_kind = kind == (names.index(narrowed.kind) if narrowed.kind in names else -1) if narrowed.kind else True
    of_year = year == (int(narrowed.year) if narrowed.year.isdecimal() else -1) if narrowed.year else True
    every = np.ones(best.size, bool)
    chosen = best[every & of_regime & of_kind & of_year]
    by_kind = _counted(kind[every & of_year & of_regime], names)
    by_regime: Counter[str] = Counter()
    for name, n in _counted(kind[every & of_year], names).items():
        by_regime[regimes[names.index(name)]] += n
    looked = chosen[:LOOKED].tolist()
    states, overdue, authorities = _states(looked)
    roles, parties = _parties(looked, pieces)
    hits = rows_of(_in_order(chosen[start : start + size].tolist()), day)
    return Found(
        tuple(_hits(person, hits, [key for piece in pieces for key in piece.keys], door)), start, size,
        int(chosen.size),
        dict(by_regime), by_kind, _counted(year[every & of_regime & of_kind]), states, roles, overdue, authorities,
        parties,
        tuple(pieces), chosen.size > LOOKED,
    )  # fmt: skip


def _counted(values: Numbers, names: Sequence[str] = ()) -> dict[str, int]:
    found, counts = np.unique(values, return_counts=True)
    return {names[v] if names else str(v): int(n) for v, n in zip(found.tolist(), counts, strict=True)}


def _states(cases: list[int]) -> tuple[dict[tuple[str, str], int], int, dict[str, int]]:
    """How many cases stand where, how many are overdue, and how many fall under whom."""
    found = Row.objects.filter(Q(Among(cases))).order_by()
    rows = found.values_list("kind", "state", "overdue", "authority").annotate(n=Count("pk"))
    states: Counter[tuple[str, str]] = Counter()
    authorities: Counter[str] = Counter()
    late = 0
    for kind, state, overdue, authority, n in rows:
        states[kind, state] += n
        late += n if overdue else 0
        if authority:
            authorities[authority] += n
    return dict(states), late, dict(authorities)


def _parties(cases: list[int], pieces: Sequence[Piece]) -> tuple[dict[str, int], tuple[PartyHit, ...]]:
    """The roles in these cases, and the parties whose names have all words, those with most cases first."""
    rows = CaseParty.objects.filter(Q(Among(cases))).values_list("case_id", "role", "party")
    in_role: dict[str, set[int]] = {}
    of_party: dict[str, tuple[set[str], set[int]]] = {}
    for case, role, party in rows:
        in_role.setdefault(role, set()).add(case)
        told = of_party.setdefault(party, (set(), set()))
        told[0].add(role)
        told[1].add(case)
    keys = tuple(key for piece in pieces for key in piece.keys)
    fits = {name: told for name, told in of_party.items() if _fits(_alike(name), pieces)}
    ranked = sorted(fits.items(), key=lambda one: (-len(one[1][1]), one[0]))[:PARTIES]
    return {role: len(of) for role, of in sorted(in_role.items())}, tuple(
        PartyHit(name, tuple(sorted(roles)), len(held), keys) for name, (roles, held) in ranked
    )


_alike = lru_cache(16384)(alike)  # parties lie open and come again and again


def _fits(key: str, pieces: Sequence[Piece]) -> bool:
    return all(any(one in key for one in piece.keys) for piece in pieces)


def _in_order(cases: list[int]) -> list[Any]:
    """The rows of a page in the order of its keys."""
    at = {case: i for i, case in enumerate(cases)}
    return sorted(shown(Row.objects.filter(pk__in=cases)), key=lambda row: at[row.case_id])


def _hits(person: Person, rows: list[CaseRow], keys: Sequence[str], door: str) -> list[Hit]:
    by_field: dict[str, list[str]] = {}
    for row in rows:
        if name := titles.title_field(row.kind):
            by_field.setdefault(name, []).append(row.case)
    said: dict[str, Any] = {}
    for name, cases in by_field.items():
        said |= reveal_in_list(person, cases, name, door)
    return [
        Hit(
            row, title := str(said.get(row.case) or ""), marked(title, keys), marked(row.reference, keys),
            tuple(marked(party, keys) for party in row.parties),
        )
        for row in rows
    ]  # fmt: skip
