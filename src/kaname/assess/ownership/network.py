"""The holdings in force on a day, for votes or for capital, as one graph; and what does not fit together in them.

Nothing contradictory is guessed away: parallel statements that differ, missing figures and more than a whole become
bounds, and are told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kaname.assess.ownership import loops
from kaname.assess.ownership.book import NOT_STATED, Book, Columns
from kaname.assess.ownership.graph import F64, I64, Controlled, Graph, control
from kaname.assess.ownership.shares import UNIT, Share, percent
from kaname.files.batches import Fault
from kaname.law import T

_MANY = 1000  # findings of one kind that are told one by one


class Right(StrEnum):
    """Votes decide control, capital what flows."""

    VOTES = "votes"
    CAPITAL = "capital"


@dataclass(frozen=True)
class Network:
    """One holding a pair of holder and company: `low` to `high` units.

    `lent`: companies for which nobody states this right, so that the other stands in (one share, one vote). `faults`
    and `notes`: what did not fit together.
    """

    book: Book
    right: Right
    day: date | None
    holder: I64
    company: I64
    low: I64
    high: I64
    row: I64
    lent: NDArray[np.bool_]
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @cached_property
    def graph(self) -> Graph:
        """The holdings by what is sure of them."""
        return Graph.of(self.count, self.holder, self.company, self.low)

    @property
    def count(self) -> int:
        return len(self.book.entities)

    def share(self, edge: int) -> Share:
        return Share(int(self.low[edge]), int(self.high[edge]))

    def edges_of(self, company: int) -> I64:
        """The holdings of one company, by number."""
        place = self.graph.place[company]
        return self.graph.edge[self.graph.start[place] : self.graph.start[place + 1]]

    def held_by(self, holder: int) -> I64:
        """What one holds, by number of the holding."""
        start, edges = self._by_holder
        return edges[start[holder] : start[holder + 1]]

    @cached_property
    def _by_holder(self) -> tuple[I64, I64]:
        start, edges = loops.by_group(self.count, self.holder)
        return start, edges

    def above(self, company: int) -> "Network":
        """What bears on one company: it, its holders, theirs. Numbered anew, in a book of its own."""
        kept, stack = {company}, [company]
        while stack:
            for holder in self.holder[self.edges_of(stack.pop())].tolist():
                if holder not in kept:
                    kept.add(holder)
                    stack.append(holder)
        nodes = np.array(sorted(kept), np.int64)
        number = np.full(self.count, -1, np.int64)
        number[nodes] = np.arange(nodes.size)
        edges = np.flatnonzero(number[self.company] >= 0)
        entities = [self.book.entities[n] for n in nodes.tolist()]
        part = Book(self.book.name, self.book.form, entities, self.book.columns.take(np.zeros(0, np.int64)))
        return Network(
            part, self.right, self.day, number[self.holder[edges]], number[self.company[edges]], self.low[edges],
            self.high[edges], self.row[edges], self.lent[nodes],
        )  # fmt: skip

    def most_of(self, holder: int) -> F64:
        """The most that one can have of each, for all that is known: each figure left open is at its most where that
        leads to the holder, and the shares of a company are no more than a whole.

        Without an open figure this is the net integrated share: what comes back to the holder itself counts once.
        """
        mark = np.zeros(self.count)
        mark[holder] = 1.0
        units = self.low.copy()
        open_ = np.flatnonzero(self.high > self.low)
        while True:  # better choices one after the other; there are finitely many, and none comes back
            share = self.graph.with_units(units).ultimate(mark, mark > 0)
            chosen = units.copy()
            for company in np.unique(self.company[open_[share[self.holder[open_]] > 0]]).tolist():
                edges = self.edges_of(company)
                through = share[self.holder[edges]]
                best = _greedy(self.low[edges], self.high[edges], through)
                # Only what is truly better: of equals, one may lead round a circle for ever.
                if (best - units[edges]) @ through > 1e-12 * UNIT:
                    chosen[edges] = best
            if np.array_equal(chosen, units):
                return share
            units = chosen

    def groups(self) -> list[list[int]]:
        """Who acts in concert, by the number of the group in the book."""
        return concerted(self.book, self.day)

    def control(self, groups: list[list[int]] | None = None) -> Controlled:
        return control(self.count, self.holder, self.company, self.low, groups)

    def may_control(self, groups: list[list[int]] | None = None) -> Controlled:
        """Who controls for all that is known: every figure left open at its most."""
        return control(self.count, self.holder, self.company, self.low, groups, most=self.high)


def _greedy(low: I64, high: I64, worth: F64) -> I64:
    """Shares between low and high, a whole at most together, with the open part where it is worth most."""
    chosen = low.copy()
    left = UNIT - int(low.sum())
    for e in np.argsort(-worth, kind="stable").tolist():
        more = min(left, int(high[e] - low[e])) if worth[e] > 0 else 0
        chosen[e] += more
        left -= more
    return chosen


def concerted(book: Book, day: date | None) -> list[list[int]]:
    """The members of each group of the book on a day."""
    columns = in_force(book.columns, day)
    return [np.unique(columns.holder[columns.group == g]).tolist() for g in range(len(book.groups))]


def in_force(columns: Columns, day: date | None) -> Columns:
    """The holdings of a day; all of them where none is given. A bound that is not stated does not bind."""
    if day is None:
        return columns
    on = np.datetime64(day, "D")
    return columns.take(np.flatnonzero(~(columns.since > on) & ~(columns.until < on)))


def network(book: Book, day: date | None = None, right: Right = Right.VOTES) -> Network:
    """The network of a right on a day, with what had to be told about it."""
    columns = in_force(book.columns, day)
    columns = columns.take(np.flatnonzero(~columns.indirect))
    pairs, lent = _of_right(columns, right, len(book.entities))
    notes, faults = list[Fault](), list[Fault]()
    if right is Right.VOTES:
        mine = columns.holder == columns.company
        own, own_pairs = columns.take(np.flatnonzero(mine)), pairs[mine]
        notes += _own_shares(book, own, lent)
        columns, pairs = columns.take(np.flatnonzero(~mine)), pairs[~mine]
    holder, company, low, high, row, differing = _merged(book, columns, pairs)
    faults += differing
    total = np.bincount(company, low, len(book.entities)).astype(np.int64)
    faults += _over(book, company, row, total)
    over = total[company] > UNIT
    low = np.where(over, 0, low)
    total = np.bincount(company, low, len(book.entities)).astype(np.int64)
    high = np.minimum(high, UNIT - total[company] + low)  # no more than the others leave
    if right is Right.VOTES and lent[own.company].any():
        borrowed = lent[own.company]
        _, whose, least, most, _, _ = _merged(book, own.take(np.flatnonzero(borrowed)), own_pairs[borrowed])
        low, high = _of_the_rest(company, low, high, total, (whose, least, most))
    made = Network(book, right, day, holder, company, low, high, row, lent, faults, notes)
    notes += _circles(made)
    return made


def _of_right(columns: Columns, right: Right, count: int) -> tuple[I64, NDArray[np.bool_]]:
    """The figures of a right. A company for which none states it lends them from the other right."""
    mine, other = (columns.votes, columns.capital) if right is Right.VOTES else (columns.capital, columns.votes)
    stated = np.zeros(count, np.bool_)
    stated[columns.company[mine[:, 0] != NOT_STATED]] = True
    lends = ~stated[columns.company]
    pairs = np.where(lends[:, None], other, mine)
    pairs = np.where(pairs == NOT_STATED, np.array([0, UNIT]), pairs)
    lent = np.zeros(count, np.bool_)
    lent[columns.company[lends]] = True
    return pairs, lent


def _merged(book: Book, columns: Columns, pairs: I64) -> tuple[I64, I64, I64, I64, I64, list[Fault]]:
    """One holding a pair. Parallel statements are never added up: the same counts once, others bound the share."""
    key = columns.holder * max(len(book.entities), 1) + columns.company
    order = np.lexsort((columns.row, key))
    key, pairs, columns = key[order], pairs[order], columns.take(order)
    first = np.flatnonzero(np.diff(key, prepend=-1))
    silent = (pairs[:, 0] == 0) & (pairs[:, 1] == UNIT)  # says nothing beside one that says something
    low, high = np.where(silent, UNIT, pairs[:, 0]), np.where(silent, 0, pairs[:, 1])
    if first.size:
        low, high = np.minimum.reduceat(low, first), np.maximum.reduceat(high, first)
    all_silent = low > high
    low, high = np.where(all_silent, 0, low), np.where(all_silent, UNIT, high)
    faults = []
    ends = np.append(first[1:], key.size)
    for n in np.flatnonzero(ends - first > 1)[:_MANY].tolist():
        said = {tuple(p) for p in pairs[first[n] : ends[n]][~silent[first[n] : ends[n]]].tolist()}
        if len(said) > 1:
            rows = columns.row[first[n] : ends[n]]
            holder, company = (book.called(int(ids[first[n]])) for ids in (columns.holder, columns.company))
            shares = ", ".join(sorted(str(Share(*p)) for p in said))
            wrong = T(f"{company} に対する {holder} の持分が同じ日に二つ以上ある（{shares}）；その間として扱う",
                      f"{holder} has several shares of {company} on one day ({shares}); taken as between")  # fmt: skip
            faults.append(Fault(int(rows[-1]), "share", wrong, T("一日に一つの持分", "one share a day")))
    at = (columns.holder[first], columns.company[first]) if first.size else (columns.holder, columns.company)
    row = columns.row[first] if first.size else columns.row
    return *at, low, high, row, faults


def _own_shares(book: Book, own: Columns, lent: NDArray[np.bool_]) -> Iterator[Fault]:
    rest = T("；他の者の議決権は残りの株式に対する割合", "; the votes of others are parts of the rest")
    for row, company in zip(own.row.tolist(), own.company.tolist(), strict=True):
        ja, en = (rest.ja, rest.en) if lent[company] else ("", "")
        name = book.called(company)
        told = T(f"{name} の自己株式には議決権がない（会社法308条2項）；数えない{ja}",
                 f"own shares of {name} carry no votes (Companies Act 308(2)): left out{en}")  # fmt: skip
        yield Fault(row, "votes", told, T("他の者の持分", "holdings of others"))


def _of_the_rest(company: I64, low: I64, high: I64, total: I64, own: tuple[I64, I64, I64]) -> tuple[I64, I64]:
    """Votes that capital stands in for, where a company has shares of its own (which, at least, at most): 45 % of the
    capital beside 20 % of own shares are 45 of 80 votes. Outward to whole units."""
    whose, own_low, own_high = own
    low, high = low.copy(), high.copy()
    least, most = np.zeros(total.size, np.int64), np.zeros(total.size, np.int64)
    left = UNIT - total[whose]  # by what the others surely hold
    least[whose], most[whose] = np.where(own_low <= left, own_low, 0), np.minimum(own_high, left)
    edges = np.flatnonzero(most[company] > 0)
    for e in edges.tolist():  # whole numbers of any size: a product of two units has more than 64 bits
        voting, fewest = UNIT - int(least[company[e]]), UNIT - int(most[company[e]])
        low[e] = int(low[e]) * UNIT // voting if voting else 0
        high[e] = min(-(-int(high[e]) * UNIT // fewest), UNIT) if fewest else UNIT
    sure = np.bincount(company, low, total.size).astype(np.int64)
    high[edges] = np.minimum(high[edges], UNIT - sure[company[edges]] + low[edges])
    return low, high


def _over(book: Book, company: I64, row: I64, total: I64) -> Iterator[Fault]:
    for number in np.flatnonzero(total > UNIT)[:_MANY].tolist():
        name, sum_ = book.called(number), percent(int(total[number]))
        wrong = T(f"{name} の持分の合計が {sum_}%；それぞれ0から書かれた値までとして扱う",
                  f"the shares of {name} add up to {sum_} %; each is taken as from 0 to what is stated")  # fmt: skip
        yield Fault(int(row[company == number].max()), "share", wrong, T("合計100%以下", "at most 100 % together"))


def _circles(network: Network) -> Iterator[Fault]:
    """Companies that hold each other whole: nobody outside has anything of them."""
    graph = network.graph
    if not graph.begins.size:
        return
    circle = graph.circle
    inside = np.flatnonzero((circle[network.holder] == circle[network.company]) & (circle[network.company] >= 0))
    kept = np.bincount(network.company[inside], network.low[inside], network.count).astype(np.int64)
    held_whole = np.bincount(circle[circle >= 0], kept[circle >= 0] == UNIT, graph.begins.size).astype(np.int64)
    for number in np.flatnonzero(held_whole == graph.ends - graph.begins)[:_MANY].tolist():
        members = graph.order[graph.begins[number] : graph.ends[number]]
        if members.size:
            names = ", ".join(network.book.called(m) for m in members[:5].tolist())
            told = T(f"{names} は互いに全部を持ち合う；外の誰のものか分からない（0から100%）",
                     f"{names} hold each other whole; whose they are cannot be told (0 to 100 %)")  # fmt: skip
            row = int(network.row[np.isin(network.company, members)].min())
            yield Fault(row, "share", told, T("外の者の持分", "a holder outside"))
