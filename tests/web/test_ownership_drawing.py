"""The drawing of owners: nothing overlaps, every line joins its two boxes, circles and 150 boxes are drawn in time."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.web.ownership.drawing import HEIGHT, WIDTH, Label, Tie, drawing, wrapped


def drawn(count: int, *ties: tuple[int, int]):
    return drawing([Label(f"n{n}") for n in range(count)], [Tie(h, c, "1%") for h, c in ties])


def test_the_company_stands_left_and_its_holders_right_of_it():
    made = drawn(4, (1, 0), (2, 0), (3, 1))
    company, one, two, three = made.boxes
    assert company.x < one.x == two.x < three.x
    assert made.width >= three.x + WIDTH and made.height >= 2 * HEIGHT


def test_a_line_goes_from_the_holder_to_the_company_with_its_share_at_the_holder():
    made = drawn(2, (1, 0))
    (line,), (company, holder) = made.lines, made.boxes
    begin, end = _ends(line.path)
    assert begin[0] == holder.x and end[0] == company.x + WIDTH
    assert holder.x - 30 < line.x < holder.x and line.anchor == "end"
    assert [float(n) for n in line.arrow.split(" ")[0].split(",")] == pytest.approx(end)


def test_a_holding_over_two_columns_runs_between_the_boxes():
    made = drawn(3, (1, 0), (2, 1), (2, 0))
    middle = made.boxes[1]
    passing = made.lines[2].path
    heights = [y for x, y in _points(passing) if middle.x <= x <= middle.x + WIDTH]
    assert heights and all(not middle.y < y < middle.y + HEIGHT for y in heights)


def test_a_circle_is_drawn_with_its_way_back():
    made = drawn(3, (1, 0), (2, 1), (0, 2))
    back = made.lines[2]
    begin, end = _ends(back.path)
    assert begin[0] < end[0] and back.anchor == "start", "the company holds one that stands right of it"
    assert len(drawn(2, (1, 0), (0, 1)).lines) == 2


def test_nothing_at_all_and_one_alone_are_drawings():
    assert drawing([], []).boxes == ()
    assert len(drawn(1).boxes) == 1


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 14).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] != e[1]),
                         unique=True, max_size=30))))  # fmt: skip
def test_boxes_never_overlap_and_lines_end_at_boxes(given_):
    count, ties = given_
    made = drawn(count, *ties)
    corners = sorted((box.x, box.y) for box in made.boxes)
    for (x1, y1), (x2, y2) in pairwise(corners):
        assert x1 != x2 or y2 - y1 >= HEIGHT
    for (holder, company), line in zip(ties, made.lines, strict=True):
        for (x, y), box in zip(_ends(line.path), (made.boxes[holder], made.boxes[company]), strict=True):
            assert x in (pytest.approx(box.x), pytest.approx(box.x + WIDTH)) and box.y <= y <= box.y + HEIGHT
    assert made == drawn(count, *ties), "the same tree, the same drawing"


def test_150_boxes_are_drawn_in_a_moment():
    ties = [(n, (n - 1) // 3) for n in range(1, 150)] + [(n, n // 2) for n in range(20, 150, 7)]
    began = time.perf_counter()
    made = drawn(150, *dict.fromkeys(ties))
    assert time.perf_counter() - began < 5
    assert len(made.boxes) == 150 and made.height > 30 * HEIGHT


def test_long_names_are_cut_where_they_may_be():
    assert wrapped("空システム", 126, 2) == ("空システム",)
    assert wrapped("架空通信ホールディングス株式会社", 126, 2) == ("架空通信ホールディ", "ングス株式会社")
    assert wrapped("Imaginary Components International Holdings", 126, 2) == ("Imaginary", "Components…")
    assert all(line for line in wrapped("x" * 400, 126, 2))
    assert wrapped("", 126, 2) == ("",)


def _points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def _ends(path: str) -> tuple[tuple[float, float], tuple[float, float]]:
    points = _points(path)
    return points[0], points[-1]
