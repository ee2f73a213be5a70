"""The owners of one company as a tree to read line by line, and as the boxes and lines of a drawing.

Both show the same `MOST` at most: the nearest first, of those the largest. What is left out is counted, never silent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kaname.assess.ownership.network import Network
from kaname.assess.ownership.shares import Share

MOST = 150


@dataclass(frozen=True, slots=True)
class Line:
    """A holding in the tree: `holder` has `share` of `company`. `again`: its own holders stand higher up already.

    `hidden`: how many of the holder's own holders are not shown.
    """

    depth: int
    holder: int
    company: int
    edge: int
    share: Share
    again: bool
    hidden: int


@dataclass(frozen=True, slots=True)
class Tree:
    """`lines` in the order of reading; `nodes` and `edges` (of the network) that are shown; `hidden`: holders left out
    in all, `top`: of these the company's own."""

    company: int
    lines: tuple[Line, ...]
    nodes: tuple[int, ...]
    edges: tuple[int, ...]
    hidden: int
    top: int


def tree(network: Network, company: int, most: int = MOST) -> Tree:
    """The owners of a company. `network`: what bears on it (`Network.above`)."""
    shown = _nearest(network, company, most)
    inside = set(shown)
    held: dict[int, list[int]] = {}
    left: dict[int, int] = {}
    for node in shown:
        edges = _largest_first(network, node)
        held[node] = [e for e in edges if int(network.holder[e]) in inside]
        left[node] = len(edges) - len(held[node])
    lines = tuple(_walk(network, company, held, left))
    drawn = tuple(e for node in shown for e in held[node])
    return Tree(company, lines, tuple(shown), drawn, network.count - len(shown), left[company])


def _nearest(network: Network, company: int, most: int) -> list[int]:
    """Those to show: step by step away from the company, in each step the largest holdings first."""
    found, ring = {company: None}, [company]
    while ring and len(found) < most:
        edges = sorted((e for node in ring for e in network.edges_of(node).tolist()), key=lambda e: _size(network, e))
        ring = []
        for e in edges:
            holder = int(network.holder[e])
            if holder not in found and len(found) < most:
                found[holder] = None
                ring.append(holder)
    return list(found)


def _walk(network: Network, company: int, held: dict[int, list[int]], left: dict[int, int]) -> Iterator[Line]:
    """Depth first; a holder is opened the first time it comes up, so circles end and nothing is listed twice over."""
    opened = {company}
    stack = [(1, e) for e in reversed(held[company])]
    while stack:
        depth, e = stack.pop()
        holder = int(network.holder[e])
        again = holder in opened and bool(held[holder] or holder == company)
        hidden = 0 if holder in opened else left[holder]
        yield Line(depth, holder, int(network.company[e]), e, network.share(e), again, hidden)
        if holder not in opened:
            opened.add(holder)
            stack += [(depth + 1, other) for other in reversed(held[holder])]


def _largest_first(network: Network, node: int) -> list[int]:
    return sorted(network.edges_of(node).tolist(), key=lambda e: _size(network, e))


def _size(network: Network, e: int) -> tuple[int, int, int]:
    return -int(network.low[e]), -int(network.high[e]), e
