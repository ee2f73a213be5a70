"""Whose a company is in the end, by kind of holder and by country, with what is not known as the gap between bounds.

An ultimate holder is one about whose own holders nothing is said. It counts as what it is itself. What nobody is known
to hold, and what a holder of unknown country holds, is unknown: it may be anybody's, so the upper bound of a kind
is its lower bound and all that is unknown.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from kaname.assess.ownership.book import Entity, Kind
from kaname.assess.ownership.graph import F64
from kaname.assess.ownership.network import Network
from kaname.law import T, Text

HOME = "JP"
_AT_ONCE = 8  # countries in one sweep


class Origin(IntEnum):
    """Of what kind an ultimate holder is. A state is a foreign government or its body; the own one is domestic."""

    STATE = 0
    FOREIGN = 1
    DOMESTIC = 2
    UNKNOWN = 3


WORDS: dict[Origin, Text] = {
    Origin.STATE: T("外国政府等", "foreign state"),
    Origin.FOREIGN: T("外国（政府等を除く）", "foreign, other than a state"),
    Origin.DOMESTIC: T("国内", "domestic"),
    Origin.UNKNOWN: T("不明", "unknown"),
}


def origin(entity: Entity, home: str = HOME) -> Origin:
    """What an entity counts as, if it is an ultimate holder."""
    if not entity.country:
        return Origin.UNKNOWN
    if entity.country == home:
        return Origin.DOMESTIC
    return Origin.STATE if entity.kind is Kind.STATE else Origin.FOREIGN


@dataclass(frozen=True)
class Origins:
    """`low`: (entities, 4) shares by Origin that are sure, unknown among them; a row adds up to one."""

    low: F64
    home: str

    def high(self, kind: Origin) -> F64:
        """The most that may belong to holders of a kind."""
        unknown: F64 = self.low[:, Origin.UNKNOWN]
        return unknown if kind is Origin.UNKNOWN else self.low[:, kind] + unknown

    @property
    def foreign(self) -> tuple[F64, F64]:
        """Bounds of the share of all foreign holders, states and others together."""
        low = self.low[:, Origin.STATE] + self.low[:, Origin.FOREIGN]
        return low, low + self.low[:, Origin.UNKNOWN]


def origins(network: Network, home: str = HOME) -> Origins:
    """The shares of all by kind of ultimate holder."""
    graph = network.graph
    kinds = np.array([origin(entity, home) for entity in network.book.entities], np.int64)
    known = np.zeros((network.count, 3))
    ends = bodies(network)
    sure = np.flatnonzero((kinds != Origin.UNKNOWN) & (graph.sources | ends))
    known[sure, kinds[sure]] = 1.0
    low = graph.ultimate(known, ends)
    unknown = np.maximum(1.0 - low.sum(axis=1), 0.0)
    unknown[unknown < 1e-12] = 0.0  # what rounding leaves of a whole
    return Origins(np.column_stack([low, unknown]), home)


def countries(network: Network) -> dict[int, dict[str, float]]:
    """The sure shares by country of ultimate holders: company -> country -> share, the largest first."""
    entities, graph = network.book.entities, network.graph
    ends = bodies(network)
    stops = graph.sources | ends
    holds = np.zeros(network.count, np.bool_)
    holds[network.holder] = True
    codes = sorted({entities[n].country for n in np.flatnonzero(stops & holds).tolist() if entities[n].country})
    number = {code: n for n, code in enumerate(codes)}
    of = np.array([number.get(entity.country, -1) for entity in entities], np.int64)
    found: dict[int, dict[str, float]] = {}
    for begin in range(0, len(codes), _AT_ONCE):
        here = codes[begin : begin + _AT_ONCE]
        value = np.zeros((network.count, len(here)))
        carriers = np.flatnonzero(stops & (of >= begin) & (of < begin + len(here)))
        value[carriers, of[carriers] - begin] = 1.0
        share = graph.ultimate(value, ends)
        for n, which in zip(*np.nonzero((share > 0) & ~graph.sources[:, None]), strict=True):
            found.setdefault(int(n), {})[here[which]] = float(share[n, which])
    return {n: dict(sorted(shares.items(), key=lambda pair: -pair[1])) for n, shares in found.items()}


def bodies(network: Network) -> NDArray[np.bool_]:
    """States and their bodies: whoever is said to hold them, they are where the search ends."""
    return np.array([e.kind is Kind.STATE and bool(e.country) for e in network.book.entities], np.bool_)
