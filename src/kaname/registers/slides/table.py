"""A native table on a slide: widths from its texts, heights from its lines, cut where the slide ends."""

from dataclasses import dataclass, replace
from typing import Any

from kaname.law import Lang
from kaname.registers import words
from kaname.registers.blocks import Column, Row, Table
from kaname.registers.measure import ems
from kaname.registers.slides.deck import Slide, _emu, describe
from kaname.registers.slides.text import GREY, INK, Line, height, paragraphs, parsed

SIZE, _PAD_X, _PAD_Y = 11, 5, 2.5
_FEW = 9  # ems: columns whose texts are no longer keep them in one line
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the format's own "no style, no grid"


@dataclass(frozen=True, slots=True)
class Cells:
    """A table as texts: heads, rows and total, one `Line` a cell."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    total: bool

    @property
    def height(self) -> float:
        return sum(self.heights)


def cells(table: Table, lang: Lang, width: float) -> Cells:
    """The table laid out for a width."""
    name = next((n for n, c in enumerate(table.columns) if not c.number), 0)
    head = tuple(_head(c, lang) for c in table.columns)
    rows = [head, *(_row(table, row, name, lang) for row in table.rows)]
    if table.total:
        total = _row(table, table.total, name, lang)
        rows.append(tuple(tuple(replace(line, bold=True) for line in cell) for cell in total))
    widths = _widths(table, rows, width)
    heights = tuple(
        max(height(cell, w - 2 * _PAD_X) for cell, w in zip(row, widths, strict=True)) + 2 * _PAD_Y for row in rows
    )
    return Cells(tuple(rows), widths, heights, table.total is not None)


def _head(column: Column, lang: Lang) -> tuple[Line, ...]:
    align = "r" if column.number else "l"
    name = Line(column.label[lang], SIZE, True, align=align)
    return (name, Line(column.unit[lang], SIZE - 2, colour=GREY, align=align)) if column.unit else (name,)


def _row(table: Table, row: Row, name: int, lang: Lang) -> tuple[tuple[Line, ...], ...]:
    found = [[Line(words.cell(cell, lang), SIZE, align="r" if c.number else "l")]
             for cell, c in zip(row.cells, table.columns, strict=True)]  # fmt: skip
    if not row.verified:
        found[name].append(Line(f"? {words.UNVERIFIED[lang]}", SIZE - 2))
    if row.note:
        found[name].append(Line(row.note[lang], SIZE - 2))
    return tuple(map(tuple, found))


def _widths(table: Table, rows: list[tuple[tuple[Line, ...], ...]], width: float) -> tuple[float, ...]:
    """Short columns as wide as their texts; the rest share what is left by what they would like."""
    longest = [max((ems(line.text, line.bold) * line.size for row in rows for line in row[n]), default=0)
               for n in range(len(table.columns))]  # fmt: skip
    wanted = [long / 0.95 + 2 * _PAD_X for long in longest]
    if sum(wanted) <= width:
        spare, texts = width - sum(wanted), [n for n, c in enumerate(table.columns) if not c.number] or [0]
        widest = max(texts, key=lambda n: wanted[n])
        return tuple(w + (spare if n == widest else 0) for n, w in enumerate(wanted))
    short = [min(w, _FEW * SIZE + 2 * _PAD_X) for w in wanted]
    wish = [w - s for w, s in zip(wanted, short, strict=True)]
    left = width - sum(short)
    if left < 0 or not sum(wish):
        return tuple(s * width / sum(short) for s in short)
    return tuple(s + left * w / sum(wish) for s, w in zip(short, wish, strict=True))


def cut(whole: Cells, first: float, room: float) -> list[Cells]:
    """The table in pieces that fit: the first into what is left of a slide, each with the heads."""
    pieces: list[Cells] = []
    start, left = 1, first
    count = len(whole.rows)
    while start < count or not pieces:
        end, tall = start, whole.heights[0]
        while end < count and (tall + whole.heights[end] <= left or (end == start and left == room)):
            tall += whole.heights[end]
            end += 1
        if whole.total and end == count - 1 and end - start > 1:
            end -= 1  # the total never stands alone
        if end > start or count == 1:
            pieces.append(replace(whole, rows=(whole.rows[0], *whole.rows[start:end]),
                                  heights=(whole.heights[0], *whole.heights[start:end]),
                                  total=whole.total and end == count))  # fmt: skip
        if count == 1:
            break
        start, left = end, room
    return pieces


def put(slide: Slide, piece: Cells, x: float, y: float, name: str, about: str) -> None:
    """Draw it. Cells are written as the format has them: a table of a hundred rows would else take a second."""
    frame = slide.of.shapes.add_table(1, len(piece.widths), *_emu(x, y, sum(piece.widths), piece.height))
    describe(frame, name, about)
    table = frame._element.graphic.graphicData.tbl
    table.tblPr.attrib.pop("bandRow", None)
    table.tblPr.xpath("./a:tableStyleId")[0].text = _NO_STYLE
    for column, width in zip(table.tblGrid.gridCol_lst, piece.widths, strict=True):
        column.set("w", str(_emu(width)[0]))
    table.remove(table.tr_lst[0])
    last = len(piece.rows) - 1
    for n, (row, tall) in enumerate(zip(piece.rows, piece.heights, strict=True)):
        strong = n == 0 or (piece.total and n >= last - 1)
        table.append(_written(row, tall, strong, slide.lang))


def _written(row: tuple[tuple[Line, ...], ...], tall: float, strong: bool, lang: Lang) -> Any:
    edge = (
        f'<a:lnB w="{12700 if strong else 5080}"><a:solidFill><a:srgbClr val="{INK if strong else "B3B3B3"}"/>'
        "</a:solidFill></a:lnB>"
    )
    x, y = _emu(_PAD_X, _PAD_Y)
    inside = f'marL="{x}" marR="{x}" marT="{y}" marB="{y}" anchor="t"'
    written = "".join(
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs(cell, lang)}</a:txBody><a:tcPr {inside}>{edge}<a:noFill/>"
        "</a:tcPr></a:tc>"
        for cell in row
    )
    return parsed(f'<a:tr {_A} h="{_emu(tall)[0]}">{written}</a:tr>')
