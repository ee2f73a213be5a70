"""The form by which one authority asks another about a case: that of `inquiry.ask`, with what of the case is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse

from kaname.access.api import Seen
from kaname.access.models import Person
from kaname.consult import api as consult
from kaname.law import Lang, T, Text
from kaname.ledger.judging import Receipt
from kaname.papers import api as papers
from kaname.procedure import Accepted, Refused
from kaname.procedure.declare import Field, FieldType, Option
from kaname.procedure.index import ActOf, index
from kaname.regimes import kind
from kaname.web.drafts import Kept, Place
from kaname.web.forms.asking import Asking
from kaname.web.forms.form import Read
from kaname.web.forms.opening import OpeningForm
from kaname.web.parts import dates

ENTRIES, DOCUMENTS, PEOPLE, ACT = "tell_entries", "tell_documents", "tell_people", "waiting_act"
_MOST = 50  # entries offered: the newest


@dataclass(frozen=True)
class Inquiring(Asking):
    """What the act asks, with the choices that this case offers. Rows are not typed: entries are chosen."""

    more: tuple[Field, ...] = ()
    authorities: tuple[str, ...] = ()

    @property
    def fields(self) -> Mapping[str, Field]:
        declared = {id: f for id, f in super().fields.items() if id not in ("disclosed", "received_on")}
        return {**declared, **{f.id: f for f in self.more}}

    def _names(self, f: Field) -> tuple[str, ...]:
        return self.authorities if f.id == "asked" else super()._names(f)


@dataclass(frozen=True)
class AskForm(OpeningForm):
    """About which case is asked. The inquiry is a case of its own; the case itself is only linked."""

    about: Seen | None = None
    lang: Lang = "ja"
    proved: bool = True  # lately, that it is still them: a sealed document may go along

    @classmethod
    def of_case(cls, person: Person, about: Seen, lang: Lang, proved: bool = True) -> "AskForm":
        of = kind(consult.INQUIRY)
        return cls(person, of, index(of).acts["inquiry.ask"], about=about, lang=lang, proved=proved)

    @property
    def case(self) -> str:
        assert self.about
        return str(self.about.case.public_id)

    @property
    def place(self) -> Place:
        return Place("", self.kind.id, self.of.name, self.case)

    @property
    def title(self) -> Text:
        assert self.about
        n = self.about.case.number
        return T(f"第{n}号について協議・照会する", f"ask another authority about No. {n}")

    @property
    def sheet_address(self) -> str:
        return ""

    def _address(self, view: str) -> str:
        return reverse({"new_case": "consultation_ask"}.get(view, "consultation_check"), args=[self.case])

    # -- the form ------------------------------------------------------------------------------------------------------

    def _asking(self) -> Asking:
        plain = super()._asking()
        known = tuple(consult.authorities(self.person))
        return Inquiring(plain.standing, plain.of, "", plain.roles, plain.parties, more=tuple(self._choices),
                         authorities=known)  # fmt: skip

    @cached_property
    def _choices(self) -> list[Field]:
        return list(self._offered())

    def _offered(self) -> Iterator[Field]:
        """What can be told, to whom, and what waits for the answer; what there is nothing to choose of is not asked."""
        assert self.about
        case, acts = self.case, index(self.about.standing.kind).acts
        if gates := consult.gates(self.about.case.kind):
            waiting = tuple(Option(name, _with_procedure(acts[name])) for name in gates)
            yield _several(ACT, T("この協議を待つ行為", "act that waits for this"), waiting, several=False, help=T(
                "その行為は、この事件で別に記録します。", "That act is recorded in this case, by itself."))  # fmt: skip
        told = tuple(
            Option(str(t.seq), T(f"{dates.screen(t.on).ja} {t.label.ja}", f"{dates.screen(t.on).en}: {t.label.en}"))
            for t in consult.disclosable(self.person, case)[:_MOST]
        )
        if told:
            yield _several(ENTRIES, T("伝える経過", "entries to tell"), told, help=T(
                "選んだ記録の、封緘されていない内容だけが写しとして伝わります。",
                "Only what is chosen is told, without what is sealed, as a copy."))  # fmt: skip
        held = tuple(Option(p.id, T(p.name, p.name)) for p in papers.papers(self.person, case) if p.name)
        if held:
            yield _several(DOCUMENTS, T("写しを渡す書類", "documents to hand over as copies"), held)
        if self.hidden:
            people = tuple(
                Option(c.person, T(f"{c.name}（{'・'.join(r.ja for r in c.roles)}）",
                                   f"{c.name} ({', '.join(r.en for r in c.roles)})"))
                for c in consult.contacts(self.person)
            )  # fmt: skip
            help = T("区画の事件です。選んだ人だけがこの照会を知り、もとの事件は知られません。",
                     "The case lies in a compartment: who is chosen learns of the inquiry, not of it.")  # fmt: skip
            yield _several(PEOPLE, T("相手方で知らせる人", "who of the other authority is to know"), people, help=help)

    @property
    def hidden(self) -> bool:
        """Whether the case lies in a compartment: then the inquiry does, too."""
        assert self.about
        return getattr(self.about.case, "placement", None) is not None

    # -- what it comes to ----------------------------------------------------------------------------------------------

    def _asked(self, read: Read) -> consult.Asked:
        chosen: dict[str, Any] = {name: read.entry.data.get(name) or () for name in (ENTRIES, DOCUMENTS, PEOPLE)}
        data = {id: v for id, v in read.entry.data.items() if id not in (*chosen, ACT)}
        entry = replace(read.entry, data={**data, "received_on": read.entry.on.isoformat()})
        return consult.Asked(
            entry, tuple(int(n) for n in chosen[ENTRIES]), tuple(chosen[DOCUMENTS]), tuple(chosen[PEOPLE]),
            str(read.entry.data.get(ACT) or ""), self.lang,
        )  # fmt: skip

    def tried(self, person: Person, read: Read) -> Accepted | Refused:
        return consult.tried(person, self.case, self._asked(read))

    def record(self, person: Person, read: Read, kept: Kept) -> Receipt | Refused:
        return consult.ask(person, self.case, self._asked(read), idempotency_key=kept.key, proved=self.proved)

    def read(self, typed: Any) -> Read:
        found = super().read(typed)
        if self.hidden and not found.entry.data.get(PEOPLE):
            nobody = T("相手方で知らせる人を選んでください。", "Choose who of the other authority is to know.")
            return replace(found, errors={**found.errors, PEOPLE: nobody})
        return found


def _with_procedure(of: ActOf) -> Text:
    """A change is consulted about as its plan was: the same words, in another procedure."""
    p, act = of.procedure.label, of.act.label
    return T(f"{p.ja}：{act.ja}", f"{p.en}: {act.en}")


def _several(
    id: str, label: Text, options: tuple[Option, ...], several: bool = True, help: Text | None = None
) -> Field:
    return Field(id, label, FieldType.CHOICE, options=options, several=several, help=help)
