"""What later entries have done to an act: corrections put into it, an annulment told, both with their sealed fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kaname.access.api import Recorded
from kaname.law import Lang
from kaname.papers.letters import words
from kaname.papers.letters.words import Line
from kaname.procedure import Entry, order
from kaname.procedure.index import ActOf
from kaname.procedure.kernel_acts import ANNUL, CORRECT

_OF_CORRECTION = "data."


def effective(ledger: Sequence[Recorded], seq: int) -> Recorded | None:
    """An act as it counts now, with the names of the fields that are sealed in it; None where it was annulled."""
    row = next((r for r in ledger if r.entry.seq == seq), None)
    entry = next((e for e in order.effective([r.entry for r in ledger])[0] if e.seq == seq), None)
    if row is None or entry is None:
        return None
    numbers = {c.seq for c in corrections(ledger, seq)}
    later = [n.removeprefix(_OF_CORRECTION) for r in ledger if r.entry.seq in numbers for n in r.sealed]
    return replace(row, entry=entry, sealed=tuple(dict.fromkeys((*row.sealed, *later))))


def corrections(ledger: Sequence[Recorded], seq: int) -> tuple[Entry, ...]:
    """The corrections of an act that stand."""
    return tuple(e for e in order.upon([r.entry for r in ledger], seq) if e.act == CORRECT)


def opened(row: Recorded, values: Mapping[str, Any]) -> Recorded:
    """An entry with its sealed values in their places."""
    if not values:
        return row
    data = dict(row.entry.data)
    for name, value in values.items():
        if row.entry.act == CORRECT and name.startswith(_OF_CORRECTION):
            data["data"] = {**data.get("data", {}), name.removeprefix(_OF_CORRECTION): value}
        else:
            data[name] = value
    return replace(row, entry=replace(row.entry, data=data), sealed=())


def remarks(ledger: Sequence[Recorded], seq: int, lang: Lang) -> Iterator[str]:
    """That an act was annulled; else by which entries it was corrected."""
    found = order.upon([r.entry for r in ledger], seq)
    annulled = [e for e in found if e.act == ANNUL]
    for e in annulled or [e for e in found if e.act == CORRECT]:
        said = words.ANNULLED if annulled else words.CORRECTED
        yield said.fill(on=words.day(e.on, lang), n=e.seq)[lang]


def changes(of: ActOf, about: Recorded, row: Recorded, lang: Lang) -> Iterator[Line]:
    """The fields that a correction changes, with what stood there before."""
    patch = row.entry.data.get("data")
    for id, value in patch.items() if isinstance(patch, Mapping) else ():
        field = of.fields.get(id)
        before = words.value(field, about.entry.data.get(id), lang) if id not in about.sealed else words.SEALED[lang]
        now = words.value(field, value, lang) or "—"
        yield Line(field.label[lang] if field else id, words.WAS.fill(now=now, before=before or "—")[lang])
    for name in row.sealed:
        id = name.removeprefix(_OF_CORRECTION)
        yield Line(of.fields[id].label[lang] if id in of.fields else id, words.SEALED[lang])
