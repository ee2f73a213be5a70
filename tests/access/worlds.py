"""Random offices: people, dated mandates, circles, cases; and, in plain Python, who may see what. Shared by all tests.

A world is drawn from a seed and written by bulk statements, not row by row. `may_see` is the oracle: it is written
from the words of docs/access.md and knows nothing of the predicate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.db import connection

from kaname.access.models import Person

DAY = date(2026, 6, 15)
IN_PERSON = ("lab.case",)
ROLES, KINDS, PARTIES = ("applicant", "jpo", "pm"), ("small.permit", "lab.case"), ("Kumo", "Hana", "Sora")


@dataclass(frozen=True)
class Mandate:
    person: int
    role: str
    kind: str
    party: str
    case: int | None
    first: date
    last: date | None


@dataclass(frozen=True)
class Member:
    person: int
    circle: int
    first: date
    last: date | None


@dataclass(frozen=True)
class Deputy:
    person: int
    principal: int
    cleared: bool
    first: date
    last: date | None


@dataclass(frozen=True)
class Case:
    pk: int
    kind: str
    parties: frozenset[tuple[str, str]]
    circle: int | None


@dataclass
class World:
    """Numbers are keys of rows; worlds of one batch do not share any."""

    start: int
    active: dict[int, bool] = field(default_factory=dict)
    mandates: list[Mandate] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    deputies: list[Deputy] = field(default_factory=list)
    circles: list[int] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def may_see(self, person: int, case: Case, day: date = DAY) -> bool:
        """Who is active, holds a mandate of that day that covers the case, or deputises that day for who does and is
        active, and is a member of the circle it lies in."""
        if not self.active[person]:
            return False
        if not any(_covers(m, case) for m in self._held(person, day)) and not self._lent(person, case, day):
            return False
        inside = {m.circle for m in self.members if m.person == person and _runs(m, day)}
        return case.circle is None or case.circle in inside

    def _held(self, person: int, day: date) -> list[Mandate]:
        return [m for m in self.mandates if m.person == person and _runs(m, day)]

    def _lent(self, person: int, case: Case, day: date) -> bool:
        """A kind in which people act in person is lent to who holds the role there, or where somebody agreed."""
        own = {m.role for m in self._held(person, day) if m.kind in ("", case.kind)}
        return any(
            _covers(m, case) and (case.kind not in IN_PERSON or d.cleared or m.role in own)
            for d in self.deputies
            if d.person == person and _runs(d, day) and self.active[d.principal]
            for m in self._held(d.principal, day)
        )

    def sees(self, person: int, day: date = DAY) -> set[int]:
        return {case.pk for case in self.cases if self.may_see(person, case, day)}


def _runs(right: Mandate | Member | Deputy, day: date) -> bool:
    return right.first <= day and (right.last is None or right.last >= day)


def _covers(m: Mandate, case: Case) -> bool:
    return (
        m.case in (None, case.pk) and m.kind in ("", case.kind) and (not m.party or (m.role, m.party) in case.parties)
    )


# -- drawing ---------------------------------------------------------------------------------------------------------


def draw(seed: int, start: int) -> World:
    """The world of a seed; its rows are numbered from `start` on, fewer than 100."""
    random = Random(seed)
    world = World(start)
    world.active = {start + n: random.random() > 0.1 for n in range(4)}
    world.circles = [start + n for n in range(random.randint(0, 3))]
    for n in range(random.randint(1, 8)):
        parties = frozenset((random.choice(ROLES), random.choice(PARTIES)) for _ in range(random.randint(0, 2)))
        circle = random.choice(world.circles) if world.circles and random.random() < 0.5 else None
        world.cases.append(Case(start + n, random.choice(KINDS), parties, circle))
    for person in world.active:
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            world.mandates.append(_mandate(random, person, world.cases))
        for circle in world.circles:
            for _ in range(random.choice((0, 0, 1, 1, 2))):
                world.members.append(Member(person, circle, *_days(random)))
    for person in world.active:
        for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
            principal = random.choice([other for other in world.active if other != person])
            world.deputies.append(Deputy(person, principal, random.random() < 0.3, *_days(random)))
    return world


def _mandate(random: Random, person: int, cases: Sequence[Case]) -> Mandate:
    return Mandate(
        person, random.choice(ROLES), random.choice(("", "", *KINDS)), random.choice(("", "", *PARTIES)),
        random.choice(cases).pk if random.random() < 0.25 else None, *_days(random),
    )  # fmt: skip


def _days(random: Random) -> tuple[date, date | None]:
    """Mostly in force; often the day itself is the first or the last one, or lies just outside."""
    first = DAY + timedelta(random.choice((-400, -30, -1, 0, 0, 1)))
    last = random.choice((None, None, DAY + timedelta(random.choice((-1, 0, 0, 1, 300)))))
    return first, last


# -- writing ---------------------------------------------------------------------------------------------------------

AT = "2026-01-01T00:00:00+00:00"


def write(worlds: Iterable[World]) -> None:
    """The rows of several worlds."""
    worlds = list(worlds)
    lowest = worlds[0].start
    with connection.cursor() as cursor:
        office = (
            "INSERT INTO access_office (id, public_id, sort, name_ja, name_en) VALUES (%s, %s, 'company', 'x', 'x')"
        )
        cursor.execute(office, (lowest, f"o{lowest}"))
        put = cursor.executemany
        put("INSERT INTO access_person (id, public_id, email, name, password, office_id, language, administers,"
            " is_active, created_at, stamp, stands_alone) VALUES (%s, %s, %s, 'x', '!', %s, 'ja', %s, %s, %s, 0, %s)",
            [(p, f"p{p}", f"p{p}@example.jp", lowest, False, active, AT, False)
             for w in worlds for p, active in w.active.items()])  # fmt: skip
        put("INSERT INTO ledger_case (id, public_id, kind, opened_on, series, circle, number, opening_key, origin,"
            " head_seq, head_digest, head_at) VALUES (%s, %s, %s, '2026-01-01', %s, '', 1, %s, '', 0, '', '')",
            [(c.pk, f"c{c.pk}", c.kind, f"s{c.pk}", f"k{c.pk}") for w in worlds for c in w.cases])  # fmt: skip
        put("INSERT INTO ledger_caseparty (case_id, role, party) VALUES (%s, %s, %s)",
            [(c.pk, *p) for w in worlds for c in w.cases for p in c.parties])  # fmt: skip
        put("INSERT INTO access_compartment (id, public_id, name, created_at) VALUES (%s, %s, 'x', %s)",
            [(c, f"r{c}", AT) for w in worlds for c in w.circles])  # fmt: skip
        put("INSERT INTO access_placement (case_id, compartment_id) VALUES (%s, %s)",
            [(c.pk, c.circle) for w in worlds for c in w.cases if c.circle is not None])  # fmt: skip
        put("INSERT INTO access_mandate (public_id, valid_from, valid_until, granted_at, person_id, role, kind, party,"
            " case_id, may_act, sealed) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [(f"m{w.start + n}", m.first.isoformat(), _iso(m.last), AT, m.person, m.role, m.kind, m.party, m.case, True,
              False) for w in worlds for n, m in enumerate(w.mandates)])  # fmt: skip
        put("INSERT INTO access_membership (public_id, valid_from, valid_until, granted_at, person_id, compartment_id)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [(f"b{w.start + n}", m.first.isoformat(), _iso(m.last), AT, m.person, m.circle)
             for w in worlds for n, m in enumerate(w.members)])  # fmt: skip
        put("INSERT INTO access_deputy (public_id, valid_from, valid_until, granted_at, person_id, principal_id,"
            " may_act, cleared_by_id) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [(f"d{w.start + n}", d.first.isoformat(), _iso(d.last), AT, d.person, d.principal, True,
              d.person if d.cleared else None) for w in worlds for n, d in enumerate(w.deputies)])  # fmt: skip


def one_of(world: World, seed: int) -> int:
    """The person whose eyes are looked through."""
    return Random(-seed - 1).choice(list(world.active))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def someone(world: World, person: int) -> Person:
    """The row of a person, not read again."""
    return Person(pk=person, public_id=f"p{person}", is_active=world.active[person])
