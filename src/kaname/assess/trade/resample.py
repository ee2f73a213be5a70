"""How sure a concentration is: the amounts drawn again and again around what was reported.

Two reports of one flow, by importer and exporter, rarely agree. The draw takes each amount times a log-normal error
(mean 1) of a stated size, one for each partner, and tells what 90 % of the draws lie between.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kaname.assess.trade.measures import F64

DRAWS = 10_000
ERROR = 0.1  # relative error of a reported amount, where nothing better is stated
SEED = 20_220_511  # of the draws, so that a figure can be recomputed: the day on which the Act was passed
_ENDS = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class Resampled:
    """The 5th and 95th percentile of each measure."""

    hhi: tuple[float, float]
    top_1: tuple[float, float]
    top_3: tuple[float, float]


def resampled(
    amounts: ArrayLike, error: ArrayLike = ERROR, draws: int = DRAWS, seed: int = SEED, rest: float = 0.0
) -> Resampled | None:
    """Of one product; `error`: of all partners, or one each; `rest`: in the total, nobody's. None without imports."""
    given = np.asarray(amounts, np.float64)
    if given.sum() <= 0:
        return None
    known = given > 0
    given, size = given[known], np.broadcast_to(np.asarray(error, np.float64), known.shape)[known]
    spread = np.sqrt(np.log1p(size**2))
    drawn = np.random.default_rng(seed).standard_normal((draws, given.size))
    drawn *= spread
    drawn -= spread**2 / 2
    np.exp(drawn, out=drawn)
    drawn *= given
    drawn /= drawn.sum(axis=1, keepdims=True) + rest
    largest = np.sort(drawn, axis=1)[:, ::-1][:, :3]
    return Resampled(_between((drawn * drawn).sum(axis=1)), _between(largest[:, 0]), _between(largest.sum(axis=1)))


def _between(values: F64) -> tuple[float, float]:
    low, high = np.percentile(values, _ENDS)
    return float(low), float(high)
