"""What a run at the desk takes of a table: the same in every run, each kind of it, each look about as often."""

from collections import Counter

import pytest

import figures
from figures import sample, turn


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(figures, "EVERYTHING", False)


def test_where_everything_is_asked_nothing_is_left_out(monkeypatch):
    monkeypatch.setattr(figures, "EVERYTHING", True)
    assert turn("page", "ab") == ["a", "b"] and sample(range(9), 3) == list(range(9))


def test_at_the_desk_each_look_gets_about_as_many_turns(desk):
    looks = Counter(one for n in range(400) for one in turn(f"page {n}", ("ja", "en")))
    assert sum(looks.values()) == 400 and min(looks.values()) > 150
    assert turn("inbox", ("ja", "en")) == turn("inbox", ("ja", "en"))
    assert turn("inbox", ()) == []


def test_a_sample_is_spread_and_has_each_kind(desk):
    assert sample(range(100), 4) == [0, 25, 50, 75]
    assert sample("aaaaaaab", 2, kind=str) == ["a", "a", "b"]
    assert sample(range(3), 5) == [0, 1, 2]
