"""The hot loop of concentration: block by block (an importer, or a product), so that what is added to stays in cache.

Files of trade come in long runs of one importer or of one product. The runs of a block are visited where they lie,
nothing is moved. A cell keeps its sum, its sum of squares, its three largest and a bit for each supplier seen, side by
side. A supplier seen twice means that rows must be added first; the loop then stops and says so.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

import numba
import numpy as np

STATE = 5  # sum, sum of squares (read as a float), first, second, third; then the bits of the suppliers
DONE, TWICE, NEGATIVE, OUTSIDE, TOO_LARGE = 0, 1, 2, 3, 4


@numba.njit(nogil=True, cache=True)
def runs(key):
    """How many runs of one number a column consists of."""
    found = np.int64(key.size > 0)
    for row in range(1, key.size):
        found += key[row] != key[row - 1]
    return found


@numba.njit(nogil=True, cache=True)
def places(key, begins):
    """Fill `begins` with the first row of each run, and the end behind them."""
    at = 0
    for row in range(key.size):
        if row == 0 or key[row] != key[row - 1]:
            begins[at] = row
            at += 1
    begins[at] = key.size


@numba.njit(nogil=True, cache=True)
def gathered(block, inner, exporter, value, order, begins, exporters, steps, cells, hhi, first, three, total):
    """Fill the four answers (flat); DONE, or why the loop stopped.

    The rows of run r are begins[r] to begins[r + 1]; `order`: the runs, block by block. `cells` is the room for one
    block; `steps`: how far apart blocks, and cells within a block, lie in the answers.
    """
    squares = cells.view(np.float64)
    outer, step = steps
    size = cells.shape[0]
    at = 0
    while at < order.size:
        now = block[begins[order[at]]]
        cells[:] = 0
        while at < order.size and block[begins[order[at]]] == now:
            for row in range(begins[order[at]], begins[order[at] + 1]):
                amount = value[row]
                if amount <= 0:
                    if amount < 0:
                        return NEGATIVE
                    continue
                where, who = np.int64(inner[row]), np.int64(exporter[row])
                if not (0 <= where < size and 0 <= who < exporters):
                    return OUTSIDE
                cell = cells[where]
                bit = np.int64(1) << (who & 63)
                word = STATE + (who >> 6)
                if cell[word] & bit:
                    return TWICE
                cell[word] |= bit
                cell[0] += amount
                if cell[0] < 0:
                    return TOO_LARGE
                squares[where, 1] += np.float64(amount) * np.float64(amount)
                # The three largest stay in order without a branch: which way one would go cannot be foreseen.
                second = min(cell[2], amount)
                cell[2] = max(cell[2], amount)
                third = min(cell[3], second)
                cell[3] = max(cell[3], second)
                cell[4] = max(cell[4], third)
            at += 1
        for where in range(size):
            cell = cells[where]
            if cell[0] > 0:
                put = np.int64(now) * outer + where * step
                whole = np.float64(cell[0])
                total[put] = cell[0]
                hhi[put] = squares[where, 1] / (whole * whole)
                first[put] = cell[2] / whole
                three[put] = (np.float64(cell[2]) + cell[3] + cell[4]) / whole
    return DONE
