"""The figures of docs/performance.md are those of the last measurement, and a promise that is not kept says so."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
import table


def test_the_document_shows_the_measured_figures():
    assert table.shown() == table.tables(), "run python bench/table.py"


def test_a_promise_not_kept_is_named():
    assert table._at_least(4.5, 5, "times") == ("4.5 times", "**no**")
    assert table._at_least(75.4, 80, "M symbols/s") == ("75 M symbols/s", "**no**")
    assert table._at_least(34_209, 20_000, "/s") == ("34,209/s", "yes")
