"""Systemic risk and the inventory model written down as the papers state them: dense, slow, sharing no code."""

import numpy as np


def cascade(w, industry, essential, psi, *, market=None, eps=0.01, by_loss=False, weights=None, sales=None, costs=None):
    """(total, down, up, steps, h_down, h_up) of one shock; psi is what each firm can still make."""
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
    up = np.divide(w, s[:, None], out=np.zeros((n, n)), where=s[:, None] > 0)
    hd, hu = psi.copy(), psi.copy()
    before = counts @ (1 - hd)
    steps = 0
    while True:
        sigma = np.ones(n)
        if market is not None:
            left = np.bincount(market, s * hd)[market]
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


def days(a, final, industry, delta, stock, tau, count, smoothing=False):
    """Production, final consumption and value added from the day before the shock on. `stock`: days of each firm."""
    a, final, industry, delta = (np.asarray(x, float) for x in (a, final, industry, delta))
    n = len(a)
    initial = a.sum(axis=1) + final
    s = a * np.asarray(stock, float)[None, :]  # of supplier i at buyer j
    served, made, got = a.copy(), initial.copy(), final.copy()
    margin = (initial - a.sum(axis=0)) / initial
    found = [(made.sum(), got.sum(), (made * margin).sum())]
    for _ in range(count):
        busy = made / initial
        used = np.zeros((n, n))
        for j in range(n):
            for k in set(industry):
                of_k = industry == k
                if s[of_k, j].sum() > 0:
                    used[of_k, j] = s[of_k, j] * busy[j] * a[of_k, j].sum() / s[of_k, j].sum()
        s = np.maximum(0, s + served - used)
        order = np.maximum(0, a * busy + (np.asarray(stock, float) * a * busy - s) / tau)
        demand = final + order.sum(axis=1)
        possible = initial * (1 - delta)
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
