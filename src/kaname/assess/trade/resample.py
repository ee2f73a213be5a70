"""How sure a concentration is: the amounts drawn again and again around what was reported.

Two reports of one flow, by importer and exporter, rarely agree. The draw takes each amount times a log-normal error
(mean 1) of a stated size, one for each partner, and tells what 90 % of the draws lie between. Draws come in blocks,
each from a seed of its own: whoever draws which block, and in which order, changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kaname.assess.trade.measures import F64

DRAWS = 10_000
BLOCK = 10_000  # draws from one seed
ERROR = 0.1  # relative error of a reported amount, where nothing better is stated
SEED = 20_220_511  # of the draws, so that a figure can be recomputed: the day on which the Act was passed
MEASURES = ("hhi", "top_1", "top_3")
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
    return between([drawn(given, error, block, draws, seed, rest) for block in range(blocks(draws))])


def blocks(draws: int) -> int:
    """How many blocks so many draws are."""
    return -(-draws // BLOCK)


def drawn(
    amounts: F64, error: ArrayLike, block: int, draws: int, seed: int = SEED, rest: float = 0.0
) -> dict[str, F64]:
    """Each measure in each draw of a block; the last block of `draws` may be a short one."""
    known = amounts > 0
    given, size = amounts[known], np.broadcast_to(np.asarray(error, np.float64), known.shape)[known]
    spread = np.sqrt(np.log1p(size**2))
    of_block = np.random.SeedSequence(seed, spawn_key=(block,) if block else ())
    many = min(BLOCK, draws - block * BLOCK)
    found = np.random.default_rng(of_block).standard_normal((many, given.size))
    found *= spread
    found -= spread**2 / 2
    np.exp(found, out=found)
    found *= given
    found /= found.sum(axis=1, keepdims=True) + rest
    largest = np.sort(found, axis=1)[:, ::-1][:, :3]
    return {"hhi": (found * found).sum(axis=1), "top_1": np.array(largest[:, 0]), "top_3": largest.sum(axis=1)}


def between(found: Sequence[Mapping[str, F64]]) -> Resampled:
    """What 90 % of all draws lie between."""
    return Resampled(*(_between(np.concatenate([block[name] for block in found])) for name in MEASURES))


def _between(values: F64) -> tuple[float, float]:
    low, high = np.percentile(values, _ENDS)
    return float(low), float(high)
