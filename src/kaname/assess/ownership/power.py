"""Network power index: how much of all companies each holder decides, counted over random orders of shareholders.

In each step the holders of every company come up in a random order, those under one current controller together; the
one whose votes first exceed the quota passes on the controller it is under. Now and then all start anew from
themselves, and the first steps after that are not counted. (Mizuno, Doi, Kurizaki: PLOS ONE 15, 2020, e0237862.)
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from kaname.assess.ownership import loops
from kaname.assess.ownership.graph import F64, I64
from kaname.assess.ownership.shares import UNIT


def power_index(
    count: int, holder: I64, company: I64, units: I64, worth: F64 | None = None, steps: int = 60_000, seed: int = 0,
    anew: float = 0.02, dropped: int = 15,
) -> F64:  # fmt: skip
    """The mean worth (1 each, unless given) of the companies under each controller. Random, the same for one seed."""
    start, members = loops.by_group(count, company)
    value = np.ones(count) if worth is None else worth
    run: Any = _walk
    found: F64 = run(start, holder[members], units[members], UNIT // 2, value, steps, seed, anew, dropped)
    return found


@numba.njit(nogil=True, cache=True)
def _walk(  # type: ignore[no-untyped-def]
    start, holder, units, quota, value, steps, seed, anew, dropped
) -> NDArray[np.float64]:
    np.random.seed(seed)
    count = start.size - 1
    label, after = np.arange(count), np.arange(count)
    held, order = np.zeros(count, np.int64), np.empty(count, np.int64)
    total, counted, since = np.zeros(count), 0, 0
    for _ in range(steps):
        if np.random.random() < anew:
            label[:] = np.arange(count)
            since = 0
        for j in range(count):
            voters = 0
            for e in range(start[j], start[j + 1]):
                under = label[holder[e]]
                if held[under] == 0 and units[e] > 0:
                    order[voters] = under
                    voters += 1
                held[under] += units[e]
            after[j] = j
            votes = 0
            for v in range(voters):
                other = v + np.random.randint(0, voters - v)
                order[v], order[other] = order[other], order[v]
                votes += held[order[v]]
                if votes > quota:
                    after[j] = order[v]
                    break
            for e in range(start[j], start[j + 1]):
                held[label[holder[e]]] = 0
        label, after = after, label
        since += 1
        if since > dropped:
            counted += 1
            for j in range(count):
                total[label[j]] += value[j]
    return total / max(counted, 1)
