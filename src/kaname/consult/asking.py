"""Asking another authority about a case: who can be asked, what of the case is told, and the inquiry itself.

Of the case the other side sees what is copied here and nothing else. An inquiry about a case in a compartment is born
in a compartment of its own, with who asks and the people named as its members.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from typing import NamedTuple

from kaname.access import api as access
from kaname.access.api import Tried
from kaname.access.compartments import Circle
from kaname.access.errors import NotAllowed
from kaname.access.models import Mandate, Person
from kaname.access.predicate import in_force, mandates
from kaname.consult.models import Link
from kaname.consult.seen import INQUIRY
from kaname.law import Lang, T, Text
from kaname.ledger import clock
from kaname.ledger.judging import Receipt
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case
from kaname.papers import api as papers
from kaname.procedure import Accepted, Entry, Refused
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.index import index
from kaname.regimes.general.catalogue.gates import gates
from kaname.regimes.general.roles import ASKED, ASKING, DRAFTER, GRADES

_ANSWERING = (ASKED, DRAFTER, *GRADES)
_ROLES = {role.id: role.label for role in _ANSWERING}


class Contact(NamedTuple):
    """Somebody of an authority who takes part in answering, and in which roles."""

    person: str
    name: str
    roles: tuple[Text, ...]


class Told(NamedTuple):
    """An entry of a case that may be told: what of it stands open."""

    seq: int
    on: date
    label: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """An inquiry to be made. `entry`: the act `inquiry.ask`. `entries`, `documents`: those of the case that are told;
    `people`: who of the other authority is to know, where the case lies in a compartment; `act`: which act of the case
    waits for it.
    """

    entry: Entry
    entries: Sequence[int] = ()
    documents: Sequence[str] = ()
    people: Sequence[str] = ()
    act: str = ""
    lang: Lang = field(default="ja")


def may_ask(person: Person) -> bool:
    """Whether the person may ask other authorities at all."""
    return any(m.role == ASKING.id and m.may_act for m in mandates(person, clock.today()))


def authorities(person: Person) -> list[str]:
    """The authorities of this office that can be asked; none for who may not ask."""
    if not may_ask(person):
        return []
    held = Mandate.objects.filter(in_force(clock.today()), role=ASKED.id, person__is_active=True).exclude(party="")
    return sorted(set(held.values_list("party", flat=True)))


def contacts(person: Person, authority: str = "") -> list[Contact]:
    """Who takes part in an authority's answers ("": in anybody's), for who may ask."""
    if not may_ask(person):
        return []
    held = Mandate.objects.filter(in_force(clock.today()), role__in=_ROLES, person__is_active=True, case=None)
    held = held.exclude(party="").exclude(person=person).select_related("person").order_by("party", "person__name")
    roles: dict[Person, dict[str, None]] = {}
    for m in held.filter(party=authority) if authority else held:
        roles.setdefault(m.person, {})[m.role] = None
    return [Contact(p.public_id, p.name, tuple(_ROLES[r] for r in of)) for p, of in roles.items()]


def disclosable(person: Person, case: str) -> list[Told]:
    """The entries of a case that may be told, the newest first. Raises UnknownCase."""
    acts = index(access.see(person, case).standing.kind).acts
    found = [r.entry for r in access.recorded(person, case) if r.entry.act in acts]
    return [Told(e.seq, e.on, acts[e.act].act.label) for e in reversed(found)]


def tried(person: Person, case: str, asked: Asked) -> Accepted | Refused:
    """What asking would come to; nothing is written. Raises UnknownCase."""
    return access.try_opening_as(person, INQUIRY, Tried(_told(person, case, asked)))


def ask(
    person: Person, case: str, asked: Asked, *, idempotency_key: str, unsealing: bool = True, proved: bool = True
) -> Receipt | Refused:  # fmt: skip
    """Ask about a case: the inquiry is opened and linked, both or neither. `unsealing`, `proved`: as where documents
    are handed out (`papers.fetch`), for copies of them go along. Raises UnknownCase, NotAllowed, Unproved."""
    found = access.find(person, case)
    if INQUIRY not in kinds():
        raise NotAllowed(_NO_KIND)
    if asked.act and asked.act not in gates(found.kind):
        raise NotAllowed(_NO_GATE, field="act")
    entry = _told(person, case, asked)
    before = access.opened_by_key(person, idempotency_key)
    if before is None and asked.documents and isinstance(tried(person, case, asked), Accepted):
        entry = replace(entry, data={**entry.data, "papers": _copies(person, case, asked, unsealing, proved)})
    circle = None
    if access.in_compartment(person, case):
        members = _members(person, asked)
        circle = Circle(str(entry.data.get("subject", ""))[:128] or INQUIRY, members)
    return access.open_case(
        person, INQUIRY, entry, idempotency_key=idempotency_key, circle=circle,
        beside=lambda pk: _link(pk, found, asked.act, person),
    )  # fmt: skip


def _link(case: int, about: Case, act: str, by: Person) -> None:
    Link.objects.create(case_id=case, about=about, act=act, made_by=by)


def _told(person: Person, case: str, asked: Asked) -> Entry:
    """The act with what of the case is told copied into it: open values only, each as its field is called."""
    if not asked.entries:
        access.find(person, case)
        return asked.entry
    acts = index(access.see(person, case).standing.kind).acts
    chosen = [r.entry for r in access.recorded(person, case) if r.entry.seq in asked.entries and r.entry.act in acts]
    rows = [
        {"on": e.on.isoformat(), "act": of.act.label[asked.lang], "says": _says(e, of.fields, asked.lang)}
        for e, of in ((e, acts[e.act]) for e in chosen)
    ]
    written = asked.entry.data.get("disclosed") or ()
    return replace(asked.entry, data={**asked.entry.data, "disclosed": [*written, *rows]})


def _says(entry: Entry, fields: Mapping[str, Field], lang: Lang) -> str:
    """The open values of an entry in a line; files go along as copies of their own."""
    values = {id: entry.data[id] for id in fields if isinstance(entry.data.get(id), str | int)}
    said = [
        f"{fields[id].label[lang]}: {next((o.label[lang] for o in fields[id].options if o.id == value), value)}"
        for id, value in values.items()
        if value not in ("", True, False) and not fields[id].sealed and fields[id].type is not FieldType.DOCUMENT
    ]
    return "; ".join(said)


def _copies(person: Person, case: str, asked: Asked, unsealing: bool, proved: bool) -> list[str]:
    """Copies of documents of the case, as documents of the inquiry to be; each reading is logged."""
    held = {p.id: p for p in papers.papers(person, case)}
    copied = list(asked.entry.data.get("papers") or ())
    for id in asked.documents:
        if id not in held:
            raise NotAllowed(_NO_PAPER, field="documents")
        opened = papers.fetch(person, id, "consultation", unsealing, proved=proved)
        copied.append(papers.take(person, BytesIO(b"".join(opened.pieces)), opened.name).reference)
    return copied


def _members(person: Person, asked: Asked) -> tuple[Person, ...]:
    """The people named, all of the authority that is asked."""
    known = {c.person for c in contacts(person, str(asked.entry.data.get("asked", "")))}
    if not asked.people or not set(asked.people) <= known:
        raise NotAllowed(_NOBODY, field="people")
    return tuple(Person.objects.filter(public_id__in=set(asked.people)).order_by("pk"))


_NO_KIND = T("この事務所では協議・照会を扱っていない", "this office does not deal with consultations")
_NO_GATE = T("この事件に、協議を要するそのような行為はない", "this case has no such act that waits for a consultation")
_NO_PAPER = T("この事件にその書類はない", "this case has no such document")
_NOBODY = T("区画の事件である。相手方の機関の、知らせる人を選ぶこと",
            "the case lies in a compartment: name who of the other authority is to know")  # fmt: skip
