"""The score of two readings in compiled form: what `score.py` states, digit by digit; the tests hold them together.

A reading is at once three things: its letters in order without blanks, the same with its words in alphabetical order
(`arranged`), and its words.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

import numba
import numpy as np
from numba.core import types
from numba.cpython.unsafe.numbers import trailing_zeros
from numba.extending import intrinsic

LETTERS, ARRANGED, WORDS = 0, 1, 2  # by which rule a score was reached
SAME_WORD = 0.75  # words less alike are not the same word misspelt
INITIAL = 0.8  # what a letter standing for a word counts
MOST_WORDS = 32  # longer readings are compared by letters alone
MOST_LETTERS = 256  # likewise
_ONE, _ALL = np.uint64(1), ~np.uint64(0)


@intrinsic
def ones(context, value):
    """How many bits are set."""

    def generate(context, builder, signature, values):
        return builder.ctpop(values[0])

    return types.uint64(types.uint64), generate


@numba.njit(inline="always")
def _mask(size):
    return _ALL if size >= 64 else (_ONE << np.uint64(size)) - _ONE


@numba.njit(inline="always")
def _winkler(same, half, a, b, prefix):
    """From matching letters, those out of order (twice counted), lengths and common prefix to the similarity."""
    if same == 0:
        return 0.0
    jaro = (same / a + same / b + (same - half // 2) / same) / 3.0
    return jaro + 0.1 * prefix * (1.0 - jaro) if jaro > 0.7 else jaro


@numba.njit(inline="always")
def _prefix(a, a_at, a_size, b, b_at, b_size):
    size = min(4, a_size, b_size)
    n = 0
    while n < size and a[a_at + n] == b[b_at + n]:
        n += 1
    return n


@numba.njit(nogil=True, cache=True)
def _jaro_winkler_short(where, a, a_at, a_size, b, b_at, b_size):
    """Both at most 64 letters; `where[letter]` has a bit for each place of that letter in the first."""
    reach = max(max(a_size, b_size) // 2 - 1, 0)
    used_a, used_b = np.uint64(0), np.uint64(0)
    for j in range(min(b_size, a_size + reach)):
        window = _mask(min(j + reach + 1, a_size)) & ~_mask(max(j - reach, 0))
        free = where[b[b_at + j]] & window & ~used_a
        if free:
            used_a |= free & (~free + _ONE)
            used_b |= _ONE << np.uint64(j)
    same = np.int64(ones(used_a))
    half = 0
    while used_a:
        i, j = np.int64(trailing_zeros(used_a)), np.int64(trailing_zeros(used_b))
        half += a[a_at + i] != b[b_at + j]
        used_a &= used_a - _ONE
        used_b &= used_b - _ONE
    return _winkler(same, half, a_size, b_size, _prefix(a, a_at, a_size, b, b_at, b_size))


@numba.njit(nogil=True, cache=True)
def jaro_winkler(a, b):
    """The same for any length, plainly."""
    reach = max(max(a.size, b.size) // 2 - 1, 0)
    used_a, used_b = np.zeros(a.size, np.bool_), np.zeros(b.size, np.bool_)
    same = 0
    for j in range(b.size):
        for i in range(max(j - reach, 0), min(j + reach + 1, a.size)):
            if not used_a[i] and a[i] == b[j]:
                used_a[i] = used_b[j] = True
                same += 1
                break
    half, i = 0, 0
    for j in range(b.size):
        if used_b[j]:
            while not used_a[i]:
                i += 1
            half += a[i] != b[j]
            i += 1
    return _winkler(same, half, a.size, b.size, _prefix(a, 0, a.size, b, 0, b.size))


@numba.njit(nogil=True, cache=True)
def _in_order(a, b):
    """Length of the longest common subsequence, plainly."""
    row = np.zeros(b.size + 1, np.int64)
    for i in range(a.size):
        corner = 0
        for j in range(b.size):
            above = row[j + 1]
            row[j + 1] = corner + 1 if a[i] == b[j] else max(above, row[j])
            corner = above
    return row[b.size]


@numba.njit(nogil=True, cache=True)
def _in_order_short(where, start, size, b, at, b_size):
    """The same against the letters `start`.. of a text of at most 64, whose places are in `where`."""
    mask, left = _mask(size), _ALL
    for j in range(at, at + b_size):
        met = left & ((where[b[j]] >> np.uint64(start)) & mask)
        left = (left + met) | (left - met)
    return np.int64(ones(~left & mask))


@numba.njit(nogil=True, cache=True)
def _words(alike, where, q, i, c, j):
    """Words paired one to one, the most alike first; twice the letters in common through all letters that count.

    `alike` is room for a table of words; `q`, `c`: see `search`. A letter alone stands for a word that begins with it,
    and the rest of that word does not count; words in excess do.
    """
    a, a_at, a_size, a_words, b, b_at, b_size, b_words = (
        q[0], q[2][i], q[2][i + 1] - q[2][i], q[4][i], c[0], c[2][j], c[2][j + 1] - c[2][j], c[4][j],
    )  # fmt: skip
    m, n = q[4][i + 1] - a_words - 1, c[4][j + 1] - b_words - 1
    if m > MOST_WORDS or n > MOST_WORDS or a_size > MOST_LETTERS or b_size > MOST_LETTERS:
        return 0.0
    a_left, b_left = q[7][i], c[7][j]
    for row in range(m):
        first = q[3][a_words + row]
        size = q[3][a_words + row + 1] - first
        for column in range(n):
            start = c[3][b_words + column]
            other = c[3][b_words + column + 1] - start
            alike[row, column] = 0.0
            if 2 * min(size, other) < SAME_WORD * (size + other):
                if ((size == 1 and a_left) or (other == 1 and b_left)) and a[a_at + first] == b[b_at + start]:
                    alike[row, column] = INITIAL
                continue
            if a_size <= 64:
                common = _in_order_short(where, first, size, b, b_at + start, other)
            else:
                common = _in_order(a[a_at + first : a_at + first + size], b[b_at + start : b_at + start + other])
            close = 2.0 * common / (size + other)
            if close >= SAME_WORD:
                alike[row, column] = close
    gained, counted = 0.0, a_size + b_size
    for _ in range(min(m, n)):
        best, most, x, y = 0.0, 0, -1, -1
        for row in range(m):
            size = q[3][a_words + row + 1] - q[3][a_words + row]
            for column in range(n):
                if alike[row, column] >= best and alike[row, column] > 0.0:
                    both = size + c[3][b_words + column + 1] - c[3][b_words + column]
                    if alike[row, column] > best or both > most:
                        best, most, x, y = alike[row, column], both, row, column
        if x < 0:
            break
        size = q[3][a_words + x + 1] - q[3][a_words + x]
        other = most - size
        if size != other and min(size, other) == 1:
            if (size == 1 and a_left == 0) or (other == 1 and b_left == 0):
                alike[x, y] = 0.0
                continue
            a_left -= size == 1
            b_left -= other == 1
            gained += 2.0 * INITIAL
            counted -= max(size, other) - 1
        else:
            gained += best * most
        alike[x, :n] = 0.0
        alike[:m, y] = 0.0
    return gained / counted


@numba.njit(nogil=True, cache=True)
def _letters(where, a, b, q, i, c, j):
    """Jaro-Winkler of the texts `a` and `b`: those of `q` and `c` in order, or with their words arranged."""
    a_at, a_size, b_at, b_size = q[2][i], q[2][i + 1] - q[2][i], c[2][j], c[2][j + 1] - c[2][j]
    if a_size <= 64 and b_size <= 64:
        # Places instead of slices: threads that count references to one array wait for each other.
        return _jaro_winkler_short(where, a, a_at, a_size, b, b_at, b_size)
    return jaro_winkler(a[a_at : a_at + a_size], b[b_at : b_at + b_size])


@numba.njit(nogil=True, cache=True)
def score(alike, where, where_arranged, whole, arranged, words, q, i, c, j):
    """The best of the rules that are asked for, and which it was. `q`, `c`: see `search`."""
    best, rule = 0.0, WORDS
    if whole:
        best, rule = _letters(where, q[0], c[0], q, i, c, j), LETTERS
    if arranged:
        other = _letters(where_arranged, q[1], c[1], q, i, c, j)
        if other > best:
            best, rule = other, ARRANGED
    if words:
        other = _words(alike, where, q, i, c, j)
        if other > best:
            best, rule = other, WORDS
    return best, rule
