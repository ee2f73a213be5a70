"""What an act says of the person who does it, where its declaration asks (`Field.oneself`): written by the door.

A rule can then ask who drafted and who signs, though the kernel knows no accounts. What anybody types there is no
proof, so it is thrown away. Who acts as a deputy (`may.by_whom`) is written down with in whose place.
"""

from collections.abc import Mapping
from dataclasses import replace

from kaname.access.models import Person
from kaname.law import T
from kaname.ledger import reading
from kaname.ledger.kinds import kind
from kaname.procedure import Entry, Reason, Refused
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import CORRECT


def signed(person: Person, kind_id: str, entry: Entry, by: str) -> Entry:
    """The entry with what its act asks of the person; left as it is where the act asks nothing of the kind.

    `by`: who records it, as `may.by_whom` says."""
    of = index(kind(kind_id)).acts.get(entry.act)
    asked = {id: f.oneself for id, f in of.fields.items() if f.oneself} if of else {}
    if not asked:
        return entry
    said = _said(person, by)
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


def _said(person: Person, by: str) -> Mapping[str, str]:
    principal = by.partition("/")[2]
    away = Person.objects.filter(public_id=principal).first() if principal else None
    return {"id": person.public_id, "name": person.name, "absent": away.name if away else "", "absent_id": principal}
