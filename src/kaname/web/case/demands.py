"""What the declaration demands of a case next, as lines to tick: fields, papers, duties, bans. Never stored.

What a running clock waits for counts towards the progress, and so do duties and bans; what one only may do does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kaname.law import Bases, T, Text
from kaname.procedure.declare import CaseKind, Field, FieldType
from kaname.procedure.index import ActOf, index
from kaname.web.case.page import ActRow, Page

_FIELD, _PAPER, _IF = T("記載", "field"), T("書類", "paper"), T("該当するとき", "where it applies")
DUTY, BAN = T("義務", "duty"), T("禁止", "ban")
_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One line: its key for ticks, what it is and of what sort, where it comes from, by when."""

    key: str
    label: Text
    sort: Text
    basis: Bases
    due: date | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a title. `act`: the name and run of the act they belong to; `counts`: towards the progress."""

    title: Text
    lines: tuple[Asked, ...]
    counts: bool
    act: str = ""
    run: str = ""
    last: date | None = None


def demands(kind: CaseKind, shown: Page) -> list[Group]:
    """Acts that a clock waits for first, then duties and bans, then what else may be done."""
    acts = sorted((a for a in (*shown.ready, *shown.asking) if not a.deed), key=lambda a: (a.last is None, a.last))
    of = index(kind).acts
    groups = [_of_act(row, of[row.name], row is shown.usual or row.last is not None) for row in acts]
    duties = tuple(
        Asked(_key("duty", d.label.en, d.party), d.label, DUTY, d.basis, d.due) for d in shown.duties if d.mine
    )
    bans = tuple(Asked(_key("ban", b.label.en, b.run), b.label, BAN, b.basis, b.until) for b in shown.bans if b.mine)
    standing = [
        Group(T("負っている義務", "Open duties"), duties, True),
        Group(T("守る禁止", "Bans to keep"), bans, True),
    ]
    return [g for g in (*(g for g in groups if g.counts), *standing, *(g for g in groups if not g.counts)) if g.lines]


def _of_act(row: ActRow, of: ActOf, counts: bool) -> Group:
    lines = tuple(_of_fields(row, of.fields.values()))
    alone = (Asked(_key("act", row.name, row.run), row.label, T("行為", "act"), row.basis, row.last),)
    return Group(row.label, lines or alone, counts, row.name, row.run, row.last)


def _of_fields(row: ActRow, fields: Iterable[Field]) -> Iterable[Asked]:
    """What must be filled in, and every paper that can be needed."""
    for field in fields:
        paper = field.type is FieldType.DOCUMENT
        if field.required is True or (paper and not field.finding) or (field.required and not paper):
            note = None if field.required is True else _IF
            key = _key("field", row.name, row.run, field.id)
            yield Asked(key, field.label, _PAPER if paper else _FIELD, field.basis, None, note)


def _key(*parts: str) -> str:
    """A key that stays the same as long as the declaration does, and fits its column."""
    key = "/".join(parts)
    return key if len(key) <= _LONGEST_KEY else sha256(key.encode()).hexdigest()
