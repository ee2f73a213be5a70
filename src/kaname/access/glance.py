"""What the frame of every page says of the person: in which roles they act today, and how much is due."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kaname.access.due import how_many
from kaname.access.models import Person
from kaname.access.predicate import mandates
from kaname.law import Text
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.procedure.declare import CaseKind

MANY = 100  # counting further would cost more than the reader gains: 99+


@dataclass(frozen=True, slots=True)
class Glance:
    """`due`: matters of mine that end today or are overdue, as the inbox groups them, up to `MANY`. `regimes`: those
    in which the roles act."""

    roles: tuple[Text, ...]
    due: int
    regimes: frozenset[str] = frozenset()


def today() -> date:
    """The legal day: Japan's."""
    return clock.today()


def glance(person: Person) -> Glance:
    """Two statements: the mandates, then the count."""
    day = clock.today()
    held = mandates(person, day)
    labels, regimes = _roles(tuple(kinds().values()))
    roles = dict.fromkeys(labels[m.role] for m in held if m.role in labels)
    of = {kinds()[m.kind].regime for m in held if m.kind in kinds()}
    of |= {regime for m in held if not m.kind for regime in regimes.get(m.role, ())}
    return Glance(tuple(roles), how_many(person, day, held, MANY), frozenset(of))


def kinds_of(person: Person) -> tuple[CaseKind, ...]:
    """The kinds of which the person may know of a case: all, where a mandate names none."""
    named = {m.kind for m in mandates(person, clock.today())}
    return tuple(k for k in kinds().values() if not named or "" in named or k.id in named)


@lru_cache(maxsize=4)
def _roles(of: tuple[CaseKind, ...]) -> tuple[dict[str, Text], dict[str, set[str]]]:
    """What each role is called (where regimes share one, as the first calls it), and in which regimes it acts."""
    labels: dict[str, Text] = {}
    regimes: dict[str, set[str]] = {}
    for kind in of:
        for role in (r for p in kind.procedures for a in p.acts for r in a.roles):
            labels.setdefault(role.id, role.label)
            regimes.setdefault(role.id, set()).add(kind.regime)
    return labels, regimes
