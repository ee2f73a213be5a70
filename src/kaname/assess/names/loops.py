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
def describe(codes, arranged, starts, words, word_starts, initialled, signatures, heads, initials, left):
    """Per reading: bits for the first four letters of each class, and how many letters were more.

    `heads`: its two beginnings; the classes of letters alone, and those of the first letters of longer words.
    `initials`: how many letters alone may stand for words; `left`: its length, were 0, 1 .. of its longest words such.
    """
    seen, longest = np.zeros(32, np.int64), np.zeros(MOST_INITIALS, np.int64)
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
        signatures[0, i], signatures[1, i], signatures[2, i] = low, high, np.uint64(over)
        for which in range(2):
            text = codes if which == 0 else arranged
            head = np.uint64(0)
            for n in range(min(4, end - begin)):
                head |= (np.uint64(text[begin + n]) & np.uint64(0xFFFF)) << np.uint64(16 * n)
            heads[i, which] = head
        left[i, :] = end - begin
        if not initialled:
            continue
        alone, first = np.uint64(0), np.uint64(0)
        longest[:] = 1
        for at in range(word_starts[i], word_starts[i + 1] - 1):
            size = np.int64(words[at + 1] - words[at])
            bit = _ONE << _class(codes[begin + words[at]])
            if size == 1:
                alone |= bit
                initials[i] = min(initials[i] + 1, MOST_INITIALS)
            else:
                first |= bit
            for n in range(MOST_INITIALS):
                if size > longest[n]:
                    size, longest[n] = longest[n], size
        heads[i, 2], heads[i, 3] = alone, first
        for n in range(MOST_INITIALS):
            left[i, n + 1] = left[i, n] - longest[n] + 1


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
    same = np.int64(_ones(used_a))
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
    return np.int64(_ones(~left & mask))


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
def _score(alike, where, where_arranged, whole, arranged, words, q, i, c, j):
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


@numba.njit(inline="always")
def _same_start(head, other):
    differ = head ^ other
    return np.int64(4) if differ == 0 else np.int64(trailing_zeros(differ)) >> 4


@numba.njit(inline="always")
def _jaro_needed(threshold, prefix):
    """The least similarity of Jaro that reaches the threshold with that common prefix."""
    return max((threshold - 0.1 * prefix) / (1.0 - 0.1 * prefix), min(0.7, threshold))


@numba.njit(inline="always")
def _least_by_words(threshold, a, b):
    """The least m with 2m >= threshold * (max(m, a) + max(m, b)): letters in common, if at least `a` and `b` count."""
    both = threshold * (a + b) / 2.0
    return both if both <= min(a, b) else threshold * max(a, b) / (2.0 - threshold)


@numba.njit(nogil=True, cache=True)
def _candidates(low, high, over, signatures, begin, end, least, shared, places):
    """The places of a run that share `least` letters or more with a reading, and how many at most they share.

    Two loops so plain that the first is vectorised and the second has no branch to guess.
    """
    for j in range(begin, end):
        some = _ones(low & signatures[0, j]) + _ones(high & signatures[1, j])
        shared[j - begin] = some + min(over, signatures[2, j])
    count = 0
    for n in range(end - begin):
        places[count] = n
        count += shared[n] >= least
    return count


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
    shared, places = np.empty(np.max(runs[:, 2] - runs[:, 1]), np.uint64), np.empty(c[2].size, np.int64)
    demands = np.array([3.0 * _jaro_needed(threshold, prefix) - 1.0 for prefix in range(5)])
    needed, alike = np.zeros(5), np.empty((MOST_WORDS, MOST_WORDS))
    signatures, heads = c[5], c[6]
    for i in range(first, last):
        begin, a = q[2][i], q[2][i + 1] - q[2][i]
        for at in range(min(a, 64)):
            if q[0][begin + at] >= 0:
                where[q[0][begin + at]] |= _ONE << np.uint64(at)
            if q[1][begin + at] >= 0:
                where_arranged[q[1][begin + at]] |= _ONE << np.uint64(at)
        low, high, over = q[5][0, i], q[5][1, i], q[5][2, i]
        head, head_arranged = q[6][i, 0], q[6][i, 1]
        alone, first_letters = q[6][i, 2], q[6][i, 3]
        initials = q[7][i]
        for run in range(runs.shape[0]):
            b = runs[run, 0]
            # The least number of letters in common that Jaro's similarity of two such lengths allows.
            weight = a * b / (a + b)
            least = demands[4] * weight - _SLACK
            some = initials or runs[run, 3]
            if some:
                fewest_a = q[8][i, MOST_INITIALS] if runs[run, 3] else a
                least = min(least, _least_by_words(threshold, fewest_a, 1 if initials else b) - _SLACK)
            if least > min(a, b):
                continue
            for prefix in range(5):
                needed[prefix] = demands[prefix] * weight - _SLACK
            first_place = runs[run, 1]
            enough = np.uint64(max(np.ceil(least), 0.0))
            count = _candidates(low, high, over, signatures, first_place, runs[run, 2], enough, shared, places)
            for n in range(count):
                j = first_place + places[n]
                common = np.int64(shared[places[n]])
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
                best, rule = _score(alike, where, where_arranged, whole, arranged, words, q, i, c, j)
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
