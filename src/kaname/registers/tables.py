"""The table that stands beside a chart, made of the chart's own values."""

from kaname.law import T
from kaname.registers.blocks import Bars, Block, Column, Flow, Numbers, Row, Table, Timeline
from kaname.registers.words import AHEAD, NOT_FIXED, SOURCE, source

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
            return _of_days(block)
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


def _of_days(block: Timeline) -> Table:
    """The moments by day; where they have several sources, each tells its own."""
    sources = dict.fromkeys(m.source for m in block.moments)
    several = len(sources) > 1
    rows = []
    for m in block.moments:
        said = T(f"{m.label.ja}（{AHEAD.ja}）", f"{m.label.en} ({AHEAD.en})") if m.ahead else m.label
        told = (T(source(m.source, "ja"), source(m.source, "en")),) if several else ()
        rows.append(Row(m.id, (m.day or NOT_FIXED, said, *told), m.records, m.verified))
    columns = (Column("day", _DAY), Column("what", _WHAT), *((Column("source", SOURCE),) if several else ()))
    return Table(block.id, block.title, columns, tuple(rows), source=None if several else next(iter(sources), None))


def tells_sources(table: Table) -> bool:
    """Whether each row tells its own source, so that none stands below the table."""
    return any(c.id == "source" for c in table.columns)
