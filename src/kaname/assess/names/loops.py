"""The hot loops: readings described by their letters, and the search for every pair at or above a threshold.

The search skips a pair only where a bound proves it below the threshold. Letters two readings have in common (as a bag)
are at most `common`; then Jaro's similarity is at most (common/a + common/b + 1)/3, and the words rule gives at most
2*common/(a + b). `common` itself is bounded by two population counts over a signature of the letters.
"""
# mypy: ignore-errors
# The compiler infers the types here, from the arrays it is given.

from typing import TypeAlias

import numba
import numpy as np
from numba.cpython.unsafe.numbers import trailing_zeros
from numpy.typing import NDArray

from kaname.assess.names.compiled import MOST_WORDS, ones, score

I32: TypeAlias = NDArray[np.int32]
I64: TypeAlias = NDArray[np.int64]

MOST_INITIALS = 3  # a reading with more has that many
_ONE = np.uint64(1)
_SLACK = 1e-9  # keeps rounding from ever excluding a pair


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
    """Per reading: bits for the first four letters of each class, how many were more; its first letter in either order.

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
            signatures[3 + which, i] = head & np.uint64(0xFFFF)
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


@numba.njit(inline="always")
def _may_reach(threshold, most, a_left, b_left):
    """Whether the words rule may reach the threshold with at most so many letters in common."""
    return 2 * most >= threshold * (max(most, a_left) + max(most, b_left)) - _SLACK


@numba.njit(nogil=True, cache=True)
def _left(ours, i, theirs, j, initials):
    """The length of one of our readings if letters alone of theirs stand for the longest words that begin with them."""
    size, first, second, third = ours[2][i + 1] - ours[2][i], 0, 0, 0
    for x in range(ours[4][i], ours[4][i + 1] - 1):
        spared = ours[3][x + 1] - ours[3][x] - 1
        if spared <= third:
            continue
        letter, stands = ours[0][ours[2][i] + ours[3][x]], False
        for y in range(theirs[4][j], theirs[4][j + 1] - 1):
            alone = theirs[3][y + 1] - theirs[3][y] == 1
            stands = stands or (alone and theirs[0][theirs[2][j] + theirs[3][y]] == letter)
        if stands and spared > first:
            first, second, third = spared, first, second
        elif stands and spared > second:
            second, third = spared, second
        elif stands:
            third = spared
    return size - (first if initials > 0 else 0) - (second if initials > 1 else 0) - (third if initials > 2 else 0)


@numba.njit(nogil=True, cache=True)
def _candidates(mine, signatures, begin, end, near, far, shared, flags, places):
    """The places of a run that share `far` letters or more with a reading, or `near` and a first letter.

    `shared` becomes how many at most they share. The first loop is so plain that it is vectorised; the second looks at
    eight places at once, for seldom is there one among them.
    """
    low, high, over, first, second = mine
    if over:
        for j in range(begin, end):
            some = ones(low & signatures[0, j]) + ones(high & signatures[1, j]) + min(over, signatures[2, j])
            alike = (signatures[3, j] == first) | (signatures[4, j] == second)
            shared[j - begin] = some
            flags[j - begin] = (some >= far) | ((some >= near) & alike)
    else:  # seldom has a name more than four of a letter: the same without what would be nothing
        for j in range(begin, end):
            some = ones(low & signatures[0, j]) + ones(high & signatures[1, j])
            alike = (signatures[3, j] == first) | (signatures[4, j] == second)
            shared[j - begin] = some
            flags[j - begin] = (some >= far) | ((some >= near) & alike)
    size = end - begin
    flags[size : size + 8] = 0
    eights = flags.view(np.uint64)
    count = 0
    for group in range((size + 7) // 8):
        if eights[group]:
            for n in range(8 * group, 8 * group + 8):
                places[count] = n
                count += flags[n]
    return count


@numba.njit(nogil=True, cache=True)
def _places(codes, starts, letters, first, last):
    """For each of the queries and each letter, a bit for every place it stands at; of the first 64 places."""
    where = np.zeros((last - first, letters), np.uint64)
    for i in range(first, last):
        for at in range(min(64, starts[i + 1] - starts[i])):
            letter = codes[starts[i] + at]
            if letter >= 0:
                where[i - first, letter] |= _ONE << np.uint64(at)
    return where


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
    where, where_arranged = _places(q[0], q[2], letters, first, last), _places(q[1], q[2], letters, first, last)
    longest = np.max(runs[:, 2] - runs[:, 1])
    shared, places = np.empty(longest, np.uint64), np.empty(longest + 1, np.int64)
    flags = np.zeros((longest // 8 + 2) * 8, np.uint8)
    demands = np.array([3.0 * _jaro_needed(threshold, prefix) - 1.0 for prefix in range(5)])
    needed, alike = np.zeros(5), np.empty((MOST_WORDS, MOST_WORDS))
    signatures, heads = c[5], c[6]
    # A run stays in the processor's cache while all the queries pass over it.
    for run in range(runs.shape[0]):
        b = runs[run, 0]
        for i in range(first, last):
            a = q[2][i + 1] - q[2][i]
            mine = q[5][0, i], q[5][1, i], q[5][2, i], q[5][3, i], q[5][4, i]
            head, head_arranged = q[6][i, 0], q[6][i, 1]
            alone, first_letters = q[6][i, 2], q[6][i, 3]
            initials = q[7][i]
            # The least number of letters in common that Jaro's similarity of two such lengths allows.
            weight = a * b / (a + b)
            near, far = demands[4] * weight - _SLACK, demands[0] * weight - _SLACK
            some = initials or runs[run, 3]
            if some:
                fewest_a = q[8][i, MOST_INITIALS] if runs[run, 3] else a
                far = min(far, _least_by_words(threshold, fewest_a, 1 if initials else b) - _SLACK)
            if min(near, far) > min(a, b):
                continue
            for prefix in range(5):
                needed[prefix] = demands[prefix] * weight - _SLACK
            first_place = runs[run, 1]
            near_letters, far_letters = np.uint64(max(np.ceil(near), 0.0)), np.uint64(max(np.ceil(far), 0.0))
            count = _candidates(
                mine, signatures, first_place, runs[run, 2], near_letters, far_letters, shared, flags, places
            )
            for n in range(count):
                j = first_place + places[n]
                common = np.int64(shared[places[n]])
                a_left, b_left = a, b
                if some:
                    a_left = q[8][i, c[7][j]] if heads[j, 2] & first_letters else a
                    b_left = c[8][j, initials] if heads[j, 3] & alone else b
                most = min(common, a, b)
                words = _may_reach(threshold, most, a_left, b_left)
                if words and (a_left < a or b_left < b):
                    a_left, b_left = _left(q, i, c, j, c[7][j]), _left(c, j, q, i, initials)
                    words = _may_reach(threshold, most, a_left, b_left)
                whole = by_letters and common >= needed[_same_start(head, heads[j, 0])]
                arranged = by_letters and common >= needed[_same_start(head_arranged, heads[j, 1])]
                if not (whole or arranged or words):
                    continue
                best, rule = score(
                    alike, where[i - first], where_arranged[i - first], whole, arranged, words, q, i, c, j
                )
                if best >= threshold:
                    if found == size:
                        size *= 2
                        pairs, scores = _grown(pairs, size), _grown_scores(scores, size)
                    pairs[found, 0], pairs[found, 1], pairs[found, 2], scores[found] = i, j, rule, best
                    found += 1
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
