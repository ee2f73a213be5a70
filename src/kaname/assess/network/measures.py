"""Counter-measures put into a network: stocks, spare capacity, second sources; and what a plan of them is worth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kaname.assess.network.net import F64, I64, Network, NetworkError
from kaname.assess.network.risk import Scores, Settings, systemic_risk
from kaname.assess.network.scenario import Scenario, Scenarios
from kaname.law import T


class Kind(StrEnum):
    """What is done against a loss."""

    STOCK = "stock"
    CAPACITY = "capacity"
    SECOND_SOURCE = "second_source"


@dataclass(frozen=True, slots=True)
class Measure:
    """One counter-measure of `firm`.

    STOCK: it keeps inputs for `amount` days; `of` names the supplier or the industry they come from, "" all inputs.
    CAPACITY: it can make `amount` (a part of its sales) more than it does.
    SECOND_SOURCE: it gets the part `amount` (0 to 1) of its inputs `of` from `source`, a firm of the network, or ""
    from somewhere that does not fail.
    """

    kind: Kind
    firm: str
    amount: float
    of: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """The same scenarios without and with the measures. Both count firms by their weights without."""

    before: Scores
    after: Scores

    @property
    def saved(self) -> F64:
        return self.before.total - self.after.total


def with_measures(network: Network, measures: Iterable[Measure], outage: float | None = None) -> Network:
    """The network with the measures in place. `outage`: the days the shock lasts; stocks count for systemic risk only
    where it is given (they bridge that part of it), for the inventory model always. Raises NetworkError.

    Stocks come last: a stock of all inputs is one of those of a second source too.
    """
    given, stocks = network, list[tuple[int, Measure]]()
    for measure in measures:
        firm = network.number(measure.firm)
        if measure.kind is Kind.STOCK:
            stocks.append((firm, measure))
        elif measure.kind is Kind.CAPACITY:
            network = _wider(network, firm, measure)
        else:
            network = _sourced(network, firm, measure)
    return _stocked(network, given, stocks, outage) if stocks else network


def worth(
    network: Network, scenarios: Scenarios | Sequence[Scenario] | None, measures: Sequence[Measure],
    settings: Settings | None = None, outage: float | None = None,
) -> Worth:  # fmt: skip
    """What the measures save in each scenario. Raises NetworkError."""
    settings = settings or Settings()
    same = replace(settings, weights=settings.weights_of(network))
    better = with_measures(network, measures, outage)
    return Worth(systemic_risk(network, scenarios, same), systemic_risk(better, scenarios, same))


def _stocked(
    network: Network, given: Network, stocks: Iterable[tuple[int, Measure]], outage: float | None
) -> Network:  # fmt: skip
    """An input is there for so many days, however many measures say so: the longest counts, they do not add up."""
    days = np.full(network.links, np.nan)
    for firm, measure in stocks:
        if not measure.amount >= 0:
            raise NetworkError(
                T(f"{measure.firm}：在庫の日数は0以上", f"{measure.firm}: expected days of stock not below 0")
            )
        links = _bought(network, firm, measure.of)
        if not links.size:
            _inputs(given, firm, measure)  # bought once, and now of a second source
        days[links] = np.fmax(days[links], measure.amount)
    bridged = np.nan_to_num(days) / outage if outage else np.zeros(network.links)
    return replace(network, stock=np.fmax(network.stock, days), passes=network.passes * np.maximum(0.0, 1 - bridged))


def _wider(network: Network, firm: int, measure: Measure) -> Network:
    if not measure.amount >= 0:
        raise NetworkError(T(f"{measure.firm}：余力は0以上", f"{measure.firm}: expected spare capacity not below 0"))
    spare = network.spare.copy()
    spare[firm] += measure.amount
    return replace(network, spare=spare)


def _sourced(network: Network, firm: int, measure: Measure) -> Network:
    if not 0 <= measure.amount <= 1:
        raise NetworkError(
            T(f"{measure.firm}：第二の調達先の割合は0から1", f"{measure.firm}: expected a part from 0 to 1")
        )
    links = _inputs(network, firm, measure)
    if not measure.source:
        passes = network.passes.copy()
        passes[links] *= 1 - measure.amount
        return replace(network, passes=passes)
    source = network.number(measure.source)
    links = links[network.supplier[links] != source]
    taken = network.weight[links] * measure.amount
    weight = network.weight.copy()
    weight[links] -= taken
    sales = network.sales.copy()
    np.subtract.at(sales, network.supplier[links], taken)
    sales[source] += taken.sum()
    return _with_link(replace(network, weight=weight, sales=sales), source, firm, float(taken.sum()))


def _with_link(network: Network, supplier: int, buyer: int, more: float) -> Network:
    """The network with so much more on one link; links of nothing go."""
    key = network.supplier.astype(np.int64) * network.count + network.buyer
    wanted = supplier * network.count + buyer
    at = int(np.searchsorted(key, wanted))
    if at < key.size and key[at] == wanted:
        weight = network.weight.copy()
        weight[at] += more
        network = replace(network, weight=weight)
    elif more > 0:
        stock = float(np.nanmax(network.stock[network.buyer == buyer], initial=-1.0))
        network = replace(
            network, supplier=np.insert(network.supplier, at, supplier), buyer=np.insert(network.buyer, at, buyer),
            weight=np.insert(network.weight, at, more), passes=np.insert(network.passes, at, 1.0),
            stock=np.insert(network.stock, at, stock if stock >= 0 else np.nan),
        )  # fmt: skip
    keep: NDArray[np.bool_] = network.weight > 0
    return replace(network, **{name: getattr(network, name)[keep] for name in _OF_LINKS}) if not keep.all() else network


_OF_LINKS = ("supplier", "buyer", "weight", "passes", "stock")


def _inputs(network: Network, firm: int, measure: Measure) -> I64:
    """The links over which the firm gets what the measure is about. Raises NetworkError where there are none."""
    found = _bought(network, firm, measure.of)
    if measure.of and not found.size:
        raise NetworkError(T(f"{measure.firm} は「{measure.of}」から何も買っていない",
                             f"{measure.firm} buys nothing of {measure.of!r}; expected a supplier or industry it buys"
                             " from"))  # fmt: skip
    return found


def _bought(network: Network, firm: int, of: str) -> I64:
    """The links over which the firm buys of a supplier or an industry; "": of all."""
    into = np.flatnonzero(network.buyer == firm)
    if not of:
        return into
    if of in network.industries:
        wanted = network.industry[network.supplier[into]] == network.industries.index(of)
    else:
        wanted = network.supplier[into] == network.number(of)
    found: I64 = into[wanted]
    return found
