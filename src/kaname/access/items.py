"""A matter as a line that people read: its words, its case, where that stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kaname.access.lists import parties_of, state_label
from kaname.law import Bases, Text
from kaname.ledger.kinds import kind
from kaname.ledger.models import Matter
from kaname.procedure.pending import label


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an inbox. `sort` as in `procedure.pending`; `days`: from today, negative where past."""

    sort: str
    name: str
    run: str
    role: str
    label: Text
    basis: Bases
    day: date | None
    days: int | None
    case: str
    number: int
    reference: str
    kind: str
    kind_label: Text
    state: Text
    parties: tuple[str, ...]


class _Read(NamedTuple):
    """What is read of a matter, its case and its standing; no objects are made of the three tables."""

    pk: int
    case_id: int
    sort: str
    name: str
    run: str
    role: str
    day: date | None
    public_id: str
    number: int
    kind: str
    reference: str
    state: str


_COLUMNS = (
    *_Read._fields[:7], *(f"case__{name}" for name in _Read._fields[7:10]),
    *(f"case__standing__{name}" for name in _Read._fields[10:]),
)  # fmt: skip


def items(matters: Iterable[int], today: date, *, with_parties: bool = True) -> dict[int, Item]:
    """The lines of matters by key, in two statements. Whether the person may see them, the caller has asked; a matter
    that is gone has none."""
    rows = [_Read._make(row) for row in Matter.objects.filter(pk__in=list(matters)).values_list(*_COLUMNS)]
    parties = parties_of({row.case_id for row in rows}) if rows and with_parties else {}
    return {row.pk: _item(row, today, parties.get(row.case_id, ())) for row in rows}


def _item(row: _Read, today: date, parties: tuple[str, ...]) -> Item:
    of = kind(row.kind)
    text, basis = label(of, row.sort, row.name)
    return Item(
        row.sort, row.name, row.run, row.role, text, basis, row.day, (row.day - today).days if row.day else None,
        row.public_id, row.number, row.reference, of.id, of.label, state_label(of.id, row.state), parties,
    )  # fmt: skip
