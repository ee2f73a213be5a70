"""The deck: read back it says what the blocks say, nothing runs out of its place, people can go on with it."""

from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import combinations
from zipfile import ZipFile

import pytest
from deck_reader import cell_texts, deck, shapes_texts, table_rows
from example_picture import picture
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.law import T
from kaname.registers import words
from kaname.registers.blocks import Bars, Column, Numbers, Page, Picture, Row, Series, Table, Timeline
from kaname.registers.picture import picture as real
from kaname.registers.slides import pptx

PICTURES = {
    "example": lambda: picture(rows=40),
    "deck day": lambda: real(date(2024, 6, 4), today=date(2026, 11, 26)),
    "late": lambda: real(date(2026, 11, 26), today=date(2026, 11, 26)),
}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", PICTURES)
def test_nothing_runs_out_of_its_place(name, lang) -> None:
    assert_tidy(pptx(PICTURES[name](), lang))


def assert_tidy(data: bytes) -> None:
    for n, slide in enumerate(deck(data).slides, 1):
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0, (n, shape.name)
            assert (shape.left + shape.width) / 12700 <= 960.5 and (shape.top + shape.height) / 12700 <= 540.5, n
        texts = list(shapes_texts(slide))
        for text in texts:
            assert text.needs <= text.bottom - text.top + 1, (n, text)
        for one, other in combinations(texts, 2):
            apart = one.right <= other.left + 0.5 or other.right <= one.left + 0.5
            apart = apart or one.bottom <= other.top + 1 or other.bottom <= one.top + 1
            # labels of a strip do not wrap: their boxes are wider than their texts
            assert apart or "\n" in one.said or "\n" in other.said, (n, one, other)
        for text, row in cell_texts(slide):
            assert text.needs <= row + 1, (n, text, row)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_charts_tables_and_figures_are_those_of_the_blocks(lang) -> None:
    shown = picture(rows=40)
    read = deck(pptx(shown, lang))
    charts = [s.chart for slide in read.slides for s in slide.shapes if s.has_chart]
    wanted = [b for p in shown.pages for b in p.blocks if isinstance(b, Bars)]
    for k, block in enumerate(wanted):
        chart = charts[k]
        assert list(chart.plots[0].categories) == [c[lang] for c in block.categories]
        assert [list(s.values) for s in chart.plots[0].series] == [list(s.values) for s in block.series]
        assert chart.value_axis.minimum_scale == 0
    tables = [table_rows(s) for slide in read.slides for s in slide.shapes if s.has_table]
    (plans,) = [b for p in shown.pages for b in p.blocks if isinstance(b, Table)]
    rows = [row for t in tables if t[0][1] == plans.columns[1].label[lang] for row in t[1:]]
    assert len(rows) == 40 + 1
    for row, of in zip(rows, (*plans.rows, plans.total), strict=True):
        for cell, value in zip(row, of.cells, strict=True):
            assert cell.split("\n")[0] == words.cell(value, lang)
    said = Counter(line for slide in read.slides for t in shapes_texts(slide) for line in t.said.split("\n"))
    for figure in shown.figures():
        unit = f" {figure.unit[lang]}" if figure.unit and figure.value is not None else ""
        assert said[words.figure(figure, lang) + unit]


def test_titles_are_the_findings_and_notes_name_the_sources() -> None:
    shown = picture()
    slides = list(deck(pptx(shown, "ja")).slides)
    titles = [slide.shapes.title.text for slide in slides]
    assert titles[0] == shown.title.ja and all(titles)
    for page in shown.pages:
        assert page.answer.ja in titles
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)
    assert "https://www.cao.go.jp/keizai_anzen_hosho/" in notes
    strip = next(b for p in shown.pages for b in p.blocks if isinstance(b, Timeline))
    assert all(moment.label.ja in notes for moment in strip.moments)


def test_what_cannot_be_seen_is_told_and_japanese_has_its_font() -> None:
    read = deck(pptx(picture(), "ja"))
    for slide in read.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath("./*/p:cNvPr/@descr")[0]
        xml = slide._element.xml
        assert xml.count("<a:ea typeface=") == xml.count("<a:latin typeface=") > 0
        assert 'lang="ja-JP"' in xml
    theme = next(r.target_part for r in read.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    assert b'<a:ea typeface="BIZ UDPGothic"/>' in theme.blob and b"Calibri" not in theme.blob


def test_the_same_picture_gives_the_same_bytes_and_says_its_day() -> None:
    data = pptx(picture(), "ja")
    assert (data == pptx(picture(), "ja")) is True  # so, lest two files are told byte by byte
    assert (data == pptx(picture(date(2024, 6, 5)), "ja")) is False
    about = deck(data).core_properties
    assert about.created.date() == about.modified.date() == date(2024, 6, 4) and about.title == picture().title.ja
    with ZipFile(BytesIO(data)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


words_ = st.text(alphabet="特定重要物資の安定供給確保、計画ABCdefg 0123", min_size=1, max_size=80)


@settings(max_examples=25)
@given(
    st.lists(st.lists(words_, min_size=4, max_size=4), min_size=0, max_size=30),
    st.lists(st.tuples(words_, st.none() | st.integers(0, 10**9)), min_size=1, max_size=45),
)
def test_any_table_and_any_chart_stay_in_their_place(rows: list[list[str]], bars: list[tuple[str, int | None]]) -> None:
    unit = T("億円", "oku")
    columns = (Column("a", unit), Column("b", unit), Column("c", unit, True, unit), Column("d", unit))
    table = Table("t", T("表", "table"), columns, tuple(Row(f"{n}", tuple(r)) for n, r in enumerate(rows)))
    chart = Bars("b", T("図", "chart"), T("件", "n"), tuple(T(t, t) for t, _ in bars),
                 (Series(T("数", "n"), tuple(v for _, v in bars)),), T("件", "n"))  # fmt: skip
    page = Page("p", T("面", "p"), T("答え", "answer"), (table, chart))
    data = pptx(Picture(date(2024, 6, 4), T("題", "t"), (), (page,)), "ja")
    assert_tidy(data)
    read = deck(data)
    shown = [r for s in read.slides for x in s.shapes if x.has_table and len(x.table.columns) == 4
             for r in table_rows(x)[1:]]  # fmt: skip
    assert [["".join(c.split()) for c in r] for r in shown] == [["".join(c.split()) for c in r] for r in rows]
    values = [v for s in read.slides for x in s.shapes if x.has_chart for v in x.chart.plots[0].series[0].values]
    assert values == [v for _, v in bars]


def test_decimals_keep_their_places_in_a_chart() -> None:
    bars = Bars("b", T("図", "c"), T("", ""), (T("一", "one"), T("二", "two")),
                (Series(T("額", "amount"), (Decimal("0.5"), Decimal("12"))),), T("億円", "oku"))  # fmt: skip
    page = Page("p", T("面", "p"), T("答え", "a"), (bars, Numbers("n", T("数", "n"), ())))
    read = deck(pptx(Picture(date(2024, 6, 4), T("題", "t"), (), (page,)), "en"))
    (chart,) = [x.chart for s in read.slides for x in s.shapes if x.has_chart]
    assert chart.plots[0].data_labels.number_format == "#,##0.0" and list(chart.plots[0].series[0].values) == [0.5, 12]
