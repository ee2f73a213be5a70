"""Concentration for every importer and product of a year at once: HHI, the share of the largest and of three."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaname.assess.trade import loops
from kaname.assess.trade.measures import F64

_SHORT = 16  # rows: where runs are shorter than this on average, the rows are sorted first
_MOST = float(np.iinfo(np.int64).max)
_WHY = {
    loops.NEGATIVE: "an amount below zero",
    loops.OUTSIDE: "a number outside the shape",
    loops.TOO_LARGE: "amounts too large to be added exactly; take a larger unit",
}


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
    columns = importer, product, exporter, value
    by_importer = True
    if value.size < _SHORT * loops.runs(importer):
        by_importer = value.size < _SHORT * loops.runs(product)
        if by_importer:
            order = np.argsort(importer, kind="stable")
            columns = importer[order], product[order], exporter[order], value[order]
    why, found = _gathered(columns, shape, by_importer)
    if why == loops.TWICE:
        why, found = _gathered(_added(importer, product, exporter, value, shape), shape, True)
    if why != loops.DONE:
        raise ValueError(_WHY[why])
    return found


def _gathered(columns: tuple[NDArray[Any], ...], shape: tuple[int, int, int], by_importer: bool) -> tuple[int, Cube]:
    importer, product, exporter, value = columns
    importers, products, exporters = shape
    block, inner = (importer, product) if by_importer else (product, importer)
    blocks, size = (importers, products) if by_importer else (products, importers)
    begins = np.empty(loops.runs(block) + 1, np.int64)
    loops.places(block, begins)
    heads = block[begins[:-1]]
    hhi, first, three = (np.full(importers * products, np.nan) for _ in range(3))
    total = np.zeros(importers * products, np.int64)
    whole = importers, products
    found = Cube(hhi.reshape(whole), first.reshape(whole), three.reshape(whole), total.reshape(whole))
    if heads.size and not (heads.min() >= 0 and heads.max() < blocks):
        return loops.OUTSIDE, found
    order = np.argsort(heads, kind="stable")
    cells = np.empty((size, loops.STATE + (exporters + 63) // 64), np.int64)
    steps = (products, 1) if by_importer else (1, products)
    why = loops.gathered(
        block, inner, exporter, value, order, begins, exporters, steps, cells, hhi, first, three, total
    )
    return why, found


def _added(
    importer: NDArray[Any], product: NDArray[Any], exporter: NDArray[Any], value: NDArray[np.int64],
    shape: tuple[int, int, int],
) -> tuple[NDArray[Any], ...]:  # fmt: skip
    """One row for each importer, product and exporter."""
    if float(value.sum(dtype=np.float64)) >= _MOST:
        raise ValueError(_WHY[loops.TOO_LARGE])
    _, products, exporters = shape
    key = (importer.astype(np.int64) * products + product) * exporters + exporter
    order = np.argsort(key, kind="stable")
    key = key[order]
    begins = np.flatnonzero(np.diff(key, prepend=-1))
    cell, who = np.divmod(key[begins], exporters)
    buyer, what = np.divmod(cell, products)
    return buyer, what, who, np.add.reduceat(value[order], begins)
