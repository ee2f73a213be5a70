"""Why a score is what it is: the chains of firms along which the loss goes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaname.assess.network.net import ESSENTIAL, F64, I64, LINEAR, Network, added
from kaname.assess.network.risk import Scores, Settings, systemic_risk
from kaname.assess.network.scenario import Scenario

_FAR = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Step:
    """A firm on a chain, what part of its production it loses, and how much of that the firm before passes on.
    `essential`: for want of an input it cannot do without."""

    firm: int
    name: str
    loss: float
    passed: float
    essential: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """From a firm that was struck to one that loses much; `down` through supply, else up through demand. `counts`: what
    the loss of the last firm adds to the score."""

    steps: tuple[Step, ...]
    down: bool
    counts: float


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """A score, its main chains, what each firm loses, and what of the score is lost at a firm or beyond it (`through`).
    Each firm that loses hangs on the one that passes most of its loss on: beyond means down that tree."""

    scores: Scores
    chains: tuple[Chain, ...]
    lost: F64
    through: F64
    by_industry: F64


@dataclass(frozen=True, slots=True, eq=False)
class _Tree:
    """For each firm the one before it (-1: struck itself, or loses nothing), what that passes, and how far it is."""

    before: I64
    passed: F64
    essential: NDArray[np.bool_]
    far: I64


def path_of_loss(network: Network, scenario: Scenario, settings: Settings | None = None, most: int = 10) -> Explained:
    """The score of a scenario explained by its `most` weightiest chains. Raises NetworkError."""
    settings = settings or Settings()
    scores = systemic_risk(network, [scenario], settings, states=True, threads=1)
    lost_down, lost_up = 1 - scores.kept_down[0], 1 - scores.kept_up[0]
    lost = np.maximum(lost_down, lost_up)
    weight = settings.weights_of(network)
    down = _down(network, scenario, lost_down, settings.market)
    up = _up(network, scenario, lost_up)
    by_supply = lost_down >= lost_up
    counts = weight * lost
    chains = []
    for firm in np.argsort(-counts, kind="stable")[:most].tolist():
        if counts[firm] <= 0:
            break
        tree, own = (down, lost_down) if by_supply[firm] else (up, lost_up)
        chains.append(Chain(_steps(network, tree, firm, own), bool(by_supply[firm]), float(counts[firm])))
    through = np.zeros(network.count)
    for tree, mine in ((down, by_supply), (up, ~by_supply)):
        beyond = np.where(mine, counts, 0.0)
        for firm in np.argsort(-np.where(tree.before >= 0, tree.far, -1), kind="stable").tolist():
            if tree.before[firm] < 0:
                break
            beyond[tree.before[firm]] += beyond[firm]
        through += beyond
    by_industry = added(network.industry, counts, len(network.industries))
    return Explained(scores, tuple(chains), lost, through, by_industry)


def _steps(network: Network, tree: _Tree, firm: int, lost: F64) -> tuple[Step, ...]:
    steps = []
    while firm >= 0:
        steps.append(
            Step(firm, network.names[firm], float(lost[firm]), float(tree.passed[firm]), bool(tree.essential[firm]))
        )
        firm = int(tree.before[firm])
    return tuple(reversed(steps))


def _down(network: Network, scenario: Scenario, lost: F64, market: bool) -> _Tree:
    i, j = network.supplier, network.buyer
    kind = network.essential[network.industry[i], network.industry[j]]
    group = j.astype(np.int64) * len(network.industries) + network.industry[i]
    group[kind == LINEAR] = -1 - j[kind == LINEAR]
    _, group = np.unique(group, return_inverse=True)
    of_group = np.bincount(group, network.weight)
    part = np.where(kind == ESSENTIAL, network.weight / of_group[group], network.weight / network.costs[j])
    passes = np.where(kind > 0, part * network.passes, 0.0) * (lost * replaceability(network, lost, market))[i]
    return _tree(network.count, i, j, passes, group, kind == ESSENTIAL, scenario, lost)


def _up(network: Network, scenario: Scenario, lost: F64) -> _Tree:
    passes = network.weight / network.sales[network.supplier] * lost[network.buyer]
    none = np.zeros(network.links, np.bool_)
    return _tree(network.count, network.buyer, network.supplier, passes, network.supplier, none, scenario, lost)


def replaceability(network: Network, lost: F64, market: bool = True) -> F64:
    """How much of the loss of each firm nobody in its market makes good (sigma)."""
    if not market:
        return np.ones(network.count)
    left = np.bincount(network.market, network.sales * (1 + network.spare) * (1 - lost))[network.market]
    return np.divide(network.sales, left, out=np.ones(network.count), where=left > network.sales)


def _tree(
    count: int, source: NDArray[np.int32], target: NDArray[np.int32], passes: F64, group: NDArray[np.integer],
    essential: NDArray[np.bool_], scenario: Scenario, lost: F64,
) -> _Tree:  # fmt: skip
    """Each firm that loses hangs on the neighbour nearer to the shock that passes most on, within the input it misses
    most."""
    far = np.full(count, _FAR)
    far[scenario.firms] = 0
    live = np.flatnonzero((passes > 0) & (lost[target] > 0))
    level = 0
    while True:
        at = live[(far[source[live]] == level) & (far[target[live]] == _FAR)]
        if not at.size:
            break
        level += 1
        far[target[at]] = level
    live = live[far[source[live]] < far[target[live]]]
    missed = np.bincount(group, passes, int(group.max(initial=-1)) + 1)
    order = live[np.lexsort((passes[live], missed[group[live]], target[live]))]
    last = order[np.append(target[order][1:] != target[order][:-1], True)] if order.size else order
    before, passed, need = np.full(count, -1), np.zeros(count), np.zeros(count, np.bool_)
    before[target[last]], passed[target[last]], need[target[last]] = source[last], passes[last], essential[last]
    return _Tree(before, passed, need, far)
