"""The reverse view (依存は下がったか): goals, certified capacity, stock, dependence before and after, money per point.

Nothing is made up: where a figure is missing, the review holds the question that stays open instead of a number.
"""

from kaname.regimes.supply.effect.figures import GOALS, KNOWN, Figure, Kind
from kaname.regimes.supply.effect.reading import read
from kaname.regimes.supply.effect.review import Review, review

__all__ = ["GOALS", "KNOWN", "Figure", "Kind", "Review", "read", "review"]
