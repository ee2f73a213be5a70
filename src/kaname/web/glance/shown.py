"""A block of the picture as a page draws it: figures, a chart with its table beside, words. No number is made here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kaname.law import T, Text
from kaname.registers import words
from kaname.registers.blocks import Bars, Block, Figure, Flow, Numbers, Prose, Source, Timeline
from kaname.registers.blocks import Row as BlockRow
from kaname.registers.blocks import Table as BlockTable
from kaname.registers.charts import drawn
from kaname.registers.tables import table_of, tells_sources
from kaname.web.parts.tables import Column, Row, Table, Tag
from kaname.web.templatetags.kaname import lang

_NOTE = T("備考", "note")
_SAME = T("図と同じ数", "The same in numbers")
_WIDE = 880


@dataclass(frozen=True, slots=True)
class Shown:
    """One block. `figures` of numbers; `chart` and `table` of what is drawn; `sentences` of prose."""

    id: str
    title: Text
    figures: Sequence[Figure] = ()
    chart: SafeString | None = None
    subtitle: Text | None = None
    table: Table | None = None
    csv: str = ""
    sentences: Sequence[Text] = ()
    is_open: bool = False
    note: Text | None = None
    source: Source | None = None
    by_row: bool = False  # each row tells its own source


def shown(block: Block, day: str = "") -> Shown:
    """`day`: of the picture, for the address of its CSV; without one there is none."""
    match block:
        case Numbers():
            return Shown(block.id, block.title, figures=block.figures)
        case Prose():
            return Shown(block.id, block.title, sentences=block.sentences, is_open=block.open_question,
                         source=block.source)  # fmt: skip
    drawing = drawn(block, lang(), _WIDE) if isinstance(block, Bars | Timeline | Flow) else None
    table = table_of(block)
    csv = f"/glance/data/{block.id}.csv?as_of={day}" if day else ""
    return Shown(
        block.id, block.title, chart=mark_safe(drawing.svg) if drawing else None,
        subtitle=block.subtitle if isinstance(block, Bars) else None,
        table=of_table(table, _SAME if drawing else table.title), csv=csv,
        note=table.note, source=table.source, by_row=tells_sources(table),
    )  # fmt: skip


def of_table(of: BlockTable, caption: Text) -> Table:
    """Figures right, units in the heads, what is unverified marked in words and by its tag."""
    rows = (*of.rows, *((of.total,) if of.total else ()))
    noted = any(r.note or not r.verified for r in rows)
    heads = [Column(_head(c.label, c.unit), num=c.number) for c in of.columns]
    return Table(caption, [*heads, Column(_NOTE)] if noted else heads, [_row(r, noted) for r in rows])


def _head(label: Text, unit: Text | None) -> Text:
    return T(f"{label.ja}（{unit.ja}）", f"{label.en} ({unit.en})") if unit else label


def _row(of: BlockRow, noted: bool) -> Row:
    name, *cells = (_cell(c) for c in of.cells)
    return Row(name, [*cells, _note(of)] if noted else cells, of.records)


def _note(of: BlockRow) -> Any:
    if of.note:
        return of.note
    return "" if of.verified else Tag("unverified")


def _cell(value: Any) -> Any:
    return words.number(value) if words.is_number(value) else "" if value is None else value


def source_of(of: Source | None) -> SafeString | str:
    """Who says so, as a link where it is published."""
    if of is None:
        return words.NO_SOURCE[lang()]
    said = words.source(of, lang())
    return format_html('<a href="{}" rel="noreferrer">{}</a>', of.url, said) if of.url else said
