"""Plausible networks of firms where only totals are known, drawn again and again.

The stripe-corrected gravity model (Ialongo, de Valk, Marchese, Jansen, Zmarrou, Squartini and Garlaschelli 2022,
Scientific Reports 12:11847; after the density-corrected gravity model of Cimini, Squartini, Garlaschelli and Gabrielli
2015): firm i of industry a supplies firm j with the probability

    p_ij = z s_i b_ja / (1 + z s_i b_ja)

where s_i is what i sells to firms and b_ja what j buys of industry a. The one number z is set so that the links
expected are as many as asked for. A link drawn is worth s_i b_ja / (S_a p_ij), so that totals are right on average;
each draw is then brought to its totals exactly: scaled by rows and columns in turn, and what is left put on as few
further links as it takes (as Altschuler, Weed and Rigollet 2017 round to a transport plan).

Who supplies whom is not known; only what all draws share is. Every figure of a drawn network is told as an interval.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaname.assess.network.io_table import F64
from kaname.assess.network.margins import I64, Margins
from kaname.files.problems import BadInput, Problem
from kaname.law import T

SEED = 20_220_511  # as in the draws of trade: the day on which the Act was passed
MOST_FIRMS = 5_000  # a stripe is held whole while it is drawn
_SCALED = 60  # rounds by rows and columns
_NOTHING = 1e-13  # of a stripe: what no link is put on for
_ALMOST, _DUST = 1e-9, 1e-16


@dataclass(frozen=True, slots=True)
class Drawn:
    """Links of one draw: `supplier[k]` sells `amount[k]` to `buyer[k]`; `added`: those put on to meet totals."""

    supplier: I64
    buyer: I64
    amount: F64
    added: int

    def __len__(self) -> int:
        return int(self.supplier.size)


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which 90 % of the draws lie, with the middle one, a value for each firm."""

    low: F64
    middle: F64
    high: F64


def density(margins: Margins, links: int) -> float:
    """z, for which that many links are expected. Raises BadInput if no more are possible."""
    most = sum(int((s > 0).sum()) * int((b > 0).sum()) for s, b, _, _ in _stripes(margins))
    if not 0 < links < most:
        wrong = T(f"{links}本の取引は引けない；1から{most - 1}までが要る",
                  f"{links} links cannot be drawn; expected 1 to {most - 1}")  # fmt: skip
        raise BadInput([Problem("--links", 0, "", wrong)])
    low, high = -80.0, 80.0  # of log z, in units where sums of a stripe are 1
    for _ in range(100):
        middle = (low + high) / 2
        expected = sum(float(_chance(s, b, m, 10.0**middle).sum()) for s, b, m, _ in _stripes(margins))
        low, high = (middle, high) if expected < links else (low, middle)
    return float(10.0 ** ((low + high) / 2))


def draw(margins: Margins, z: float, seed: int) -> Drawn:
    """One network: the same for the same margins, z and seed."""
    random = np.random.default_rng(seed)
    suppliers, buyers, amounts, added = [], [], [], 0
    for sells, buys, mine, size in _stripes(margins):
        chance = _chance(sells, buys, mine, z)
        there = random.random(chance.shape) < chance
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = np.where(there, sells[:, None] * buys[None, :] / chance, 0.0)
        _scale(weight, sells, buys)
        left = _Left(weight, sells, buys, mine)
        more = left.placed(random)
        added += more
        i, j = np.nonzero(weight)
        suppliers.append(mine[i])
        buyers.append(j)
        amounts.append(weight[i, j] * size)
    if not suppliers:
        return Drawn(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), 0)
    return Drawn(np.concatenate(suppliers), np.concatenate(buyers), np.concatenate(amounts), added)


def draws(margins: Margins, links: int, count: int, seed: int = SEED) -> Iterator[Drawn]:
    """That many networks, each with a seed of its own that follows from `seed`."""
    if len(margins) > MOST_FIRMS:
        wrong = T(f"企業が{len(margins)}；{MOST_FIRMS}まで", f"{len(margins)} firms; expected at most {MOST_FIRMS}")
        raise BadInput([Problem("--reconstruct", 0, "", wrong)])
    if not 1 <= count <= 100_000:
        raise BadInput([Problem("--draws", 0, "", T("1から100000までの数が要る", "expected 1 to 100,000 draws"))])
    z = density(margins, links)
    for n in range(count):
        yield draw(margins, z, seed + n)


def interval(networks: Iterator[Drawn], measure: Callable[[Drawn], F64]) -> Interval:
    """A measure of each network, a value for each firm, and between what most of them lie."""
    low, middle, high = np.percentile(np.stack([measure(one) for one in networks]), (5.0, 50.0, 95.0), axis=0)
    return Interval(low, middle, high)


def _stripes(margins: Margins) -> Iterator[tuple[F64, F64, I64, float]]:
    """Of each industry: what its firms sell, what all buy of it (each summing to 1), their numbers, and the sum."""
    for a in range(len(margins.codes)):
        mine = np.flatnonzero((margins.sector == a) & (margins.sells > 0))
        total = float(margins.sells[mine].sum())
        if mine.size and total > 0:
            bought = margins.buys[:, a]
            yield margins.sells[mine] / total, bought / bought.sum(), mine, total


def _chance(sells: F64, buys: F64, mine: I64, z: float) -> F64:
    """The probability of each link of a stripe; none to oneself."""
    odds = z * sells[:, None] * buys[None, :]
    found: F64 = odds / (1 + odds)
    found[np.arange(mine.size), mine] = 0.0
    every = np.flatnonzero(sells + buys[mine] >= 1 - _ALMOST)
    if every.size:  # one firm sells and buys so much of the stripe that each link is with it
        only = np.zeros(found.shape, np.bool_)
        only[every[0], :], only[:, mine[every[0]]] = True, True
        found[~only] = 0.0
    return found


def _scale(weight: F64, sells: F64, buys: F64) -> None:
    """Toward both totals, in place; at the end no row and no column is over its own."""
    for _ in range(_SCALED):
        for axis, wanted in ((1, sells), (0, buys)):
            sums = weight.sum(axis=axis)
            by = np.divide(wanted, sums, out=np.zeros_like(sums), where=sums > 0)
            weight *= by[:, None] if axis else by[None, :]
    for axis, wanted in ((1, sells), (0, buys)):
        sums = weight.sum(axis=axis)
        by = np.minimum(np.divide(wanted, sums, out=np.ones_like(sums), where=sums > 0), 1.0)
        weight *= by[:, None] if axis else by[None, :]


class _Left:
    """What a draw does not yet meet of a stripe, put on further links, none of them to oneself."""

    def __init__(self, weight: F64, sells: F64, buys: F64, mine: I64) -> None:
        self._weight, self._mine = weight, mine
        self._make_room(sells, buys)
        self._row = np.maximum(sells - weight.sum(axis=1), 0.0)
        self._col = np.maximum(buys - weight.sum(axis=0), 0.0)

    def _make_room(self, sells: F64, buys: F64) -> None:
        """Take back as much of the draw as it takes for the rest to be met without links to oneself."""
        rows, cols = self._weight.sum(axis=1), self._weight.sum(axis=0)
        mine = self._mine
        gain = self._weight.sum() - rows - cols[mine]
        room = 1.0 - sells - buys[mine]
        tight = gain > np.maximum(room, 0.0)
        part = np.divide(np.maximum(room, 0.0), gain, out=np.ones_like(gain), where=tight)
        self._weight *= min(1.0, float(part.min()))

    def placed(self, random: np.random.Generator) -> int:
        """Put it on links, firms in an order by chance; the number of links that are new."""
        order_i, order_j = random.permutation(self._mine.size), random.permutation(self._col.size)
        new = 0
        while (total := float(self._row.sum())) > _NOTHING and float(self._col.sum()) > _NOTHING:
            i, j = self._next(total, order_i, order_j)
            if i < 0:
                break
            amount = self._most(i, j, total)
            new += self._weight[i, j] == 0
            self._weight[i, j] += amount
            self._row[i] = max(self._row[i] - amount, 0.0)
            self._col[j] = max(self._col[j] - amount, 0.0)
        return int(new)

    def _next(self, total: float, order_i: NDArray[np.int64], order_j: NDArray[np.int64]) -> tuple[int, int]:
        """A pair to serve: the firm that sells and buys so much that it must come first, or the next by chance."""
        mine = self._mine
        both = self._row + self._col[mine]
        worst = int(np.argmax(both))
        if both[worst] >= total * (1 - _ALMOST):
            own, others = self._row.copy(), self._col.copy()
            own[worst], others[mine[worst]] = 0.0, 0.0
            i, j = int(np.argmax(own)), int(np.argmax(others))
            if min(float(self._row[worst]), float(others[j])) > _NOTHING:
                return worst, j
            if min(float(own[i]), float(self._col[mine[worst]])) > _NOTHING:
                return i, int(mine[worst])
        open_i, open_j = (order[left[order] > _DUST] for order, left in ((order_i, self._row), (order_j, self._col)))
        for i in open_i:
            for j in open_j:
                if mine[i] != j:
                    return int(i), int(j)
        return -1, -1

    def _most(self, i: int, j: int, total: float) -> float:
        """As much as leaves the rest possible: nobody else may be left with more than all together."""
        both = self._row + self._col[self._mine]
        both[i] = 0.0
        at = np.flatnonzero(self._mine == j)
        both[at] = 0.0
        room = total - float(both.max(initial=0.0))
        most = min(float(self._row[i]), float(self._col[j]))
        return min(most, room) if room > _NOTHING else most
