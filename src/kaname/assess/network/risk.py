"""The economic systemic risk of scenarios: how much of all production is lost once some firms are."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kaname.assess.network import loops
from kaname.assess.network.lanes import LANES
from kaname.assess.network.net import F64, I64, Network, NetworkError
from kaname.assess.network.packed import Packed
from kaname.assess.network.scenario import Scenario, Scenarios
from kaname.law import T

_CHUNK = 32 * LANES  # scenarios a thread takes at a time
_NEAR = 128 * LANES  # scenarios near each other, among which those of like length are put together


class Stop(StrEnum):
    """When the shock has run its course: no firm falls by more than epsilon, or the loss grows by no more of itself."""

    CHANGE = "change"
    LOSS = "loss"


@dataclass(frozen=True, slots=True)
class Settings:
    """`market`: firms of one market stand in for each other. `weights`: what each firm counts, else its part of all
    sales inside the network."""

    market: bool = True
    eps: float = 0.01
    stop: Stop = Stop.CHANGE
    limit: int = 1_000_000
    weights: F64 | None = None

    def weights_of(self, network: Network) -> F64:
        """Raises NetworkError."""
        if self.weights is None:
            sold = network.sold
            return sold / (sold.sum() or 1.0)
        found = np.asarray(self.weights, np.float64)
        if found.shape != (network.count,) or not np.isfinite(found).all() or (found < 0).any():
            raise NetworkError(T("重みは企業ごとに一つの0以上の数", "expected one weight not below 0 for each firm"))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """For each scenario the loss in all, what is passed down to buyers and what is passed up to suppliers alone, and
    the steps it took. `kept_down` and `kept_up`, where asked for: what each firm still produces (scenario, firm)."""

    names: Sequence[str]
    total: F64
    down: F64
    up: F64
    iterations: I64
    converged: np.ndarray[tuple[int], np.dtype[np.bool_]]
    kept_down: F64
    kept_up: F64

    def __len__(self) -> int:
        return int(self.total.size)


def systemic_risk(
    network: Network, scenarios: Scenarios | Sequence[Scenario] | None = None, settings: Settings | None = None, *,
    states: bool = False, threads: int | None = None, told: Callable[[int], None] | None = None,
    packed: Packed | None = None,
) -> Scores:  # fmt: skip
    """Scores of the scenarios (each firm alone where none are given), the same to the last bit however many threads.

    `told` is called with the number of scenarios done; `packed` is the network made ready, where somebody has it.
    Raises NetworkError.
    """
    settings = settings or Settings()
    if not (0 <= settings.eps < 1):
        raise NetworkError(T("epsilonは0以上1未満", "expected an epsilon from 0 to below 1"))
    many = _many(network, scenarios)
    packed = packed or Packed.of(network)
    place = np.empty(network.count, np.int64)
    place[packed.firm] = np.arange(network.count)
    hit = place[many.firms]
    order = _side_by_side(packed, many, hit, settings)
    begins, hit, loss = _in_order(many, hit, order)
    count = len(many)
    total, below, above = np.zeros(count), np.zeros(count), np.zeros(count)
    steps = np.zeros(count, np.int64)
    shape = (count if states else 0, network.count)
    kept_down, kept_up = np.ones(shape), np.ones(shape)
    weight = settings.weights_of(network)[packed.firm]
    rule = loops.BY_LOSS if settings.stop is Stop.LOSS else loops.BY_CHANGE

    idle: list[F64] = []  # states that no thread uses now, as clean as when they were made
    size = packed.sales.size, int(packed.slots[-1]), packed.members_start.size - 1

    def run(first: int) -> int:
        last = min(first + _CHUNK, count)
        try:
            state = idle.pop()
        except IndexError:
            state = loops.state(*size)
        loops.sweep(
            packed.firm, packed.kind, packed.buyer, packed.down, packed.slot, packed.slots, packed.before,
            packed.supplier, packed.up, packed.after, packed.customer, packed.up_too,
            packed.sales, packed.capacity, packed.market, packed.members_start,
            packed.members, begins, hit, loss, weight, first, last, settings.market, settings.eps, rule, settings.limit,
            total, below, above, steps, kept_down, kept_up, state,
        )  # fmt: skip
        idle.append(state)
        return last - first

    done = 0
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        for some in pool.map(run, range(0, count, _CHUNK)):
            done += some
            if told:
                told(done)
    back = np.empty(count, np.int64)
    back[order] = np.arange(count)
    return Scores(
        many.names, total[back], below[back], above[back], np.abs(steps)[back], (steps > 0)[back],
        kept_down[back] if states else kept_down, kept_up[back] if states else kept_up,
    )  # fmt: skip


def _many(network: Network, scenarios: Scenarios | Sequence[Scenario] | None) -> Scenarios:
    if scenarios is None:
        return Scenarios.each_firm(network)
    many = scenarios if isinstance(scenarios, Scenarios) else Scenarios.of(scenarios)
    if many.firms.size and (many.firms.min() < 0 or many.firms.max() >= network.count):
        raise NetworkError(
            T("シナリオに、この網にない企業の番号がある", "a scenario names the number of a firm not in this network")
        )
    return many


def _side_by_side(packed: Packed, many: Scenarios, hit: I64, settings: Settings) -> I64:
    """The order in which scenarios share sweeps: neighbours, and among these such as will take as many steps."""
    struck = _first_hit(many, hit)
    order = np.argsort(struck, kind="stable")
    likely = np.append(packed.steps(settings.eps, settings.market), 0)[struck[order]]
    by_steps: I64 = order[np.lexsort((likely, np.arange(order.size) // _NEAR))]
    return by_steps


def _first_hit(many: Scenarios, hit: I64) -> I64:
    """Where each scenario strikes first; -1 for one that hits nobody."""
    padded = np.append(hit, -1)
    return np.where(many.start[1:] > many.start[:-1], padded[many.start[:-1]], -1)


def _in_order(many: Scenarios, hit: I64, order: I64) -> tuple[I64, I64, F64]:
    sizes = np.diff(many.start)[order]
    begins = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    entries = np.repeat(many.start[:-1][order] - begins[:-1], sizes) + np.arange(begins[-1])
    return begins, hit[entries], many.loss[entries]
