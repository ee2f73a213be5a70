"""The index of a set of terms: which symbol fulfils or just misses which term, ready for the hot loops.

A symbol carries a signature: the terms it fulfils and those it just misses, one bit a term. The index learns it from
`Terms.relations` when the symbol first turns up, so that the fast and the slow way cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import pyarrow as pa

from kaname.assess.ipc import loops
from kaname.assess.ipc.edition import SymbolList
from kaname.assess.ipc.place import Relation
from kaname.assess.ipc.symbol import Symbol, parse, split
from kaname.assess.ipc.terms import Terms


@dataclass(frozen=True, slots=True)
class Scan:
    """A column scanned: per cell the terms fulfilled (`hit`) and just missed (`near`) as bits, and its flags.

    `slow`: the cells that only the full parser can read, with their symbols and what is malformed in them.
    """

    hit: loops.U64
    near: loops.U64
    flags: loops.U8
    slow: dict[int, tuple[tuple[Symbol, ...], tuple[str, ...]]]


class Index:
    """Terms (at most 64) over a list of symbols. One thread at a time: the loops write into its memo."""

    def __init__(self, terms: Terms, listed: SymbolList) -> None:
        if len(terms.terms) > 64:
            raise ValueError(f"{len(terms.terms)} terms; at most 64 fit the masks")
        self._terms, self._listed = terms, listed
        self._signatures: dict[tuple[int, int, int], int] = {(0, 0, 0): 0}
        # Symbols of classes that no term names carry nothing; the others are learnt when they turn up.
        classes = np.array([Symbol(name).key >> 34 for name in terms.classes], np.int64)
        self._keys = listed.keys[~np.isin((listed.keys >> 34) // 27 * 27, classes)]
        self._values = np.zeros(self._keys.size, np.int64)
        self._table = self._build()
        self._memo = np.zeros((numba.get_num_threads(), 1 << loops.MEMO_BITS, 2), np.uint64)

    def scan(self, cells: pa.Array) -> Scan:
        """Scan an Arrow column of text (string or binary, 32 or 64 bits); `split` tells what parts the symbols."""
        offsets, data = _buffers(cells)
        hit, near, flags = self._masks(offsets, data)
        if (unmet := np.flatnonzero(flags & loops.MISSING)).size:
            keys = np.unique(loops.keys_of(offsets, data, unmet)[1])
            self._learn(keys[~np.isin(keys, self._keys)])
            hit, near, flags = self._masks(offsets, data)
        slow = {}
        for row in np.flatnonzero(flags & loops.SLOW).tolist():
            slow[row] = symbols, malformed = _read(cells[row].as_py())
            hit[row], near[row], flags[row] = self._together(symbols)
            flags[row] |= loops.SLOW if malformed else 0 if symbols else loops.EMPTY
        return Scan(hit, near, flags, slow)

    def cases(self, cells: pa.Array, rows: loops.I64, heads: loops.I64, wanted: loops.U64) -> pa.Array:
        """What a verdict on the cells `rows` depends on, as bytes: two cells with the same bytes are the same case.

        The bytes are 64-bit numbers: the row's head, then the keys, sorted and distinct, of its symbols that touch the
        terms `wanted` (a mask a row) or are not listed.
        """
        starts, keys = loops.keys_of(*_buffers(cells), rows)
        begins, words = loops.cases(starts, keys, heads, wanted, *self._table)
        return pa.Array.from_buffers(
            pa.large_binary(), rows.size, [None, pa.py_buffer(begins * 8), pa.py_buffer(words)]
        )

    def _masks(self, offsets: Any, data: loops.U8) -> tuple[loops.U64, loops.U64, loops.U8]:
        rows = offsets.size - 1
        out = np.empty(rows, np.uint64), np.empty(rows, np.uint64), np.empty(rows, np.uint8)
        run: Any = loops.masks
        run(offsets, data, *self._table, self._memo, *out)
        return out

    def _together(self, symbols: Iterable[Symbol]) -> tuple[int, int, int]:
        hit = near = mark = 0
        for symbol in symbols:
            of = self._masks_of(symbol)
            hit, near, mark = hit | of[0], near | of[1], mark | of[2]
        return hit, near, mark

    def _masks_of(self, symbol: Symbol) -> tuple[int, int, int]:
        listed = symbol in self._listed
        hit = near = 0
        for number, relation in self._terms.relations(symbol, listed).items():
            if relation is Relation.IN:
                hit |= 1 << number
            else:
                near |= 1 << number
        return hit, near, 0 if listed else int(loops.UNLISTED)

    def _learn(self, keys: loops.I64) -> None:
        masks = [self._masks_of(Symbol.from_key(key)) for key in keys.tolist()]
        values = [self._signatures.setdefault(m, len(self._signatures)) for m in masks]
        self._keys = np.concatenate([self._keys, keys])
        self._values = np.concatenate([self._values, np.array(values, np.int64)])
        self._table = self._build()

    def _build(self) -> tuple[Any, ...]:
        """Slots (twice the keys or more, a power of two), the shift that hashes into them, the masks of signatures."""
        bits = max(int(self._keys.size * 2).bit_length(), 10)
        slots, shift = np.zeros(1 << bits, np.uint64), np.uint64(64 - bits)
        loops.fill(slots, shift, self._keys, self._values)
        hits, nears, marks = zip(*self._signatures, strict=True)
        return slots, shift, np.array(hits, np.uint64), np.array(nears, np.uint64), np.array(marks, np.uint8)


def _buffers(cells: pa.Array) -> tuple[Any, loops.U8]:
    """Offsets and bytes of a text column without nulls, not copied."""
    wide = pa.types.is_large_string(cells.type) or pa.types.is_large_binary(cells.type)
    _, offsets, data = cells.buffers()
    places = np.frombuffer(offsets, np.int64 if wide else np.int32)[cells.offset : cells.offset + len(cells) + 1]
    return places, np.frombuffer(data, np.uint8) if data and data.size else np.zeros(1, np.uint8)


def _read(cell: str | bytes) -> tuple[tuple[Symbol, ...], tuple[str, ...]]:
    texts = split(cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell)
    found = [(text, parse(text)) for text in texts]
    symbols = tuple(sorted({symbol for _, symbol in found if symbol}))
    return symbols, tuple(dict.fromkeys(text for text, symbol in found if not symbol))
