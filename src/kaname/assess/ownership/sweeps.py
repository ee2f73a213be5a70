"""The hot loops of shares: one sweep over the companies, a local solution inside each circle of cross-holdings.

Companies stand in the order of `loops.owners_first`. Inside a block the equations are solved by elimination without a
subtraction: what a company leaves to the outside is summed up, never taken as one minus the rest, so that no digit is
lost where nearly all is held inside.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

import numba
import numpy as np

ITERATED = 1500  # companies in a block from which on the equations are iterated instead of eliminated
_SWEEPS = 200_000
_STILL = 1e-16  # a change of a share below this ends the iteration


@numba.njit(nogil=True, cache=True)
def _eliminated(begin, end, start, holder, units, whole, held):
    """The block as a matrix after elimination: inside[i, k] the share of k that i holds, and what k leaves over.

    `held` (one a company): its value is given, it takes nothing from its holders. left[k] is one minus inside[k, k],
    0 where k and those eliminated with it hold each other whole: nothing of them belongs to anybody.
    """
    size = end - begin
    inside, outside = np.zeros((size, size)), np.zeros(size)
    left = np.zeros(size)
    for j in range(size):
        if held[begin + j]:
            outside[j] = 1.0
            continue
        rest = whole
        for e in range(start[begin + j], start[begin + j + 1]):
            i = holder[e] - begin
            if i >= 0:
                inside[i, j] += units[e] / whole
                rest -= units[e]
        outside[j] = rest / whole
    for k in range(size - 1, -1, -1):
        rest = outside[k]
        for i in range(k):
            rest += inside[i, k]
        left[k] = rest
        for j in range(k):
            into = inside[k, j]
            if into == 0.0:
                continue
            if rest == 0.0:
                outside[j] += into  # goes into a circle that nobody outside holds
                continue
            part = into / rest
            outside[j] += part * outside[k]
            for i in range(k):
                inside[i, j] += part * inside[i, k]
    return inside, left


@numba.njit(nogil=True, cache=True)
def ultimate(value, held, start, holder, units, whole, begins, ends):
    """Fill `value` (companies by attributes): a company has of each attribute what its holders have, by their shares.

    Where `held` is set, and where nobody holds, the value is given. `units` of `whole` are the shares of the holdings.
    """
    count, wide = value.shape
    scale = 1.0 / whole
    block = 0
    place = 0
    while place < count:
        if block < begins.size and begins[block] == place:
            _block(value, held, start, holder, units, whole, place, ends[block])
            place = ends[block]
            block += 1
            continue
        if start[place] < start[place + 1] and not held[place]:
            value[place] = 0.0
            for e in range(start[place], start[place + 1]):
                share = units[e] * scale
                for a in range(wide):
                    value[place, a] += share * value[holder[e], a]
        place += 1


@numba.njit(nogil=True, cache=True)
def ultimate_one(value, held, start, holder, units, whole, begins, ends):
    """`ultimate` for one attribute: the same, without the inner loop."""
    count = value.size
    scale = 1.0 / whole
    block = 0
    place = 0
    while place < count:
        if block < begins.size and begins[block] == place:
            _block(value.reshape(count, 1), held, start, holder, units, whole, place, ends[block])
            place = ends[block]
            block += 1
            continue
        if start[place] < start[place + 1] and not held[place]:
            sum_ = 0.0
            for e in range(start[place], start[place + 1]):
                sum_ += units[e] * value[holder[e]]
            value[place] = sum_ * scale
        place += 1


@numba.njit(nogil=True, cache=True)
def _block(value, held, start, holder, units, whole, begin, end):
    size, wide = end - begin, value.shape[1]
    for j in range(begin, end):
        if held[j]:
            continue
        value[j] = 0.0
        for e in range(start[j], start[j + 1]):
            if holder[e] < begin:
                for a in range(wide):
                    value[j, a] += units[e] / whole * value[holder[e], a]
    if size > ITERATED:
        _iterated(value, held, start, holder, units, whole, begin, end)
        return
    inside, left = _eliminated(begin, end, start, holder, units, whole, held)
    for k in range(size - 1, -1, -1):  # what k has from outside goes on to those it holds
        if left[k] == 0.0:
            continue
        for j in range(k):
            part = inside[k, j] / left[k]
            if part != 0.0:
                for a in range(wide):
                    value[begin + j, a] += part * value[begin + k, a]
    for k in range(size):
        for a in range(wide):
            sum_ = value[begin + k, a]
            for i in range(k):
                sum_ += inside[i, k] * value[begin + i, a]
            value[begin + k, a] = sum_ / left[k] if left[k] > 0.0 else 0.0


@numba.njit(nogil=True, cache=True)
def _iterated(value, held, start, holder, units, whole, begin, end):
    """A large block by Gauss-Seidel from below, until nothing moves."""
    given = value[begin:end].copy()
    for _ in range(_SWEEPS):
        moved = 0.0
        for j in range(begin, end):
            if held[j]:
                continue
            for a in range(value.shape[1]):
                sum_, own = given[j - begin, a], 0.0
                for e in range(start[j], start[j + 1]):
                    i = holder[e]
                    if i == j:
                        own += units[e] / whole
                    elif i >= begin:
                        sum_ += units[e] / whole * value[i, a]
                sum_ = sum_ / (1.0 - own) if own < 1.0 else 0.0
                moved = max(moved, sum_ - value[j, a])
                value[j, a] = sum_
        if moved <= _STILL:
            return


@numba.njit(nogil=True, cache=True)
def upward(weight, start, holder, units, whole, begins, ends):
    """Fill `weight` from companies up to their holders: of a weight on a company each holder gets its share.

    The sum over all ways, also those round a circle: one column of the inverse of one minus the matrix of shares.
    """
    held = np.zeros(weight.size, np.bool_)
    block = begins.size - 1
    place = weight.size - 1
    while place >= 0:
        if block >= 0 and ends[block] - 1 == place:
            begin = begins[block]
            _upward_block(weight, start, holder, units, whole, begin, place + 1, held)
            for j in range(begin, place + 1):
                for e in range(start[j], start[j + 1]):
                    if holder[e] < begin:
                        weight[holder[e]] += units[e] / whole * weight[j]
            place = begin - 1
            block -= 1
            continue
        if weight[place] != 0.0:
            for e in range(start[place], start[place + 1]):
                weight[holder[e]] += units[e] / whole * weight[place]
        place -= 1


@numba.njit(nogil=True, cache=True)
def _upward_block(weight, start, holder, units, whole, begin, end, held):
    size = end - begin
    touched = False
    for j in range(begin, end):
        touched |= weight[j] != 0.0
    if not touched:
        return
    if size > ITERATED:
        given = weight[begin:end].copy()
        for _ in range(_SWEEPS):
            moved = 0.0
            fresh = given.copy()
            for j in range(begin, end):
                for e in range(start[j], start[j + 1]):
                    if holder[e] >= begin:
                        fresh[holder[e] - begin] += units[e] / whole * weight[j]
            for j in range(size):
                moved = max(moved, fresh[j] - weight[begin + j])
                weight[begin + j] = fresh[j]
            if moved <= _STILL:
                return
        return
    inside, left = _eliminated(begin, end, start, holder, units, whole, held)
    for k in range(size - 1, -1, -1):
        if left[k] == 0.0:
            continue
        for i in range(k):
            weight[begin + i] += inside[i, k] * weight[begin + k] / left[k]
    for k in range(size):
        sum_ = weight[begin + k]
        for j in range(k):
            sum_ += inside[k, j] * weight[begin + j]
        weight[begin + k] = sum_ / left[k] if left[k] > 0.0 else sum_


@numba.njit(nogil=True, cache=True)
def returns(begin, end, start, holder, units, whole):
    """How much of the weight of each company of a block comes back, itself counted: the diagonal of the inverse."""
    size = end - begin
    held = np.zeros(start.size - 1, np.bool_)
    inside, left = _eliminated(begin, end, start, holder, units, whole, held)
    found = np.empty(size)
    for target in range(size):
        weight = np.zeros(size)
        weight[target] = 1.0
        for k in range(size - 1, -1, -1):
            if left[k] > 0.0 and weight[k] != 0.0:
                for i in range(k):
                    weight[i] += inside[i, k] * weight[k] / left[k]
        for k in range(target + 1):
            sum_ = weight[k]
            for j in range(k):
                sum_ += inside[k, j] * weight[j]
            weight[k] = sum_ / left[k] if left[k] > 0.0 else sum_
        found[target] = weight[target]
    return found
