"""The score is what `score.py` states, whoever computes it: Jaro-Winkler as others do, the loops as the plain form."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import JaroWinkler

from kaname.assess.names import jaro_winkler, score
from kaname.assess.names.shelf import Shelf

LETTERS = st.text("abcdeé漢字カ", min_size=1, max_size=12)
WORD = st.one_of(LETTERS, st.sampled_from(["a", "b", "ab", "abcde", "abcdeabcde"]))
READING = st.lists(WORD, min_size=1, max_size=5).map(tuple)


@given(LETTERS | st.text("ab", min_size=50, max_size=90), LETTERS | st.text("abc", min_size=50, max_size=90))
def test_jaro_winkler_is_that_of_rapidfuzz(a, b):
    assert math.isclose(jaro_winkler(a, b), JaroWinkler.similarity(a, b), abs_tol=1e-12)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(READING, min_size=1, max_size=12), st.lists(READING, min_size=1, max_size=12),
    st.sampled_from([0.5, 0.6, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0]), st.booleans(), st.booleans(),
)  # fmt: skip
def test_no_pair_is_lost_and_none_added(queries, readings, threshold, initialled, by_letters):
    assert_lossless(queries, readings, threshold, initialled, by_letters)


@pytest.mark.parametrize("threshold", [0.7, 0.85, 0.9, 1.0])
def test_no_pair_is_lost_among_names_much_alike(threshold):
    rng = random.Random(int(threshold * 100))
    readings = [tuple(word(rng) for _ in range(rng.choice([1, 2, 3, 4]))) for _ in range(250)]
    # Beside ordinary ones: longer than a machine word, longer than the words rule takes, more initials than count.
    readings += [("abcde" * 20, "fg"), ("ab",) * 40, tuple("abcdefgh"), ("x" * 300, "y")]
    queries = [misspelt(rng.choice(readings), rng) for _ in range(120)] + readings[-4:]
    assert_lossless(queries, readings, threshold, True, True)


def word(rng):
    return "".join(rng.choice("abcdefghik"[: rng.choice([4, 10])]) for _ in range(rng.choice([1, 2, 4, 6, 9])))


def misspelt(words, rng):
    words = rng.sample(words, len(words)) if rng.random() < 0.4 else list(words)
    which = rng.randrange(len(words))
    at = rng.randrange(len(words[which]))
    changes = (words[which][0], words[which][:at] + "z" + words[which][at:], words[which][:at] or "z", words[which])
    words[which] = rng.choice(changes)
    return tuple(words)


def assert_lossless(queries, readings, threshold, initialled, by_letters):
    """The search finds exactly the pairs that comparing all with all finds, with the same scores and rules."""
    every = {
        (i, j): score(ours, theirs, initialled, by_letters)
        for i, ours in enumerate(queries)
        for j, theirs in enumerate(readings)
    }
    found = Shelf(readings, initialled, by_letters).search(queries, threshold)
    numbers = zip(found.query.tolist(), found.reading.tolist(), strict=True)
    got = dict(zip(numbers, zip(found.score.tolist(), found.rules, strict=True), strict=True))
    wanted = {pair: (scored.score, scored.rule) for pair, scored in every.items() if scored.score >= threshold}
    assert set(got) == set(wanted)
    for pair, (number, rule) in wanted.items():
        assert got[pair] == (pytest.approx(number, abs=1e-12), rule), (queries[pair[0]], readings[pair[1]])


@pytest.mark.parametrize(
    ("ours", "theirs", "rule", "least", "most"),
    [
        ("ivan petrov", "petrov ivan", "arranged", 1.0, 1.0),
        ("laurent nkunda", "lauren tnkunda", "letters", 1.0, 1.0),
        ("j smith", "john smith", "words", 0.96, 0.97),  # 11.6 letters agree of the 12 that count
        ("roodi slewa", "rodi slewa", "letters", 0.97, 0.98),
        ("alpha", "omega", "letters", 0.0, 0.6),
    ],
)
def test_each_rule_serves_its_kind_of_difference(ours, theirs, rule, least, most):
    found = score(ours.split(), theirs.split())
    assert found.rule == rule
    assert least <= found.score <= most


def test_a_letter_stands_for_a_word_only_where_it_begins_it_and_three_times_at_most():
    assert score(["k", "smith"], ["john", "smith"]).matches == score(["smith"], ["smith"]).matches
    four = score([*"abcd", "smith"], ["anna", "berta", "carla", "dora", "smith"])
    assert sum(match.alike == 0.8 for match in four.matches) == 3


def test_a_threshold_outside_the_scale_is_refused():
    for threshold in (0.0, -1.0, 1.1):
        with pytest.raises(ValueError, match="threshold"):
            Shelf([("a",)]).search([("a",)], threshold)


def test_nothing_to_search_and_nothing_to_ask():
    assert Shelf([]).search([("a",)], 0.9).score.size == 0
    assert Shelf([("a",)]).search([], 0.9).score.size == 0
