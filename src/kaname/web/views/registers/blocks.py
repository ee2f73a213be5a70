"""Blocks as the parts that a page is made of."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from kaname.law import Text
from kaname.registers import words
from kaname.registers.blocks import Block, Figure, Numbers, Page, Prose
from kaname.registers.charts import drawn
from kaname.registers.tables import table_of, tells_sources
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.templatetags.kaname import lang


@dataclass(frozen=True)
class Part:
    """One block: its title, and what is shown of it."""

    title: Text
    figures: tuple[Figure, ...] = ()
    chart: SafeString | None = None
    table: Table | None = None
    sentences: tuple[Text, ...] = ()
    open_question: bool = False
    source: str = ""
    note: Text | None = None


def parts(page: Page) -> list[Part]:
    return [_part(block) for block in page.blocks]


def _part(block: Block) -> Part:
    if isinstance(block, Numbers):
        return Part(block.title, block.figures)
    if isinstance(block, Prose):
        told = words.source(block.source, lang()) if block.source else ""
        return Part(block.title, sentences=block.sentences, open_question=block.open_question, source=told)
    drawing, table = drawn(block, lang(), 900), table_of(block)
    source = "" if tells_sources(table) or table.source is None else words.source(table.source, lang())
    # The drawer escapes every text it writes.
    chart = mark_safe(drawing.svg) if drawing else None
    return Part(block.title, chart=chart, table=_table(table), source=source, note=table.note)


def _table(of: Any) -> Table:
    heads = [Column(_head(c), num=c.number) for c in of.columns]
    rows = [Row(_cell(r.cells[0]), [_cell(c) for c in r.cells[1:]], r.records)
            for r in (*of.rows, *((of.total,) if of.total else ()))]  # fmt: skip
    return Table(of.title, heads, rows)


def _head(column: Any) -> Text:
    unit = column.unit
    return Text(f"{column.label.ja}（{unit.ja}）", f"{column.label.en} ({unit.en})") if unit else column.label


def _cell(value: Any) -> Any:
    return words.number(value) if words.is_number(value) else "" if value is None else value
