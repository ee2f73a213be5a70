"""What is told of every company, and of what changed between two days, as rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kaname.assess.ownership.book import Book
from kaname.assess.ownership.graph import I64, Controlled
from kaname.assess.ownership.network import Network, Right, network
from kaname.assess.ownership.origins import HOME, Origin, countries, origins
from kaname.assess.ownership.shares import BANDS, HOLDER, UNIT, Share, Threshold, figure

COMPANY = (
    "company", "name", "country", "holders", "controllers", "may_control", "foreign_low", "foreign_high", "state_low",
    "state_high", "domestic_low", "domestic_high", "unknown", "countries", "circle", "votes_from_capital",
)  # fmt: skip
CHANGE = ("holder", "company", "before", "after", "line", "change", "sure")
LINES = (HOLDER, *BANDS)
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Day:
    """The networks of a day, for votes and for capital, out of one book."""

    votes: Network
    capital: Network

    @classmethod
    def of(cls, book: Book, day: date | None) -> "Day":
        return cls(network(book, day, Right.VOTES), network(book, day, Right.CAPITAL))

    @property
    def book(self) -> Book:
        return self.votes.book


def companies(day: Day, right: Right = Right.CAPITAL, home: str = HOME) -> Iterator[Row]:
    """A row for every company that somebody holds."""
    book, votes, flow = day.book, day.votes, day.capital if right is Right.CAPITAL else day.votes
    entities = book.entities
    shares, by_country = origins(flow, home), countries(flow)
    sure, may = _controllers(votes)
    five = _five(votes)
    circle = flow.graph.circle
    low, (foreign_low, foreign_high) = shares.low, shares.foreign
    for n in _as_they_come(votes, flow):
        entity = entities[n]
        yield {
            "company": entity.id,
            "name": entity.name,
            "country": entity.country,
            "holders": ";".join(five.get(n, ())),
            "controllers": ";".join(sure.get(n, ())),
            "may_control": ";".join(c for c in may.get(n, ()) if c not in sure.get(n, ())),
            "foreign_low": figure(foreign_low[n]),
            "foreign_high": figure(foreign_high[n]),
            "state_low": figure(low[n, Origin.STATE]),
            "state_high": figure(low[n, Origin.STATE] + low[n, Origin.UNKNOWN]),
            "domestic_low": figure(low[n, Origin.DOMESTIC]),
            "domestic_high": figure(low[n, Origin.DOMESTIC] + low[n, Origin.UNKNOWN]),
            "unknown": figure(low[n, Origin.UNKNOWN]),
            "countries": ";".join(f"{code} {figure(share)}" for code, share in by_country.get(n, {}).items()),
            "circle": "yes" if circle[n] >= 0 else "no",
            "votes_from_capital": "yes" if votes.lent[n] else "no",
        }


def _as_they_come(*networks: Network) -> list[int]:
    """The companies that somebody holds, in the order of the source."""
    first = np.full(networks[0].count, np.iinfo(np.int64).max)
    for net in networks:
        np.minimum.at(first, net.company, net.row)
    order = np.argsort(first, kind="stable")
    found: list[int] = order[first[order] < np.iinfo(np.int64).max].tolist()
    return found


def changes(book: Book, before: date, after: date, company: str | None = None) -> Iterator[Row]:
    """The thresholds (5 %, 25 %, one third, 50 %) that direct holders of votes crossed between two days.

    `company`: only in this one.
    """
    shares = []
    for net in (network(book, day, Right.VOTES) for day in (before, after)):
        edges = range(net.holder.size) if company is None else net.edges_of(book.number[company]).tolist()
        shares.append({(int(net.holder[e]), int(net.company[e])): net.share(e) for e in edges})
    nothing = Share(0, 0)
    for pair in sorted(shares[0].keys() | shares[1].keys()):
        old, new = (s.get(pair, nothing) for s in shares)
        for line in LINES:
            if change := _crossing(old, new, line):
                yield {
                    "holder": book.entities[pair[0]].id,
                    "company": book.entities[pair[1]].id,
                    "before": str(old),
                    "after": str(new),
                    "line": line.name,
                    "change": change[0],
                    "sure": change[1],
                }


def _crossing(old: Share, new: Share, line: Threshold) -> tuple[str, str] | None:
    """Which way a line was crossed, and whether surely (`yes`) or only for all that is known (`possible`)."""
    before, after = (line.met(s.low) + line.met(s.high) for s in (old, new))  # 0 below, 1 open, 2 met
    if before == after:
        return None
    return "rise" if after > before else "fall", "yes" if abs(after - before) == 2 else "possible"


def _five(votes: Network) -> dict[int, list[str]]:
    """The direct holders of 5 % of the votes or more, or who may be: company -> `id share`, the largest first."""
    found: dict[int, list[tuple[int, str]]] = {}
    least = UNIT * HOLDER.at.numerator // HOLDER.at.denominator
    for e in np.flatnonzero(votes.high >= least).tolist():
        text = f"{votes.book.entities[votes.holder[e]].id} {votes.share(e)}"
        found.setdefault(int(votes.company[e]), []).append((-int(votes.low[e]), text))
    return {company: [text for _, text in sorted(those)] for company, those in found.items()}


def _controllers(votes: Network) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Who controls each company, and who may: those whom nobody controls in turn; `concert:NAME` for a group."""
    sure = _tops(votes, votes.control)
    return sure, _tops(votes, votes.may_control) if _open(votes) else sure


def _tops(votes: Network, ask: Callable[..., Controlled]) -> dict[int, list[str]]:
    alone, company = ask().pairs
    groups = votes.groups()
    group, theirs = ask(groups).pairs if groups else (alone[:0], company[:0])
    free = np.ones(votes.count, np.bool_)
    free[company], free[theirs] = False, False
    by: dict[int, list[str]] = {}
    for one, other in _pairs(alone, company, free[alone]):
        by.setdefault(other, []).append(votes.book.entities[one].id)
    for one, other in _pairs(group, theirs, ~np.isin(theirs, list(by))):
        by.setdefault(other, []).append(f"concert:{votes.book.groups[one]}")
    # A circle of control has nobody at its top: then all of it is named.
    for one, other in _pairs(alone, company, ~np.isin(company, list(by))):
        by.setdefault(other, []).append(votes.book.entities[one].id)
    return by


def _pairs(one: I64, other: I64, which: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    return zip(one[which].tolist(), other[which].tolist(), strict=True)


def _open(net: Network) -> bool:
    return bool((net.high > net.low).any())
