"""The hot loops: the score of two readings, and the search that finds every pair at or above a threshold.

A reading is at once three things: its letters in order without blanks, the same with its words in alphabetical order
(`arranged`), and its words. `score.py` states the score in plain Python; the loops here must agree with it digit by
digit, and the tests hold them to it.

The search skips a pair only where a bound proves it below the threshold. Letters two readings have in common (as a bag)
are at most `common`; then Jaro's similarity is at most (common/a + common/b + 1)/3, and the words rule gives at most
2*common/(a + b). `common` itself is bounded by two population counts over a signature of the letters.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

from typing import TypeAlias

import numba
import numpy as np
from numba.core import types
from numba.cpython.unsafe.numbers import trailing_zeros
from numba.extending import intrinsic
from numpy.typing import NDArray

I32: TypeAlias = NDArray[np.int32]
I64: TypeAlias = NDArray[np.int64]
U64: TypeAlias = NDArray[np.uint64]

LETTERS, ARRANGED, WORDS = 0, 1, 2  # by which rule a score was reached
SAME_WORD = 0.75  # words less alike are not the same word misspelt
INITIAL = 0.8  # what a letter standing for a word counts
MOST_INITIALS = 3  # a reading with more has that many
MOST_WORDS = 32  # longer readings are compared by letters alone
MOST_LETTERS = 256  # likewise
_ONE, _ALL = np.uint64(1), ~np.uint64(0)
_SLACK = 1e-9  # keeps rounding from ever excluding a pair


@intrinsic
def _ones(context, value):
    """How many bits are set."""

    def generate(context, builder, signature, values):
        return builder.ctpop(values[0])

    return types.uint64(types.uint64), generate


@numba.njit(inline="always")
def _class(code):
    """One of 32 classes of letters; the Latin letters have one each."""
    if 97 <= code <= 122:
        return np.uint64(code - 97)
    if code < 128:
        return np.uint64(26 + code % 6)
    return np.uint64((np.uint64(code) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(59))


@numba.njit(nogil=True, cache=True)
def describe(codes, arranged, starts, words, word_starts, signatures, heads):
    """Per reading: bits for the first four letters of each class, and how many letters were more.

    `heads`: its two beginnings; the classes of letters alone, and those of the first letters of longer words.
    """
    seen = np.zeros(32, np.int64)
    for i in range(starts.size - 1):
        begin, end = starts[i], starts[i + 1]
        seen[:] = 0
        low, high, over = np.uint64(0), np.uint64(0), 0
        for at in range(begin, end):
            kind = _class(codes[at])
            nth = seen[kind]
            seen[kind] += 1
            if nth < 2:
                low |= _ONE << (kind + np.uint64(32 * nth))
            elif nth < 4:
                high |= _ONE << (kind + np.uint64(32 * (nth - 2)))
            else:
                over += 1
        signatures[i, 0], signatures[i, 1], signatures[i, 2] = low, high, np.uint64(over)
        for which in range(2):
            text = codes if which == 0 else arranged
            head = np.uint64(0)
            for n in range(min(4, end - begin)):
                head |= (np.uint64(text[begin + n]) & np.uint64(0xFFFF)) << np.uint64(16 * n)
            heads[i, which] = head
        alone, first = np.uint64(0), np.uint64(0)
        for at in range(word_starts[i], word_starts[i + 1] - 1):
            bit = _ONE << _class(codes[begin + words[at]])
            if words[at + 1] - words[at] == 1:
                alone |= bit
            else:
                first |= bit
        heads[i, 2], heads[i, 3] = alone, first


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
def _prefix(a, b):
    size = min(4, a.size, b.size)
    n = 0
    while n < size and a[n] == b[n]:
        n += 1
    return n


@numba.njit(nogil=True, cache=True)
def _jaro_winkler_short(where, a, b):
    """Both at most 64 letters; `where[letter]` has a bit for each place of that letter in `a`."""
    reach = max(max(a.size, b.size) // 2 - 1, 0)
    used_a, used_b = np.uint64(0), np.uint64(0)
    for j in range(b.size):
        low = max(j - reach, 0)
        if low >= a.size:
            break
        window = _mask(min(j + reach + 1, a.size)) & ~_mask(low)
        free = where[b[j]] & window & ~used_a
        if free:
            used_a |= free & (~free + _ONE)
            used_b |= _ONE << np.uint64(j)
    same = np.int64(_ones(used_a))
    half = 0
    while used_a:
        i, j = np.int64(trailing_zeros(used_a)), np.int64(trailing_zeros(used_b))
        half += a[i] != b[j]
        used_a &= used_a - _ONE
        used_b &= used_b - _ONE
    return _winkler(same, half, a.size, b.size, _prefix(a, b))


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
    return _winkler(same, half, a.size, b.size, _prefix(a, b))


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
def _in_order_short(where, start, size, word):
    """The same against the letters `start`.. of a text of at most 64, whose places are in `where`."""
    mask, left = _mask(size), _ALL
    for letter in word:
        met = left & ((where[letter] >> np.uint64(start)) & mask)
        left = (left + met) | (left - met)
    return np.int64(_ones(~left & mask))


@numba.njit(nogil=True, cache=True)
def words_score(alike, where, a, b, a_words, b_words, a_initials, b_initials):
    """Words paired one to one, the most alike first; twice the letters in common through all letters that count.

    `alike` is room for a table of words; `where` is empty where `a` is longer than 64. A letter alone stands for a word
    that begins with it, and the rest of that word does not count; words in excess do.
    """
    m, n = a_words.size - 1, b_words.size - 1
    if m > MOST_WORDS or n > MOST_WORDS or a.size > MOST_LETTERS or b.size > MOST_LETTERS:
        return 0.0
    alike[:m, :n] = 0.0
    for i in range(m):
        first, size = a_words[i], a_words[i + 1] - a_words[i]
        for j in range(n):
            word = b[b_words[j] : b_words[j + 1]]
            if 2 * min(size, word.size) < SAME_WORD * (size + word.size):
                if ((size == 1 and a_initials) or (word.size == 1 and b_initials)) and a[first] == word[0]:
                    alike[i, j] = INITIAL
                continue
            whole = a[first : first + size]
            common = _in_order_short(where, first, size, word) if where.size else _in_order(whole, word)
            close = 2.0 * common / (size + word.size)
            if close >= SAME_WORD:
                alike[i, j] = close
    gained, counted = 0.0, a.size + b.size
    a_left, b_left = a_initials, b_initials
    for _ in range(min(m, n)):
        best, most, row, column = 0.0, 0, -1, -1
        for i in range(m):
            size = a_words[i + 1] - a_words[i]
            for j in range(n):
                both = size + b_words[j + 1] - b_words[j]
                if alike[i, j] > best or (alike[i, j] == best and best > 0.0 and both > most):
                    best, most, row, column = alike[i, j], both, i, j
        if row < 0:
            break
        size, other = a_words[row + 1] - a_words[row], b_words[column + 1] - b_words[column]
        if size != other and min(size, other) == 1:
            if (size == 1 and a_left == 0) or (other == 1 and b_left == 0):
                alike[row, column] = 0.0
                continue
            a_left -= size == 1
            b_left -= other == 1
            gained += 2.0 * INITIAL
            counted -= max(size, other) - 1
        else:
            gained += best * (size + other)
        alike[row, :n] = 0.0
        alike[:m, column] = 0.0
    return gained / counted


@numba.njit(nogil=True, cache=True)
def _score(alike, where, where_arranged, whole, arranged, words, q, c, i, j):
    """The best of the rules that are asked for, and which it was. `q`, `c`: see `search`."""
    a, b = q[0][q[2][i] : q[2][i + 1]], c[0][c[2][j] : c[2][j + 1]]
    short = a.size <= 64 and b.size <= 64
    best, rule = 0.0, WORDS
    if whole:
        best = _jaro_winkler_short(where, a, b) if short else jaro_winkler(a, b)
        rule = LETTERS
    if arranged:
        a2, b2 = q[1][q[2][i] : q[2][i + 1]], c[1][c[2][j] : c[2][j + 1]]
        other = _jaro_winkler_short(where_arranged, a2, b2) if short else jaro_winkler(a2, b2)
        if other > best:
            best, rule = other, ARRANGED
    if words:
        a_words, b_words = q[3][q[4][i] : q[4][i + 1]], c[3][c[4][j] : c[4][j + 1]]
        places = where if a.size <= 64 else where[:0]
        other = words_score(alike, places, a, b, a_words, b_words, q[7][i], c[7][j])
        if other > best:
            best, rule = other, WORDS
    return best, rule


@numba.njit(inline="always")
def _same_start(head, other):
    differ = head ^ other
    return np.int64(4) if differ == 0 else np.int64(trailing_zeros(differ)) >> 4


@numba.njit(inline="always")
def _jaro_needed(threshold, prefix):
    """The least similarity of Jaro that reaches the threshold with that common prefix."""
    return max((threshold - 0.1 * prefix) / (1.0 - 0.1 * prefix), min(0.7, threshold))


@numba.njit(inline="always")
def _common_needed(jaro, a, b):
    """The least number of letters in common that Jaro's similarity of two such lengths allows."""
    return np.int64(np.ceil((3.0 * jaro - 1.0) * a * b / (a + b) - _SLACK * (a + b)))


@numba.njit(nogil=True, cache=True)
def search(q, c, runs, letters, by_letters, threshold, first, last):
    """Every pair of the queries `first`..`last` and the shelf at or above the threshold: query, place, score, rule.

    `q` and `c` are tuples: letters, letters arranged, starts, starts of words, where these start, signatures, heads,
    initials, lengths if that many words were initials. Letters are numbers below `letters`; those of queries that the
    shelf does not have are -1. `runs` (length, begin, end, initials or not) are places of one length.

    A letter alone may make a word of the other side that begins with it count as one letter. How many letters count is
    then not known, but at least `left`, and the bound of the words rule is greatest where as few as `most` do.

    A rule is tried only where its bound allows the threshold; what another rule would have given is then below it.
    """
    size, found = 256, 0
    pairs, scores = np.empty((size, 3), np.int64), np.empty(size)
    where, where_arranged = np.zeros(letters, np.uint64), np.zeros(letters, np.uint64)
    needed, alike = np.zeros(5, np.int64), np.empty((MOST_WORDS, MOST_WORDS))
    signatures, heads = c[5], c[6]
    for i in range(first, last):
        begin, a = q[2][i], q[2][i + 1] - q[2][i]
        for at in range(min(a, 64)):
            if q[0][begin + at] >= 0:
                where[q[0][begin + at]] |= _ONE << np.uint64(at)
            if q[1][begin + at] >= 0:
                where_arranged[q[1][begin + at]] |= _ONE << np.uint64(at)
        low, high, over = q[5][i, 0], q[5][i, 1], q[5][i, 2]
        head, head_arranged = q[6][i, 0], q[6][i, 1]
        alone, first_letters = q[6][i, 2], q[6][i, 3]
        initials = q[7][i]
        for run in range(runs.shape[0]):
            b = runs[run, 0]
            for prefix in range(5):
                needed[prefix] = _common_needed(_jaro_needed(threshold, prefix), a, b)
            least, some = needed[4], initials or runs[run, 3]
            if least > min(a, b) and not some:
                continue
            for j in range(runs[run, 1], runs[run, 2]):
                common = np.int64(_ones(low & signatures[j, 0]) + _ones(high & signatures[j, 1]))
                common += np.int64(min(over, signatures[j, 2]))
                if common < least and not some:
                    continue
                a_left, b_left = a, b
                if some:
                    a_left = q[8][i, c[7][j]] if heads[j, 2] & first_letters else a
                    b_left = c[8][j, initials] if heads[j, 3] & alone else b
                most = min(common, a, b)
                words = 2 * most >= threshold * (max(most, a_left) + max(most, b_left)) - _SLACK
                whole = by_letters and common >= needed[_same_start(head, heads[j, 0])]
                arranged = by_letters and common >= needed[_same_start(head_arranged, heads[j, 1])]
                if not (whole or arranged or words):
                    continue
                best, rule = _score(alike, where, where_arranged, whole, arranged, words, q, c, i, j)
                if best >= threshold:
                    if found == size:
                        size *= 2
                        pairs, scores = _grown(pairs, size), _grown_scores(scores, size)
                    pairs[found, 0], pairs[found, 1], pairs[found, 2], scores[found] = i, j, rule, best
                    found += 1
        for at in range(min(a, 64)):
            if q[0][begin + at] >= 0:
                where[q[0][begin + at]] = np.uint64(0)
                where_arranged[q[0][begin + at]] = np.uint64(0)
    return pairs[:found], scores[:found]


@numba.njit(nogil=True, cache=True)
def _grown(pairs, size):
    more = np.empty((size, 3), np.int64)
    more[: pairs.shape[0]] = pairs
    return more


@numba.njit(nogil=True, cache=True)
def _grown_scores(scores, size):
    more = np.empty(size)
    more[: scores.size] = scores
    return more
