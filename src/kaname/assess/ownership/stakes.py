"""Out of whose hands the bounds of one company come: every ultimate holder's part, and what nobody is said to hold.

The parts add up to a whole, so every figure of `origins` for that company is a sum that a reader can check.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kaname.assess.ownership.graph import Graph
from kaname.assess.ownership.network import Network
from kaname.assess.ownership.origins import HOME, Origin, bodies, origin
from kaname.assess.ownership.shares import UNIT

_NOTHING = 1e-12  # what rounding leaves


@dataclass(frozen=True, slots=True)
class Stake:
    """A part of the company asked about: what `entity` has of it in the end. `unheld`: what of the company `entity`,
    itself held, nobody is said to hold."""

    entity: int
    origin: Origin
    country: str
    share: float
    unheld: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """From what is sure to what is possible. `sure` and `open` are the stakes that make up the two."""

    sure: tuple[Stake, ...]
    open: tuple[Stake, ...]

    @property
    def low(self) -> float:
        return sum(stake.share for stake in self.sure)

    @property
    def high(self) -> float:
        return min(self.low + sum(stake.share for stake in self.open), 1.0)


def stakes(network: Network, company: int, home: str = HOME) -> list[Stake]:
    """Every part of a company, the largest first. `network`: what bears on it (`Network.above`)."""
    ends = bodies(network)
    ends[company] = False  # asked about a body of a state, its own holders are looked for
    keep = ~ends[network.company]
    graph = Graph.of(network.count, network.holder[keep], network.company[keep], network.low[keep])
    weight = graph.holders_of(company)
    weight[company] += 1.0
    held = np.bincount(network.company[keep], network.low[keep], network.count) / UNIT
    found = []
    for n in np.flatnonzero(weight > _NOTHING).tolist():
        entity = network.book.entities[n]
        if graph.sources[n] and n != company:
            found.append(Stake(n, origin(entity, home), entity.country, float(weight[n])))
        elif (rest := float(weight[n] * (1 - held[n]))) > _NOTHING:
            found.append(Stake(n, Origin.UNKNOWN, "", rest, unheld=True))
    if (rest := 1 - sum(stake.share for stake in found)) > _NOTHING:  # held whole by a circle that nobody enters
        found.append(Stake(company, Origin.UNKNOWN, "", rest, unheld=True))
    return sorted(found, key=lambda stake: (-stake.share, stake.entity))


def of_kinds(found: Iterable[Stake], *kinds: Origin) -> Bounds:
    """What belongs to holders of these kinds, surely and at most."""
    some = list(found)
    sure = tuple(stake for stake in some if stake.origin in kinds)
    return Bounds(sure, tuple(s for s in some if s.origin is Origin.UNKNOWN and s.origin not in kinds))


def of_country(found: Iterable[Stake], country: str) -> Bounds:
    some = list(found)
    sure = tuple(stake for stake in some if stake.country == country)
    return Bounds(sure, tuple(stake for stake in some if stake.origin is Origin.UNKNOWN))
