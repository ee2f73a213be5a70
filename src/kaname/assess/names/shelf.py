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


class Shelf:
    """Readings to search in: each a sequence of words. For `initialled` and `by_letters` see `score.score`."""

    def __init__(self, readings: Sequence[Sequence[str]], initialled: bool = True, by_letters: bool = True) -> None:
        self._initialled, self._by_letters = initialled, by_letters
        sizes = [sum(map(len, words)) for words in readings]
        some = [initialled and any(len(word) == 1 for word in words) for words in readings]
        kinds = np.stack([np.array(sizes, np.int64), np.array(some, np.int64)], axis=1)
        self._order = np.lexsort(kinds.T)
        laid = _laid([readings[i] for i in self._order.tolist()])
        kinds = kinds[self._order]
        # Side by side: readings of one length, without initials or with.
        begins = np.flatnonzero(np.append(True, np.any(np.diff(kinds, axis=0), axis=1)))[: len(self)]
        ends = np.append(begins, len(self))[1:]
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
        asked = self._prepared(_laid(queries))
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
        count = laid.starts.size - 1
        signatures, heads = np.zeros((5, count), np.uint64), np.zeros((count, 4), np.uint64)
        initials, left = np.zeros(count, np.int64), np.zeros((count, loops.MOST_INITIALS + 1), np.int64)
        loops.describe(
            laid.codes, laid.arranged, laid.starts, laid.words, laid.word_starts, self._initialled,
            signatures, heads, initials, left,
        )  # fmt: skip
        return (
            self._numbered(laid.codes), self._numbered(laid.arranged), laid.starts, laid.words, laid.word_starts,
            signatures, heads, initials, left,
        )  # fmt: skip

    def _numbered(self, codes: loops.I32) -> loops.I32:
        places = np.searchsorted(self._alphabet, codes)
        known = self._alphabet[np.minimum(places, self._alphabet.size - 1)] == codes
        return np.where(known, places, -1).astype(np.int32)


def _laid(readings: Sequence[Sequence[str]]) -> _Laid:
    counts = np.fromiter(map(len, readings), np.int64, len(readings))
    sizes = np.fromiter(map(len, chain.from_iterable(readings)), np.int64, int(counts.sum()))
    # Behind the starts of a reading's words comes its length: a place more than it has words.
    word_starts = _summed(counts + 1)
    ends = _summed(sizes)
    starts = ends[_summed(counts)]
    words = np.zeros(int(word_starts[-1]), np.int32)
    reading = np.repeat(np.arange(counts.size), counts)
    words[np.arange(sizes.size) + reading + 1] = ends[1:] - starts[reading]
    return _Laid(
        _codes("".join(chain.from_iterable(readings))), _codes("".join(chain.from_iterable(map(sorted, readings)))),
        starts, words, word_starts,
    )  # fmt: skip


def _summed(counts: loops.I64) -> loops.I64:
    """Running sums, from 0."""
    sums = np.zeros(counts.size + 1, np.int64)
    np.cumsum(counts, out=sums[1:])
    return sums


def _codes(text: str) -> loops.I32:
    return np.frombuffer(text.encode("utf-32-le"), np.int32)
