"""The hot loop of systemic risk: scenarios side by side in lanes, each firm's state of all lanes on one line of cache.

Only what changes moves: a firm whose production fell adds the increment of its loss to what its buyers (down) and its
suppliers (up) miss. Losses never fall, so sums of increments and running maxima are what a full pass would find. All
additions of a lane come in the order of the firms, whatever the other lanes do: adding nothing changes no bit.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

import numba
import numpy as np

from kaname.assess.network.lanes import (
    LANES,
    all_lanes,
    any_above,
    larger,
    load,
    minus,
    over,
    plus,
    rows,
    smaller,
    store,
    times,
    where_above,
)

BY_CHANGE, BY_LOSS = 0, 1


@numba.njit(nogil=True, cache=True)
def state(firms, slots, markets):
    """Rows for the state of one sweep. Made once a thread: every sweep leaves it as it found it."""
    made = rows(9 * _apart(firms) + slots + 2 * markets + 4)
    made[: 2 * _apart(firms)] = 1.0
    return made


@numba.njit(nogil=True, cache=True)
def _apart(firms):
    """Rows from one kind of state to the next, so that those of one firm do not fall on one place of the cache."""
    return firms + (5 - firms) % 32


@numba.njit(nogil=True, cache=True)
def sweep(
    firm, kind, buyer, down, slot, slots, before, supplier, up, after, customer, up_too, sales, capacity,
    market, members_start, members,
    begins, hit, lost_at_first, weight, first, last, replaceable, eps, rule, limit,
    total, below, above, steps, keep_down, keep_up, state,
):  # fmt: skip
    """Scenarios first to last, LANES at a time; fills total, below (down), above (up), steps and the states kept."""
    n, markets = sales.size, members_start.size - 1
    wide = _apart(n)
    hd, cap = state[:n], state[wide:][:n]  # what firms still make, and what the shock lets them
    told = state[2 * wide :][:n]  # the loss that buyers know of
    worst, added, missing = state[3 * wide :][:n], state[4 * wide :][:n], state[5 * wide :][:n]
    fall_u, fall_next, fall_d = state[6 * wide :][:n], state[7 * wide :][:n], state[8 * wide :][:n]
    gathered = state[9 * wide :][: slots[n]]
    rest = state[9 * wide + slots[n] :]
    gone, room, scratch = rest[:markets], rest[markets:][:markets], rest[2 * markets :]
    # In scratch: change, active, loss, loss before: read lane by lane.
    whole = np.zeros(markets)
    for i in range(n):
        whole[market[i]] += capacity[i]
    moved = np.zeros(markets, np.bool_)
    words = (n + 7) // 8
    dirty_d, dirty_u = np.zeros(words * 8, np.uint8), np.zeros(words * 8, np.uint8)
    reached_d, reached_u = np.zeros(words * 8, np.uint8), np.zeros(words * 8, np.uint8)
    struck, fallen = np.zeros(n, np.bool_), np.zeros(words * 8, np.uint8)  # fallen: for want of inputs, or struck
    fallen8 = fallen.view(np.uint64)
    dirty_d8, dirty_u8 = dirty_d.view(np.uint64), dirty_u.view(np.uint64)
    reached_d8, reached_u8 = reached_d.view(np.uint64), reached_u.view(np.uint64)
    fell_d, fell_u, fell_next = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int64)
    zero, one = all_lanes(0.0), all_lanes(1.0)
    for begin in range(first, last, LANES):
        many = min(LANES, last - begin)
        falls_d = falls_u = 0
        scratch[1:] = 0.0
        for lane in range(many):
            scratch[1, lane] = 1.0
            for e in range(begins[begin + lane], begins[begin + lane + 1]):
                i, loss = hit[e], lost_at_first[e]
                hd[i, lane] = cap[i, lane] = 1.0 - loss
                gone[market[i], lane] += capacity[i] * loss
                moved[market[i]] = True
                scratch[3, lane] += weight[i] * loss
                reached_d[i] = reached_u[i] = struck[i] = fallen[i] = 1
        for i in range(n):
            if struck[i]:
                fell_d[falls_d] = fell_u[falls_d] = i
                store(fall_d, falls_d, minus(one, load(hd, i)))
                store(fall_u, i, minus(one, load(hd, i)))
                falls_d += 1
        falls_u = falls_d
        running, step = many, 0
        while running:
            # Tell buyers and suppliers of what fell in the last step.
            if replaceable:
                for m in range(markets):
                    if moved[m]:
                        _renew(m, whole, gone, room, members_start, members, capacity, hd)
                for word in range(words):
                    if fallen8[word]:
                        for i in range(word * 8, word * 8 + 8):
                            if fallen[i] and moved[market[i]]:
                                s, left, known = all_lanes(sales[i]), load(room, market[i]), load(told, i)
                                part = where_above(left, s, over(s, left), one)
                                now = larger(times(part, minus(one, load(hd, i))), known)
                                if any_above(now, known):
                                    store(told, i, now)
                                    more = minus(now, known)
                                    _tell_buyers(i, more, now, kind, buyer, down, slot, worst, added, gathered, dirty_d)
                moved[:] = False
            else:
                for f in range(falls_d):
                    i = fell_d[f]
                    now = minus(one, load(hd, i))
                    _tell_buyers(i, load(fall_d, f), now, kind, buyer, down, slot, worst, added, gathered, dirty_d)
            # Where much fell all suppliers ask: the sum stays in a register. Where little did, the customers tell.
            visits = 0
            for f in range(falls_u):
                visits += before[fell_u[f] + 1] - before[fell_u[f]]
            ask = 3 * visits > supplier.size
            if not ask:
                _tell_suppliers(fell_u[:falls_u], fall_u, fall_next, before, supplier, up, dirty_u)
            fall_u, fall_next = fall_next, fall_u
            last_fell, last_falls = fell_u, falls_u
            fell_u, fell_next = fell_next, fell_u
            # Let production fall.
            change, active = zero, load(scratch, 1)
            falls_d = falls_u = 0
            for word in range(words):
                if dirty_d8[word]:
                    reached_d8[word] |= dirty_d8[word]
                    for j in range(word * 8, word * 8 + 8):
                        if dirty_d[j]:
                            h = load(hd, j)
                            left = larger(zero, smaller(h, minus(one, larger(load(worst, j), load(added, j)))))
                            left = where_above(active, zero, left, h)
                            if any_above(h, left):
                                fall = minus(h, left)
                                change = larger(change, fall)
                                store(hd, j, left)
                                fallen[j] = 1
                                fell_d[falls_d] = j
                                store(fall_d, falls_d, fall)
                                falls_d += 1
                                m = market[j]
                                moved[m] = True
                                store(gone, m, plus(load(gone, m), times(all_lanes(capacity[j]), fall)))
                    dirty_d8[word] = 0
                if ask or dirty_u8[word]:
                    for i in range(word * 8, min(word * 8 + 8, n)):
                        if ask or dirty_u[i]:
                            if ask:
                                more = zero
                                for e in range(after[i], after[i + 1]):
                                    more = plus(more, times(all_lanes(up_too[e]), load(fall_next, customer[e])))
                            else:
                                more = load(fall_u, i)
                            reached_u[i] = 1
                            known = load(missing, i)
                            now = plus(known, where_above(active, zero, more, zero))
                            most = load(cap, i) if struck[i] else one
                            fall = minus(_left(most, known), _left(most, now))
                            change = larger(change, fall)
                            store(missing, i, now)
                            store(fall_u, i, fall)
                            if any_above(fall, zero):
                                fell_u[falls_u] = i
                                falls_u += 1
                    dirty_u8[word] = 0
            for f in range(last_falls):
                store(fall_next, last_fell[f], zero)
            step += 1
            store(scratch, 0, change)
            if rule == BY_LOSS:
                _add_up(weight, hd, cap, missing, reached_d8, reached_u8, scratch)
            for lane in range(many):
                if scratch[1, lane] > 0.0:
                    if rule == BY_LOSS:
                        done = scratch[2, lane] <= scratch[3, lane] * (1.0 + eps)
                        scratch[3, lane] = scratch[2, lane]
                    else:
                        done = scratch[0, lane] <= eps
                    if done or step >= limit:
                        scratch[1, lane] = 0.0
                        running -= 1
                        steps[begin + lane] = step if done else -step
        # Add up and clean.
        both, only_down, only_up = zero, zero, zero
        for word in range(words):
            if reached_d8[word] | reached_u8[word]:
                for i in range(word * 8, min(word * 8 + 8, n)):
                    if reached_d[i] | reached_u[i]:
                        w, d = all_lanes(weight[i]), load(hd, i)
                        u = _left(load(cap, i) if struck[i] else one, load(missing, i))
                        both = plus(both, times(w, minus(one, smaller(d, u))))
                        only_down = plus(only_down, times(w, minus(one, d)))
                        only_up = plus(only_up, times(w, minus(one, u)))
                        if keep_down.shape[0]:
                            for lane in range(many):
                                keep_down[begin + lane, firm[i]] = hd[i, lane]
                                most = min(cap[i, lane], 1.0 - missing[i, lane])
                                keep_up[begin + lane, firm[i]] = max(0.0, most)
                    if fallen[i]:
                        store(hd, i, one)
                        store(told, i, zero)
                    if reached_d[i]:
                        store(worst, i, zero)
                        store(added, i, zero)
                        for s in range(slots[i], slots[i + 1]):
                            store(gathered, s, zero)
                    if reached_u[i]:
                        store(missing, i, zero)
                    if struck[i]:
                        store(cap, i, one)
                        struck[i] = False
                reached_d8[word] = reached_u8[word] = fallen8[word] = 0
        store(scratch, 0, both)
        store(scratch, 1, only_down)
        store(scratch, 2, only_up)
        for lane in range(many):
            total[begin + lane], below[begin + lane] = scratch[0, lane], scratch[1, lane]
            above[begin + lane] = scratch[2, lane]
        for f in range(falls_u):
            store(fall_u, fell_u[f], zero)
        gone[:] = 0.0
        moved[:] = False


@numba.njit(nogil=True, cache=True, inline="always")
def _tell_buyers(i, more, now, kind, buyer, down, slot, worst, added, gathered, dirty):
    """Add `more` of i's loss, which is `now`, to what its buyers miss; keep the worst of their essential inputs."""
    for e in range(kind[3 * i], kind[3 * i + 1]):
        j = buyer[e]
        dirty[j] = 1
        store(added, j, plus(load(added, j), times(all_lanes(down[e]), more)))
    for e in range(kind[3 * i + 1], kind[3 * i + 2]):
        j = buyer[e]
        dirty[j] = 1
        store(worst, j, larger(load(worst, j), times(all_lanes(down[e]), now)))
    for e in range(kind[3 * i + 2], kind[3 * i + 3]):
        j, s = buyer[e], slot[e]
        dirty[j] = 1
        of_input = plus(load(gathered, s), times(all_lanes(down[e]), more))
        store(gathered, s, of_input)
        store(worst, j, larger(load(worst, j), of_input))


@numba.njit(nogil=True, cache=True)
def _tell_suppliers(fell, fall, missing, before, supplier, up, dirty):
    """What suppliers miss of what fell, added up in order of customers."""
    for j in fell:
        more = load(fall, j)
        for e in range(before[j], before[j + 1]):
            i = supplier[e]
            lost = times(all_lanes(up[e]), more)
            store(missing, i, plus(load(missing, i), lost) if dirty[i] else lost)
            dirty[i] = 1


@numba.njit(nogil=True, cache=True, inline="always")
def _left(cap, missing):
    """What a firm still makes for want of customers."""
    return larger(all_lanes(0.0), smaller(cap, minus(all_lanes(1.0), missing)))


@numba.njit(nogil=True, cache=True, inline="always")
def _renew(m, whole, gone, room, members_start, members, capacity, hd):
    """What a market still has, in every lane. Added up anew where most is gone: a difference would be rounding."""
    lost, all_of_it = load(gone, m), all_lanes(whole[m])
    left, most = minus(all_of_it, lost), all_lanes(0.5 * whole[m])
    if any_above(lost, most):
        anew = all_lanes(0.0)
        for k in range(members_start[m], members_start[m + 1]):
            anew = plus(anew, times(all_lanes(capacity[members[k]]), load(hd, members[k])))
        left = where_above(lost, most, anew, left)
    store(room, m, left)


@numba.njit(nogil=True, cache=True)
def _add_up(weight, hd, cap, missing, reached_d8, reached_u8, scratch):
    """The loss so far, into row 2."""
    found, one = all_lanes(0.0), all_lanes(1.0)
    for word in range(reached_d8.size):
        if reached_d8[word] | reached_u8[word]:
            for i in range(word * 8, min(word * 8 + 8, weight.size)):
                least = smaller(load(hd, i), _left(load(cap, i), load(missing, i)))
                found = plus(found, times(all_lanes(weight[i]), minus(one, least)))
    store(scratch, 2, found)
