"""How much the loss of each firm takes where nobody knows who supplies whom: over many drawn networks, an interval."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from kaname.assess.network.classes import EVERY
from kaname.assess.network.margins import Margins
from kaname.assess.network.net import ESSENTIAL, F64, LINEAR, Network
from kaname.assess.network.reconstruct import SEED, Drawn, draws
from kaname.assess.network.risk import Settings, systemic_risk

TOP = 10


@dataclass(frozen=True, slots=True, eq=False)
class DrawnRisk:
    """Of each firm alone, as parts of all sales: 90 % of the draws lie between `low` and `high`. `among_first`: the
    part of the draws in which it is among the `TOP` whose loss takes most. `links`: of a draw, on average; `added`: of
    them, put on to meet totals."""

    margins: Margins
    low: F64
    middle: F64
    high: F64
    among_first: F64
    draws: int
    links: float
    added: float
    seed: int

    def ranked(self) -> list[int]:
        return [int(n) for n in np.argsort(-self.middle, kind="stable")]


def network_of(margins: Margins, drawn: Drawn, replaceable: Collection[str] = ()) -> Network:
    """A drawn network, with what each firm sells to and buys from outside. `replaceable`: industries whose goods other
    inputs can make up for ("*": all)."""
    at_will = [code in replaceable or EVERY in replaceable for code in margins.codes]
    classes = np.repeat(np.where(at_will, LINEAR, ESSENTIAL)[:, None], len(at_will), axis=1)
    return Network.of(
        drawn.supplier, drawn.buyer, drawn.amount, margins.sector, names=margins.ids, industries=margins.codes,
        essential=classes, revenue=margins.size,
        costs=margins.buys.sum(axis=1) + margins.outside,
    )  # fmt: skip


def drawn_risk(
    margins: Margins, links: int, count: int, seed: int = SEED, replaceable: Collection[str] = (),
    settings: Settings | None = None,
) -> DrawnRisk:  # fmt: skip
    """The same again for the same totals, links, count and seed. Raises BadInput."""
    weights = margins.size / (margins.size.sum() or 1.0)
    settings = settings or Settings(weights=weights)
    scores, first, sizes, added = [], Counter[int](), [], []
    for one in draws(margins, links, count, seed):
        found = systemic_risk(network_of(margins, one, replaceable), None, settings).total
        scores.append(found)
        first.update(np.argsort(-found, kind="stable")[:TOP].tolist())
        sizes.append(len(one))
        added.append(one.added)
    low, middle, high = np.percentile(np.stack(scores), (5.0, 50.0, 95.0), axis=0)
    among = np.array([first[n] / count for n in range(len(margins))])
    return DrawnRisk(margins, low, middle, high, among, count, float(np.mean(sizes)), float(np.mean(added)), seed)
