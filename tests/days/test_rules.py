"""The rules as data: all twenty, in both languages, and every open point has its note."""

from pathlib import Path

from kaname.days.backward import UNSETTLED
from kaname.days.rules import COUNTING_RULES
from kaname.law import Confidence, Silence

NOTES = Path(__file__).parents[2] / "docs" / "law"


def test_the_twenty_rules_are_listed_in_order_with_their_sources() -> None:
    assert [rule.id for rule in COUNTING_RULES] == [f"R{n:02}" for n in range(1, 21)]
    for rule in COUNTING_RULES:
        assert rule.name.ja and rule.name.en and rule.statement.ja and rule.statement.en
        assert rule.provisions or rule.also


def test_open_points_have_a_note_and_unsure_rules_have_an_open_point() -> None:
    for rule in COUNTING_RULES:
        assert (rule.note is None) == (rule.open_point is None)
        assert rule.confidence is Confidence.HIGH or rule.note
    noted = {rule.note for rule in COUNTING_RULES if rule.note}
    assert noted == {101, 102, 103, 104}
    for number in noted:
        assert [p for p in NOTES.glob("*.md") if p.name.startswith(f"{number:04}-")]


def test_counting_backwards_points_to_its_note() -> None:
    assert [basis.question for basis in UNSETTLED if isinstance(basis, Silence)] == [101]
