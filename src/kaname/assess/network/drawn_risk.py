"""How much the loss of each firm takes where nobody knows who supplies whom: over many drawn networks, an interval."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from kaname.assess.network.classes import EVERY
from kaname.assess.network.margins import Margins
from kaname.assess.network.net import ESSENTIAL, F64, LINEAR, Network
from kaname.assess.network.reconstruct import SEED, Drawn, draw, draws
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


@dataclass(frozen=True, slots=True, eq=False)
class OneDraw:
    """The loss of each firm in one drawn network, its links, and how many of them were added."""

    scores: F64
    links: int
    added: int


def drawn_risk(
    margins: Margins, links: int, count: int, seed: int = SEED, replaceable: Collection[str] = (),
    settings: Settings | None = None,
) -> DrawnRisk:  # fmt: skip
    """The same again for the same totals, links, count and seed. Raises BadInput."""
    every = [_scored(margins, one, replaceable, settings) for one in draws(margins, links, count, seed)]
    return together(margins, every, seed)


def one_draw(margins: Margins, z: float, seed: int, replaceable: Collection[str] = ()) -> OneDraw:
    """A draw by itself, of a seed of its own; `z`: `reconstruct.density` of the margins."""
    return _scored(margins, draw(margins, z, seed), replaceable, None)


def _scored(margins: Margins, one: Drawn, replaceable: Collection[str], settings: Settings | None) -> OneDraw:
    settings = settings or Settings(weights=margins.size / (margins.size.sum() or 1.0))
    return OneDraw(systemic_risk(network_of(margins, one, replaceable), None, settings).total, len(one), one.added)


def together(margins: Margins, every: Sequence[OneDraw], seed: int) -> DrawnRisk:
    """What all draws share."""
    first, count = Counter[int](), len(every)
    for one in every:
        first.update(np.argsort(-one.scores, kind="stable")[:TOP].tolist())
    low, middle, high = np.percentile(np.stack([one.scores for one in every]), (5.0, 50.0, 95.0), axis=0)
    among = np.array([first[n] / count for n in range(len(margins))])
    links, added = (float(np.mean([getattr(one, name) for one in every])) for name in ("links", "added"))
    return DrawnRisk(margins, low, middle, high, among, count, links, added, seed)
