"""The hot loop of concentration: one pass over the rows of a year, a line of memory for each importer and product.

A cell keeps its sum, its sum of squares and its three largest, and a bit for each supplier seen, all side by side: one
place in memory a row. A supplier seen twice means that rows must be added first; the loop then stops and says so.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

import numba
import numpy as np

STATE = 5  # sum, sum of squares (read as a float), first, second, third; then the bits of the suppliers


@numba.njit(nogil=True, cache=True)
def gathered(importer, product, exporter, value, products, cells, squares):
    """Fill `cells`; the row at which a supplier came a second time or an amount below zero stood, else -1.

    `squares` is the same memory as `cells`, read as floats.
    """
    for row in range(value.size):
        amount = value[row]
        if amount <= 0:
            if amount < 0:
                return row
            continue
        at = np.int64(importer[row]) * products + product[row]
        who = np.int64(exporter[row])
        cell = cells[at]
        bit = np.int64(1) << (who & 63)
        word = STATE + (who >> 6)
        if cell[word] & bit:
            return row
        cell[word] |= bit
        cell[0] += amount
        squares[at, 1] += np.float64(amount) * np.float64(amount)
        if amount > cell[4]:
            if amount > cell[3]:
                cell[4] = cell[3]
                if amount > cell[2]:
                    cell[3] = cell[2]
                    cell[2] = amount
                else:
                    cell[3] = amount
            else:
                cell[4] = amount
    return -1


@numba.njit(nogil=True, cache=True)
def divided(cells, squares, hhi, first, three):
    """From sums to shares; nan where there is no trade."""
    for at in range(hhi.size):
        cell = cells[at]
        if cell[0] > 0:
            total = np.float64(cell[0])
            hhi[at] = squares[at, 1] / (total * total)
            first[at] = cell[2] / total
            three[at] = (cell[2] + cell[3] + cell[4]) / total
        else:
            hhi[at] = first[at] = three[at] = np.nan
