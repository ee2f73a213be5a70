"""Horizontal bars from zero: label left, value at the end of the bar, the names of several series in a line above."""

from dataclasses import replace
from decimal import Decimal

from kaname.law import Lang, T
from kaname.registers.blocks import Bars
from kaname.registers.charts.canvas import INK, SIZE, SMALL, Drawing, Sheet
from kaname.registers.measure import ems, wrap
from kaname.registers.words import NO_VALUE, number

_BAR, _THIN, _GAP, _GROUP, _LABEL = 16, 12, 1, 9, 0.36  # heights; the share of the width that labels may take
_SUMMARY = T("{n} 項目。最大は{most}（{value} {unit}）、最小は{least}（{low} {unit}）。",
             "{n} items; the largest is {most} ({value} {unit}), the smallest {least} ({low} {unit}).")  # fmt: skip
_EMPTY = T("値のある項目はありません。", "No item has a value.")


def split(block: Bars, size: int) -> list[Bars]:
    """The same bars in several charts of up to `size` categories each: for paper, whose pages end."""
    spans = [slice(n, n + size) for n in range(0, len(block.categories), size)] or [slice(0, 0)]
    return [
        replace(block, categories=block.categories[at],
                series=tuple(replace(s, values=s.values[at]) for s in block.series))
        for at in spans
    ]  # fmt: skip


def parts(block: Bars, height: int) -> list[Bars]:
    """The same as drawings of about this height at most, evenly filled."""
    most = max(int((height - 28) // (_pitch(block) * len(block.series) + _GROUP)), 1)
    count = -(-len(block.categories) // most) or 1
    return split(block, -(-len(block.categories) // count) or 1)


def _pitch(block: Bars) -> int:
    return (_BAR if len(block.series) < 2 else _THIN) + _GAP


def draw(block: Bars, lang: Lang, width: int, whole: Bars | None = None) -> Drawing:
    """As high as its bars need. `whole`: the chart that this is a part of, whose scale it keeps."""
    sheet = Sheet(block.id.replace(".", "-"), width, len(block.series))
    pitch = _pitch(block)
    room = width * _LABEL
    labels = [wrap(category[lang], room / SIZE) for category in block.categories]
    left = max([_widest(line) * SIZE for lines in labels for line in lines], default=0) + 8
    known = [v for s in (whole or block).series for v in s.values if v is not None]
    low, high = min([0, *known]), max([0, *known])
    end = max([ems(_told(v, lang)) * SMALL for v in (*known, None)], default=0) + 10
    zero_room = end if low < 0 else 0
    scale = (width - left - end - zero_room) / float(high - low or 1)
    zero = left + zero_room - float(low) * scale
    y = _names(sheet, block, lang) + 4
    top = y
    for n, lines in enumerate(labels):
        bars = len(block.series) * pitch - _GAP
        tall = max(bars, len(lines) * (SIZE + 3))
        first = y + tall / 2 - (len(lines) - 1) * (SIZE + 3) / 2 + SIZE * 0.36
        for k, line in enumerate(lines):
            sheet.text(left - 8, first + k * (SIZE + 3), line, anchor="end")
        at = y + (tall - bars) / 2
        for place, series in enumerate(block.series):
            _bar(sheet, series.values[n], zero, at + place * pitch, pitch - _GAP, scale, place, lang)
        y += tall + _GROUP
    sheet.line(zero, top - 4, zero, y - _GROUP + 4, 1.5, colour=INK)
    return sheet.finish(y, block.title[lang], summary(block, lang))


def _widest(line: str) -> float:
    """The width of a label in ems in whichever font it is set: a browser takes one of its own, with full-width kana."""
    return max(ems(line), sum(1.0 if ord(letter) > 0x2E7F else 0.56 for letter in line))


def _bar(sheet: Sheet, value: int | Decimal | None, zero: float, y: float, tall: int, scale: float, place: int,
         lang: Lang) -> None:  # fmt: skip
    length = float(value or 0) * scale
    sheet.box(min(zero, zero + length), y, abs(length), tall, sheet.fill(place), css="" if place else "series-1")
    beside, anchor = (zero + length - 5, "end") if length < 0 else (zero + length + 5, "start")
    sheet.text(beside, y + tall * 0.5 + SMALL * 0.36, _told(value, lang), SMALL, anchor=anchor)


def _names(sheet: Sheet, block: Bars, lang: Lang) -> float:
    """The line that names the series; nothing for a single one. Returns where the bars begin."""
    if len(block.series) < 2:
        return 0
    x, y = 0.0, 2.0
    for place, series in enumerate(block.series):
        wide = 20 + ems(series.label[lang]) * SMALL + 16
        if x and x + wide > sheet.width:
            x, y = 0.0, y + 20
        sheet.box(x, y, 14, 14, sheet.fill(place), css="" if place else "series-1")
        sheet.text(x + 20, y + 11.5, series.label[lang], SMALL)
        x += wide
    return y + 24


def _told(value: int | Decimal | None, lang: Lang) -> str:
    return NO_VALUE[lang] if value is None else number(value)


def summary(block: Bars, lang: Lang) -> str:
    """How many there are, and the ends of the first series."""
    first = block.series[0].values if block.series else ()
    known = [(v, name) for v, name in zip(first, block.categories, strict=True) if v is not None]
    if not known:
        return _EMPTY[lang]
    most, least = max(known, key=lambda k: k[0]), min(known, key=lambda k: k[0])
    values = dict(value=number(most[0]), low=number(least[0]), unit=block.unit)
    return _SUMMARY.fill(n=len(block.categories), most=most[1], least=least[1], **values)[lang]
