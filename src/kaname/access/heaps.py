"""Where the matters of a person lie, as SQL: those of mine, those of every case I see, and of these the rest.

Mine are one heap a role. A condition over several roles at once would lead the database away from the index that has
the days of a role in their order; off that each heap is read, and no further than it is asked for.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from kaname.access.models import Person
from kaname.access.predicate import Held, covers, mandates, outside_compartments
from kaname.ledger.models import Matter

ORDER = ("day", "case_id", "sort", "id")  # as the indexes have it
DUE = "sort IN ('duty', 'clock')"


class Heap(NamedTuple):
    """The statement that finds the matters. `few`: better looked up once than for each part that is asked of them."""

    statement: str
    params: tuple[Any, ...]
    few: bool


Heaps = Mapping[str, Sequence[Heap]]


def by_role(held: Sequence[Held]) -> dict[str, list[Held]]:
    """The mandates by which the person may act, by role."""
    found: dict[str, list[Held]] = defaultdict(list)
    for m in held:
        if m.may_act:
            found[m.role].append(m)
    return found


def mine(person: Person, day: date) -> Q:
    """The matters that are owed in a role in which the person may act in that case."""
    found = Q(pk__in=())
    for role, held in by_role(mandates(person, day)).items():
        found |= Q(role=role) & covers(held, "case")
    return found & outside_compartments(person, day)


def heaps(person: Person, day: date, only: Q | None = None) -> Heaps:
    """Mine; those of all cases I see; of these the ones that are not mine. `only`: a further condition."""
    held = mandates(person, day)
    visible, seen = outside_compartments(person, day) & (only or Q()), covers(held, "case")
    owed, few = _owed(held), _few(held)
    mine = _of_mine(held, owed, visible)
    if not held:
        return {"mine": mine}
    others = seen & visible
    for one in owed:
        others &= ~one
    return {
        "mine": mine, "seen": [_heap(seen & visible, few)], "others": [_rest(len(mine)) if few else _heap(others, few)],
    }  # fmt: skip


def mine_alone(person: Person, day: date, visible: Q | None = None, held: Sequence[Held] | None = None) -> Heaps:
    """The first of the heaps. `visible`: instead of the cases outside of compartments that are not the person's.
    `held`: the person's mandates, where already known."""
    held = mandates(person, day) if held is None else held
    return {"mine": _of_mine(held, _owed(held), visible or outside_compartments(person, day))}


def _owed(held: Sequence[Held]) -> list[Q]:
    return [Q(role=role) & covers(of_role, "case") for role, of_role in by_role(held).items()]


def _of_mine(held: Sequence[Held], owed: Sequence[Q], visible: Q) -> list[Heap]:
    narrow = map(_few, by_role(held).values())
    return [_heap(one & visible, few) for one, few in zip(owed, narrow, strict=True)]


def _few(held: Sequence[Held]) -> bool:
    """Whether they cover the cases of some parties, or single ones."""
    return all(m.party or m.case_id for m in held)


def _heap(condition: Q, few: bool) -> Heap:
    statement, params = Matter.objects.filter(condition).order_by().values(*ORDER).query.sql_with_params()
    return Heap(statement, params, few)


def _rest(roles: int) -> Heap:
    """Of those I see the ones that are not mine, where both are looked up."""
    mine = " UNION ALL ".join(f"SELECT id FROM mine{i}" for i in range(roles))
    return Heap(f"SELECT * FROM seen0 WHERE id NOT IN ({mine})" if mine else "SELECT * FROM seen0", (), True)


class Named(NamedTuple):
    """Heaps under names at the head of a statement: the head, its parameters, and what each sort of heap is called."""

    head: str
    params: list[Any]
    aliases: dict[str, list[str]]


def named(found: Heaps) -> Named:
    """No alias where there is no heap: then there is nothing to ask."""
    each = [(sort, f"{sort}{i}", heap) for sort, of_sort in found.items() for i, heap in enumerate(of_sort)]
    head = ", ".join(
        f"{alias} ({', '.join(ORDER)}) AS {'' if heap.few else 'NOT '}MATERIALIZED ({heap.statement})"
        for _, alias, heap in each
    )
    aliases: dict[str, list[str]] = defaultdict(list)
    for sort, alias, _ in each:
        aliases[sort].append(alias)
    return Named(f"WITH {head}", [p for _, _, heap in each for p in heap.params], aliases)
