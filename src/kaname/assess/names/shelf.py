"""A shelf: readings of one kind side by side, ready to be searched without missing a pair."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from kaname.assess.names import loops

RULES = ("letters", "arranged", "words")
_SHARE = 64  # queries a thread takes at a time


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a search found: numbers of query and reading, rule (an index of RULES) and score, side by side."""

    query: loops.I64
    reading: loops.I64
    rule: loops.I64
    score: Any

    @property
    def rules(self) -> list[str]:
        return [RULES[rule] for rule in self.rule.tolist()]


@dataclass(frozen=True, slots=True)
class _Laid:
    """Readings as flat arrays; `codes` are code points."""

    codes: loops.I32
    arranged: loops.I32
    starts: loops.I64
    words: loops.I32  # where the words of a reading start in it, and its length
    word_starts: loops.I64
    initials: loops.I64
    left: loops.I64  # lengths, were that many of the longest words mere initials


class Shelf:
    """Readings to search in: each a sequence of words. For `initialled` and `by_letters` see `score.score`."""

    def __init__(self, readings: Sequence[Sequence[str]], initialled: bool = True, by_letters: bool = True) -> None:
        self._initialled, self._by_letters = initialled, by_letters
        laid = _laid(readings, initialled)
        lengths, some = np.diff(laid.starts), laid.initials > 0
        order = np.lexsort((lengths, some))
        self._order = order
        laid = _laid([readings[i] for i in order.tolist()], initialled)
        # Side by side: readings of one length, without initials or with.
        kinds = np.stack([lengths, some], axis=1)[order]
        begins = np.flatnonzero(np.append(True, np.any(np.diff(kinds, axis=0), axis=1)))[: order.size]
        ends = np.append(begins, order.size)[1:]
        self._runs = np.stack([kinds[begins, 0], begins, ends, kinds[begins, 1]], axis=1).astype(np.int64)
        self._alphabet = np.unique(laid.codes)
        self._arrays = self._prepared(laid)

    def __len__(self) -> int:
        return int(self._order.size)

    def search(self, queries: Sequence[Sequence[str]], threshold: float) -> Pairs:
        """Every pair with a score at or above the threshold (over 0, at most 1), in order of query and reading."""
        if not 0 < threshold <= 1:
            raise ValueError(f"threshold {threshold}; expected over 0, at most 1")
        if not queries or not len(self):
            nothing = np.zeros(0, np.int64)
            return Pairs(nothing, nothing, nothing, np.zeros(0))
        asked = self._prepared(_laid(queries, self._initialled))
        letters, count = int(self._alphabet.size), len(queries)

        def share(first: int) -> tuple[Any, Any]:
            found: tuple[Any, Any] = loops.search(
                asked, self._arrays, self._runs, letters, self._by_letters, threshold, first, min(first + _SHARE, count)
            )
            return found

        with ThreadPoolExecutor(os.cpu_count()) as threads:
            parts = list(threads.map(share, range(0, count, _SHARE)))
        pairs, scores = (np.concatenate(side) for side in zip(*parts, strict=True))
        query, reading = pairs[:, 0], self._order[pairs[:, 1]]
        order = np.lexsort((reading, query))
        return Pairs(query[order], reading[order], pairs[order, 2], scores[order])

    def _prepared(self, laid: _Laid) -> tuple[Any, ...]:
        """The tuple that the loops take: letters as numbers of this shelf's alphabet, signatures and beginnings."""
        signatures = np.zeros((laid.initials.size, 3), np.uint64)
        heads = np.zeros((laid.initials.size, 4), np.uint64)
        loops.describe(laid.codes, laid.arranged, laid.starts, laid.words, laid.word_starts, signatures, heads)
        return (
            self._numbered(laid.codes), self._numbered(laid.arranged), laid.starts, laid.words, laid.word_starts,
            signatures, heads, laid.initials, laid.left,
        )  # fmt: skip

    def _numbered(self, codes: loops.I32) -> loops.I32:
        places = np.searchsorted(self._alphabet, codes)
        known = self._alphabet[np.minimum(places, self._alphabet.size - 1)] == codes
        return np.where(known, places, -1).astype(np.int32)


def _laid(readings: Sequence[Sequence[str]], initialled: bool) -> _Laid:
    count = len(readings)
    sizes = [[len(word) for word in words] for words in readings]
    starts = np.zeros(count + 1, np.int64)
    np.cumsum([sum(each) for each in sizes], out=starts[1:])
    word_starts = np.zeros(count + 1, np.int64)
    np.cumsum([len(each) + 1 for each in sizes], out=word_starts[1:])
    words = np.fromiter(chain.from_iterable(_sums(each) for each in sizes), np.int32, int(word_starts[-1]))
    initials, left = np.zeros(count, np.int64), np.zeros((count, loops.MOST_INITIALS + 1), np.int64)
    for i, each in enumerate(sizes):
        if initialled and 1 in each:
            initials[i] = min(each.count(1), loops.MOST_INITIALS)
        length, longest = sum(each), sorted(each, reverse=True)[: loops.MOST_INITIALS] if initialled else []
        left[i] = length
        for n, size in enumerate(longest, 1):
            length -= size - 1
            left[i, n:] = length
    return _Laid(
        _codes("".join(chain.from_iterable(readings))), _codes("".join(chain.from_iterable(map(sorted, readings)))),
        starts, words, word_starts, initials, left,
    )  # fmt: skip


def _sums(sizes: list[int]) -> list[int]:
    sums = [0]
    for size in sizes:
        sums.append(sums[-1] + size)
    return sums


def _codes(text: str) -> loops.I32:
    return np.frombuffer(text.encode("utf-32-le"), np.int32)
