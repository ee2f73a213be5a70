"""Drawing a graph in layers (Sugiyama): no circles, longest-path layers, order by barycentres, least squares.

Nodes are numbered; edges that span several layers run through invisible points, so that nothing is drawn across a box.
Everything is decided by the order of the input: the same graph gives the same picture.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[int, int]
_SWEEPS = 24


@dataclass(frozen=True)
class Box:
    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    """Where everything goes. `layers` hold nodes and points from left to right; `x` is the centre of each.

    `paths` lists, for each edge in order of input, the nodes and points it runs through from the upper layer down;
    `upward` tells which edges run against the layers.
    """

    layers: tuple[tuple[int, ...], ...]
    x: tuple[float, ...]
    paths: tuple[tuple[int, ...], ...]
    upward: frozenset[int]

    @property
    def rank(self) -> dict[int, int]:
        return {node: i for i, layer in enumerate(self.layers) for node in layer}


def place(boxes: Sequence[Box], edges: Sequence[Edge], gap: float) -> Placed:
    """Lay out nodes 0..n-1 of the given sizes, `gap` apart within a layer."""
    upward = _against(len(boxes), edges)
    down = [(b, a) if i in upward else (a, b) for i, (a, b) in enumerate(edges)]
    rank = _ranks(len(boxes), down)
    widths = [b.width for b in boxes]
    paths: list[tuple[int, ...]] = []
    for a, b in down:
        points = []
        for layer in range(rank[a] + 1, rank[b]):
            points.append(len(rank))
            rank.append(layer)
            widths.append(0)
        paths.append((a, *points, b))
    steps = sorted({pair for path in paths for pair in pairwise(path)})
    layers = _ordered(rank, steps)
    chains = [path[1:-1] for path in paths if len(path) > 2]
    x = _positions(layers, steps, widths, gap, chains)
    return Placed(tuple(map(tuple, layers)), tuple(x), tuple(paths), frozenset(upward))


def _against(n: int, edges: Sequence[Edge]) -> set[int]:
    """The edges to turn round so that no circle is left: those that lead back onto the way by which one came."""
    out: dict[int, list[tuple[int, int]]] = {v: [] for v in range(n)}
    for i, (a, b) in enumerate(edges):
        out[a].append((i, b))
    back: set[int] = set()
    state = [0] * n  # 0 not seen, 1 on the way, 2 done
    for root in range(n):
        if state[root]:
            continue
        state[root] = 1
        way = [(root, iter(out[root]))]
        while way:
            v, rest = way[-1]
            for i, w in rest:
                if state[w] == 1:
                    back.add(i)
                elif state[w] == 0:
                    state[w] = 1
                    way.append((w, iter(out[w])))
                    break
            else:
                state[v] = 2
                way.pop()
    return back


def _ranks(n: int, down: Sequence[Edge]) -> list[int]:
    """The layer of each node: its longest way from above; nodes with nothing above sit on their neighbour."""
    above: list[list[int]] = [[] for _ in range(n)]
    below: list[list[int]] = [[] for _ in range(n)]
    for a, b in down:
        above[b].append(a)
        below[a].append(b)
    rank = [0] * n
    for v in _sorted_down(n, above, below):
        rank[v] = max((rank[a] + 1 for a in above[v]), default=0)
    for v in range(n):
        if not above[v] and below[v]:
            rank[v] = min(rank[b] for b in below[v]) - 1
    return rank


def _sorted_down(n: int, above: list[list[int]], below: list[list[int]]) -> list[int]:
    waiting = [len(a) for a in above]
    ready = [v for v in range(n) if not waiting[v]]
    order = []
    while ready:
        v = ready.pop(0)
        order.append(v)
        for w in below[v]:
            waiting[w] -= 1
            if not waiting[w]:
                ready.append(w)
    return order


def _ordered(rank: list[int], steps: Sequence[Edge]) -> list[list[int]]:
    """The order within each layer: sweeps down and up by barycentres; the order with fewest crossings is kept."""
    layers: list[list[int]] = [[] for _ in range(max(rank, default=-1) + 1)]
    for v, r in enumerate(rank):
        layers[r].append(v)
    up, down = _neighbours(len(rank), steps)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, down)
    for sweep in range(_SWEEPS):
        beside, order = (up, layers) if sweep % 2 == 0 else (down, layers[::-1])
        for fixed, moved in pairwise(order):
            at = {v: i for i, v in enumerate(fixed)}
            own = {v: i for i, v in enumerate(moved)}
            weight = {v: sum(at[w] for w in beside[v]) / len(beside[v]) if beside[v] else own[v] for v in moved}
            moved.sort(key=lambda v: (weight[v], own[v]))
        crossings = _crossings(layers, down)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    return best


def _neighbours(n: int, steps: Sequence[Edge]) -> tuple[list[list[int]], list[list[int]]]:
    up: list[list[int]] = [[] for _ in range(n)]
    down: list[list[int]] = [[] for _ in range(n)]
    for a, b in steps:
        up[b].append(a)
        down[a].append(b)
    return up, down


def _crossings(layers: list[list[int]], down: list[list[int]]) -> int:
    total = 0
    for upper, lower in pairwise(layers):
        at = {v: i for i, v in enumerate(lower)}
        ends = [e for v in upper for e in sorted(at[w] for w in down[v])]
        total += sum(1 for i, a in enumerate(ends) for b in ends[i + 1 :] if a > b)
    return total


def _positions(
    layers: list[list[int]], steps: Sequence[Edge], widths: list[float], gap: float, chains: Sequence[tuple[int, ...]]
) -> list[float]:
    """Centres as near as may be to the mean of the neighbours, in order and `gap` apart; long edges straight."""
    up, down = _neighbours(len(widths), steps)
    chain = {v: points for points in chains for v in points}
    x = [0.0] * len(widths)
    for layer in layers:
        _set(x, layer, [0.0] * len(layer), widths, gap, chain)
    for sweep in range(_SWEEPS):
        beside = (up, down)[sweep % 2]
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            _set(x, layer, [_mean(x, beside[v] or [v]) for v in layer], widths, gap, chain)
    for _ in range(_SWEEPS):
        for layer in layers:
            wanted = [_mean(x, chain.get(v) or [*up[v], *down[v]] or [v]) for v in layer]
            _set(x, layer, wanted, widths, gap, chain)
    left = min((x[v] - widths[v] / 2 for layer in layers for v in layer), default=0)
    return [value - left for value in x]


def _mean(x: list[float], nodes: Sequence[int]) -> float:
    return sum(x[v] for v in nodes) / len(nodes)


def _set(
    x: list[float], layer: list[int], wanted: list[float], widths: list[float], gap: float, heavy: Container[int]
) -> None:
    """Least squares under order and distance: pool neighbours that would come too close (isotonic regression)."""
    offset, offsets = 0.0, []
    for i, v in enumerate(layer):
        offset += (widths[layer[i - 1]] + widths[v]) / 2 + gap if i else 0
        offsets.append(offset)
    pools: list[list[float]] = []  # [sum of weighted wishes, weight, members]
    for v, want, off in zip(layer, wanted, offsets, strict=True):
        weight = 8.0 if v in heavy else 1.0
        pools.append([(want - off) * weight, weight, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    i = 0
    for total, weight, members in pools:
        for _ in range(int(members)):
            x[layer[i]] = total / weight + offsets[i]
            i += 1
