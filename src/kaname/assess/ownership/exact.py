"""Integrated shares as fractions, and the working that a reader can follow and add up.

The fast engine answers for all; this one for one holder and one company, without rounding. It decides where a figure is
so near a threshold that rounding could tip it, and it writes down each step.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from kaname.assess.ownership.network import Network
from kaname.assess.ownership.shares import UNIT, Threshold
from kaname.law import T, Text

LARGEST = 60  # companies in one circle that fractions are worked out for


class TooLarge(ValueError):
    """A circle of more companies than fractions are worked out for."""


@dataclass(frozen=True, slots=True)
class Term:
    """What passes through one holder: its share of the company times what the asked holder has of it."""

    holder: int
    share: Fraction
    through: Fraction  # 1 for the asked holder itself

    @property
    def product(self) -> Fraction:
        return self.share * self.through


@dataclass(frozen=True, slots=True)
class Step:
    """What the asked holder has of one company: the sum of the terms. In a circle the steps hold together."""

    company: int
    terms: tuple[Term, ...]
    total: Fraction
    circle: bool


@dataclass(frozen=True, slots=True)
class Working:
    """How a share comes about, owners first; the last step is the company asked about."""

    holder: int
    company: int
    steps: tuple[Step, ...]

    @property
    def share(self) -> Fraction:
        return self.steps[-1].total if self.steps else Fraction(0)

    def said(self, network: Network) -> tuple[Text, ...]:
        return tuple(_said(step, self.holder, network) for step in self.steps)


class Above:
    """What bears on one company, ready for the working of any of its holders, by the sure shares."""

    def __init__(self, network: Network, company: int) -> None:
        self._company = company
        self._place, self._circle = network.graph.place, network.graph.circle
        self._held: dict[int, list[tuple[int, Fraction]]] = {}
        self._holds: dict[int, list[int]] = {}
        stack = [company]
        while stack:
            node = stack.pop()
            if node in self._held:
                continue
            edges = network.edges_of(node)
            sure = edges[network.low[edges] > 0]
            self._held[node] = [(int(network.holder[e]), Fraction(int(network.low[e]), UNIT)) for e in sure]
            for holder, _ in self._held[node]:
                self._holds.setdefault(holder, []).append(node)
                stack.append(holder)

    def working(self, holder: int) -> Working:
        """How the integrated share of a holder comes about. Raises TooLarge."""
        held = self._between(holder)
        steps: list[Step] = []
        value: dict[int, Fraction] = {}
        for block in self._blocks(held):
            if len(block) > LARGEST:
                raise TooLarge
            value.update(_solved(block, held, value, holder))
            for node in block:
                terms = tuple(
                    Term(h, s, Fraction(1) + value.get(h, Fraction(0)) if h == holder else value[h])
                    for h, s in held[node]
                    if h == holder or value.get(h)
                )
                steps.append(Step(node, terms, value[node], bool(self._circle[node] >= 0)))
        steps.sort(key=lambda step: step.company == self._company)  # last, also within its circle
        return Working(holder, self._company, tuple(s for s in steps if s.terms or s.company == self._company))

    def _between(self, holder: int) -> dict[int, list[tuple[int, Fraction]]]:
        """The holdings on the ways from the holder to the company: company -> (holder, share)."""
        reached: set[int] = set()
        stack = list(self._holds.get(holder, ()))
        while stack:
            node = stack.pop()
            if node not in reached:
                reached.add(node)
                stack += self._holds.get(node, ())
        return {n: [(h, s) for h, s in self._held[n] if h == holder or h in reached] for n in reached}

    def _blocks(self, held: Iterable[int]) -> Iterator[list[int]]:
        """Companies one by one, owners first; those of one circle together."""
        order = sorted(held, key=lambda n: int(self._place[n]))
        for circle, block in groupby(order, key=lambda n: int(self._circle[n])):
            if circle >= 0:
                yield list(block)
            else:
                yield from ([node] for node in block)


def working(network: Network, holder: int, company: int) -> Working:
    """The integrated share of a holder in a company with its working. Raises TooLarge."""
    return Above(network, company).working(holder)


def meets(network: Network, holder: int, company: int, line: Threshold, near: float) -> bool | None:
    """Whether an integrated share, `near` as the fast engine has it, meets a threshold; None if it cannot be told."""
    if abs(near - float(line.at)) > 1e-9:
        return near > line.at
    try:
        return line.met(working(network, holder, company).share * UNIT)
    except TooLarge:
        return None


def _solved(
    block: list[int], held: dict[int, list[tuple[int, Fraction]]], value: dict[int, Fraction], holder: int
) -> dict[int, Fraction]:
    """The shares of the holder in the companies of a block: Gauss with fractions, the smallest solution."""
    number = {node: n for n, node in enumerate(block)}
    size = len(block)
    rows = [[Fraction(int(i == j)) for j in range(size)] + [Fraction(0)] for i in range(size)]
    for node, row in zip(block, rows, strict=True):
        for h, share in held[node]:
            if h == holder:
                row[size] += share
            if h in number:
                row[number[h]] -= share
            elif h != holder or h in value:
                row[size] += share * value[h]
    for k in range(size):
        pivot = next((r for r in range(k, size) if rows[r][k]), None)
        if pivot is None:  # a circle that holds itself whole: nothing comes in
            continue
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for r in range(size):
            if r != k and rows[r][k]:
                factor = rows[r][k] / rows[k][k]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[k], strict=True)]
    return {
        node: rows[k][size] / rows[k][k] if rows[k][k] else Fraction(0)
        for node, k in zip(block, range(size), strict=True)
    }


def _said(step: Step, holder: int, network: Network) -> Text:
    called = network.book.called
    ja, en = [], []
    for term in step.terms:
        share, total = _percent(term.share), _percent(term.through)
        if term.holder == holder and term.through == 1:
            ja.append(f"直接 {share}")
            en.append(f"directly {share}")
        else:
            ja.append(f"{called(term.holder)} を通じて {total} × {share}")
            en.append(f"through {called(term.holder)} {total} x {share}")
    round_ja, round_en = ("（循環：他の行と同時に成り立つ）", " (a circle: holds together with the other lines)")
    sum_ = _percent(step.total)
    return T(
        f"{called(step.company)}：{' ＋ '.join(ja)} ＝ {sum_}{round_ja if step.circle else ''}",
        f"{called(step.company)}: {' + '.join(en)} = {sum_}{round_en if step.circle else ''}",
    )


def _percent(share: Fraction) -> str:
    """A fraction as percent, exactly where few decimals do, else rounded to six."""
    hundred = share * 100
    return f"{float(hundred):.6f}".rstrip("0").rstrip(".") + "%"
