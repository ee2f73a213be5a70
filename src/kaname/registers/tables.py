"""The table that stands beside a chart, made of the chart's own values."""

from kaname.law import T
from kaname.registers.blocks import Bars, Block, Column, Flow, Numbers, Row, Table, Timeline
from kaname.registers.words import AHEAD, NOT_FIXED, SOURCE

_ITEM, _FIGURE, _UNIT = T("項目", "item"), T("数", "figure"), T("単位", "unit")
_DAY, _WHAT, _STAGE, _COUNT = T("日付", "day"), T("できごと", "event"), T("段階", "stage"), T("件数", "count")


def table_of(block: Block) -> Table:
    """The table of a block; its title is the block's."""
    match block:
        case Table():
            return block
        case Bars():
            columns = (Column("item", _ITEM), *(Column(f"s{n}", s.label, True, block.unit)
                       for n, s in enumerate(block.series)))  # fmt: skip
            rows = tuple(
                Row(f"{block.id}.{n}", (name, *(s.values[n] for s in block.series)))
                for n, name in enumerate(block.categories)
            )
            return Table(block.id, block.title, columns, rows, source=block.source)
        case Timeline():
            rows = tuple(
                Row(m.id, (m.day or NOT_FIXED, T(f"{m.label.ja}（{AHEAD.ja}）", f"{m.label.en} ({AHEAD.en})")
                    if m.ahead else m.label), m.records, m.verified)
                for m in block.moments
            )  # fmt: skip
            return Table(block.id, block.title, (Column("day", _DAY), Column("what", _WHAT)), rows)
        case Flow():
            rows = tuple(Row(s.id, (s.label, s.count), s.records) for s in block.stages)
            columns = (Column("stage", _STAGE), Column("count", _COUNT, True))
            return Table(block.id, block.title, columns, rows, source=block.source)
        case Numbers():
            rows = tuple(Row(f.id, (f.label, f.value, f.unit), f.records, f.verified, f.note) for f in block.figures)
            columns = (Column("item", _ITEM), Column("figure", _FIGURE, True), Column("unit", _UNIT))
            return Table(block.id, block.title, columns, rows)
    rows = tuple(Row(f"{block.id}.{n}", (sentence,)) for n, sentence in enumerate(block.sentences))
    return Table(block.id, block.title, (Column("text", SOURCE),), rows, source=block.source)
