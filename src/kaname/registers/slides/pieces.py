"""Blocks cut into pieces that each fit a slide: how high a piece is, and how it is drawn. Lengths are points."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kaname.law import Lang
from kaname.registers import words
from kaname.registers.blocks import Bars, Block, Figure, Flow, Numbers, Prose, Source, Table, Timeline
from kaname.registers.charts import flow, timeline
from kaname.registers.measure import shorten
from kaname.registers.slides import chart, table
from kaname.registers.slides.deck import BOTTOM, MARGIN, ROOM, TOP, Slide
from kaname.registers.slides.text import ACCENT, GREY, INK, SOFT, Line, height
from kaname.registers.tables import table_of, tells_sources

HEADING, GAP = 24, 12
_FULL = BOTTOM - TOP
_SOURCE, _SUBTITLE = 16, 20  # lines, with the space about them
_CARD_GAP, _CARD_INSET = 10, 9
_STRIPS = 2  # dates that need more strips than this are told in a table
_CHART, _TABLE = 0.56, 0.41  # shares of the width


@dataclass(frozen=True, slots=True)
class Piece:
    """`draw(slide, y)` puts it on a slide from y down."""

    height: float
    draw: Callable[[Slide, float], None]


def pieces(block: Block, lang: Lang, left: float) -> Iterator[Piece]:
    """The pieces of a block, the first made for what is left of a slide (below its heading) where that is enough."""
    match block:
        case Numbers():
            yield from _numbers(block, lang)
        case Bars():
            yield from _bars(block, lang, left)
        case Timeline():
            yield from _timeline(block, lang, left)
        case Flow():
            yield from _flow(block, lang)
        case Table():
            yield from _table(block, lang, left)
        case Prose():
            yield from _prose(block, lang)


def source_line(source: Source | None, lang: Lang) -> Line:
    return Line(f"{words.SOURCE[lang]}{'：' if lang == 'ja' else ': '}{words.source(source, lang)}", 9, colour=GREY)


# -- numbers ----------------------------------------------------------------------------------------------------------


def _numbers(block: Numbers, lang: Lang) -> Iterator[Piece]:
    count = len(block.figures)
    across = max(count if count <= 4 else 4 if count % 4 != 1 else 3, 1)
    wide = (ROOM - (across - 1) * _CARD_GAP) / across
    for start in range(0, count, across):
        yield _cards([_card(f, lang) for f in block.figures[start : start + across]], wide)


def _cards(cards: list[list[Line]], wide: float) -> Piece:
    tall = max(height(card, wide - 2 * _CARD_INSET) for card in cards) + 2 * _CARD_INSET

    def draw(slide: Slide, y: float) -> None:
        for n, card in enumerate(cards):
            slide.text(MARGIN + n * (wide + _CARD_GAP), y, wide, card, tall, SOFT, _CARD_INSET)

    return Piece(tall, draw)


def _card(figure: Figure, lang: Lang) -> list[Line]:
    value = words.figure(figure, lang)
    big = words.is_number(figure.value)
    unit = f" {figure.unit[lang]}" if figure.unit and figure.value is not None else ""
    mark = "" if figure.verified else f"  ? {words.UNVERIFIED[lang]}"
    lines = [
        Line(figure.label[lang] + mark, 12, gap=2),
        Line(value + unit, 24 if big else 16, True, ACCENT, gap=2),
    ]
    if figure.note:
        lines.append(Line(figure.note[lang], 10))
    return [*lines, source_line(figure.source, lang)]


# -- charts -----------------------------------------------------------------------------------------------------------


def _bars(block: Bars, lang: Lang, left: float) -> Iterator[Piece]:
    """As high as is best, as low as must be to stand on what is left of a slide."""
    room = _FULL - HEADING - _SOURCE - _SUBTITLE
    for n, part in enumerate(chart.parts(block, room)):
        beside = table.cells(table_of(part), lang, ROOM * _TABLE)
        fits = beside.height <= room
        least, best = (max(h, beside.height if fits else 0) for h in chart.heights(part))
        here = left - _SOURCE - _SUBTITLE
        tall = min(best, here if not n and least <= here else room)
        yield Piece(tall + _SUBTITLE + _SOURCE, _put_bars(part, block, beside if fits else None, tall, lang))
        if not fits:  # names so long that the table needs slides of its own
            yield from _table(table_of(part), lang, 0)


def _put_bars(
    part: Bars, whole: Bars, beside: table.Cells | None, tall: float, lang: Lang
) -> Callable[[Slide, float], None]:
    def draw(slide: Slide, y: float) -> None:
        slide.text(MARGIN, y, ROOM, [Line(part.subtitle[lang], 11, colour=GREY)])
        wide = ROOM * _CHART if beside else ROOM
        chart.put(slide, part, whole, MARGIN, y + _SUBTITLE, wide, tall)
        if beside:
            about = part.title[lang]
            table.put(slide, beside, MARGIN + ROOM * (1 - _TABLE), y + _SUBTITLE, about, about)
        slide.text(MARGIN, y + _SUBTITLE + tall + 3, ROOM, [source_line(part.source, lang)])

    return draw


def _timeline(block: Timeline, lang: Lang, left: float) -> Iterator[Piece]:
    parts = timeline.parts(block, lang, ROOM, _FULL - HEADING - 3 * _SOURCE)
    if len(parts) > _STRIPS:
        yield from _table(table_of(block), lang, left)
        return
    for part in parts:
        strip = timeline.lay(part, lang, ROOM)
        sources = [words.source(m.source, lang) for m in part.moments if m.source]
        told = " / ".join(dict.fromkeys(sources)) or words.NO_SOURCE[lang]
        line = Line(
            shorten(f"{words.SOURCE[lang]}{'：' if lang == 'ja' else ': '}{told}", 3 * ROOM / 9.6), 9, colour=GREY
        )
        yield Piece(strip.height + 3 + line.height(ROOM), _put_strip(strip, line))


def _put_strip(strip: timeline.Strip, source: Line) -> Callable[[Slide, float], None]:
    def draw(slide: Slide, y: float) -> None:
        axis = y + timeline.AXIS
        if strip.end:
            slide.line(MARGIN, axis, MARGIN + strip.end, axis, 2)
        for x, year in strip.years:
            slide.line(MARGIN + x, axis - 10, MARGIN + x, axis, 1.5)
            if year:
                slide.text(MARGIN + x - 20, axis - 27, 40, [Line(year, 11, align="ctr")])
        for h in strip.hung:
            if h.x is not None:
                under = y + h.top + len(h.lines) * timeline.LEADING - 4
                slide.line(MARGIN + h.x, axis, MARGIN + h.x, under, 0.75, h.moment.ahead)
            lines = [Line(line, 11, n == 0) for n, line in enumerate(h.lines)]
            slide.text(MARGIN + h.left, y + h.top, 170, lines, len(lines) * timeline.LEADING, wraps=False)
        for h in strip.hung:
            if h.x is not None:
                slide.dot(MARGIN + h.x, axis, 5, not h.moment.ahead)
        slide.text(MARGIN, y + strip.height + 3, ROOM, [source])

    return draw


def _flow(block: Flow, lang: Lang) -> Iterator[Piece]:
    boxes = flow.lay(block, lang, ROOM)
    tall = max((b.y + b.tall for b in boxes), default=0)

    def draw(slide: Slide, y: float) -> None:
        for b in boxes:
            lines = [Line(b.stage.label[lang], 12, align="ctr")]
            lines += [Line(b.stage.note[lang], 10, align="ctr")] if b.stage.note else []
            lines += [Line(words.number(b.stage.count), 20, True, align="ctr")] if b.stage.count is not None else []
            slide.text(MARGIN + b.x, y + b.y, b.wide, lines, b.tall, "FFFFFF", 6, anchor="ctr", edge=INK)
            if b.arrow:
                right = MARGIN + b.x + b.wide
                slide.line(
                    right + 3, y + b.y + b.tall / 2, right + flow.ARROW - 3, y + b.y + b.tall / 2, 1.5, arrow=True
                )
        slide.text(MARGIN, y + tall + 4, ROOM, [source_line(block.source, lang)])

    yield Piece(tall + _SOURCE, draw)


# -- tables and words -------------------------------------------------------------------------------------------------


def _table(block: Table, lang: Lang, left: float) -> Iterator[Piece]:
    whole = table.cells(block, lang, ROOM)
    under = [Line(block.note[lang], 10)] if block.note else []
    under += [] if tells_sources(block) else [source_line(block.source, lang)]
    below = height(under, ROOM) + 4
    room = _FULL - HEADING - below
    for part in table.cut(whole, min(left - below, room), room):
        yield Piece(part.height + below, _put_table(part, block.title[lang], under))


def _put_table(part: table.Cells, title: str, under: list[Line]) -> Callable[[Slide, float], None]:
    def draw(slide: Slide, y: float) -> None:
        table.put(slide, part, MARGIN, y, title, title)
        slide.text(MARGIN, y + part.height + 4, ROOM, under)

    return draw


def _prose(block: Prose, lang: Lang) -> Iterator[Piece]:
    lines = [Line(s[lang], 14, gap=5, bullet=True) for s in block.sentences]
    if block.open_question:
        lines.insert(0, Line(f"? {words.OPEN_QUESTION[lang]}", 14, True, gap=5))
    room, start = _FULL - HEADING - _SOURCE, 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and height(lines[start : end + 1], ROOM) <= room:
            end += 1
        yield _put_lines(lines[start:end], source_line(block.source, lang))
        start = end


def _put_lines(lines: list[Line], source: Line) -> Piece:
    tall = height(lines, ROOM)

    def draw(slide: Slide, y: float) -> None:
        slide.text(MARGIN, y, ROOM, lines)
        slide.text(MARGIN, y + tall + 3, ROOM, [source])

    return Piece(tall + _SOURCE, draw)
