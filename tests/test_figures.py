"""What a run at the desk looks at: the same in every run, each look about as often."""

from collections import Counter

import pytest

import figures
from figures import turn


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(figures, "EVERYTHING", False)


def test_where_everything_is_asked_nothing_is_left_out(monkeypatch):
    monkeypatch.setattr(figures, "EVERYTHING", True)
    assert turn("page", "ab") == ["a", "b"]


def test_at_the_desk_each_look_gets_about_as_many_turns(desk):
    looks = Counter(one for n in range(400) for one in turn(f"page {n}", ("ja", "en")))
    assert sum(looks.values()) == 400 and min(looks.values()) > 150
    assert turn("inbox", ("ja", "en")) == turn("inbox", ("ja", "en"))
    assert turn("inbox", ()) == []
