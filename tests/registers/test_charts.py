"""Charts: what is drawn is what the block says, no text lies on another, nothing that a strict page refuses."""

import re
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree

import pytest
from example_picture import picture
from hypothesis import given
from hypothesis import strategies as st

from kaname.law import T
from kaname.registers import words
from kaname.registers.blocks import Bars, Flow, Moment, Series, Timeline
from kaname.registers.charts import bars, drawn
from kaname.registers.measure import ems, shorten, wrap

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = [b for page in picture().pages for b in page.blocks if isinstance(b, Bars | Timeline | Flow)]


def texts(svg: str) -> list[tuple[float, float, float, float]]:
    """The box of each text: left, top, right, bottom."""
    found = []
    for node in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        size, x, y = (float(node.attrib[name]) for name in ("font-size", "x", "y"))
        wide = ems(node.text or "", node.get("font-weight") == "700") * size
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
        found.append((left, y - size * 0.8, left + wide, y + size * 0.1))
    return found


def assert_readable(svg: str, width: int) -> None:
    boxes = texts(svg)
    for left, _, right, _ in boxes:
        assert left >= -0.5 and right <= width + 0.5
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [360, 545, 990])
@pytest.mark.parametrize("block", CHARTS, ids=lambda b: b.id)
def test_no_text_lies_on_another_at_any_width(block, lang, width) -> None:
    drawing = drawn(block, lang, width)
    assert_readable(drawing.svg, width)
    assert "style=" not in drawing.svg and "<script" not in drawing.svg
    assert 'role="img"' in drawing.svg and drawing.summary.startswith(block.title[lang])


def test_bars_are_as_long_as_their_values() -> None:
    block = next(b for b in CHARTS if isinstance(b, Bars))
    svg = ElementTree.fromstring(drawn(block, "ja", 640).svg)
    lengths = [float(r.attrib["width"]) for r in svg.iter(f"{SVG}rect") if r.attrib["class"] == "series-1"][1:]
    values = [v or 0 for v in block.series[0].values]
    longest = max(lengths)
    for length, value in zip(lengths, values, strict=True):
        assert length == pytest.approx(value / max(values) * longest, abs=0.1)
    told = [node.text for node in svg.iter(f"{SVG}text")]
    for value in block.series[0].values:
        assert (words.number(value) if value is not None else "値なし") in told


def test_parts_keep_the_scale_and_lose_no_bar() -> None:
    many = Bars("many", T("多い", "many"), T("", ""), tuple(T(f"項目{n}", f"item {n}") for n in range(50)),
                (Series(T("数", "number"), tuple(range(50))),), T("件", "cases"))  # fmt: skip
    parts = bars.parts(many, 490)
    assert [c for p in parts for c in p.categories] == list(many.categories)
    assert [v for p in parts for v in p.series[0].values] == list(range(50))
    drawings = [bars.draw(p, "ja", 545, many) for p in parts]
    assert all(d.height <= 490 for d in drawings)
    first = [float(r) for r in re.findall(r'width="([\d.]+)" height="16.0"', drawings[0].svg)]
    last = [float(r) for r in re.findall(r'width="([\d.]+)" height="16.0"', drawings[-1].svg)]
    assert last[-1] / 49 == pytest.approx(first[10] / 10, rel=0.02)


@given(st.lists(st.integers(0, 1500), min_size=1, max_size=14), st.sampled_from([360, 640, 990]))
def test_a_strip_with_any_days_can_be_read_and_no_leader_crosses_a_text(offsets: list[int], width: int) -> None:
    moments = tuple(
        Moment(f"m{n}", date(2022, 5, 18) + timedelta(o), T("特定重要物資の指定と基本指針の閣議決定", "designated"))
        for n, o in enumerate(offsets)
    )
    svg = drawn(Timeline("strip", T("日", "days"), moments), "ja", width).svg
    assert_readable(svg, width)
    boxes = [box for box in texts(svg) if box[1] > 40]  # below the axis
    for line in ElementTree.fromstring(svg).iter(f"{SVG}line"):
        x1, y1, x2, y2 = (float(line.attrib[name]) for name in ("x1", "y1", "x2", "y2"))
        if x1 == x2 and y1 == 34.0:
            for left, top, right, bottom in boxes:
                assert not (left < x1 < right and top < y2 and bottom > y1)


@given(st.text(alphabet="特定重要物資、。（）abc 12", max_size=60), st.floats(3, 20))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: float) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(ems(line) <= width for line in lines if len(line) > 1)
    assert ems(shorten(text, width)) <= max(width, ems("…"))
