"""The symbols that exist: one edition of the classification, and the places known to have come after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from kaname.assess.ipc.place import Place
from kaname.assess.ipc.symbol import Symbol, parse


@dataclass(frozen=True, slots=True, eq=False)
class SymbolList:
    """The keys of one edition's symbols, sorted, and the `later` places, which exist with all that is below them."""

    edition: str
    keys: NDArray[np.int64]
    later: tuple[Place, ...] = ()

    @lru_cache(1 << 16)  # noqa: B019 - a program holds one list or two, for its whole life
    def __contains__(self, symbol: Symbol) -> bool:
        key = symbol.key
        at = int(np.searchsorted(self.keys, key))
        return (at < self.keys.size and int(self.keys[at]) == key) or any(p.holds(symbol) for p in self.later)


def compact(edition: str, lines: Iterable[str], later: tuple[Place, ...] = ()) -> SymbolList:
    """Read a list in which a line names a class or subclass, or else a main group and what stands behind its slash."""
    keys = _compact_keys(lines)
    keys += [Symbol(place.symbol.subclass[:3]).key for place in later]
    ordered = np.sort(np.array(keys, np.int64))  # nearly in order already, where np.unique would hash
    return SymbolList(edition, ordered[np.diff(ordered, prepend=-1) != 0], later)


def official(edition: str, lines: Iterable[str]) -> SymbolList:
    """Read a list of valid symbols as WIPO publishes it: the first word of a line is a symbol, other lines are skipped.

    Raises ValueError if there is no symbol in it.
    """
    words = (line.replace(",", " ").replace(";", " ").replace('"', " ").split() for line in lines)
    symbols = {symbol for word in words if word and (symbol := parse(word[0]))}
    if not symbols:
        raise ValueError("no IPC symbol in the list; expected one a line, such as B64C0039020000")
    areas = {Symbol(s.subclass) for s in symbols} | {Symbol(s.subclass[:3]) for s in symbols}
    return SymbolList(edition, np.array(sorted(s.key for s in symbols | areas), np.int64))


def _compact_keys(lines: Iterable[str]) -> list[int]:
    keys = []
    area = 0
    for line in lines:
        if line.startswith("#"):
            continue
        main, *subs = line.split()
        if not subs:
            area = Symbol(main).key
            keys.append(area)
            continue
        group = area | int(main) << 20
        keys += [group | _digits(sub) for sub in subs]
    return keys


@cache  # few different ones, many times
def _digits(sub: str) -> int:
    return int(sub.ljust(6, "0"))
