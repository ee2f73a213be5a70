"""Who holds what, as arrays, and the three questions asked of it: ultimate shares, one company's holders, control.

Integrated ownership is the sum over all chains of holdings, also those that run round a circle any number of times. One
sweep in the order of `loops.owners_first` solves what is free of circles; each circle is solved by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaname.assess.ownership import loops, sweeps
from kaname.assess.ownership.shares import CONTROL, UNIT, Threshold

I64 = NDArray[np.int64]
F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Graph:
    """`count` companies and persons in the `order` of the sweep, and the `place` of each there; the rest is in places.

    The holdings of the company at place p are `start[p]:start[p + 1]`: `holder` (a place), `units` of UNIT, and `edge`,
    the number under which the caller gave the holding.
    """

    count: int
    order: I64
    place: I64
    start: I64
    holder: NDArray[np.int32]
    units: I64
    edge: I64
    begins: I64
    ends: I64

    @classmethod
    def of(cls, count: int, holder: I64, company: I64, units: I64) -> "Graph":
        """A graph of holdings: `holder[e]` has `units[e]` (of UNIT) of `company[e]`. A pair stands once."""
        start, members = loops.by_group(count, company)
        order, first = loops.owners_first(start, holder[members])
        place = np.empty(count, np.int64)
        place[order] = np.arange(count)
        start, edge = loops.by_group(count, place[company])
        placed = place[holder[edge]].astype(np.int32)  # half the memory to read in the sweep
        begins, ends = loops.circles(start, placed, first)
        return cls(count, order, place, start, placed, units[edge], edge, begins, ends)

    def with_units(self, units: I64) -> "Graph":
        """The same holdings with other shares, in the order in which they were given."""
        return replace(self, units=units[self.edge])

    @cached_property
    def sources(self) -> NDArray[np.bool_]:
        """Who has no holder here: persons, states, and companies about whose holders nothing is said."""
        found: NDArray[np.bool_] = np.diff(self.start)[self.place] == 0
        return found

    @cached_property
    def circle(self) -> I64:
        """The number of the circle of cross-holdings that each is in, -1 for none."""
        found = np.full(self.count, -1, np.int64)
        for number, (begin, end) in enumerate(zip(self.begins.tolist(), self.ends.tolist(), strict=True)):
            found[begin:end] = number
        return found[self.place]

    def ultimate(self, value: F64, held: NDArray[np.bool_] | None = None) -> F64:
        """What each has of the attributes that the ultimate holders carry: `value`, one row each, or one attribute.

        Given are the values of the sources, and of those in `held`, behind which nobody is looked for. Every other gets
        the sum over its holders of share times value; what nobody is known to hold is nobody's: a lower bound.
        """
        found: F64 = value[self.order].astype(np.float64, copy=False)
        fixed = np.zeros(self.count, np.bool_) if held is None else held[self.order]
        run: Any = sweeps.ultimate if value.ndim == 2 else sweeps.ultimate_one
        run(found, fixed, *self._arrays)
        return found[self.place]

    def holders_of(self, target: int) -> F64:
        """The gross integrated share that each holds in one company: column `target` of A + A² + A³ ..."""
        weight = np.zeros(self.count)
        weight[self.place[target]] = 1.0
        sweeps.upward(weight, *self._arrays)
        weight[self.place[target]] -= 1.0
        return weight[self.place]

    def returning(self, nodes: Sequence[int]) -> list[float | None]:
        """The part of gross over net of each: 1 outside circles; None in a circle too large to be asked."""
        found: list[float | None] = []
        known: dict[int, F64] = {}
        for node in nodes:
            circle = int(self.circle[node])
            begin, end = (int(self.begins[circle]), int(self.ends[circle])) if circle >= 0 else (0, 0)
            if end - begin > sweeps.ITERATED:
                found.append(None)
                continue
            if circle >= 0 and circle not in known:
                known[circle] = sweeps.returns(begin, end, *self._arrays[:-2])
            found.append(float(known[circle][self.place[node] - begin]) if circle >= 0 else 1.0)
        return found

    @property
    def _arrays(self) -> tuple[Any, ...]:
        return self.start, self.holder, self.units, UNIT, self.begins, self.ends


@dataclass(frozen=True, slots=True)
class Controlled:
    """Per group of controllers the companies it controls: `companies[starts[g]:starts[g + 1]]`."""

    starts: I64
    companies: I64

    def of(self, group: int) -> I64:
        return self.companies[self.starts[group] : self.starts[group + 1]]

    @property
    def pairs(self) -> tuple[I64, I64]:
        """Two arrays: the number of the group, the company."""
        return np.repeat(np.arange(self.starts.size - 1), np.diff(self.starts)), self.companies


def control(
    count: int, holder: I64, company: I64, units: I64, groups: Sequence[Sequence[int]] | None = None,
    line: Threshold = CONTROL, most: I64 | None = None,
) -> Controlled:  # fmt: skip
    """Which companies each controls, alone or through those it controls: the least fixed point over votes.

    Nobody controls by what only holds if they control already. `groups`: those who act in concert count as one (None:
    everybody for themselves). `most`: the most votes each holding may carry; then the answer is who may control, for
    all that is known, and `units` are the votes that are sure.
    """
    start, members = loops.by_group(count, holder)
    if groups is None:
        seed_start, seeds = np.arange(count + 1), np.arange(count)
    else:
        seed_start = np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int64)
        seeds = np.array([m for g in groups for m in g], np.int64)
    num, den = line.at.numerator * UNIT, line.at.denominator
    sure, spare = units[members], np.zeros(0, np.int64)
    if most is not None:
        spare = UNIT - np.bincount(company, units, count).astype(np.int64)
    votes = sure if most is None else most[members]
    starts, found = loops.closures(
        seed_start, seeds, start, company[members], votes, sure, spare, num, den, line.strict
    )  # fmt: skip
    return Controlled(starts, found)
