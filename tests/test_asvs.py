"""The sheet of the ASVS is whole: every requirement once, each with tests that are there or a reason in words."""

import re
import sys
from collections import Counter
from pathlib import Path

import named_tests

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import asvs

ROWS = asvs.rows()
# Sections of each chapter and requirements of each section, as the standard 5.0.0 has them.
SECTIONS = {
    1: [2, 10, 12, 3, 3], 2: [3, 3, 5, 2], 3: [1, 3, 5, 8, 8, 1, 5], 4: [5, 5, 2, 4], 5: [1, 6, 3, 3],
    6: [3, 12, 8, 6, 8, 4, 2, 4], 7: [3, 4, 2, 5, 3, 2], 8: [4, 4, 3, 2], 9: [3, 4], 10: [2, 3, 5, 16, 5, 2, 3],
    11: [4, 5, 5, 4, 2, 2, 2], 12: [5, 2, 5], 13: [4, 6, 4, 7], 14: [2, 8, 3], 15: [5, 5, 7, 4], 16: [1, 5, 4, 3, 4],
    17: [2, 8, 2],
}  # fmt: skip


def test_every_requirement_stands_once_in_its_order():
    wanted = [f"V{c}.{s}.{n}" for c, sections in SECTIONS.items()
              for s, count in enumerate(sections, 1) for n in range(1, count + 1)]  # fmt: skip
    assert [row["id"] for row in ROWS] == wanted
    assert Counter(row["level"] for row in ROWS) == {"1": 70, "2": 183, "3": 92}


def test_no_cell_is_empty_and_every_state_is_known():
    for row in ROWS:
        assert all(value.strip() for value in row.values()), row["id"]
        assert row["state"] in asvs.STATES, row["id"]


def test_what_is_met_names_tests_that_are_there():
    alone = set().union(*named_tests.here().values())
    for row in ROWS:
        shown = row["shown by or why"]
        names = re.findall(r"\btest_\w+(?:::test_\w+)?", shown)
        assert [one for one in named_tests.missing(names) if one not in alone] == [], row["id"]
        if row["state"] == "met":
            assert names and "; ".join(names) == shown, f"{row['id']}: tests alone, by their names"
        else:
            assert len(shown) >= 6, f"{row['id']}: a reason in words"


def test_the_floor_that_was_set_is_kept():
    """Nobody takes a level 1 requirement lightly, and of level 3 sixty were promised."""
    states = {level: Counter(row["state"] for row in ROWS if row["level"] == level) for level in "123"}
    assert states["1"]["not met"] == 0
    assert states["3"]["met"] >= 61 and states["3"]["met"] + states["3"]["not applicable"] >= 73
    assert states["1"]["met"] + states["2"]["met"] >= 178


def test_the_page_is_that_of_the_sheet():
    assert asvs.PAGE.read_text("utf-8") == asvs.page(), "run python tools/asvs.py"
