"""Systemic risk and the inventory model written down as the papers state them: dense, slow, sharing no code."""

import numpy as np


def cascade(w, industry, essential, psi, *, market=None, eps=0.01, by_loss=False, weights=None, sales=None, costs=None,
            passes=None, spare=None):  # fmt: skip
    """(total, down, up, steps, h_down, h_up) of one shock; psi is what each firm can still make. `passes`: the part of
    a loss that goes on down each link; `spare`: what a firm can make beyond its sales, as a part of them."""
    n = len(w)
    industry, psi = np.asarray(industry), np.asarray(psi, float)
    essential = np.asarray(essential)
    s = w.sum(axis=1) if sales is None else sales
    d = w.sum(axis=0) if costs is None else costs
    counts = w.sum(axis=1) / w.sum() if weights is None else weights
    of_pair = essential[np.ix_(industry, industry)]
    down = np.zeros((n, n))
    for j in range(n):
        for i in range(n):
            if w[i, j] and of_pair[i, j] == 2:
                down[i, j] = w[i, j] / w[industry == industry[i], j].sum()
            elif w[i, j] and of_pair[i, j] == 1:
                down[i, j] = w[i, j] / d[j]
    down = down if passes is None else down * passes
    can = s if spare is None else s * (1 + spare)
    up = np.divide(w, s[:, None], out=np.zeros((n, n)), where=s[:, None] > 0)
    hd, hu = psi.copy(), psi.copy()
    before = counts @ (1 - hd)
    steps = 0
    while True:
        sigma = np.ones(n)
        if market is not None:
            left = np.bincount(market, can * hd)[market]
            sigma = np.array([min(1.0, s[i] / left[i]) if left[i] > 0 else 1.0 for i in range(n)])
        passed = (sigma * (1 - hd))[:, None] * down
        shortage = np.zeros(n)
        linear = np.zeros(n)
        for k in range(len(essential)):
            of_k = passed[industry == k].sum(axis=0)
            need = essential[k, industry]
            shortage = np.maximum(shortage, np.where(need == 2, of_k, 0.0))
            linear += np.where(need == 1, of_k, 0.0)
        new_d = np.maximum(0, np.minimum(psi, 1 - np.maximum(shortage, linear)))
        new_u = np.maximum(0, np.minimum(psi, 1 - up @ (1 - hu)))
        change = max((hd - new_d).max(), (hu - new_u).max())
        hd, hu = new_d, new_u
        steps += 1
        loss = counts @ (1 - np.minimum(hd, hu))
        done = loss <= before * (1 + eps) if by_loss else change <= eps
        before = loss
        if done:
            return loss, counts @ (1 - hd), counts @ (1 - hu), steps, hd, hu


def measured(w, industry, sales, measures, outage):
    """(w, passes, spare, sales, days) with measures in place, one after the other, stocks last: (kind, firm, amount,
    suppliers, source); `suppliers`: those whose goods it is about; `source`: -1 for somewhere that does not fail. A
    share that a stock bridges is a share that does not go on; of several stocks the longest counts; a second source
    takes a part of what the others sold."""
    n = len(w)
    w, sales = w.copy(), sales.copy()
    passes, spare, days = np.ones((n, n)), np.zeros(n), np.full((n, n), np.nan)
    for kind, firm, amount, suppliers, source in sorted(measures, key=lambda one: one[0] == "stock"):
        bought = [i for i in suppliers if w[i, firm] > 0]
        for i in bought:
            if kind == "stock":
                days[i, firm] = np.fmax(days[i, firm], amount)
            elif kind == "second_source" and source < 0:
                passes[i, firm] *= 1 - amount
            elif kind == "second_source" and i != source:
                moved = w[i, firm] * amount
                w[i, firm] -= moved
                w[source, firm] += moved
                sales[i] -= moved
                sales[source] += moved
        if kind == "capacity":
            spare[firm] += amount
    return w, passes * np.maximum(0.0, 1 - np.nan_to_num(days) / outage), spare, sales, days


def days(a, final, industry, delta, stock, tau, count, smoothing=False, spare=0.0, outage=None, recovery=1.0):
    """Production, final consumption and value added from the day before the shock on. `stock`: days of each firm, or of
    each link. `delta` is there in full for `outage` days, then shrinks by the part `recovery` a day."""
    a, final, industry, delta = (np.asarray(x, float) for x in (a, final, industry, delta))
    n = len(a)
    initial = a.sum(axis=1) + final
    kept = np.broadcast_to(np.asarray(stock, float), a.shape)  # of supplier i at buyer j
    s = a * kept
    served, made, got = a.copy(), initial.copy(), final.copy()
    margin = (initial - a.sum(axis=0)) / initial
    found = [(made.sum(), got.sum(), (made * margin).sum())]
    for day in range(1, count + 1):
        busy = made / initial
        used = np.zeros((n, n))
        for j in range(n):
            for k in set(industry):
                of_k = industry == k
                if s[of_k, j].sum() > 0:
                    used[of_k, j] = s[of_k, j] * busy[j] * a[of_k, j].sum() / s[of_k, j].sum()
        s = np.maximum(0, s + served - used)
        order = np.maximum(0, a * busy + (kept * a * busy - s) / tau)
        demand = final + order.sum(axis=1)
        possible = initial * (1 - delta) * (1 + spare)
        for j in range(n):
            for k in set(industry):
                of_k = industry == k
                if a[of_k, j].sum() > 0:
                    possible[j] = min(possible[j], initial[j] * s[of_k, j].sum() / a[of_k, j].sum())
        made = np.minimum(possible, demand)
        for i in range(n):
            asked, usual = np.append(order[i], final[i]), np.append(a[i], final[i])
            given = _lowest_first(asked, usual, made[i]) if smoothing else asked * made[i] / demand[i]
            served[i], got[i] = given[:-1], given[-1]
        found.append((made.sum(), got.sum(), (made * margin).sum()))
        if outage is not None and day >= outage:
            delta = delta * (1 - recovery)
    return np.array(found).T


def _lowest_first(asked, usual, made):
    """Everybody gets the same part of what it used to get, until its order is met; found by halving."""
    if made >= asked.sum():
        return asked
    low, high = 0.0, 1e9
    for _ in range(200):
        level = (low + high) / 2
        low, high = (level, high) if np.minimum(asked, usual * level).sum() <= made else (low, level)
    return np.minimum(asked, usual * low)
