"""The form of the act that opens a case."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

from kaname.access import api as access
from kaname.access.api import Seen, Tried
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.ledger.judging import Receipt
from kaname.procedure import Accepted, Refused, Standing, fold, may
from kaname.procedure.declare import CaseKind
from kaname.procedure.index import ActOf, index
from kaname.web.drafts import Kept, Place
from kaname.web.forms.act import choices
from kaname.web.forms.asking import Asking
from kaname.web.forms.form import Read, Typed
from kaname.web.forms.of_act import OfAct


def opening_acts(kind: CaseKind) -> list[ActOf]:
    """The acts that open a case: those the kind names; else those by which a procedure comes to be, those of the one
    declared first before all; where none does, those that are possible.
    """
    if kind.opened_by:
        return [index(kind).acts[name] for name in kind.opened_by]
    ready = [m.of for m in may(fold(kind, (), clock.today())) if m.ready and not m.of.act.deed]
    first = [of for of in ready if of.procedure is kind.procedures[0]]
    return first or [of for of in ready if "" in of.moves] or ready


@dataclass(frozen=True)
class OpeningForm(OfAct):
    """A case to be opened: its kind, and the act."""

    ADDRESSES = ("new_case", "new_check", "new_sheet")
    person: Person
    kind: CaseKind
    of: ActOf
    seen: Seen | None = None

    @property
    def place(self) -> Place:
        return Place("", self.kind.id, self.of.name)

    @property
    def title(self) -> Text:
        return self._of(self.kind.label) if self._alone else self.label

    @property
    def label(self) -> Text:
        """The act; with its procedure, where another procedure of the kind opens a case by an act of the same name."""
        return self.of.act.label if self._alone else self._of(self.of.procedure.label)

    @property
    def _alone(self) -> bool:
        return [of.act.label for of in opening_acts(self.kind)].count(self.of.act.label) == 1

    def _of(self, what: Text) -> Text:
        label = self.of.act.label
        return T(f"{what.ja}：{label.ja}", f"{what.en}: {label.en}")

    @cached_property
    def standing(self) -> Standing:
        return fold(self.kind, (), clock.today())

    def _address(self, view: str) -> str:
        several = len(opening_acts(self.kind)) > 1
        return reverse(view, args=[self.kind.id]) + (f"?{urlencode({'act': self.of.name})}" if several else "")

    def _asking(self) -> Asking:
        held = access.may_open(self.person, self.kind.id)
        roles = tuple(r for r in self.of.act.roles if any(m.role == r.id for m in held))
        parties = {r.id: tuple(m.party for m in held if m.role == r.id and m.party) for r in roles}
        takes = {t.id: choices(self.person, t.kind) for t in self.of.act.takes}
        rooms = [(room.public_id, T(room.name, room.name)) for room in access.own_compartments(self.person)]
        return Asking(self.standing, self.of, "", roles, parties, takes, rooms=rooms)

    def first(self) -> Typed:
        return self.asking.first()

    def tried(self, person: Person, read: Read) -> Accepted | Refused:
        return access.try_opening_as(person, self.kind.id, Tried(read.entry, read.context, read.happened))

    def before(self, person: Person, accepted: Accepted) -> Standing:
        return fold(self.kind, (), accepted.standing.as_of)

    def recorded(self, person: Person, key: str) -> tuple[str, int] | None:
        case = access.opened_by_key(person, key) if key else None
        return (case, 1) if case else None

    def record(self, person: Person, read: Read, kept: Kept) -> Receipt | Refused:
        return access.open_case(person, self.kind.id, read.entry, idempotency_key=kept.key, context=read.context,
                                compartment=read.compartment)  # fmt: skip
