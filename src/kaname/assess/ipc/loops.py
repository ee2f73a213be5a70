"""The hot loops: bytes of many cells in, one pair of bit masks a cell out. Compiled, parallel, without copies.

A cell is a slice of an Arrow text column: `data[offsets[i]:offsets[i + 1]]`. The loops read the plain ASCII spellings
of a symbol; a cell with anything else is flagged SLOW and left to `symbol.parse`, the only judge of what is malformed.

A docket repeats a few thousand spellings over and over, and reading digit by digit stalls the processor at every
unforeseen length. So each thread keeps a memo from spelling to signature: one load and one comparison a symbol.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

from typing import Any, TypeAlias

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.cpython.unsafe.numbers import trailing_zeros
from numba.extending import intrinsic
from numpy.typing import NDArray

U8: TypeAlias = NDArray[np.uint8]
U64: TypeAlias = NDArray[np.uint64]
I64: TypeAlias = NDArray[np.int64]

EMPTY, UNLISTED, SLOW, MISSING = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(8)
SIGNATURE_BITS = 15  # a slot holds a 49-bit key and the number of the signature that the symbol carries
MEMO_BITS = 16  # two words an entry: 1 MB a thread, of which a docket touches as many lines as it has spellings
_SPELLING = 14  # bytes of a spelling that the memo can hold beside the 16 bits of a signature
_HASH = np.uint64(0x9E3779B97F4A7C15)
_NOTHING, _UNREADABLE = -1, -2
_LOW, _HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_SEMICOLONS, _BARS = _LOW * np.uint64(59), _LOW * np.uint64(124)


@intrinsic
def _word(context: Any, data: Any, at: Any) -> Any:
    """Eight bytes of `data` from `at` on, at any address; the caller sees to it that they are inside."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, values[0])
        place = builder.gep(array.data, [values[1]])
        return builder.load(builder.bitcast(place, ir.IntType(64).as_pointer()), align=1)

    return types.uint64(data, types.int64), generate


@numba.njit(inline="always")
def lowest(bits):
    """The number of the lowest bit that is set, 64 if none is."""
    return np.int64(trailing_zeros(bits))


@numba.njit(inline="always")
def _next(data, at, end):
    """The key of the symbol that begins at `at` and where it ends; _NOTHING at the end of the cell, or _UNREADABLE."""
    if at >= end:
        return _NOTHING, at
    if end - at < 3:
        return _UNREADABLE, at
    section, tens, ones = (data[at] & 0xDF) - 65, data[at + 1] - 48, data[at + 2] - 48
    if not (0 <= section <= 7 and 0 <= tens <= 9 and 0 <= ones <= 9):
        return _UNREADABLE, at
    at += 3
    letter = 0
    if at < end and data[at] >= 65 and 1 <= (data[at] & 0xDF) - 64 <= 26:
        letter = np.int64((data[at] & 0xDF) - 64)
        at += 1
    area = (np.int64(section) * 100 + np.int64(tens) * 10 + np.int64(ones)) * 27 + letter
    while at < end and data[at] == 32:
        at += 1
    main, digits = 0, 0
    while at < end and 48 <= data[at] <= 57 and digits < 11:
        main = main * 10 + np.int64(data[at] - 48)
        digits += 1
        at += 1
    sub = 0
    if digits:
        if digits == 10:
            main, sub = main // 1_000_000, main % 1_000_000
        elif digits < 5 and at < end and data[at] == 47:  # slash
            at += 1
            scale = 100_000
            first = at
            while at < end and 48 <= data[at] <= 57:
                sub += scale * np.int64(data[at] - 48)
                scale //= 10
                at += 1
            if not 2 <= at - first <= 6:
                return _UNREADABLE, at
        elif digits > 4:
            return _UNREADABLE, at
        if letter == 0 or main == 0:
            return _UNREADABLE, at
    while at < end and data[at] == 32:
        at += 1
    if at < end and data[at] != 59 and data[at] != 124:
        return _UNREADABLE, at
    return area << 34 | main << 20 | sub, at


@numba.njit(inline="always")
def _begin(data, at, end):
    """Where the next symbol begins: separators `;` and `|` and blanks skipped."""
    while at < end and (data[at] == 59 or data[at] == 124 or data[at] == 32):
        at += 1
    return at


@numba.njit(inline="always")
def _signature(key, slots, shift):
    """The signature a key carries, -1 if the table does not hold it."""
    wrap = slots.size - 1
    place = np.int64((np.uint64(key) * _HASH) >> shift)
    while True:
        slot = slots[place]
        if slot == 0:
            return -1
        if np.int64(slot >> np.uint64(SIGNATURE_BITS)) == key:
            return np.int64(slot & np.uint64((1 << SIGNATURE_BITS) - 1))
        place = (place + 1) & wrap


@numba.njit(inline="always")
def _separator(word):
    """The position of the first `;` or `|` among eight bytes, 8 if there is none."""
    a, b = word ^ _SEMICOLONS, word ^ _BARS
    found = (((a - _LOW) & ~a) | ((b - _LOW) & ~b)) & _HIGH
    return lowest(found) >> 3


@numba.njit(inline="always")
def _spelling(data, at, end):
    """The bytes up to the next separator as two words, and their number, without a branch; 16 bytes are inside."""
    first, second = _word(data, at), _word(data, at + 8)
    head, tail = _separator(first), _separator(second)
    size = min(head + tail * (head >> 3), end - at)
    kept = max(min(size, 8), 1)
    first &= ~np.uint64(0) >> np.uint64(64 - 8 * kept)
    second &= (np.uint64(1) << np.uint64(8 * min(max(size, 8) - 8, 7))) - np.uint64(1)
    return first, second, size


@numba.njit(parallel=True, nogil=True, cache=True)
def masks(offsets, data, slots, shift, hits, nears, marks, memo, hit, near, flags):
    """Per cell: OR of `hits` and `nears` of its symbols, and its flags, written into the last three arrays.

    `memo` is (threads, 2 to the MEMO_BITS, 2) words, zero at first, kept from call to call.

    One turn of the loop is one symbol, whatever cell it is in: no processor foresees how many symbols a cell holds, so
    the step to the next cell is arithmetic and no branch.
    """
    shares = memo.shape[0]
    rows = offsets.size - 1
    for share in numba.prange(shares):
        mine = memo[share]
        row, stop = rows * share // shares, rows * (share + 1) // shares
        at, end = np.int64(offsets[row]), np.int64(offsets[min(row + 1, rows)])
        hit_row, near_row, flag = np.uint64(0), np.uint64(0), EMPTY
        while row < stop:
            known, entry, size = False, 0, 0
            first, second, held = np.uint64(0), np.uint64(0), np.uint64(0)
            if at < end and at + 16 <= data.size:
                first, second, size = _spelling(data, at, end)
                entry = np.int64(((first ^ (second << np.uint64(16))) * _HASH) >> np.uint64(64 - MEMO_BITS))
                held = mine[entry, 1]
                known = (mine[entry, 0] ^ first) | ((held ^ second) << np.uint64(16)) == 0 and size <= _SPELLING
                known &= data[at + size - 1] != 0  # the words are filled up with NUL, which no symbol ends in
            signature = np.int64(held >> np.uint64(48))
            if known:
                at += size
                flag &= ~EMPTY
            else:
                signature = 0
                begin, at = at, _begin(data, at, end)
                if at < end:
                    flag &= ~EMPTY
                    key, at = _next(data, at, end)
                    signature = _signature(key, slots, shift) if key >= 0 else _UNREADABLE
                    if signature >= 0 and at - begin == size <= _SPELLING:  # a blank before it is part of a spelling
                        mine[entry, 0] = first
                        mine[entry, 1] = second | np.uint64(signature) << np.uint64(48)
                    if signature < 0:
                        flag |= MISSING if key >= 0 else SLOW
                        at = at if key >= 0 else end
                        signature = 0
            hit_row |= hits[signature]
            near_row |= nears[signature]
            flag |= marks[signature]
            hit[row], near[row], flags[row] = hit_row, near_row, flag
            ended = at == end
            going = np.uint64(ended) - np.uint64(1)  # all ones within a cell, zero at its end
            hit_row, near_row, flag = (
                hit_row & going,
                near_row & going,
                flag & np.uint8(going) | EMPTY * np.uint8(ended),
            )
            at += not ended
            row += ended
            end = np.int64(offsets[min(row + 1, rows)])


@numba.njit(nogil=True, cache=True)
def keys_of(offsets, data, rows):
    """Where each of the cells `rows` begins, and their keys in a row; a cell ends at what is unreadable."""
    size = 0
    for row in rows:
        size += (offsets[row + 1] - offsets[row]) // 3 + 1
    keys = np.empty(size, np.int64)
    starts = np.empty(rows.size + 1, np.int64)
    filled = 0
    for i in range(rows.size):
        starts[i] = filled
        at, end = np.int64(offsets[rows[i]]), np.int64(offsets[rows[i] + 1])
        while True:
            key, at = _next(data, _begin(data, at, end), end)
            if key < 0:
                break
            keys[filled] = key
            filled += 1
    starts[rows.size] = filled
    return starts, keys[:filled]


@numba.njit(nogil=True, cache=True)
def cases(starts, keys, heads, wanted, slots, shift, hits, nears, marks):
    """Per cell its head and then, sorted and distinct, the keys whose masks touch `wanted` or are marked."""
    words = np.empty(keys.size + heads.size, np.int64)
    begins = np.empty(starts.size, np.int64)
    filled = 0
    for i in range(heads.size):
        begins[i] = filled
        words[filled] = heads[i]
        filled += 1
        first = filled
        for j in range(starts[i], starts[i + 1]):
            key = keys[j]
            signature = _signature(key, slots, shift)
            if signature < 0 or ((hits[signature] | nears[signature]) & wanted[i] == 0 and marks[signature] == 0):
                continue
            place = filled  # insertion into the few kept so far keeps them sorted
            while place > first and words[place - 1] > key:
                place -= 1
            if place > first and words[place - 1] == key:
                continue
            for move in range(filled, place, -1):
                words[move] = words[move - 1]
            words[place] = key
            filled += 1
    begins[heads.size] = filled
    return begins, words[:filled]


@numba.njit(nogil=True, cache=True)
def fill(slots, shift, keys, signatures):
    """Put distinct keys with their signatures into empty slots."""
    wrap = slots.size - 1
    for i in range(keys.size):
        place = np.int64((np.uint64(keys[i]) * _HASH) >> shift)
        while slots[place] != 0:
            place = (place + 1) & wrap
        slots[place] = np.uint64(keys[i]) << np.uint64(SIGNATURE_BITS) | np.uint64(signatures[i])
