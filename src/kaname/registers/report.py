"""The picture of the Act as a report (報告書): PDF/A-2a, tagged, fonts embedded, the same bytes for the same picture.

    pdf(picture, lang) -> bytes          pngs(picture, lang) -> its pages as images

Everything that stands in it is worked out here as plain data; the template `typst/report.typ` only sets it.
"""

from pathlib import Path
from typing import Any

from kaname import typeset
from kaname.law import Lang, T
from kaname.registers import words
from kaname.registers.blocks import Bars, Block, Flow, Numbers, Picture, Prose, Row, Table, Timeline
from kaname.registers.charts import Drawing, bars, flow, timeline
from kaname.registers.measure import ems
from kaname.registers.tables import table_of, tells_sources

_TEMPLATE = Path(__file__).parent / "typst/report.typ"
# Sizes in units of a drawing, 0.75 pt each, so that its texts are set in 9 pt: half and whole width of a page, and how
# high a chart may be to stand on it. A higher one comes in parts, and its table below them.
_HALF, _WHOLE, _HIGH, _STRIP = 545, 990, 490, 520
_NARROW, _WIDE = (
    12,
    45,
)  # ems: a column whose texts are no longer keeps them in one line; longer than _WIDE wins no more
_WORDS = {
    "source": words.SOURCE, "open": words.OPEN_QUESTION, "made": words.MADE,
    "unverified": words.UNVERIFIED, "contents": T("目次", "Contents"), "mind": T("気をつけること", "Mind"),
}  # fmt: skip


def pdf(picture: Picture, lang: Lang) -> bytes:
    """The report. The day of the document is the picture's, so that making it again gives the same bytes."""
    return typeset.pdf(_TEMPLATE, as_data(picture, lang))


def pngs(picture: Picture, lang: Lang, ppi: float = 96) -> list[bytes]:
    """The pages as images, to look at."""
    return typeset.compiled(_TEMPLATE, as_data(picture, lang), "png", ppi)


def as_data(picture: Picture, lang: Lang) -> dict[str, Any]:
    """What the template sets, in one language."""
    return {
        "lang": lang, "title": picture.title[lang], "as_of": str(picture.as_of),
        "day": words.as_of(picture.as_of, lang), "words": {name: text[lang] for name, text in _WORDS.items()},
        "cover": [_block(numbers, lang) for numbers in picture.cover],
        "warnings": [text[lang] for text in picture.warnings],
        "pages": [
            {"id": page.id, "title": page.title[lang], "answer": page.answer[lang],
             "blocks": [_block(block, lang) for block in page.blocks]}
            for page in picture.pages
        ],
    }  # fmt: skip


def _block(block: Block, lang: Lang) -> dict[str, Any]:
    told: dict[str, Any] = {"sort": type(block).__name__.lower(), "title": block.title[lang]}
    match block:
        case Numbers():
            told |= _numbers(block, lang)
        case Bars():
            parts = [bars.draw(part, lang, _HALF, block) for part in bars.parts(block, _HIGH)]
            told |= {"subtitle": block.subtitle[lang], "source": words.source(block.source, lang),
                     "charts": _images(parts), "table": _table(table_of(block), lang)}  # fmt: skip
        case Timeline():
            strips = [timeline.draw(part, lang, _WHOLE) for part in timeline.parts(block, lang, _WHOLE, _STRIP)]
            told |= {"charts": _images(strips), "table": _table(table_of(block), lang),
                     "source": _below(table_of(block), lang)}  # fmt: skip
        case Flow():
            told |= {"charts": _images([flow.draw(block, lang, _WHOLE)]), "source": words.source(block.source, lang)}
        case Table():
            told |= {"table": _table(block, lang), "source": _below(block, lang),
                     "note": block.note[lang] if block.note else ""}  # fmt: skip
        case Prose():
            told |= {"sentences": [s[lang] for s in block.sentences], "open": block.open_question,
                     "source": words.source(block.source, lang)}  # fmt: skip
    return told


def _numbers(block: Numbers, lang: Lang) -> dict[str, Any]:
    figures = [
        {"label": f.label[lang], "value": words.figure(f, lang), "word": not words.is_number(f.value),
         "unit": f.unit[lang] if f.unit and f.value is not None else "", "source": words.source(f.source, lang),
         "note": f.note[lang] if f.note else "", "verified": f.verified}
        for f in block.figures
    ]  # fmt: skip
    return {"figures": figures}


def _images(drawings: list[Drawing]) -> list[dict[str, str]]:
    return [{"svg": drawing.svg, "summary": drawing.summary} for drawing in drawings]


def _table(table: Table, lang: Lang) -> dict[str, Any]:
    """`name`: the column that carries marks and notes, the first of words."""
    total = table.total
    rows = [_row(row, lang) for row in (*table.rows, *((total,) if total else ()))]
    columns = [
        {"label": c.label[lang], "unit": c.unit[lang] if c.unit else "", "number": c.number,
         "width": _width([c.label[lang], *(row["cells"][n] for row in rows)])}
        for n, c in enumerate(table.columns)
    ]  # fmt: skip
    name = next((n for n, c in enumerate(table.columns) if not c.number), 0)
    last = rows.pop() if total else None
    return {"columns": columns, "rows": rows, "total": last, "name": name}


def _width(texts: list[str]) -> int:
    """0 for a column that keeps its texts in one line, else its share of what is left of the page."""
    longest = max(ems(text) for text in texts)
    return 0 if longest <= _NARROW else round(min(longest, _WIDE))


def _row(row: Row, lang: Lang) -> dict[str, Any]:
    cells = [words.cell(cell, lang) for cell in row.cells]
    return {"cells": cells, "verified": row.verified, "note": row.note[lang] if row.note else ""}


def _below(table: Table, lang: Lang) -> str:
    """The source below a table; "" where each row tells its own."""
    return "" if tells_sources(table) else words.source(table.source, lang)
