"""SVG charts: readable (nothing lies on anything else), safe under a strict content policy, named for all readers."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from every_kind import IDS, KINDS
from hypothesis import given, settings
from hypothesis import strategies as st
from small_kinds import PERMIT

from kaname.procedure.draw import draw
from kaname.procedure.draw.layers import Box, place
from kaname.procedure.draw.words import ems, wrapped

NS = "{http://www.w3.org/2000/svg}"
charts = pytest.mark.parametrize(
    ("kind", "procedure"), [(k, p.id) for k in KINDS for p in k.procedures],
    ids=[f"{k}.{p.id}" for k, kind in zip(IDS, KINDS, strict=True) for p in kind.procedures],
)  # fmt: skip


def boxes(root):
    """Left, top, right, bottom of every state and label."""
    found = []
    for g in root.iter(f"{NS}g"):
        if "state" in g.get("class", "").split() or "label" in g.get("class", "").split():
            r = g.find(f"{NS}rect")
            x, y, w, h = (float(r.get(k)) for k in ("x", "y", "width", "height"))
            found.append((x, y, x + w, y + h))
    return found


def points(path):
    """The points a line runs through, straight pieces sampled."""
    x, y, found = 0.0, 0.0, []
    for letter, rest in re.findall(r"([MVC])([^MVC]*)", path):
        numbers = [float(n) for n in rest.split()]
        before = y
        x, y = (x, numbers[0]) if letter == "V" else (numbers[-2], numbers[-1])
        if letter == "V":
            found += [(x, before + (y - before) * i / 5) for i in range(5)]
        found.append((x, y))
    return found


@charts
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_box_lies_on_another_and_no_line_runs_through_one(kind, procedure, lang):
    root = ET.fromstring(draw(kind, "svg", lang, procedure=procedure))
    found = boxes(root)
    for a, b in combinations(found, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], f"{a} lies on {b}"
    for path in root.iter(f"{NS}path"):
        if "edge" in path.get("class").split():
            for x, y in points(path.get("d")):
                inside = [b for b in found if b[0] + 0.5 < x < b[2] - 0.5 and b[1] + 0.5 < y < b[3] - 0.5]
                assert not inside, f"a line runs through {inside} at {x}, {y}"


@charts
def test_everything_lies_within_the_picture(kind, procedure):
    root = ET.fromstring(draw(kind, "svg", "ja", procedure=procedure))
    width, height = (float(n) for n in root.get("viewBox").split()[2:])
    assert all(a >= 0 and b >= 0 and c <= width and d <= height for a, b, c, d in boxes(root))


def test_a_strict_page_may_hold_it():
    chart = draw(PERMIT, "svg", "ja", {"permit.filed"})
    root = ET.fromstring(chart)
    assert {e.tag.removeprefix(NS) for e in root.iter()} <= {
        "svg", "title", "desc", "g", "rect", "text", "path", "line", "circle"
    }  # fmt: skip
    names = {name for e in root.iter() for name in e.attrib}
    assert not {n for n in names if n == "style" or n.startswith("on") or "href" in n}
    assert "url(" not in chart and "<!" not in chart


def test_a_screen_reader_hears_what_it_is_and_where_the_case_stands():
    root = ET.fromstring(draw(PERMIT, "svg", "en", {"permit.recommended"}))
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby").split()
    said = {e.get("id"): e.text for e in root if e.get("id")}
    assert said[ids[0]] == "Flow chart: permit, sharing, yearly report"
    assert said[ids[1]].endswith("Here: recommended.")


def test_end_states_have_a_double_border_and_lines_tell_acts_time_and_law_apart():
    root = ET.fromstring(draw(PERMIT, "svg", "ja"))
    ends = [g for g in root.iter(f"{NS}g") if "state-end" in g.get("class", "").split()]
    assert {g.get("data-state") for g in ends} == {"cleared", "ordered", "withdrawn", "closed", "reported"}
    assert all(len(g.findall(f"{NS}rect")) == 2 for g in ends)
    dashes = {p.get("class"): p.get("stroke-dasharray") for p in root.iter(f"{NS}path")}
    assert len({dashes[f"edge edge-{sort}"] for sort in ("act", "time", "law")}) == 3


graphs = st.integers(1, 9).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=16))
)


@settings(max_examples=60, deadline=None)
@given(graphs)
def test_layout_of_any_graph_runs_downward_and_keeps_its_distance(graph):
    n, edges = graph
    edges = [(a, b) for a, b in edges if a != b]
    sizes = [Box(20 + 7 * i, 10) for i in range(n)]
    placed = place(sizes, edges, 5)
    assert placed == place(sizes, edges, 5)
    assert sorted(v for layer in placed.layers for v in layer) == list(range(len(placed.x)))
    rank = placed.rank
    for i, path in enumerate(placed.paths):
        a, b = edges[i][::-1] if i in placed.upward else edges[i]
        assert (path[0], path[-1]) == (a, b)
        assert all(rank[w] == rank[v] + 1 for v, w in pairwise(path))
    width = [s.width for s in sizes] + [0.0] * (len(placed.x) - n)
    for layer in placed.layers:
        for v, w in pairwise(layer):
            assert placed.x[w] - placed.x[v] >= (width[v] + width[w]) / 2 + 5 - 1e-6


def test_citations_stay_whole_and_no_line_ends_with_an_opening_mark():
    text = "・期間の経過（十月）による解除 [法66条7項、法78条1項ただし書、特許法48条の3第4項]"
    for width in range(9, 20):
        joined = "|".join(wrapped(text, width))
        assert "法66条7項、" in joined and "法78条1項ただし書、" in joined and "特許法48条の3第4項]" in joined
        assert "（|" not in joined and "[|" not in joined and "|」" not in joined and "|）" not in joined


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="経済安全保障、。）] abc", max_size=40), st.integers(3, 12))
def test_wrapping_loses_nothing_and_keeps_the_width(text, width):
    lines = wrapped(text, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    for line in lines:
        overhang = len(line) - len(line.rstrip("、。）] "))
        longest_word = max((ems(w) for w in re.findall("[!-~]+", line)), default=0)
        assert ems(line) <= max(width, longest_word) + overhang or longest_word > width
