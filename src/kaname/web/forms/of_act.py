"""What the form of an act and the form of the act that opens a case have alike."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from kaname.law import Bases, T, Text
from kaname.procedure.decide import is_open
from kaname.procedure.index import ActOf
from kaname.web.forms.asking import BY, ON, PARTY, ROOM, RUN, Asking
from kaname.web.forms.form import Read, Typed
from kaname.web.forms.values import shown
from kaname.web.parts import dates
from kaname.web.parts.fields import FieldView
from kaname.web.parts.items import Filled


class OfAct(ABC):
    """A form that asks what an act declares."""

    ADDRESSES: ClassVar[tuple[str, str, str]]  # names of the form, of its check page, of its workbook
    of: ActOf

    @abstractmethod
    def _asking(self) -> Asking: ...

    @abstractmethod
    def _address(self, view: str) -> str: ...

    @cached_property
    def asking(self) -> Asking:
        return self._asking()

    @property
    def address(self) -> str:
        return self._address(self.ADDRESSES[0])

    @property
    def check_address(self) -> str:
        return self._address(self.ADDRESSES[1])

    @property
    def sheet_address(self) -> str:
        """Where the form is to be had as a workbook, and taken back."""
        return self._address(self.ADDRESSES[2])

    @property
    def basis(self) -> Bases:
        return self.of.act.basis

    @property
    def note(self) -> Text | None:
        return self.of.act.note

    @property
    def is_mine(self) -> bool:
        """Whether the person may do the act in some role."""
        return bool(self.asking.roles)

    def read(self, typed: Typed) -> Read:
        return self.asking.entry(typed)

    def views(self, typed: Typed, read: Read) -> list[FieldView]:
        return self.asking.views(typed, read.errors, read.entry)

    def filled(self, read: Read, called: Mapping[str, Text]) -> list[Filled]:
        """The answers: day, who, then the fields in order; each leads back to its field."""
        entry, roles = read.entry, {r.id: r.label for r in self.of.act.roles}
        lines = [Filled(T("行為の日", "day of the act"), dates.screen(entry.on), self._to(ON))]
        if entry.by in roles:
            lines.append(Filled(T("役割", "role"), roles[entry.by], self._to(BY) if len(self.asking.roles) > 1 else ""))
        lines.append(Filled(T("する者の名", "name of the one who acts"), entry.party, self._to(PARTY)))
        if entry.run:
            lines.append(
                Filled(T("手続の名", "name of the run"), entry.run, self._to(RUN) if self.asking.names_run else "")
            )
        if self.asking.rooms:
            lines.append(Filled(T("区画", "compartment"), self.asking.room(read.compartment), self._to(ROOM)))
        for take in self.of.act.takes:
            chosen = dict(self.asking.takes.get(take.id, ())).get(read.context.get(take.id, ""))
            lines.append(Filled(take.label, chosen or "", self._to(f"take.{take.id}"), self.of.act.basis))
        for id, f in self.asking.fields.items():
            if is_open(f, entry.on):
                value = shown(f, entry.data[id], called) if id in entry.data else None
                lines.append(Filled(f.label, value, self._to(id), f.basis))
                if reason := entry.data.get(f"reason_for_{id}"):
                    label = T("計算と異なる値とする理由", "reason for another value than worked out")
                    lines.append(Filled(label, reason, self._to(f"reason_for_{id}")))
        return lines

    def _to(self, name: str) -> str:
        return f"{self.address}#f-{name.replace('.', '-')}"
