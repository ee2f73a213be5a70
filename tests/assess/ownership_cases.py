"""Small networks and slow exact derivations for the tests of ownership: fractions, matrices, all subsets."""

import os
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from kaname.assess.ownership.book import Book, Entity, Holding, Kind, book
from kaname.assess.ownership.graph import Graph
from kaname.assess.ownership.shares import UNIT, Share

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))
Edge = tuple[str, str, float]


def shared(*parts: str) -> Path:
    """A file of the shared folder; the test is skipped, loudly, where it is absent."""
    found = SHARED.joinpath(*parts)
    if not found.exists():
        pytest.skip(f"needs {found.name} (see KANAME_SHARED)")
    return found


class Small:
    """A network written as edges (holder, company, share of one)."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.edges = [(h, c, round(s * UNIT)) for h, c, s in edges]
        self.names = sorted({name for h, c, _ in self.edges for name in (h, c)})
        self.number = {name: n for n, name in enumerate(self.names)}
        self.holder = np.array([self.number[h] for h, _, _ in self.edges], np.int64)
        self.company = np.array([self.number[c] for _, c, _ in self.edges], np.int64)
        self.units = np.array([u for *_, u in self.edges], np.int64)

    @property
    def graph(self) -> Graph:
        return Graph.of(len(self.names), self.holder, self.company, self.units)

    def pairs(self, found: tuple[np.ndarray, np.ndarray]) -> set[tuple[str, str]]:
        return {(self.names[a], self.names[b]) for a, b in zip(*(x.tolist() for x in found), strict=True)}

    def matrix(self) -> list[list[Fraction]]:
        size = len(self.names)
        rows = [[Fraction(0)] * size for _ in range(size)]
        for holder, company, units in zip(self.holder, self.company, self.units, strict=True):
            rows[holder][company] += Fraction(int(units), UNIT)
        return rows


def inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """(I - A)^-1 by Gauss-Jordan with fractions. The matrix must have one."""
    size = len(matrix)
    rows = [
        [Fraction(int(i == j)) - matrix[i][j] for j in range(size)] + [Fraction(int(i == j)) for j in range(size)]
        for i in range(size)
    ]
    for k in range(size):
        pivot = next(r for r in range(k, size) if rows[r][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for r in range(size):
            if r != k and rows[r][k]:
                rows[r] = [a - rows[r][k] * b for a, b in zip(rows[r], rows[k], strict=True)]
    return [row[size:] for row in rows]


def controlled(matrix: list[list[Fraction]], seeds: set[int]) -> set[int]:
    """The least fixed point, the slow way: look again at everybody until nobody joins."""
    inside = set(seeds)
    while True:
        joined = {
            y
            for y in range(len(matrix))
            if y not in inside and sum((matrix[x][y] for x in inside), Fraction(0)) > Fraction(1, 2)
        }
        if not joined:
            return inside - seeds
        inside |= joined


@st.composite
def networks(draw: st.DrawFn, most: int = 7, whole: bool = False) -> list[Edge]:
    """Edges whose shares add up to at most 100 % a company, with circles and own shares; `whole`: to 100 % at times."""
    size = draw(st.integers(2, most))
    edges: list[Edge] = []
    for company in range(size):
        left = 100
        for holder in draw(st.lists(st.integers(0, size - 1), max_size=4, unique=True)):
            share = draw(st.integers(0, left if whole else max(left - 1, 0)))
            if share:
                edges.append((f"n{holder}", f"n{company}", share / 100))
                left -= share
    return edges


def told(*holdings: Holding, **entities: tuple[str, Kind]) -> Book:
    """A book of holdings, with country and kind for those named."""
    return book([Entity(name, name, where, kind) for name, (where, kind) in entities.items()], holdings)


def exactly(share: float | str) -> Share:
    units = round(float(share) * UNIT / 100)
    return Share(units, units)
