"""A numbered set of terms, asked symbol by symbol; remembers its answers, for symbols come again and again."""

from collections.abc import Iterable
from functools import lru_cache

from kaname.assess.ipc.place import Relation, Term
from kaname.assess.ipc.symbol import Symbol


class Terms:
    """Distinct terms, numbered in order of first mention."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(dict.fromkeys(terms))
        self.number = {term: number for number, term in enumerate(self.terms)}
        self._by_class: dict[str, list[tuple[int, Term]]] = {}
        for number, term in enumerate(self.terms):
            for name in {place.symbol.subclass[:3] for place in (*term.places, *term.renamed)}:
                self._by_class.setdefault(name, []).append((number, term))
        self.relations = lru_cache(1 << 16)(self._relations)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes in which the terms name a place: a symbol of another class has no relation to any term."""
        return tuple(self._by_class)

    def mask(self, terms: Iterable[Term]) -> int:
        return sum(1 << self.number[term] for term in terms)

    def _relations(self, symbol: Symbol, listed: bool) -> dict[int, Relation]:
        """The terms that a symbol fulfils or just misses, by number. `listed`: the symbol is in the symbol list."""
        there = self._by_class.get(symbol.subclass[:3], ())
        found = ((number, term.relation(symbol, listed=listed)) for number, term in there)
        return {number: relation for number, relation in found if relation is not Relation.ELSEWHERE}
