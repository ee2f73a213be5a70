"""The cases of an office on a day: how many tracks of a procedure stood in which state, for one reader.

Counted are only cases the reader may know of. Nothing is folded for it: the ledger keeps the numbers by day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kaname.access import api as access
from kaname.access.models import Person

Key = tuple[str, str, str]  # kind, procedure, state


@dataclass(frozen=True, slots=True)
class Records:
    """`stands`: tracks that stood in a state at the end of the day; `came`: all that had ever come into it by then;
    `opened`: cases by kind, opened by then.

    `day` is the last day that is counted: records of days to come are not known. None: nobody's records are read.
    """

    day: date | None = None
    stands: Mapping[Key, int] = field(default_factory=dict)
    came: Mapping[Key, int] = field(default_factory=dict)
    opened: Mapping[str, int] = field(default_factory=dict)

    def standing(self, kind: str, procedure: str, *states: str) -> int | None:
        """How many stood in one of the states; without states, in any."""
        return self._sum(self.stands, kind, procedure, states)

    def arrived(self, kind: str, procedure: str, *states: str) -> int | None:
        """How many had ever come into one of the states by the day."""
        return self._sum(self.came, kind, procedure, states)

    def cases(self, regime: str) -> int | None:
        """How many cases of a regime (`supply.`) had been opened by the day."""
        if self.day is None:
            return None
        return sum(n for kind, n in self.opened.items() if kind.startswith(regime))

    def _sum(self, of: Mapping[Key, int], kind: str, procedure: str, states: Iterable[str]) -> int | None:
        wanted = frozenset(states)
        if self.day is None:
            return None
        return sum(n for (k, p, s), n in of.items() if k == kind and p == procedure and (not wanted or s in wanted))


def records(person: Person | None, day: date, today: date) -> Records:
    """What a reader may know of the records on a day; nothing without a reader."""
    if person is None:
        return Records()
    stands, came, opened = Counter[Key](), Counter[Key](), Counter[str]()
    for c in access.counts(person, day, today):
        if not c.procedure:
            opened[c.kind] += c.came
            continue
        stands[c.kind, c.procedure, c.state] += c.stand
        came[c.kind, c.procedure, c.state] += c.came
    return Records(min(day, today), stands, came, opened)
