"""The hot loops of order and of control. Numbers of entities in, numbers of entities out.

Companies are put in an order in which holders come before what they hold. Those that hold each other form a block and
stand together; `sweeps` solves what flows through such an order.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

import numba
import numpy as np


@numba.njit(nogil=True, cache=True)
def by_group(count, group):
    """Where the members of each of `count` groups stand: `members[start[g]:start[g + 1]]`, in their own order."""
    start = np.zeros(count + 1, np.int64)
    for g in group:
        start[g + 1] += 1
    for g in range(count):
        start[g + 1] += start[g]
    members = np.empty(group.size, np.int64)
    fill = start[:-1].copy()
    for i in range(group.size):
        members[fill[group[i]]] = i
        fill[group[i]] += 1
    return start, members


@numba.njit(nogil=True, cache=True)
def owners_first(start, holder):
    """The nodes in order, holders before what they hold, and where each strong component begins (Tarjan, no recursion).

    `holder[start[j]:start[j + 1]]` hold j. Returns order (place -> node), first (component -> place, with a last end).
    """
    count = start.size - 1
    index, low = np.full(count, -1, np.int64), np.zeros(count, np.int64)
    on_stack = np.zeros(count, np.bool_)
    stack, path, edge = np.empty(count, np.int64), np.empty(count, np.int64), start[:-1].copy()
    order, first = np.empty(count, np.int64), np.empty(count + 1, np.int64)
    stacked, placed, components, number = 0, 0, 0, 0
    for root in range(count):
        if index[root] >= 0:
            continue
        path[0], depth = root, 1
        index[root] = low[root] = number
        number += 1
        stack[stacked] = root
        stacked += 1
        on_stack[root] = True
        while depth:
            node = path[depth - 1]
            if edge[node] < start[node + 1]:
                other = holder[edge[node]]
                edge[node] += 1
                if index[other] < 0:
                    index[other] = low[other] = number
                    number += 1
                    stack[stacked] = other
                    stacked += 1
                    on_stack[other] = True
                    path[depth] = other
                    depth += 1
                elif on_stack[other]:
                    low[node] = min(low[node], index[other])
                continue
            depth -= 1
            if depth:
                low[path[depth - 1]] = min(low[path[depth - 1]], low[node])
            if low[node] == index[node]:
                first[components] = placed
                components += 1
                while True:
                    stacked -= 1
                    member = stack[stacked]
                    on_stack[member] = False
                    order[placed] = member
                    placed += 1
                    if member == node:
                        break
    first[components] = count
    return order, first[: components + 1]


@numba.njit(nogil=True, cache=True)
def circles(start, holder, first):
    """The components that are blocks: more than one company, or one that holds itself. Their begins and ends."""
    begins, ends = np.empty(first.size, np.int64), np.empty(first.size, np.int64)
    found = 0
    for c in range(first.size - 1):
        begin, end = first[c], first[c + 1]
        circle = end - begin > 1
        if not circle:
            for e in range(start[begin], start[begin + 1]):
                circle |= holder[e] == begin
        if circle:
            begins[found], ends[found] = begin, end
            found += 1
    return begins[:found], ends[:found]


@numba.njit(nogil=True, cache=True)
def closures(seed_start, seeds, start, company, units, lows, spare, num, den, strict):
    """Per group of seeds the companies they control, as the least fixed point: (starts, companies).

    A company joins once the members together hold more than num/den of it (`strict`; else as much): by `units` an edge,
    and where `spare` is given, at most by what it leaves (a company) beside the `lows` that the members hold.
    """
    count = start.size - 1
    held, sure = np.zeros(count, np.int64), np.zeros(count if spare.size else 0, np.int64)
    inside = np.zeros(count, np.bool_)
    touched, stack = np.empty(count, np.int64), np.empty(count, np.int64)
    starts = np.zeros(seed_start.size, np.int64)
    found, filled = np.empty(1024, np.int64), 0
    for s in range(seed_start.size - 1):
        members, marks = 0, 0
        likely = seed_start[s + 1] - seed_start[s] > 1
        for m in range(seed_start[s], seed_start[s + 1]):
            node = seeds[m]
            if not likely:  # alone, it controls nothing unless one holding is enough
                for e in range(start[node], start[node + 1]):
                    likely |= units[e] * den >= num
            stack[members] = node
            members += 1
        if likely:
            for w in range(members):
                inside[stack[w]] = True
            ever, at = members, 0
            while at < ever:
                node = stack[at]
                at += 1
                for e in range(start[node], start[node + 1]):
                    other = company[e]
                    if inside[other]:
                        continue
                    if held[other] == 0:
                        touched[marks] = other
                        marks += 1
                    held[other] += units[e]
                    together = held[other]
                    if spare.size:
                        sure[other] += lows[e]
                        together = min(together, spare[other] + sure[other])
                    if together * den > num or (not strict and together * den == num):
                        inside[other] = True
                        stack[ever] = other
                        ever += 1
            for w in range(members, ever):
                if filled == found.size:
                    wider = np.empty(2 * filled, np.int64)
                    wider[:filled] = found
                    found = wider
                found[filled] = stack[w]
                filled += 1
            for w in range(ever):
                inside[stack[w]] = False
            for w in range(marks):
                held[touched[w]] = 0
                if spare.size:
                    sure[touched[w]] = 0
        starts[s + 1] = filled
    return starts, found[:filled]
