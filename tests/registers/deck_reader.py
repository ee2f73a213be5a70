"""A deck read back: what stands on its slides, and the place that each text takes when its fonts are measured."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pptx import Presentation

from kaname.registers.measure import wrap

LEADING = 1.35


@dataclass(frozen=True)
class Text:
    """A text in its box, in points: `needs` is the height that it takes within the box's width."""

    said: str
    left: float
    top: float
    right: float
    bottom: float
    needs: float
    filled: bool = False


def deck(data: bytes):
    return Presentation(BytesIO(data))


def shapes_texts(slide) -> Iterator[Text]:
    """Text boxes and titles of a slide."""
    for shape in slide.shapes:
        if getattr(shape, "has_text_frame", False) and shape.text_frame.text.strip():
            body = shape.text_frame._txBody
            inset = int(body.bodyPr.get("lIns") or 0) / 12700
            x, y, w, h = (v / 12700 for v in (shape.left, shape.top, shape.width, shape.height))
            wide = w - 2 * inset if body.bodyPr.get("wrap") != "none" else 10_000
            yield Text(shape.text_frame.text, x, y, x + w, y + h, needed(body, wide) + 2 * inset)


def cell_texts(slide) -> Iterator[tuple[Text, float]]:
    """Cells of tables; with each the height of its row."""
    for shape in slide.shapes:
        if shape.has_table:
            table = shape._element.graphic.graphicData.tbl
            widths = [c.w / 12700 for c in table.tblGrid.gridCol_lst]
            for row in table.tr_lst:
                for cell, wide in zip(row.tc_lst, widths, strict=True):
                    needs = needed(cell.txBody, wide - 10) + 5
                    yield Text("".join(cell.txBody.itertext()), 0, 0, wide, 0, needs), row.h / 12700


def needed(body, width: float) -> float:
    tall = 0.0
    for paragraph in body.p_lst:
        runs = [r for r in paragraph if r.tag.endswith(("}r", "}fld"))]
        text = "".join(r.findtext("{*}t") or "" for r in runs)
        about = runs[0].find("{*}rPr")
        size, bold = int(about.get("sz")) / 100, about.get("b") == "1"
        layout = paragraph.find("{*}pPr")
        indent = int(layout.get("marL") or 0) / 12700
        after = int(layout.find("{*}spcAft/{*}spcPts").get("val")) / 100
        tall += len(wrap(text, (width - indent) / size, bold)) * size * LEADING + after
    return tall


def table_rows(shape) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in shape.table.rows]
