"""The form of an act in a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from kaname.access import api as access
from kaname.access.api import Seen, Tried
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.ledger.judging import Receipt
from kaname.procedure import Accepted, Refused, Standing
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.index import ActOf, index
from kaname.web.drafts import Kept, Place
from kaname.web.forms.asking import Asking
from kaname.web.forms.form import Read, Typed
from kaname.web.forms.of_act import OfAct


@dataclass(frozen=True)
class ActForm(OfAct):
    """An act of a case that the person may do in at least one role."""

    ADDRESSES = ("act", "act_check", "act_sheet")
    person: Person
    seen: Seen
    of: ActOf
    run: str = ""

    @classmethod
    def of_name(cls, person: Person, seen: Seen, name: str, run: str) -> "ActForm | None":
        """The form of an act by its name (or alias); None where the kind has no such act."""
        of = index(seen.standing.kind).acts.get(name)
        return cls(person, seen, of, run) if of else None

    @property
    def case(self) -> str:
        return str(self.seen.case.public_id)

    @property
    def place(self) -> Place:
        return Place(self.case, self.seen.case.kind, self.of.name, self.run)

    @property
    def title(self) -> Text:
        label = self.of.act.label
        return T(f"{label.ja}（{self.run}）", f"{label.en} ({self.run})") if self.run else label

    @property
    def standing(self) -> Standing:
        return self.seen.standing

    @property
    def letter_address(self) -> str:
        """Where what is typed can be seen on paper before it is recorded."""
        return self._address("letter_draft")

    def _address(self, view: str) -> str:
        run = f"?{urlencode({'run': self.run})}" if self.run else ""
        return reverse(view, args=[self.case, self.of.name]) + run

    # -- the form ------------------------------------------------------------------------------------------------------

    def _asking(self) -> Asking:
        roles = tuple(r for r in self.of.act.roles if r.id in self.seen.roles)
        parties = {r.id: _for_whom(self.seen, r.id) for r in roles}
        takes = {t.id: choices(self.person, t.kind) for t in self.of.act.takes}
        return Asking(self.seen.standing, self.of, self.run, roles, parties, takes)

    def first(self) -> Typed:
        known = recorded_before(self.person, self.case, self.asking.fields, self.of, self.standing)
        return Asking(
            self.asking.standing, self.of, self.run, self.asking.roles, self.asking.parties, self.asking.takes, known
        ).first()

    # -- what it comes to ----------------------------------------------------------------------------------------------

    def tried(self, person: Person, read: Read) -> Accepted | Refused:
        return access.try_as(person, self.case, Tried(read.entry, read.context, read.happened))

    def before(self, person: Person, accepted: Accepted) -> Standing:
        return access.see(person, self.case, accepted.standing.as_of).standing

    def recorded(self, person: Person, key: str) -> tuple[str, int] | None:
        found = access.receipt_by_key(person, self.case, key)
        return (found.case, found.seq) if found else None

    def record(self, person: Person, read: Read, kept: Kept) -> Receipt | Refused:
        head = head_at(person, self.case, kept.seq)
        return access.act(person, self.case, read.entry, idempotency_key=kept.key, context=read.context,
                          happened=read.happened, head=head)  # fmt: skip


def head_at(person: Person, case: str, seq: int) -> str:
    """The digest of the last entry that the person has seen."""
    found = access.receipt(person, case, seq)
    return found.digest if found else "-"


def _for_whom(seen: Seen, role: str) -> tuple[str, ...]:
    """Who acts in a role: whom the mandates name, else who acted before."""
    named = sorted(party for r, party in seen.parties if r == role)
    return tuple(named or [p for p in (seen.standing.parties.get(role),) if p])


def choices(person: Person, kind: str, most: int = 200) -> Sequence[tuple[str, Text]]:
    """The cases of a kind that the person may know of, to choose one from."""
    rows = access.cases(person, kind)[:most]
    return [(r.case.public_id, T(f"第{r.case.number}号", f"No. {r.case.number}")) for r in rows]


def recorded_before(
    person: Person, case: str, fields: Mapping[str, Field], of: ActOf, standing: Standing
) -> Mapping[str, Any]:
    """What earlier entries say under the same field: an application number is typed once. Open values only."""
    asked = {id: f for id, f in fields.items() if f.type in (FieldType.TEXT, FieldType.PARTY) and not f.sealed}
    if not asked:
        return {}
    tables, found = index(standing.kind), {}
    for r in access.recorded(person, case):
        there = tables.acts.get(r.entry.act)
        for id, value in r.entry.data.items():
            if there and there.name != of.name and id in asked and asked[id].label == _label(there, id):
                found[id] = value
    return found


def _label(of: ActOf, id: str) -> Text | None:
    found = of.fields.get(id)
    return found.label if found else None
