"""What is lost at first: a firm, a set of firms, a region, an industry, the imports from a country."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from kaname.assess.network.net import ESSENTIAL, F64, I64, Network, NetworkError
from kaname.law import T, Text


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """Some firms lose a part (0 to 1) of what they can produce. `name` stands in tables, `about` in sentences."""

    name: str
    firms: I64
    loss: F64
    about: Text = field(default_factory=lambda: T("", ""))

    @classmethod
    def of(
        cls, name: str, firms: Iterable[int], loss: float | Iterable[float] = 1.0, about: Text | None = None
    ) -> "Scenario":
        """Firms by number; one loss for all or one for each. Raises NetworkError."""
        who = np.fromiter(firms, np.int64)
        much = np.full(who.size, loss, np.float64) if isinstance(loss, int | float) else np.fromiter(loss, np.float64)
        if much.size != who.size:
            raise NetworkError(T("企業と損失の数が違う", "firms and losses differ in number"))
        if not ((much >= 0) & (much <= 1)).all():
            raise NetworkError(T(f"{name}：失う割合は0から1まで", f"{name}: expected a loss from 0 to 1"))
        if np.unique(who).size != who.size:
            raise NetworkError(T(f"{name}：同じ企業が二度ある", f"{name}: a firm stands in it twice"))
        return cls(name, who, much, about or T(name, name))


def firm(network: Network, name: str, loss: float = 1.0) -> Scenario:
    """One firm by its identifier."""
    return Scenario.of(name, [network.number(name)], loss)


def firms(network: Network, names: Sequence[str], loss: float = 1.0, called: str = "") -> Scenario:
    return Scenario.of(called or "+".join(names), network.numbers(list(dict.fromkeys(names))), loss)


@dataclass(frozen=True, slots=True, eq=False)
class Scenarios:
    """Many at once: scenario s hits `firms[start[s]:start[s + 1]]`."""

    names: Sequence[str]
    start: I64
    firms: I64
    loss: F64

    @classmethod
    def of(cls, each: Sequence[Scenario]) -> "Scenarios":
        start = np.concatenate([[0], np.cumsum([one.firms.size for one in each], dtype=np.int64)])
        nobody, nothing = np.zeros(0, np.int64), np.zeros(0)
        return cls(
            tuple(one.name for one in each), start, np.concatenate([nobody, *(one.firms for one in each)]),
            np.concatenate([nothing, *(one.loss for one in each)]),
        )  # fmt: skip

    @classmethod
    def each_firm(cls, network: Network, loss: float = 1.0) -> "Scenarios":
        """Each firm alone, in order."""
        n = network.count
        return cls(network.names, np.arange(n + 1), np.arange(n), np.full(n, loss))

    def __len__(self) -> int:
        return self.start.size - 1


def industry(network: Network, name: str, loss: float = 1.0) -> Scenario:
    """All firms of an industry."""
    if name not in network.industries:
        raise NetworkError(_lacking("産業", "industry", name, network.industries))
    return Scenario.of(name, np.flatnonzero(network.industry == network.industries.index(name)).tolist(), loss)


def region(network: Network, name: str, loss: float = 1.0) -> Scenario:
    """All firms of a region."""
    if name not in network.regions:
        raise NetworkError(_lacking("地域", "region", name, network.regions))
    return Scenario.of(name, np.flatnonzero(network.region == network.regions.index(name)).tolist(), loss)


@dataclass(frozen=True, slots=True)
class Import:
    """What a firm, or each firm of an industry (the other is ""), uses of a product, and which part of it comes from a
    country. `weight`: that product's part of all its costs (0 to 1), read where the product is not essential."""

    country: str
    product: str
    share: float
    firm: str = ""
    industry: str = ""
    essential: bool = True
    weight: float = 0.0


def imports_cut(network: Network, imports: Iterable[Import], country: str, cut: float, called: str = "") -> Scenario:
    """The imports from a country fall by `cut`: each user loses as the production function says, the worst of its
    essential products or the sum of the others, whichever is more. Raises NetworkError."""
    if not 0 <= cut <= 1:
        raise NetworkError(T("削減は0から1まで", "expected a cut from 0 to 1"))
    of_country = [one for one in imports if one.country == country]
    known = set(network.names)
    for one in of_country:
        if not (0 <= one.share <= 1 and 0 <= one.weight <= 1):
            raise NetworkError(T(f"{one.product}：割合は0から1まで", f"{one.product}: expected shares from 0 to 1"))
        if one.firm and one.firm not in known:
            raise NetworkError(_lacking("企業", "firm", one.firm, ()))
        if not one.firm and one.industry not in network.industries:
            raise NetworkError(_lacking("産業", "industry", one.industry, network.industries))
    worst, added = np.zeros(network.count), np.zeros(network.count)
    place = {name: k for k, name in enumerate(network.names)} if any(one.firm for one in of_country) else {}
    for one in of_country:
        users = (
            np.array([place[one.firm]])
            if one.firm
            else np.flatnonzero(network.industry == network.industries.index(one.industry))
        )
        if one.essential:
            worst[users] = np.maximum(worst[users], cut * one.share)
        else:
            added[users] += cut * one.share * one.weight
    loss = np.minimum(np.maximum(worst, added), 1.0)
    hit = np.flatnonzero(loss > 0)
    return Scenario.of(called or country, hit.tolist(), loss[hit].tolist(), T(
        f"{country}からの輸入が{cut:.0%}減る", f"imports from {country} fall by {cut:.0%}"))  # fmt: skip


def class_of(network: Network, product_industry: str, user_industry: str) -> bool:
    """Whether goods of one industry are essential to another, for an `Import`."""
    k, users = network.industries.index(product_industry), network.industries.index(user_industry)
    return bool(network.essential[k, users] == ESSENTIAL)


def _lacking(ja: str, en: str, name: str, there_is: Sequence[str]) -> Text:
    some = ", ".join(list(there_is)[:20])
    return T(f"「{name}」という{ja}はない" + (f"；あるもの：{some}" if some else ""),
             f"no {en} {name!r}" + (f"; expected one of: {some}" if some else ""))  # fmt: skip
