"""An order in which firms that trade with each other stand near each other (Cuthill and McKee)."""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

import numba
import numpy as np


@numba.njit(nogil=True, cache=True)
def near_each_other(out_start, buyer, in_start, supplier):
    """The place of each firm: breadth first from the firm with the fewest links, the less linked neighbour first."""
    n = out_start.size - 1
    degree = np.empty(n, np.int64)
    for i in range(n):
        degree[i] = out_start[i + 1] - out_start[i] + in_start[i + 1] - in_start[i]
    seeds = np.argsort(degree, kind="mergesort")
    queue = np.empty(n, np.int64)
    seen = np.zeros(n, np.bool_)
    near = np.empty(max(1, int(degree.max())), np.int64)
    filled = 0
    for seed in seeds:
        if seen[seed]:
            continue
        at = filled
        queue[filled] = seed
        filled += 1
        seen[seed] = True
        while at < filled:
            node = queue[at]
            at += 1
            found = 0
            for e in range(out_start[node], out_start[node + 1]):
                if not seen[buyer[e]]:
                    seen[buyer[e]] = True
                    near[found] = buyer[e]
                    found += 1
            for e in range(in_start[node], in_start[node + 1]):
                if not seen[supplier[e]]:
                    seen[supplier[e]] = True
                    near[found] = supplier[e]
                    found += 1
            by_degree = np.argsort(degree[near[:found]], kind="mergesort")
            for k in range(found):
                queue[filled] = near[by_degree[k]]
                filled += 1
    place = np.empty(n, np.int64)
    for k in range(n):
        place[queue[k]] = n - 1 - k
    return place
