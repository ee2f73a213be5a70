"""One day of the inventory model: stocks are renewed and used, orders given, what is made is shared out."""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

import numba
import numpy as np


@numba.njit(nogil=True, cache=True)
def day(
    groups, group_start, supplier, usual, stock, days, order, served, by_supplier, supplier_start, initial, final,
    capacity, made, ratio, tau, smoothing,
):  # fmt: skip
    """Renews `stock`, `order`, `served` (delivered, a link each), `made` and `ratio` (served part of final demand)."""
    n = initial.size
    demand = final.copy()
    possible = capacity.copy()
    for i in range(n):
        # A firm that sells nothing goes on buying as before.
        busy = made[i] / initial[i] if initial[i] > 0.0 else 1.0
        for g in range(group_start[i], group_start[i + 1]):
            whole, need, left = 0.0, 0.0, 0.0
            for e in range(groups[g], groups[g + 1]):
                whole += stock[e]
                need += usual[e]
            used = busy * need / whole if whole > 0.0 else 0.0
            for e in range(groups[g], groups[g + 1]):
                now = max(0.0, stock[e] + served[e] - stock[e] * used)
                stock[e] = now
                left += now
                wanted = usual[e] * busy
                wanted = max(0.0, wanted + (days[e] * wanted - now) / tau)
                order[e] = wanted
                demand[supplier[e]] += wanted
            possible[i] = min(possible[i], initial[i] * left / need)
    for i in range(n):
        made[i] = min(possible[i], demand[i])
        ratio[i] = made[i] / demand[i] if demand[i] > 0.0 else 1.0
    if smoothing:
        _fill_the_lowest(order, served, usual, by_supplier, supplier_start, final, demand, made, ratio)
    else:
        for e in range(order.size):
            served[e] = order[e] * ratio[supplier[e]]


@numba.njit(nogil=True, cache=True)
def _fill_the_lowest(order, served, usual, by_supplier, supplier_start, final, demand, made, ratio):
    """What is made goes to all in proportion to what they used to get, until one's order is met; then to the rest."""
    for i in range(made.size):
        begin, end = supplier_start[i], supplier_start[i + 1]
        if made[i] >= demand[i]:
            for e in by_supplier[begin:end]:
                served[e] = order[e]
            continue
        asked = np.empty(end - begin + 1)
        base = 0.0
        for k in range(end - begin):
            e = by_supplier[begin + k]
            asked[k] = order[e] / usual[e]
            base += usual[e]
        asked[end - begin] = 1.0  # final demand asks for what it always does
        base += final[i]
        rest, level = made[i], 0.0
        for k in np.argsort(asked, kind="mergesort"):
            more = (asked[k] - level) * base
            if more > rest:
                break
            rest -= more
            level = asked[k]
            base -= usual[by_supplier[begin + k]] if k < end - begin else final[i]
        if base > 0.0:
            level += rest / base
        for k in range(end - begin):
            e = by_supplier[begin + k]
            served[e] = usual[e] * min(asked[k], level)
        ratio[i] = min(1.0, level)
