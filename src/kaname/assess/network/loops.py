"""The hot loop of systemic risk: scenarios side by side in lanes, each firm's state of all lanes on one line of cache.

Only what changes moves: a firm whose production fell adds the increment of its loss to what its buyers (down) and its
suppliers (up) miss. Losses never fall, so sums of increments and running maxima are what a full pass would find. All
additions of a lane come in the order of the firms, whatever the other lanes do: adding nothing changes no bit.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

import numba
import numpy as np

LANES = 8
BY_CHANGE, BY_LOSS = 0, 1


@numba.njit(nogil=True, cache=True)
def sweep(
    firm, kind, buyer, down, slot, slots, before, supplier, up, sales, capacity, market,
    members_start, members,
    begins, hit, lost_at_first, weight, first, last, replaceable, eps, rule, limit,
    total, below, above, steps, keep_down, keep_up,
):  # fmt: skip
    """Scenarios first to last, LANES at a time; fills total, below (down), above (up), steps and the states kept."""
    n, markets = sales.size, members_start.size - 1
    hd, hu = np.ones((n, LANES)), np.ones((n, LANES))
    told_d, told_u = np.zeros((n, LANES)), np.zeros((n, LANES))  # the losses that partners know of
    worst, added = np.zeros((n, LANES)), np.zeros((n, LANES))
    missing = np.zeros((n, LANES))
    gathered = np.zeros((slots[n], LANES))
    gone, room = np.zeros((markets, LANES)), np.zeros((markets, LANES))
    whole = np.zeros(markets)
    for i in range(n):
        whole[market[i]] += capacity[i]
    moved = np.zeros(markets, np.uint8)
    words = (n + 7) // 8
    dirty_d, dirty_u = np.zeros(words * 8, np.uint8), np.zeros(words * 8, np.uint8)
    reached = np.zeros(words * 8, np.uint8)
    dirty_d8, dirty_u8, reached8 = dirty_d.view(np.uint64), dirty_u.view(np.uint64), reached.view(np.uint64)
    fell_d, fell_u = np.empty(n, np.int64), np.empty(n, np.int64)
    act, change = np.zeros(LANES, np.uint8), np.zeros(LANES)
    loss, loss_before = np.zeros(LANES), np.zeros(LANES)
    inc = np.zeros(LANES)
    for begin in range(first, last, LANES):
        many = min(LANES, last - begin)
        falls_d = falls_u = 0
        for lane in range(many):
            act[lane] = 1
            for e in range(begins[begin + lane], begins[begin + lane + 1]):
                i = hit[e]
                hd[i, lane] = hu[i, lane] = 1.0 - lost_at_first[e]
                if not reached[i]:
                    fell_d[falls_d] = fell_u[falls_u] = i
                    falls_d += 1
                    falls_u += 1
                reached[i] = 1
                gone[market[i], lane] += capacity[i] * lost_at_first[e]
                moved[market[i]] = 1
            if rule == BY_LOSS:
                for e in range(begins[begin + lane], begins[begin + lane + 1]):
                    loss_before[lane] += weight[hit[e]] * (1.0 - hd[hit[e], lane])
        running, step = many, 0
        while running:
            # Tell partners of what fell in the last step.
            if replaceable:
                for m in range(markets):
                    if moved[m]:
                        _room(m, whole, gone, room, members_start, members, capacity, hd)
                for word in range(words):
                    if reached8[word]:
                        for i in range(word * 8, word * 8 + 8):
                            if reached[i] and moved[market[i]]:
                                some = False
                                s, m = sales[i], market[i]
                                for lane in range(LANES):
                                    free = room[m, lane]
                                    part = 1.0 if free <= s else s / free
                                    now = max(part * (1.0 - hd[i, lane]), told_d[i, lane])
                                    inc[lane] = now - told_d[i, lane]
                                    told_d[i, lane] = now
                                    some |= inc[lane] > 0
                                if some:
                                    _tell_buyers(
                                        i, inc, told_d, kind, buyer, down, slot, worst, added, gathered, dirty_d
                                    )
                for m in range(markets):
                    moved[m] = 0
            else:
                for f in range(falls_d):
                    i = fell_d[f]
                    for lane in range(LANES):
                        now = 1.0 - hd[i, lane]
                        inc[lane] = now - told_d[i, lane]
                        told_d[i, lane] = now
                    _tell_buyers(i, inc, told_d, kind, buyer, down, slot, worst, added, gathered, dirty_d)
            for f in range(falls_u):
                j = fell_u[f]
                for lane in range(LANES):
                    now = 1.0 - hu[j, lane]
                    inc[lane] = now - told_u[j, lane]
                    told_u[j, lane] = now
                for e in range(before[j], before[j + 1]):
                    i, w = supplier[e], up[e]
                    dirty_u[i] = 1
                    for lane in range(LANES):
                        missing[i, lane] += w * inc[lane]
            # Let production fall.
            change[:] = 0.0
            falls_d = falls_u = 0
            for word in range(words):
                if dirty_d8[word]:
                    for j in range(word * 8, word * 8 + 8):
                        if dirty_d[j]:
                            some = False
                            for lane in range(LANES):
                                h = hd[j, lane]
                                left = max(0.0, min(h, 1.0 - max(worst[j, lane], added[j, lane])))
                                left = left if act[lane] else h
                                fall = h - left
                                inc[lane] = fall
                                hd[j, lane] = left
                                change[lane] = max(change[lane], fall)
                                some |= fall > 0
                            reached[j] = 1
                            if some:
                                fell_d[falls_d] = j
                                falls_d += 1
                                m, s = market[j], capacity[j]
                                moved[m] = 1
                                for lane in range(LANES):
                                    gone[m, lane] += s * inc[lane]
                    dirty_d8[word] = 0
                if dirty_u8[word]:
                    for i in range(word * 8, word * 8 + 8):
                        if dirty_u[i]:
                            some = False
                            for lane in range(LANES):
                                h = hu[i, lane]
                                left = max(0.0, min(h, 1.0 - missing[i, lane]))
                                left = left if act[lane] else h
                                fall = h - left
                                hu[i, lane] = left
                                change[lane] = max(change[lane], fall)
                                some |= fall > 0
                            reached[i] = 1
                            if some:
                                fell_u[falls_u] = i
                                falls_u += 1
                    dirty_u8[word] = 0
            step += 1
            if rule == BY_LOSS:
                loss[:] = 0.0
                for i in range(n):
                    if reached[i]:
                        for lane in range(LANES):
                            loss[lane] += weight[i] * (1.0 - min(hd[i, lane], hu[i, lane]))
            for lane in range(LANES):
                if act[lane]:
                    if rule == BY_LOSS:
                        done = loss[lane] <= loss_before[lane] * (1.0 + eps)
                        loss_before[lane] = loss[lane]
                    else:
                        done = change[lane] <= eps
                    if done or step >= limit:
                        act[lane] = 0
                        running -= 1
                        steps[begin + lane] = step if done else -step
        for lane in range(many):
            at = begin + lane
            total[at] = below[at] = above[at] = 0.0
            loss_before[lane] = 0.0
        # Add up and clean.
        for word in range(words):
            if reached8[word]:
                for i in range(word * 8, min(word * 8 + 8, n)):
                    if reached[i]:
                        for lane in range(many):
                            at = begin + lane
                            total[at] += weight[i] * (1.0 - min(hd[i, lane], hu[i, lane]))
                            below[at] += weight[i] * (1.0 - hd[i, lane])
                            above[at] += weight[i] * (1.0 - hu[i, lane])
                            if keep_down.shape[0]:
                                keep_down[at, firm[i]] = hd[i, lane]
                                keep_up[at, firm[i]] = hu[i, lane]
                        hd[i] = hu[i] = 1.0
                        told_d[i] = told_u[i] = worst[i] = added[i] = missing[i] = 0.0
                        gathered[slots[i] : slots[i + 1]] = 0.0
                reached8[word] = 0
        gone[:] = 0.0
        moved[:] = 0


@numba.njit(nogil=True, cache=True, inline="always")
def _tell_buyers(i, inc, told, kind, buyer, down, slot, worst, added, gathered, dirty):
    """Add the increment of i's loss to what its buyers miss; keep the worst of their essential inputs."""
    for e in range(kind[3 * i], kind[3 * i + 1]):
        j, w = buyer[e], down[e]
        dirty[j] = 1
        for lane in range(LANES):
            added[j, lane] += w * inc[lane]
    for e in range(kind[3 * i + 1], kind[3 * i + 2]):
        j, w = buyer[e], down[e]
        dirty[j] = 1
        for lane in range(LANES):
            worst[j, lane] = max(worst[j, lane], w * told[i, lane])
    for e in range(kind[3 * i + 2], kind[3 * i + 3]):
        j, w, s = buyer[e], down[e], slot[e]
        dirty[j] = 1
        for lane in range(LANES):
            gathered[s, lane] += w * inc[lane]
            worst[j, lane] = max(worst[j, lane], gathered[s, lane])


@numba.njit(nogil=True, cache=True)
def _room(m, whole, gone, room, members_start, members, capacity, hd):
    """What a market still has, in every lane. Added up anew where most is gone: a difference would be rounding."""
    anew = False
    for lane in range(LANES):
        room[m, lane] = whole[m] - gone[m, lane]
        anew |= gone[m, lane] > 0.5 * whole[m]
    if anew:
        for lane in range(LANES):
            if gone[m, lane] > 0.5 * whole[m]:
                left = 0.0
                for k in range(members_start[m], members_start[m + 1]):
                    left += capacity[members[k]] * hd[members[k], lane]
                room[m, lane] = left
