"""A text in both languages is one thing, not a row of things."""

import pytest

from kaname.law import T


def test_a_text_speaks_each_language_and_cannot_be_walked_through():
    text = T("期日 {day}", "day {day}").fill(day="2026-11-26")
    assert (text["ja"], text["en"]) == ("期日 2026-11-26", "day 2026-11-26")
    with pytest.raises(TypeError):
        iter(text)
