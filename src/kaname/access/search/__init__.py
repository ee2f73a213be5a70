"""Search over the cases a person may know of: what was typed (`asked`), what that means in SQL, what is found."""

from kaname.access.search.asked import Piece, asked
from kaname.access.search.cases import LOOKED, Found, Hit, Narrowed, PartyHit, nearest, search

__all__ = ["LOOKED", "Found", "Hit", "Narrowed", "PartyHit", "Piece", "asked", "nearest", "search"]
