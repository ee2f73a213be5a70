"""One company looked through on a day: what a page tells of it, each figure with the parts it is made of."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from kaname.assess.ownership.book import NO_DAY, Book
from kaname.assess.ownership.command import Controller, controllers
from kaname.assess.ownership.exact import TooLarge, working
from kaname.assess.ownership.network import Network, Right, concerted
from kaname.assess.ownership.origins import HOME
from kaname.assess.ownership.report import Day
from kaname.assess.ownership.shares import HOLDER, Share, Threshold
from kaname.assess.ownership.stakes import Stake, stakes
from kaname.assess.ownership.tree import Tree, tree
from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Direct:
    """A direct holder with both rights as stated, and whether 5 % of the votes are met: True, False, None (open)."""

    holder: int
    votes: Share
    capital: Share
    five: bool | None


@dataclass(frozen=True)
class Look:
    """What bears on one company, numbered anew: `votes` and `capital` have the same entities under the same numbers."""

    whole: Book
    votes: Network
    capital: Network
    company: int
    right: Right
    home: str
    concerts: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def flow(self) -> Network:
        """The network by which ultimate shares are traced."""
        return self.capital if self.right is Right.CAPITAL else self.votes

    @property
    def book(self) -> Book:
        return self.flow.book

    @cached_property
    def stakes(self) -> list[Stake]:
        return stakes(self.flow, self.company, self.home)

    @cached_property
    def tree(self) -> Tree:
        return tree(self.flow, self.company)

    @cached_property
    def controllers(self) -> list[Controller]:
        return controllers(self.votes, self.company, self.concerts)

    @cached_property
    def direct(self) -> list[Direct]:
        """Everybody who directly holds something, the most votes first."""
        shares = [{int(n.holder[e]): n.share(e) for e in n.edges_of(self.company).tolist()}
                  for n in (self.votes, self.capital)]  # fmt: skip
        none = Share(0, 0)
        found = [Direct(h, v := shares[0].get(h, none), shares[1].get(h, none), meets(v, HOLDER))
                 for h in shares[0].keys() | shares[1].keys()]  # fmt: skip
        return sorted(found, key=lambda d: (-d.votes.low, -d.votes.high, -d.capital.low, d.holder))

    @property
    def is_open(self) -> bool:
        """Whether a figure is missing anywhere above the company."""
        return bool((self.flow.high > self.flow.low).any())

    @property
    def lent(self) -> bool:
        """Whether capital stands in for votes that are not stated."""
        return bool(self.votes.lent[self.company])

    def of_holder(self, holder: int) -> tuple[float, float, tuple[Text, ...]]:
        """What one holder has of the company in the end, surely and at most, and how the sure part comes about."""
        gross = float(self.flow.graph.holders_of(self.company)[holder])
        back = self.flow.graph.returning([holder])[0]
        low = gross / back if back else gross
        most = float(self.flow.most_of(holder)[self.company]) if self.is_open else low
        try:
            return low, max(low, most), working(self.flow, holder, self.company).said(self.flow)
        except TooLarge:
            large = T("循環が大きく、式を示せません。", "A circle too large for its equations to be shown.")
            return low, max(low, most), (large,)

    def held_since(self, edges: tuple[int, ...]) -> dict[int, tuple[Any, Any]]:
        """The first and the last day of each holding (of `flow`) as its source states them."""
        columns, flow = self.whole.columns, self.flow
        first: dict[tuple[int, int, int], int] = {}
        for at in np.flatnonzero(np.isin(columns.row, flow.row[list(edges)])).tolist():
            key = (int(columns.row[at]), int(columns.holder[at]), int(columns.company[at]))
            first.setdefault(key, at)
        found = {}
        for e in edges:
            ids = [self.whole.number[self.book.entities[n].id] for n in (flow.holder[e], flow.company[e])]
            at = first.get((int(flow.row[e]), *ids), -1)  # type: ignore[arg-type]
            found[e] = (columns.since[at], columns.until[at]) if at >= 0 else (NO_DAY, NO_DAY)
        return found


def look(day: Day, company: str, right: Right = Right.CAPITAL, home: str = HOME) -> Look:
    """What there is to see of a company by its identifier. Raises KeyError."""
    number = day.book.number[company]
    votes, capital = day.votes.above(number), day.capital.above(number)
    number_of = votes.book.number
    concerts = []
    for name, members in zip(day.book.groups, concerted(day.book, day.votes.day), strict=True):
        here = tuple(number_of[one] for m in members if (one := day.book.entities[m].id) in number_of)
        if here:
            concerts.append((name, here))
    return Look(day.book, votes, capital, number_of[company], right, home, tuple(concerts))


def meets(share: Share, line: Threshold) -> bool | None:
    """Whether a share meets a line; None where that hangs on what is not known."""
    if line.met(share.low):
        return True
    return None if line.met(share.high) else False
