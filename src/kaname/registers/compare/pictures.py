"""Figures and amounts that differ between two pictures, keyed by the ids that are stable over days."""

from collections.abc import Iterator, Mapping

from kaname.law import T
from kaname.registers.blocks import Figure, Picture, Table
from kaname.registers.compare.model import Change, Subject

_MONEY = "money"  # the page whose tables are compared by cell


def changes(one: Picture, other: Picture) -> Iterator[Change]:
    """Amounts first, then every other figure."""
    before, after = _figures(one), _figures(other)
    money = {f.id for p in (one, other) for page in p.pages if page.id == _MONEY for b in page.blocks
             if hasattr(b, "figures") for f in b.figures}  # fmt: skip
    found = list(_of_figures(before, after))
    yield from (_as_money(c) for c in found if c.id in money)
    yield from _cells(one, other)
    yield from (c for c in found if c.id not in money)


def _figures(picture: Picture) -> Mapping[str, Figure]:
    """By id; of one told twice (cover and page) the first."""
    found: dict[str, Figure] = {}
    for figure in picture.figures():
        found.setdefault(figure.id, figure)
    return found


def _of_figures(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> Iterator[Change]:
    for id in dict.fromkeys([*before, *after]):
        was, is_ = before.get(id), after.get(id)
        known = is_ or was
        assert known
        if (was.value if was else None) != (is_.value if is_ else None):
            yield Change(Subject.FIGURES, id, known.label, was.value if was else None, is_.value if is_ else None,
                         known.unit, records=known.records)  # fmt: skip


def _as_money(change: Change) -> Change:
    return Change(Subject.MONEY, change.id, change.label, change.before, change.after, change.unit,
                  records=change.records)  # fmt: skip


def _cells(one: Picture, other: Picture) -> Iterator[Change]:
    """Numbers in the rows of the tables of money."""
    before, after = _rows(one), _rows(other)
    for key in dict.fromkeys([*before, *after]):
        was, is_ = before.get(key), after.get(key)
        known = is_ or was
        assert known
        if (was and was.before) != (is_ and is_.before):
            yield Change(Subject.MONEY, key, known.label, was.before if was else None, is_.before if is_ else None,
                         known.unit, records=known.records)  # fmt: skip


def _rows(picture: Picture) -> Mapping[str, Change]:
    found = {}
    tables = [b for page in picture.pages if page.id == _MONEY for b in page.blocks if isinstance(b, Table)]
    for table in tables:
        for row in (*table.rows, *((table.total,) if table.total else ())):
            name = next((c for c in row.cells if not isinstance(c, int)), "")
            for column, cell in zip(table.columns, row.cells, strict=True):
                if column.number and cell is not None:
                    label = T(f"{{name}}・{column.label.ja}", f"{{name}}, {column.label.en}").fill(name=name)
                    id = f"{table.id}.{row.id}.{column.id}"
                    found[id] = Change(Subject.MONEY, id, label, cell, None, column.unit, records=row.records)
    return found
