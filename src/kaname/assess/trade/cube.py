"""Concentration for every importer and product of a year at once: HHI, the largest supplier's share, the three largest."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaname.assess.trade import loops
from kaname.assess.trade.measures import F64

_MOST = float(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class Cube:
    """Importers by products; nan where nothing is imported. `total` in the unit of the amounts, exact."""

    hhi: F64
    top_1: F64
    top_3: F64
    total: NDArray[np.int64]


def concentration(
    importer: NDArray[Any], product: NDArray[Any], exporter: NDArray[Any], value: NDArray[np.int64],
    shape: tuple[int, int, int],
) -> Cube:  # fmt: skip
    """Of rows with whole-number amounts; `shape`: how many importers, products and exporters the numbers run over.

    Rows of the same importer, product and exporter are added first. Raises ValueError on an amount below zero, a number
    outside the shape or a sum too large to be exact.
    """
    importers, products, exporters = shape
    for numbers, count in ((importer, importers), (product, products), (exporter, exporters)):
        if numbers.size and not (numbers.min() >= 0 and numbers.max() < count):
            raise ValueError("a number outside the shape")
    if value.size and float(value.max()) * value.size >= _MOST and float(value.sum(dtype=np.float64)) >= _MOST:
        raise ValueError("amounts too large to be added exactly; take a larger unit")
    cells = np.zeros((importers * products, loops.STATE + (exporters + 63) // 64), np.int64)
    squares = cells.view(np.float64)
    stopped = loops.gathered(importer, product, exporter, value, products, cells, squares)
    if stopped >= 0:
        if value.min() < 0:
            raise ValueError("an amount below zero")
        importer, product, exporter, value = _added(importer, product, exporter, value, shape)
        cells[:] = 0
        loops.gathered(importer, product, exporter, value, products, cells, squares)
    hhi, first, three = (np.empty(importers * products) for _ in range(3))
    loops.divided(cells, squares, hhi, first, three)
    size = importers, products
    return Cube(hhi.reshape(size), first.reshape(size), three.reshape(size), cells[:, 0].reshape(size).copy())


def _added(
    importer: NDArray[Any], product: NDArray[Any], exporter: NDArray[Any], value: NDArray[np.int64],
    shape: tuple[int, int, int],
) -> tuple[NDArray[Any], ...]:  # fmt: skip
    """One row for each importer, product and exporter."""
    _, products, exporters = shape
    key = (importer.astype(np.int64) * products + product) * exporters + exporter
    order = np.argsort(key, kind="stable")
    key = key[order]
    begins = np.flatnonzero(np.diff(key, prepend=-1))
    found, who = np.divmod(key[begins], exporters)
    buyer, what = np.divmod(found, products)
    return buyer, what, who, np.add.reduceat(value[order], begins)
