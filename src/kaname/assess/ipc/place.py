"""Places named by a rule, and how a symbol stands to them: in, near or elsewhere.

A place written without a slash (F41, B63G, G01S15) takes everything below it; a place with a slash takes only itself.
"""

from dataclasses import dataclass
from enum import IntEnum

from kaname.assess.ipc.symbol import Symbol, parse


class Relation(IntEnum):
    """How a symbol stands to a term. The greater, the closer."""

    ELSEWHERE = 0
    BROADER = 1  # a class, subclass or main group that contains a listed place
    NEIGHBOUR = 2  # unlisted, in the main group of a listed place: all unlisted descendants are among these
    UNLISTED = 3  # under a listed place, but not in the symbol list
    RENAMED = 4  # the number the place bore, or will bear, in another edition
    IN = 5


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a rule; `subtree` says that everything below belongs to it."""

    symbol: Symbol
    subtree: bool

    @classmethod
    def of(cls, text: str) -> "Place":
        symbol = parse(text)
        if symbol is None:
            raise ValueError(f"cannot read the place {text!r}; expected a form like F41, G01S15 or B63G8/28")
        return cls(symbol, "/" not in text)

    def holds(self, symbol: Symbol) -> bool:
        return _within(symbol, self.symbol) if self.subtree else symbol == self.symbol

    def __str__(self) -> str:
        text = str(self.symbol)
        return text.removesuffix("/00") if self.subtree else text


@dataclass(frozen=True, slots=True)
class Term:
    """One side of an AND: a symbol in any of the `places` fulfils it.

    `spared` places are listed elsewhere in the same rule, hence no near misses of this term; `renamed` are the numbers
    that the places bear in another edition.
    """

    places: tuple[Place, ...]
    spared: tuple[Place, ...] = ()
    renamed: tuple[Place, ...] = ()

    def relation(self, symbol: Symbol, *, listed: bool = True) -> Relation:
        """`listed`: the symbol is in the symbol list. One that is not can be near, never in."""
        if any(p.holds(symbol) for p in self.places):
            return Relation.IN if listed else Relation.UNLISTED
        if any(p.holds(symbol) for p in self.spared):
            return Relation.ELSEWHERE
        if any(p.holds(symbol) for p in self.renamed):
            return Relation.RENAMED
        if symbol.main and any(not p.subtree and _same_group(symbol, p.symbol) for p in self.places):
            return Relation.NEIGHBOUR
        if not symbol.main and any(_within(p.symbol, symbol) for p in self.places):
            return Relation.BROADER
        return Relation.ELSEWHERE


def places(*texts: str) -> tuple[Place, ...]:
    return tuple(Place.of(t) for t in texts)


def listed(main_group: str, subgroups: str) -> tuple[Place, ...]:
    """Places of one main group, one by one: `listed("G01S1", "72 74")`."""
    return tuple(Place.of(f"{main_group}/{s}") for s in subgroups.split())


def _within(symbol: Symbol, top: Symbol) -> bool:
    if top.main:
        return symbol.subclass == top.subclass and symbol.main == top.main
    return symbol.subclass.startswith(top.subclass)


def _same_group(a: Symbol, b: Symbol) -> bool:
    return a.subclass == b.subclass and a.main == b.main
