"""A network made ready for the loops: only links down which a loss can pass, firms that trade side by side."""

from dataclasses import dataclass

import numpy as np

from kaname.assess.network.net import ESSENTIAL, F64, I32, I64, LINEAR, NEGLIGIBLE, Network
from kaname.assess.network.ordering import near_each_other


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Firms by place (`firm[place]` is the number). Down: link e of supplier i weighs `down[e]` on `buyer[e]`.

    `kind[3 * i:]` parts the links of i: first those to inputs that only add up (LINEAR), then essential inputs with one
    supplier, then essential inputs with several, whose losses meet in `slot[e]`. Up: link e of buyer j weighs `up[e]`
    on `supplier[e]`. `slots[j]` to `slots[j + 1]` are the slots of buyer j.
    """

    firm: I64
    kind: I64
    buyer: I32
    down: F64
    slot: I32
    slots: I64
    before: I64
    supplier: I32
    up: F64
    after: I64
    customer: I32
    up_too: F64
    sales: F64
    capacity: F64
    market: I32
    members_start: I64
    members: I64

    @classmethod
    def of(cls, network: Network) -> "Packed":
        place = _places(network)
        n = network.count
        firm = np.empty(n, np.int64)
        firm[place] = np.arange(n)
        i, j, w = network.supplier, network.buyer, network.weight
        k, buys_as = network.industry[i], network.industry[j]
        kind = network.essential[k, buys_as]
        # What a buyer gets of one industry's goods: essential inputs are missed in proportion to it.
        groups, group = np.unique(j.astype(np.int64) * len(network.industries) + k, return_inverse=True)
        of_group = np.bincount(group, w, groups.size)
        weight = np.where(kind == ESSENTIAL, w / of_group[group], w / network.costs[j]) * network.passes
        several = (kind == ESSENTIAL) & (np.bincount(group, minlength=groups.size)[group] > 1)
        part = np.where(kind == LINEAR, 0, np.where(several, 2, 1))
        keep = np.flatnonzero(kind != NEGLIGIBLE)
        keep = keep[np.lexsort((place[j[keep]], part[keep], place[i[keep]]))]
        kinds = np.bincount(place[i[keep]] * 3 + part[keep], minlength=3 * n)
        shared = np.unique(group[several])
        owner = place[groups[shared] // len(network.industries)]
        order = np.argsort(owner, kind="stable")
        number = np.full(groups.size, -1, np.int64)
        number[shared[order]] = np.arange(shared.size)
        out = np.lexsort((place[j], place[i]))
        back = np.lexsort((place[i], place[j]))
        market = network.market[firm]
        return cls(
            firm, _starts(kinds), place[j[keep]].astype(np.int32), weight[keep], number[group[keep]].astype(np.int32),
            _starts(np.bincount(owner, minlength=n)), _starts(np.bincount(place[j], minlength=n)),
            place[i[back]].astype(np.int32), (w / network.sales[i])[back],
            _starts(np.bincount(place[i], minlength=n)), place[j[out]].astype(np.int32), (w / network.sales[i])[out],
            network.sales[firm],
            (network.sales * (1 + network.spare))[firm], market,
            _starts(np.bincount(market)), np.argsort(market, kind="stable"),
        )  # fmt: skip

    def steps(self, eps: float, market: bool, most: int = 64) -> I64:
        """About how many steps the loss of each firm takes: how long its strongest chain stays above epsilon."""
        found = _chain(self.before, self.supplier, self.up, eps, most)
        if market:
            return found  # down the chains end sooner: others stand in
        return np.maximum(found, _chain(self.kind[::3], self.buyer, self.down, eps, most))


def _chain(start: I64, to: I32, weight: F64, eps: float, most: int) -> I64:
    ends = np.flatnonzero(start[1:] > start[:-1])
    strongest, steps = np.ones(start.size - 1), np.zeros(start.size - 1, np.int64)
    for _ in range(most if ends.size else 0):
        further = np.zeros(start.size - 1)
        further[ends] = np.maximum.reduceat(weight * strongest[to], start[ends])
        strongest = further
        if not (strongest > eps).any():
            break
        steps += strongest > eps
    return steps


def _starts(counts: I64) -> I64:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def _places(network: Network) -> I64:
    n = network.count
    by_buyer = np.argsort(network.buyer, kind="stable")
    sells, buys = (_starts(np.bincount(ends, minlength=n)) for ends in (network.supplier, network.buyer))
    place: I64 = near_each_other(sells, network.buyer, buys, network.supplier[by_buyer])
    return place
