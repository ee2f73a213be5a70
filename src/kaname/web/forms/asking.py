"""The form of an act: which fields it asks, what was typed, the entry that it makes. One machinery for every act.

Beside the declared fields a form asks for the day of the act (`act.on`), the role and party where there is a choice
(`act.by`, `act.party`), the name of a new run (`act.run`), other cases the act reads (`take.<id>`) and, where a case is
opened by a member of compartments, the one in which it is to be born (`act.compartment`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kaname.days import DayError
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.papers.packages.typed import as_typed
from kaname.procedure import Entry, Standing
from kaname.procedure.decide import is_open, is_required
from kaname.procedure.declare import Field, FieldType, Option, Role, Worked
from kaname.procedure.forms import read_form as values_of
from kaname.procedure.index import ActOf, index
from kaname.procedure.judge import NEEDS, verdict
from kaname.procedure.view import View
from kaname.web.forms.form import Read, Typed
from kaname.web.parts.fields import FieldView, field_view
from kaname.web.read import parse_day, read_form

ON, BY, PARTY, RUN, HAPPENED = "act.on", "act.by", "act.party", "act.run", "act.happened"
ROOM, OPEN = "act.compartment", "-"
_IN_NONE = T("どの区画にも入れない", "in no compartment")


@dataclass(frozen=True)
class Asking:
    """An act that a person is about to do in a case (or that opens one).

    `roles`: those of the act in which the person may act; `parties`: for whom, by role; `takes`: other cases there are
    to choose from, by the name under which the act reads them.
    """

    standing: Standing
    of: ActOf
    run: str
    roles: tuple[Role, ...]
    parties: Mapping[str, tuple[str, ...]]
    takes: Mapping[str, Sequence[tuple[str, Text]]] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)
    rooms: Sequence[tuple[str, Text]] = ()

    @property
    def names_run(self) -> bool:
        """Whether the act opens a new run, which must be named."""
        return bool(self.of.procedure.per and not self.run and "" in self.of.moves)

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields in the statute's order; not those that the door fills in itself."""
        return {id: f for id, f in self.of.fields.items() if not f.oneself}

    def first(self) -> dict[str, list[str]]:
        """What a form holds when it is opened: today, who acts, what is known, what works out of the case."""
        today = clock.today()
        by = self.roles[0].id if len(self.roles) == 1 else ""
        known = {id: v for id, v in self.known.items() if id in self.fields}
        view = self._view(Entry(self.of.name, today, known, self.run, by))
        worked = {f.id: _value(f.proposes(view)) for f in self.of.act.fields if f.proposes}
        typed = as_typed(self.fields, {**known, **{k: v for k, v in worked.items() if v is not None}})
        party = next(iter(self.parties.get(by, ())), "")
        return {**typed, ON: [f"{today:%Y/%m/%d}"], BY: [by], PARTY: [party], RUN: [self.run], ROOM: [OPEN]}

    # -- what was typed ------------------------------------------------------------------------------------------------

    def entry(self, typed: Typed) -> Read:
        """The entry that a form makes, and what in it cannot be read."""
        on, wrong_day = clock.today(), {}
        try:
            on = parse_day(_one(typed, ON)) if _one(typed, ON) else on
        except DayError as error:
            wrong_day = {ON: error.text}
        read = read_form([f for f in self.fields.values() if is_open(f, on)], typed)
        errors = {**read.errors, **wrong_day}
        by = self.roles[0].id if len(self.roles) == 1 else _one(typed, BY)
        if not by and len(self.of.act.roles) > 1:
            errors[BY] = T("どの役割でするかを選んでください。", "Choose the role in which you act.")
        run = _one(typed, RUN) if self.names_run else self.run
        reasons = {k: _one(typed, k) for k in typed if k.startswith("reason_for_") and _one(typed, k)}
        context = {t.id: _one(typed, f"take.{t.id}") for t in self.of.act.takes if _one(typed, f"take.{t.id}")}
        context = {id: case for id, case in context.items() if case in {c for c, _ in self.takes.get(id, ())}}
        entry = Entry(self.of.name, on, {**read.data, **reasons}, run, by, _one(typed, PARTY))
        room = _one(typed, ROOM) or ("" if self.rooms else OPEN)
        if room not in {OPEN, *(id for id, _ in self.rooms)}:  # left out, or a compartment that is one's own no more
            errors[ROOM] = T("事件を始める区画を選んでください。", "Choose the compartment in which the case begins.")
        return Read(entry, errors, context, bool(_one(typed, HAPPENED)), "" if room == OPEN else room)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def views(self, typed: Typed, errors: Mapping[str, Text], entry: Entry) -> list[FieldView]:
        """The form from top to bottom: day, who, then the declared fields with basis and help."""
        view = self._view(entry)
        must = {r.field for c in self.of.act.conditions for r in verdict(c, view).reasons if r.code == NEEDS}
        declared = [
            v
            for f in self.fields.values()
            for v in self._with_reason(f, view, typed, errors, must)
            if is_open(f, entry.on)
        ]
        return [*self._head(typed, errors), *declared]

    def _with_reason(
        self, f: Field, view: View, typed: Typed, errors: Mapping[str, Text], must: Iterable[str]
    ) -> list[FieldView]:
        required = f.id in must or is_required(f, view)
        shown = field_view(
            f, typed, errors=errors, required=required, on=view.on, known=self._names(f), long=_is_long(f)
        )
        worked = f.proposes(view) if f.proposes else None
        if worked is None:
            return [shown]
        steps = worked.steps if isinstance(worked, Worked) else ()
        told = T(f"計算では {_value(worked)}。", f"Works out as {_value(worked)}.")
        help = T(*("".join(t) for t in (
            [told.ja, *(s.ja for s in steps), f.help.ja if f.help else ""],
            [told.en, *(f" {s.en}" for s in steps), f" {f.help.en}" if f.help else ""])))  # fmt: skip
        given = view.given(f.id)
        if given is None or given == _value(worked):
            return [replace(shown, help=help)]
        reason = Field(
            f"reason_for_{f.id}",
            T("計算と異なる値とする理由", "reason for another value than worked out"),
            FieldType.TEXT,
        )
        return [replace(shown, help=help), field_view(reason, typed, errors=errors, required=True)]

    def _head(self, typed: Typed, errors: Mapping[str, Text]) -> list[FieldView]:
        day = Field(ON, T("行為の日", "day of the act"), FieldType.DAY)
        found = [field_view(day, typed, errors=errors, required=True)]
        if len(self.roles) > 1:
            options = tuple(Option(r.id, r.label) for r in self.roles)
            found.append(
                field_view(Field(BY, T("どの役割でするか", "role in which you act"), FieldType.CHOICE, options=options),
                           typed, errors=errors, required=True))  # fmt: skip
        names = tuple(dict.fromkeys(n for held in self.parties.values() for n in held))
        who = Field(PARTY, T("する者の名", "name of the one who acts"), FieldType.PARTY)
        found.append(field_view(who, typed, errors=errors, required=False, known=names))
        if self.rooms or ROOM in errors:
            help = T("区画の事件は、その構成員だけが存在を知ります。",
                     "Only the members of a compartment know that its cases exist.")  # fmt: skip
            options = (Option(OPEN, _IN_NONE), *(Option(id, name) for id, name in self.rooms))
            room = Field(ROOM, T("区画", "compartment"), FieldType.CHOICE, options=options, help=help)
            found.append(field_view(room, typed, errors=errors, required=True))
        if self.names_run:
            parts = "・".join(self.of.procedure.per)
            run = Field(RUN, T("手続の名", "name of the run"), FieldType.TEXT, self.of.procedure.basis,
                        help=T(f"英数字と _ . : -（{parts}）", f"letters, digits and _ . : - ({parts})"))  # fmt: skip
            found.append(field_view(run, typed, errors=errors, required=False))
        for take in self.of.act.takes:
            options = tuple(Option(c, label) for c, label in self.takes.get(take.id, ()))
            chosen = Field(f"take.{take.id}", take.label, FieldType.CHOICE, self.of.act.basis, options=options,
                           help=T("この行為が読むほかの事件", "another case that this act reads"))  # fmt: skip
            found.append(field_view(chosen, typed, errors=errors, required=False))
        return found

    def room(self, compartment: str) -> Text:
        """What the compartment is called in which the case is to be born."""
        return dict(self.rooms).get(compartment, _IN_NONE)

    def _names(self, f: Field) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.standing.parties.values())) if f.type is FieldType.PARTY else ()

    def _view(self, entry: Entry) -> View:
        """The case with the act as typed, its values read as the ledger reads them: a day is a day, no text."""
        entry = entry.filled(entry.act, values_of(self.of.fields, entry.data)[0])
        return View(index(self.standing.kind), self.standing, self.of.procedure, entry.run, entry.on, entry)


def _value(worked: Any) -> Any:
    return worked.value if isinstance(worked, Worked) else worked


def _is_long(f: Field) -> bool:
    """Sealed texts describe an invention, a plan, a reason: they come in paragraphs. Numbers and names do not."""
    return f.type is FieldType.TEXT and (f.sealed or f.long)


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0].strip().replace("\0", "") if values else ""
