"""The days after a shock: firms live on stocks, order, ration (Hallegatte; on firms: Inoue and Todo 2019)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, islice
from typing import Any

import numpy as np

from kaname.assess.network import inventory_loops as loops
from kaname.assess.network.net import F64, I64, Network, NetworkError
from kaname.assess.network.scenario import Scenario
from kaname.law import T


class Rationing(StrEnum):
    """Who gets what is made, where it is not enough: everybody the same part of the order, or those first whose orders
    fell most below what they used to be."""

    PROPORTIONAL = "proportional"
    SMOOTHING = "smoothing"


@dataclass(frozen=True, slots=True)
class InventorySettings:
    """`stock`: target days of inputs, where the network states none; with a `seed` drawn for each firm (Poisson with
    that mean, at least `floor`). `tau`: days over which a gap in the stock is closed. The shock is there in full for
    `outage` days (None: for good); then the loss shrinks by the part `recovery` a day. `final_demand`: what each firm
    sells a day to final users, else what it sells outside the network, at least what its own inputs cost more than it
    sells inside."""

    stock: float = 15.0
    floor: float = 4.0
    seed: int | None = None
    tau: float = 6.0
    rationing: Rationing = Rationing.PROPORTIONAL
    outage: int | None = None
    recovery: float = 1.0
    final_demand: F64 | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A figure a day; the first, day -1, is before the shock. `lost`: value added each firm has lost over all days."""

    day: I64
    production: F64
    consumption: F64
    value_added: F64
    lost: F64

    @property
    def loss(self) -> F64:
        """Value added lost up to each day."""
        return np.cumsum(self.value_added[0] - self.value_added)


def inventory_run(
    network: Network, shock: Scenario, settings: InventorySettings | None = None, days: int = 100,
    told: Callable[[int], None] | None = None,
) -> Series:  # fmt: skip
    """What is produced, used and earned on each of so many days after the shock. Raises NetworkError."""
    if days < 1:
        raise NetworkError(T("日数は1以上", "expected one day or more"))
    found = []
    for n, day in enumerate(islice(inventory_days(network, shock, settings), days + 1)):
        found.append((day.production, day.consumption, day.value_added))
        if told and n:
            told(n)
    production, consumption, value_added = np.array(found).T
    return Series(np.arange(-1, days), production, consumption, value_added, day.lost)


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """`lost`: value added that each firm has lost up to this day; `usual`: its value added of a day."""

    production: float
    consumption: float
    value_added: float
    lost: F64
    usual: F64


def inventory_days(network: Network, shock: Scenario, settings: InventorySettings | None = None) -> Iterator[Day]:
    """Day by day without end, first the one before the shock; `lost` is renewed in place. Raises NetworkError."""
    settings = settings or InventorySettings()
    _check(settings)
    run = _Run.of(network, settings)
    delta = np.zeros(network.count)
    delta[shock.firms] = shock.loss
    usual = run.initial * run.margin
    return _days(run, delta, usual, settings)


def _days(run: "_Run", delta: F64, usual: F64, settings: InventorySettings) -> Iterator[Day]:
    yield Day(*run.figures(), run.lost, usual)
    for day in count(1):
        yield Day(*run.step(delta), run.lost, usual)
        if settings.outage is not None and day >= settings.outage:
            delta *= 1 - settings.recovery


def _check(settings: InventorySettings) -> None:
    if not settings.tau > 0:
        raise NetworkError(T("tau は0より大きい日数", "expected tau, a number of days above 0"))
    if not (settings.stock >= 0 and settings.floor >= 0):
        raise NetworkError(T("在庫の日数は0以上", "expected days of stock not below 0"))
    if not 0 <= settings.recovery <= 1:
        raise NetworkError(T("回復は0から1", "expected a recovery from 0 to 1"))


@dataclass(slots=True, eq=False)
class _Run:
    """Links in order of buyer, industry of the supplier, supplier; a group is one buyer's inputs of one industry."""

    settings: InventorySettings
    groups: I64
    group_start: I64
    supplier: np.ndarray[Any, np.dtype[np.int32]]
    usual: F64
    stock: F64
    days: F64
    order: F64
    served: F64
    by_supplier: I64
    supplier_start: I64
    initial: F64
    final: F64
    room: F64
    made: F64
    ratio: F64
    margin: F64
    lost: F64

    @classmethod
    def of(cls, network: Network, settings: InventorySettings) -> "_Run":
        n = network.count
        sold, bought = network.sold, network.bought
        final = np.maximum(network.sales, network.costs) - sold
        if settings.final_demand is not None:
            final = np.asarray(settings.final_demand, np.float64)
            if final.shape != (n,) or not (np.isfinite(final) & (final >= 0)).all():
                raise NetworkError(
                    T("最終需要は企業ごとに一つの0以上の数", "expected one final demand not below 0 for each firm")
                )
        initial = sold + final
        k = network.industry[network.supplier]
        order = np.lexsort((network.supplier, k, network.buyer))
        supplier, buyer, usual = network.supplier[order], network.buyer[order], network.weight[order]
        new = np.flatnonzero(np.append(True, (buyer[1:] != buyer[:-1]) | (k[order][1:] != k[order][:-1])))
        new = new if buyer.size else new[:0]
        days = np.where(np.isnan(network.stock), _target_days(n, settings)[network.buyer], network.stock)[order]
        by_supplier = np.argsort(supplier, kind="stable")
        groups = np.append(new, buyer.size)
        margin = np.divide(initial - bought, initial, out=np.zeros(n), where=initial > 0)
        return cls(
            settings, groups, _starts(np.bincount(buyer[new], minlength=n)), supplier, usual, usual * days, days,
            usual.copy(), usual.copy(), by_supplier, _starts(np.bincount(supplier, minlength=n)), initial, final,
            1 + network.spare, initial.copy(), np.ones(n), margin, np.zeros(n),
        )  # fmt: skip

    def figures(self) -> tuple[float, float, float]:
        earned = self.made * self.margin
        self.lost += self.initial * self.margin - earned
        return float(self.made.sum()), float((self.final * self.ratio).sum()), float(earned.sum())

    def step(self, delta: F64) -> tuple[float, float, float]:
        loops.day(
            self.groups, self.group_start, self.supplier, self.usual, self.stock, self.days, self.order, self.served,
            self.by_supplier, self.supplier_start, self.initial, self.final, self.initial * (1 - delta) * self.room,
            self.made, self.ratio, self.settings.tau, self.settings.rationing is Rationing.SMOOTHING,
        )  # fmt: skip
        return self.figures()


def _target_days(count: int, settings: InventorySettings) -> F64:
    if settings.seed is None:
        return np.full(count, settings.stock)
    drawn = np.random.default_rng(settings.seed).poisson(settings.stock, count)
    return np.maximum(drawn, settings.floor).astype(np.float64)


def _starts(counts: I64) -> I64:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
