"""What an act says of the person who does it, where its declaration asks (`Field.oneself`): written by the door.

A rule can then ask who drafted and who signs, though the kernel knows no accounts. What anybody types there is no
proof, so it is thrown away. Rooms that know who is absent (`ABSENT`) say in whose place somebody acts.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from kaname.access.models import Person
from kaname.law import T
from kaname.ledger import clock, reading
from kaname.ledger.kinds import kind
from kaname.procedure import Entry, Reason, Refused
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import CORRECT


class Absent(Protocol):
    """Who is away, and who stands in."""

    def stands_in_for(self, person: Person, role: str, party: str, day: date) -> Person | None:
        """For whom this person acts in a role of a party on a day; None where they act for themself."""


ABSENT: list[Absent] = []


def signed(person: Person, kind_id: str, entry: Entry) -> Entry:
    """The entry with what its act asks of the person; left as it is where the act asks nothing of the kind."""
    of = index(kind(kind_id)).acts.get(entry.act)
    asked = {id: f.oneself for id, f in of.fields.items() if f.oneself} if of else {}
    if not asked:
        return entry
    said = _said(person, entry)
    written = {id: said[what] for id, what in asked.items() if said[what]}
    typed = {id: value for id, value in entry.data.items() if id not in asked}
    return replace(entry, data={**typed, **written})


def rewritten(case: str, entry: Entry) -> Refused | None:
    """Why a correction is refused: who did an act is not corrected, another person does it anew."""
    patch = entry.data.get("data")
    if entry.act != CORRECT or not isinstance(patch, Mapping):
        return None
    about = next((e for e in reading.entries(case) if e.seq == entry.data.get("entry")), None)
    of = index(reading.standing(case).kind).acts.get(about.act) if about else None
    found = next((f for id, f in of.fields.items() if f.oneself and id in patch), None) if of else None
    return Refused((Reason(_WHO, found.basis, f"data.{found.id}", "field"),)) if found else None


_WHO = T("誰がしたかは訂正できない。その記録を取り消し、改めて行うこと",
         "who did an act cannot be corrected; annul the entry and do it anew")  # fmt: skip


def _said(person: Person, entry: Entry) -> Mapping[str, str]:
    today = clock.today()
    absent = (one.stands_in_for(person, entry.by, entry.party, today) for one in ABSENT)
    away = next((found for found in absent if found), None)
    return {"id": person.public_id, "name": person.name, "absent": away.name if away else ""}
