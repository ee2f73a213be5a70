"""Made-up networks of firms for bench/: the same for one number of firms. Few sell and buy much, most little."""

import numpy as np
from numpy.typing import NDArray

from kaname.assess.network.net import Network

INDUSTRIES = 89
CLASSES = (0.6, 0.2, 0.2)  # negligible, linear, essential: about as in the expert survey


def made_up(firms: int, links: int, seed: int = 0) -> Network:
    """Sizes of firms follow a power law, links go by size of both ends, amounts too; one third of trade is regional."""
    rng = np.random.default_rng([firms, links, seed])
    size = (1 - rng.random(firms)) ** (-1 / 1.5)
    industry = np.minimum(rng.zipf(1.4, firms) - 1, INDUSTRIES * 50) % INDUSTRIES
    supplier, buyer = _links(firms, links, size, rng)
    amount = rng.lognormal(0, 1, supplier.size) * np.sqrt(size[supplier] * size[buyer]) * 1000
    essential = rng.choice(3, (INDUSTRIES, INDUSTRIES), p=CLASSES)
    return Network.of(supplier, buyer, np.ceil(amount), industry, essential=essential,
                      industries=[str(k) for k in range(INDUSTRIES)])  # fmt: skip


def _links(
    firms: int, links: int, size: NDArray[np.float64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """So many different pairs."""
    sells, buys = size / size.sum(), size[rng.permutation(firms)] ** 0.7
    near = max(firms // 50, 2)
    keys = np.zeros(0, np.int64)
    buys /= buys.sum()
    edges = np.cumsum(sells), np.cumsum(buys)
    while keys.size < links:
        more = int((links - keys.size) * 1.2) + 10
        i = np.minimum(np.searchsorted(edges[0], rng.random(more)), firms - 1)
        j = np.minimum(np.searchsorted(edges[1], rng.random(more)), firms - 1)
        local = rng.random(more) < 1 / 3
        j = np.where(local, i // near * near + rng.integers(0, near, more), j) % firms
        fresh = np.unique((i * firms + j)[i != j])
        keys = np.union1d(keys, fresh)
    keys = np.sort(rng.permutation(keys)[:links])
    return keys // firms, keys % firms
