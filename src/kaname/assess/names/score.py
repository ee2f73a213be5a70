"""The score, stated: how alike two readings are, and which words (or letters) make it so.

A reading is a sequence of words. Its score against another is the greatest of three:

- *letters*: Jaro-Winkler (prefix up to four letters, 0.1 each, where Jaro is over 0.7) of the words run together;
- *arranged*: the same with the words in alphabetical order, for names told the other way round;
- *words*: words paired one to one, the most alike first, and the letters that agree, in order, through all letters.
  Words count as the same word misspelt where twice the letters in common are three quarters of their letters or more.
  A letter alone stands for a word that begins with it: such a pair counts 0.8, and the rest of that word not at all;
  three such pairs a side at most. Readings of more than 32 words or 256 letters have no such score.

This is the plain form, slow and for one pair. `shelf.py` finds the pairs among millions by the same score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SAME_WORD, INITIAL, MOST_INITIALS, MOST_WORDS, MOST_LETTERS = 0.75, 0.8, 3, 32, 256


@dataclass(frozen=True, slots=True)
class Match:
    """Two words of two readings that were paired, and how alike they are."""

    ours: str
    theirs: str
    alike: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A score, the rule that gave it, and the words paired under the words rule (whichever rule won)."""

    score: float
    rule: str
    matches: tuple[Match, ...]


def score(ours: Sequence[str], theirs: Sequence[str], initialled: bool = True, by_letters: bool = True) -> Scored:
    """How alike two readings are. `initialled`: a letter alone may stand for a word; `by_letters`: all three rules."""
    by_words, matches = _by_words(ours, theirs, initialled)
    if not by_letters:
        return Scored(by_words, "words", matches)
    letters = jaro_winkler("".join(ours), "".join(theirs))
    arranged = jaro_winkler("".join(sorted(ours)), "".join(sorted(theirs)))
    best, rule = letters, "letters"
    if arranged > best:
        best, rule = arranged, "arranged"
    if by_words > best:
        best, rule = by_words, "words"
    return Scored(best, rule, matches)


def jaro_winkler(a: str, b: str) -> float:
    """Similarity of Jaro and Winkler from 0 to 1; letters of `b` take the first free letter of `a` within reach."""
    reach = max(max(len(a), len(b)) // 2 - 1, 0)
    used: set[int] = set()
    taken = []
    for j, letter in enumerate(b):
        for i in range(max(j - reach, 0), min(j + reach + 1, len(a))):
            if i not in used and a[i] == letter:
                used.add(i)
                taken.append(letter)
                break
    if not taken:
        return 0.0
    same = len(taken)
    half = sum(a[i] != letter for i, letter in zip(sorted(used), taken, strict=True))
    jaro = (same / len(a) + same / len(b) + (same - half // 2) / same) / 3.0
    prefix = next((n for n in range(4) if a[n : n + 1] != b[n : n + 1] or n >= len(a)), 4)
    return jaro + 0.1 * prefix * (1.0 - jaro) if jaro > 0.7 else jaro


def _by_words(ours: Sequence[str], theirs: Sequence[str], initialled: bool) -> tuple[float, tuple[Match, ...]]:
    total = sum(map(len, ours)) + sum(map(len, theirs))
    if max(len(ours), len(theirs)) > MOST_WORDS or max(sum(map(len, ours)), sum(map(len, theirs))) > MOST_LETTERS:
        return 0.0, ()
    pairs = []
    for i, a in enumerate(ours):
        for j, b in enumerate(theirs):
            close = _alike(a, b, initialled)
            if close:
                pairs.append((-close, -len(a) - len(b), i, j))
    initials = [MOST_INITIALS, MOST_INITIALS]
    gained, free, open_ = 0.0, set(range(len(ours))), set(range(len(theirs)))
    matches = []
    for close, _, i, j in sorted(pairs):
        if i not in free or j not in open_:
            continue
        a, b = ours[i], theirs[j]
        if len(a) != len(b) and 1 in (len(a), len(b)):
            side = 0 if len(a) == 1 else 1
            if not initials[side]:
                continue
            initials[side] -= 1
            gained += 2.0 * INITIAL
            total -= max(len(a), len(b)) - 1
        else:
            gained += -close * (len(a) + len(b))
        free.remove(i)
        open_.remove(j)
        matches.append((i, Match(a, b, -close)))
    return gained / total, tuple(match for _, match in sorted(matches, key=lambda pair: pair[0]))


def _alike(a: str, b: str, initialled: bool) -> float:
    both = len(a) + len(b)
    if 2 * min(len(a), len(b)) < SAME_WORD * both:
        return INITIAL if initialled and 1 in (len(a), len(b)) and a[0] == b[0] else 0.0
    close = 2.0 * _in_order(a, b) / both
    return close if close >= SAME_WORD else 0.0


def _in_order(a: str, b: str) -> int:
    """How many letters the two have in common in the same order."""
    row = [0] * (len(b) + 1)
    for letter in a:
        corner = 0
        for j, other in enumerate(b):
            above = row[j + 1]
            row[j + 1] = corner + 1 if letter == other else max(above, row[j])
            corner = above
    return row[-1]
