"""Money of stable supply: budgets, contributions to the funds, decided and spent, by product and fiscal year.

The government deck of 2024-06-04 is the first table (`deck`); later lines of the same form continue it (`reading`).
Everything is whole yen. Where the deck prints a total that its rows do not add up to, both are kept (`compare`).
"""

from kaname.regimes.supply.funds.deck import DECK_LINES, compare
from kaname.regimes.supply.funds.model import Extent, Line, What
from kaname.regimes.supply.funds.reading import read
from kaname.regimes.supply.funds.table import Table, table

__all__ = ["DECK_LINES", "Extent", "Line", "Table", "What", "compare", "read", "table"]
