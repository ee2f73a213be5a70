"""A native bar chart on a slide: its numbers stay in a workbook within the deck and can be edited."""

from decimal import Decimal
from typing import Any

from kaname.registers.blocks import Bars
from kaname.registers.charts import summary
from kaname.registers.charts.bars import split
from kaname.registers.charts.canvas import COLOURS
from kaname.registers.slides.deck import Slide, _emu, _rgb, describe
from kaname.registers.slides.text import parsed
from kaname.typeset import FAMILY

_SIZE = 11


def heights(block: Bars) -> tuple[float, float]:
    """The least and the best height of the chart: a label each, and the names of several series."""
    series, count = max(len(block.series), 1), len(block.categories)
    names = 26 if series > 1 else 8
    least, best = (17, 20) if series < 2 else (10 * series + 6, 15 * series + 6)
    return count * least + names, count * best + names


def parts(block: Bars, room: float) -> list[Bars]:
    """The chart in as few as fit the room, evenly filled."""
    least, _ = heights(block)
    count = max(-(-int(least) // max(int(room), 1)), 1)
    return split(block, -(-len(block.categories) // count) or 1)


def put(slide: Slide, block: Bars, whole: Bars, x: float, y: float, width: float, tall: float) -> None:
    """Draw it: bars from zero, the value at the end of each. `whole`: whose scale a part keeps."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION

    lang = slide.lang
    data = CategoryChartData(_format(whole))
    data.categories = [c[lang] for c in block.categories]
    for series in block.series:
        data.add_series(series.label[lang], [None if v is None else float(v) for v in series.values])
    frame = slide.of.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *_emu(x, y, width, tall), data)
    describe(frame, block.title[lang], f"{block.title[lang]} {summary(block, lang)}")
    chart = frame.chart
    chart.has_title = False
    chart.has_legend = len(block.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _fonts(chart)
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order, names.has_major_gridlines = True, False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = _rgb("1A1A1C")
    known = [v for s in whole.series for v in s.values if v is not None]
    low, high = min([0, *map(float, known)]), max([0, *map(float, known)])
    values.visible, values.has_major_gridlines = False, False
    values.minimum_scale, values.maximum_scale = low * 1.18, (high or 1) * 1.18  # room for the values' own texts
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.has_data_labels = 45, -5, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = _format(whole), False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for n, series in enumerate(plot.series):
        _paint(series, n)


def _paint(series: Any, place: int) -> None:
    from pptx.enum.dml import MSO_PATTERN

    patterns = (None, MSO_PATTERN.WIDE_UPWARD_DIAGONAL, MSO_PATTERN.PERCENT_60, MSO_PATTERN.DARK_HORIZONTAL,
                MSO_PATTERN.LARGE_GRID)  # fmt: skip
    colour, pattern = _rgb(COLOURS[place % len(COLOURS)].lstrip("#").upper()), patterns[place % len(patterns)]
    series.invert_if_negative = False
    if pattern is None:
        series.format.fill.solid()
    else:
        series.format.fill.patterned()
        series.format.fill.pattern = pattern
        series.format.fill.back_color.rgb = _rgb("FFFFFF")
    series.format.fill.fore_color.rgb = colour


def _fonts(chart: Any) -> None:
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(_SIZE), FAMILY
    latin = chart.font._rPr.xpath("./a:latin")[0]
    east = f'<a:ea xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" typeface="{FAMILY}"/>'
    latin.addnext(parsed(east))


def _format(block: Bars) -> str:
    """As many decimals as the values were given with."""
    exponents = [v.as_tuple().exponent for s in block.series for v in s.values if isinstance(v, Decimal)]
    places = max([0, *(-e for e in exponents if isinstance(e, int))])
    return "#,##0" + ("." + "0" * places if places else "")
