"""Screening by International Patent Classification: symbols, places, terms, lists of symbols.

`kaname.assess.ipc.index` holds the fast engine for whole columns; it is imported only where dockets are screened,
because it loads a compiler.
"""

from kaname.assess.ipc.edition import SymbolList, compact, official
from kaname.assess.ipc.place import Place, Relation, Term, listed, places
from kaname.assess.ipc.symbol import Symbol, parse, split
from kaname.assess.ipc.terms import Terms

__all__ = [
    "Place", "Relation", "Symbol", "SymbolList", "Term", "Terms", "compact", "listed", "official", "parse", "places",
    "split",
]  # fmt: skip
