"""The network: firms, what they sell to whom, and which inputs they cannot do without. Arrays in, arrays inside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaname.law import T, Text

I8 = NDArray[np.int8]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
F64 = NDArray[np.float64]
NEGLIGIBLE, LINEAR, ESSENTIAL = 0, 1, 2
_SHOWN = 3


class NetworkError(ValueError):
    """Arrays that make no network, or a question about a firm that is not in it."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Link e: `supplier[e]` sells goods worth `weight[e]` to `buyer[e]`; in order of supplier and buyer, a pair once.

    `essential[k, l]` tells what goods of industry k are to a buyer of industry l: ESSENTIAL, LINEAR or NEGLIGIBLE.
    Firms of one `market` can stand in for each other. `sales` and `costs` are at least what the links add up to; a firm
    sells the rest outside the network. `passes[e]` is the part of a loss that goes on down link e, `spare` the capacity
    a firm has beyond its sales, as a part of them (both of counter-measures), `stock[e]` the days for which the buyer
    keeps what comes over link e (NaN: not stated).
    """

    names: Sequence[str]
    supplier: I32
    buyer: I32
    weight: F64
    industry: I32
    industries: tuple[str, ...]
    essential: I8
    market: I32
    sales: F64
    costs: F64
    region: I32
    regions: tuple[str, ...]
    passes: F64
    spare: F64
    stock: F64

    @classmethod
    def of(
        cls, supplier: Any, buyer: Any, weight: Any, industry: Any, *, names: Sequence[str] | None = None,
        industries: Sequence[str] | None = None, essential: Any = ESSENTIAL, market: Any = None, revenue: Any = None,
        costs: Any = None, region: Any = None, regions: Sequence[str] = (), stock: Any = np.nan,
    ) -> "Network":  # fmt: skip
        """A network of numbers from 0. Links of one pair are added up, links of nothing left out. Raises NetworkError.

        `essential` is a matrix (supplier's industry, buyer's industry) or one class for all. `revenue` and `costs`
        count where they exceed what the links add up to; NaN where not known. `stock`: days for all, or one for each
        firm.
        """
        i, j, w = np.asarray(supplier, np.int64), np.asarray(buyer, np.int64), np.asarray(weight, np.float64)
        p = _numbers("industry", industry)
        n, kinds = p.size, int(p.max(initial=-1)) + 1
        if not n:
            raise NetworkError(T("企業がない；一つ以上が要る", "no firms; expected one or more"))
        if not i.shape == j.shape == w.shape or i.ndim != 1:
            raise NetworkError(T("供給者、買い手、額の数が違う", "suppliers, buyers and weights differ in number"))
        _check_links(i, j, w, n)
        kinds = max(kinds, len(industries or ()))
        i, j, w = _merged(i, j, w, n)
        s, d = added(i, w, n), added(j, w, n)
        _check_sums(s, d, revenue, costs)
        return cls(
            names if names is not None else tuple(str(k) for k in range(n)), i.astype(np.int32), j.astype(np.int32), w,
            p, tuple(industries) if industries is not None else tuple(str(k) for k in range(kinds)),
            _classes(essential, kinds), p if market is None else _numbers("market", market, n),
            _at_least(s, revenue), _at_least(d, costs),
            np.full(n, -1, np.int32) if region is None else np.asarray(region, np.int32), tuple(regions),
            np.ones(w.size), np.zeros(n), np.broadcast_to(np.asarray(stock, np.float64), n)[j],
        )  # fmt: skip

    @property
    def count(self) -> int:
        return int(self.industry.size)

    @property
    def links(self) -> int:
        return int(self.supplier.size)

    @property
    def sold(self) -> F64:
        """What a firm sells inside the network."""
        return added(self.supplier, self.weight, self.count)

    @property
    def bought(self) -> F64:
        return added(self.buyer, self.weight, self.count)

    def number(self, name: str) -> int:
        """The number of a firm. Raises NetworkError."""
        return self.numbers([name])[0]

    def numbers(self, wanted: Sequence[str]) -> list[int]:
        """The numbers of some firms, all unknown ones named at once. Raises NetworkError."""
        asked = set(wanted)
        place = {name: k for k, name in enumerate(self.names) if name in asked}
        if lacking := [name for name in wanted if name not in place]:
            some = ", ".join(lacking[:_SHOWN]) + (" ..." if len(lacking) > _SHOWN else "")
            raise NetworkError(
                T(
                    f"「{some}」という企業はない；表にある識別子を",
                    f"no firm {some}; expected an identifier in the table",
                )
            )
        return [place[name] for name in wanted]


def by_name(called: Mapping[str, str]) -> dict[str, str]:
    """Identifiers by what firms are called: a name that two share stands for neither, an identifier for its own."""
    times = Counter(called.values())
    return {name: one for one, name in called.items() if times[name] == 1 and (name == one or name not in called)}


def added(where: NDArray[np.integer], much: F64, count: int) -> F64:
    """Amounts added up by number."""
    return np.bincount(where, much, count).astype(np.float64, copy=False)


def _check_links(i: I64, j: I64, w: F64, n: int) -> None:
    for which, ends in (("supplier", i), ("buyer", j)):
        out = np.flatnonzero((ends < 0) | (ends >= n))
        if out.size:
            k = int(out[0])
            text = T(f"{k + 1}番目の取引の{which}が {ends[k]}；0から{n - 1}まで",
                     f"{which} of link {k + 1} is {ends[k]}; expected 0 to {n - 1}")  # fmt: skip
            raise NetworkError(text)
    bad = np.flatnonzero(~(np.isfinite(w) & (w >= 0)))
    if bad.size:
        k = int(bad[0])
        text = T(f"{k + 1}番目の取引の額が {w[k]}；0以上の数が要る",
                 f"weight of link {k + 1} is {w[k]}; expected a number not below 0")  # fmt: skip
        raise NetworkError(text)


def _check_sums(*each: Any) -> None:
    """What is added up must stay a number."""
    for amounts in each:
        with np.errstate(over="ignore"):
            whole = 0.0 if amounts is None else np.nansum(np.asarray(amounts, np.float64))
        if not np.isfinite(whole):
            raise NetworkError(T("額が大きすぎて合計できない；単位を大きくする",
                                 "amounts too large to be added up; expected a larger unit"))  # fmt: skip


def _merged(i: I64, j: I64, w: F64, n: int) -> tuple[I64, I64, F64]:
    """In order of supplier and buyer, each pair once, links of nothing left out."""
    keep = w > 0
    if not keep.all():
        i, j, w = i[keep], j[keep], w[keep]
    key = i * n + j
    if key.size > 1 and not (key[1:] > key[:-1]).all():
        order = np.argsort(key, kind="stable")
        key, w = key[order], w[order]
        first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
        w = np.add.reduceat(w, first)
        key = key[first]
        i, j = key // n, key % n
    return i, j, w


def _numbers(what: str, given: Any, size: int | None = None) -> I32:
    found = np.asarray(given, np.int32)
    if found.ndim != 1 or (size is not None and found.size != size):
        raise NetworkError(T(f"{what} は企業ごとに一つ", f"expected one {what} for each firm"))
    if found.size and found.min() < 0:
        firm = int(np.argmin(found)) + 1
        raise NetworkError(
            T(f"{firm}番目の企業に {what} がない；0以上の番号が要る", f"firm {firm} has no {what}; expected a number")
        )
    return found


def _classes(essential: Any, kinds: int) -> I8:
    found = np.asarray(essential)
    if found.ndim == 0:
        found = np.full((kinds, kinds), int(found))
    if found.shape != (kinds, kinds):
        shape = "×".join(map(str, found.shape))
        raise NetworkError(T(f"不可欠性の行列が {shape}；産業の数 {kinds}×{kinds} が要る",
                             f"the essentiality matrix is {shape}; expected {kinds}×{kinds}, a row and a column for"
                             " each industry"))  # fmt: skip
    if not np.isin(found, (NEGLIGIBLE, LINEAR, ESSENTIAL)).all():
        raise NetworkError(T("不可欠性は0、1、2のいずれか", "a class of essentiality is 0, 1 or 2"))
    return found.astype(np.int8)


def _at_least(linked: F64, stated: Any) -> F64:
    if stated is None:
        return linked
    found = np.asarray(stated, np.float64)
    if found.shape != linked.shape:
        raise NetworkError(T("売上高と費用は企業ごとに一つ", "expected one revenue and one cost for each firm"))
    return np.fmax(linked, found)


__all__ = [
    "ESSENTIAL",
    "F64",
    "I8",
    "I32",
    "I64",
    "LINEAR",
    "NEGLIGIBLE",
    "Network",
    "NetworkError",
    "added",
    "by_name",
]
