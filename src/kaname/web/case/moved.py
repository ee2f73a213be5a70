"""The case moved while a form was open: what was recorded since, and what that changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaname.law import T, Text
from kaname.procedure import Entry, Standing, fold
from kaname.procedure.changes import Change, changes
from kaname.procedure.index import index
from kaname.web.case.effect import sorted_changes
from kaname.web.case.timeline import KERNEL


@dataclass(frozen=True, slots=True)
class Since:
    """New entries with their labels, and the differences that they made."""

    entries: list[tuple[Entry, Text]]
    changes: list[Change]


def since(standing: Standing, entries: Sequence[Entry], seq: int) -> Since:
    """What came after entry `seq`."""
    before = fold(standing.kind, [e for e in entries if e.seq <= seq], standing.as_of)
    new = [(e, label(standing, e)) for e in entries if e.seq > seq]
    return Since(new, sorted_changes(changes(before, standing)))


def label(standing: Standing, entry: Entry) -> Text:
    """What an entry is called: the label of its act, or what it does to another entry."""
    if entry.act in KERNEL:
        return KERNEL[entry.act].fill(n=entry.data.get("entry", "?"))
    of = index(standing.kind).acts.get(entry.act)
    return of.act.label if of else T(entry.act, entry.act)
