"""Forms upon an entry that is there: correct it, annul it, add its day of receipt. Nothing is ever overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from kaname.access import api as access
from kaname.access.api import Seen, Tried
from kaname.access.models import Person
from kaname.access.redaction import SEALED
from kaname.days import DayError
from kaname.law import Bases, T, Text
from kaname.ledger import clock
from kaname.ledger.judging import Receipt
from kaname.ledger.kinds import sealed_fields
from kaname.papers.packages.typed import as_typed
from kaname.procedure import Accepted, Entry, Refused, Standing
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.index import ActOf, index
from kaname.procedure.kernel_acts import ANNUL, CORRECT, DELIVER, FORMS
from kaname.procedure.order import effective
from kaname.web.drafts import Kept, Place
from kaname.web.forms.act import head_at
from kaname.web.forms.asking import ON, PARTY
from kaname.web.forms.form import Read, Typed
from kaname.web.forms.values import shown
from kaname.web.parts.fields import FieldView, field_view
from kaname.web.parts.items import Filled
from kaname.web.read import parse_day, read_form

TITLES = {
    CORRECT: T("記録{n}を訂正する：{act}", "Correct entry {n}: {act}"),
    ANNUL: T("記録{n}を取り消す：{act}", "Annul entry {n}: {act}"),
    DELIVER: T("記録{n}の到達日を記録する：{act}", "Record the day of receipt of entry {n}: {act}"),
}
NOTES = {
    CORRECT: T("先の記録は残り、訂正は新しい記録になります。変えた項目だけが記録されます。",
               "The earlier entry stays; the correction is a new entry. Only what you change is recorded."),
    ANNUL: T("はじめからなかったものとして扱います（取消し）。先の記録は残ります。将来に向けてやめる撤回とは別です。",
             "It counts as if never made. The earlier entry stays. Withdrawing for the future is another act."),
    DELIVER: T("相手方が通知を受けた日です。多くの効果は到達から生じます。",
               "The day on which the addressee received it. Many effects begin with receipt."),
}  # fmt: skip
_DAY = Field(ON, T("行為の日", "day of the act"), FieldType.DAY)
_WHO = Field(PARTY, T("する者の名", "name of the one who acts"), FieldType.PARTY)
_STAYS = T("封緘された値はここに示しません。書けばその値に改まり、空欄なら変わりません。",
           "What is sealed is not shown here. What you write takes its place; left empty, it stays.")  # fmt: skip
_REASON, _RECEIVED = FORMS[ANNUL]["reason"], FORMS[DELIVER]["received_on"]


@dataclass(frozen=True)
class AmendForm:
    """A correction, annulment or delivery of one entry of a case. `target`: the entry as it counts now."""

    person: Person
    seen: Seen
    act: str
    target: Entry
    of: ActOf | None

    @classmethod
    def of_entry(cls, person: Person, seen: Seen, act: str, seq: int) -> "AmendForm | None":
        """The form for an entry; None where there is none of that number that the act could be about. Papers go out
        by a way of their own (`papers.letters`)."""
        if act not in TITLES:
            return None
        entries = access.entries(person, seen.case.public_id)
        found = {e.seq: e for e in (*entries, *effective(entries)[0])}.get(seq)
        of = index(seen.standing.kind).acts.get(found.act) if found else None
        if found is None or (of is None and act != ANNUL):
            return None
        return cls(person, seen, act, found, of)

    @property
    def case(self) -> str:
        return str(self.seen.case.public_id)

    @property
    def place(self) -> Place:
        return Place(self.case, self.seen.case.kind, self.act, "", self.target.seq)

    @property
    def label(self) -> Text:
        return self.of.act.label if self.of else T(self.target.act, self.target.act)

    @property
    def title(self) -> Text:
        return TITLES[self.act].fill(n=self.target.seq, act=self.label)

    @property
    def basis(self) -> Bases:
        return self.of.act.basis if self.of else ()

    @property
    def note(self) -> Text | None:
        return NOTES[self.act]

    @property
    def standing(self) -> Standing:
        return self.seen.standing

    @property
    def is_mine(self) -> bool:
        return self.target.by in self.seen.roles

    @property
    def address(self) -> str:
        return reverse("act", args=[self.case, self.act]) + f"?entry={self.target.seq}"

    @property
    def check_address(self) -> str:
        return reverse("act_check", args=[self.case, self.act]) + f"?entry={self.target.seq}"

    # -- the form ------------------------------------------------------------------------------------------------------

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """What can be typed: for a correction the fields of the act it is about."""
        if self.act == DELIVER:
            return {"received_on": _RECEIVED}
        if self.act == ANNUL or self.of is None:
            return {"reason": _REASON}
        asked = {id: self._unsealed(f) for id, f in self.of.fields.items() if not f.oneself}
        return {**asked, "reason": _REASON}

    def _unsealed(self, f: Field) -> Field:
        """A sealed value is not shown here: what is typed takes its place, nothing typed leaves it."""
        return replace(f, help=_STAYS) if f.id in self.hidden else f

    @property
    def hidden(self) -> frozenset[str]:
        return sealed_fields(self.seen.standing.kind)

    def first(self) -> Typed:
        if self.act != CORRECT:
            return {}
        known = {id: v for id, v in self.target.data.items() if id in self.fields and id not in self.hidden}
        return {ON: [f"{self.target.on:%Y/%m/%d}"], PARTY: [self.target.party], **as_typed(self.fields, known)}

    def read(self, typed: Typed) -> Read:
        form = read_form(self.fields.values(), typed)
        errors, data = dict(form.errors), dict(form.data)
        told: dict[str, Any] = {"entry": self.target.seq}
        if reason := data.pop("reason", None):
            told["reason"] = reason
        if self.act == DELIVER:
            told |= data
        elif self.act == CORRECT:
            told |= self._head(typed, errors)
            changed = self._changed(data)
            told |= {"data": changed} if changed else {}
        return Read(Entry(self.act, clock.today(), told), errors)

    def _head(self, typed: Typed, errors: dict[str, Text]) -> dict[str, Any]:
        """Day and party, where they differ from what is recorded."""
        told: dict[str, Any] = {}
        try:
            on = parse_day(_one(typed, ON)) if _one(typed, ON) else self.target.on
            told |= {"on": on.isoformat()} if on != self.target.on else {}
        except DayError as error:
            errors[ON] = error.text
        party = _one(typed, PARTY)
        return {**told, **({"party": party} if party != self.target.party else {})}

    def _changed(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Fields whose value is another one now; None takes a value out."""
        had = read_form(self.fields.values(), self.first()).data
        names = [id for id in self.fields if id != "reason"]
        changed = {id: data.get(id) for id in names if data.get(id) != had.get(id)}
        return {id: v for id, v in changed.items() if v is not None or id not in self.hidden}

    def views(self, typed: Typed, read: Read) -> list[FieldView]:
        head = [_DAY, _WHO] if self.act == CORRECT else []
        must = {"received_on"} if self.act == DELIVER else set()
        return [field_view(f, typed, errors=read.errors, required=f.id in must, long=f.id == "reason")
                for f in (*head, *self.fields.values())]  # fmt: skip

    def filled(self, read: Read, called: Mapping[str, Text]) -> list[Filled]:
        data, lines = read.entry.data, []
        known = {"on": _DAY, "party": _WHO, "received_on": _RECEIVED, "reason": _REASON}
        for id, f in known.items():
            if id in data:
                value = data[id] if not isinstance(data[id], date) else data[id].isoformat()
                lines.append(Filled(f.label, shown(f, value), f"{self.address}#f-{f.id.replace('.', '-')}"))
        for id, value in data.get("data", {}).items():
            field = self.fields[id]
            was = SEALED.text if id in self.hidden else shown(field, self.target.data.get(id))
            now = shown(field, value, called)
            text = T(
                f"{was.ja or '未記入'} → {now.ja or '未記入'}",
                f"{was.en or 'not filled in'} → {now.en or 'not filled in'}",
            )
            lines.append(Filled(field.label, text, f"{self.address}#f-{id}", field.basis))
        return lines

    # -- what it comes to ----------------------------------------------------------------------------------------------

    def tried(self, person: Person, read: Read) -> Accepted | Refused:
        return access.try_as(person, self.case, Tried(read.entry))

    def before(self, person: Person, accepted: Accepted) -> Standing:
        return access.see(person, self.case, accepted.standing.as_of).standing

    def recorded(self, person: Person, key: str) -> tuple[str, int] | None:
        found = access.receipt_by_key(person, self.case, key)
        return (found.case, found.seq) if found else None

    def record(self, person: Person, read: Read, kept: Kept) -> Receipt | Refused:
        head = head_at(person, self.case, kept.seq)
        return access.act(person, self.case, read.entry, idempotency_key=kept.key, head=head)


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0].strip() if values else ""
