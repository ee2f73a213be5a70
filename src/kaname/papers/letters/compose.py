"""What a letter says: worked out from the entry, the declaration of its act and where the case then stood."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from kaname.access import api as access
from kaname.access.api import Recorded, Seen, Unknown
from kaname.access.models import Person
from kaname.law import Bases, Lang, Provision, cited
from kaname.papers.letters import words
from kaname.procedure import Entry
from kaname.procedure.declare import Clock, Count, Field
from kaname.procedure.index import ActOf, index
from kaname.procedure.standing import Running, Standing

_REASONS = ("reason", "reasons", "grounds", "why")
_APART = ("context", "received_on")


@dataclass(frozen=True, slots=True)
class Line:
    """A particular: what it is called and what it says; `basis` as cited, where the field has one."""

    label: str
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One document. `draft`: nothing of it is recorded. `form`: the official form that the act fills, as it is named;
    its layout was not seen. `digest`: of the entry, "" in a draft."""

    lang: Lang
    number: str
    on: date
    day: str
    to: tuple[str, ...]
    sender: tuple[str, ...]
    title: str
    opening: str
    particulars: tuple[Line, ...]
    reasons: tuple[Line, ...]
    periods: tuple[Line, ...]
    remedies: str
    form: str
    received: str
    laws: tuple[str, ...]
    digest: str
    draft: bool


def letter(person: Person, case: str, seq: int, lang: Lang) -> Letter:
    """A recorded act as a document, without what is sealed. Raises UnknownCase, Unknown (no such act)."""
    row = next((r for r in access.recorded(person, case) if r.entry.seq == seq), None)
    if row is None:
        raise Unknown
    return _composed(access.see(person, case, _last(row.entry)), row, lang)


def whole(person: Person, case: str, seq: int, lang: Lang) -> Letter:
    """The same with what is sealed, as it goes to whom it is for; each reading is logged before this returns.

    Raises UnknownCase, NotAllowed (may not read what is sealed), Unknown (no such act, or a value was destroyed).
    """
    row = next((r for r in access.recorded(person, case) if r.entry.seq == seq), None)
    if row is None:
        raise Unknown
    opened = {n.removeprefix("data."): access.reveal(person, case, seq, n, "letter") for n in row.sealed}
    entry = replace(row.entry, data={**row.entry.data, **opened})
    return _composed(access.see(person, case, _last(entry)), replace(row, entry=entry, sealed=()), lang)


def draft(person: Person, case: str, entry: Entry, lang: Lang) -> Letter:
    """An act that is not recorded yet, as it would be printed. Raises UnknownCase, Unknown."""
    seen = access.see(person, case)
    of = index(seen.standing.kind).acts.get(entry.act)
    sealed = tuple(id for id, f in of.fields.items() if f.sealed and id in entry.data) if of else ()
    return _composed(seen, Recorded(entry, sealed, "", "", "", ""), lang)


def _last(entry: Entry) -> date:
    """The day on which all that the act begins has begun."""
    return max(entry.on, entry.received_on or entry.on)


def _composed(seen: Seen, row: Recorded, lang: Lang) -> Letter:
    entry, standing = row.entry, seen.standing
    of = index(standing.kind).acts.get(entry.act)
    if of is None:
        raise Unknown
    lines = list(_lines(of, row, lang))
    basis = cited(of.act.basis, lang, entry.on)
    number = words.NUMBER.fill(case=seen.case.number, seq=entry.seq) if row.digest else words.DRAFT_NUMBER
    received = entry.received_on
    return Letter(
        lang, number[lang], entry.on, words.day(entry.on, lang), tuple(_to(of, entry, standing, lang)),
        tuple(_sender(of, entry, standing, lang)), _capital(of.act.label[lang]),
        (words.BASIS.fill(basis=basis) if basis else words.PLAINLY)[lang],
        tuple(line for id, line in lines if not _is_reason(id)), tuple(line for id, line in lines if _is_reason(id)),
        tuple(_periods(of, entry, standing, lang)), str(settings.KANAME_REMEDIES.get(lang, "")),
        next((f.form[lang] for f in of.act.fields if f.form), ""), words.day(received, lang) if received else "",
        _laws(of.act.basis, lang), row.digest, not row.digest,
    )  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_reason(id: str) -> bool:
    return id in _REASONS or id.endswith(tuple(f"_{r}" for r in _REASONS))


def _lines(of: ActOf, row: Recorded, lang: Lang) -> Iterator[tuple[str, Line]]:
    """The fields in the order of the statute; what is sealed is named and not said."""
    hidden = {name.removeprefix("data.") for name in row.sealed}
    for id, field in of.fields.items():
        if id in _APART or (id not in row.entry.data and id not in hidden):
            continue
        said = words.SEALED[lang] if id in hidden else words.value(field, row.entry.data[id], lang)
        if said:
            yield id, Line(_capital(field.label[lang]), said, _cited(field, row.entry.on, lang))


def _cited(field: Field, on: date, lang: Lang) -> str:
    return cited(field.basis, lang, on) if field.basis else ""


def _sender(of: ActOf, entry: Entry, standing: Standing, lang: Lang) -> Iterator[str]:
    """The role in law, and the party that fills it."""
    role = next((r for r in of.act.roles if r.id == entry.by), of.act.roles[0])
    yield _capital(role.label[lang])
    if party := entry.party or standing.parties.get(role.id, ""):
        yield party


def _to(of: ActOf, entry: Entry, standing: Standing, lang: Lang) -> Iterator[str]:
    """The parties of the case in other roles; where there is none, the role with whom the procedure then lies."""
    mine = entry.by or of.act.roles[0].id
    others = {party: None for role, party in standing.parties.items() if role != mine and party != entry.party}
    if others:
        yield from (words.TO.fill(name=name)[lang] for name in others)
        return
    state = standing.state(of.procedure.id, entry.run)
    if (role := of.procedure.waits_for(state)) and role.id != mine:
        yield words.TO_OFFICE.fill(name=role.label[lang])[lang]


def _periods(of: ActOf, entry: Entry, standing: Standing, lang: Lang) -> Iterator[Line]:
    """The clocks that the act begins, itself or by what the law does upon it: with their days where these are known,
    else as they are counted."""
    begun = [c for c in standing.clocks.values() if c.entry == entry.seq and entry.seq]
    for running in begun:
        yield _period(running.clock, running, entry, lang)
    for clock in of.procedure.clocks:
        if clock.id in of.act.starts and clock not in [c.clock for c in begun]:
            yield _period(clock, None, entry, lang)


def _period(clock: Clock, running: Running | None, entry: Entry, lang: Lang) -> Line:
    return Line(_capital(clock.label[lang]), _span(running, clock.counts, lang), cited(clock.basis, lang, entry.on))


def _laws(bases: Bases, lang: Lang) -> tuple[str, ...]:
    """The laws cited, each short name with the full one."""
    laws = dict.fromkeys(b.law for b in bases if isinstance(b, Provision))
    if lang == "en":
        return tuple(f"{law.short_en}: {law.name_en}" if law.short_en else law.name_en for law in laws)
    return tuple(f"{law.short_ja}：{law.name_ja}" for law in laws)


def _span(running: Running | None, counts: tuple[Count, ...], lang: Lang) -> str:
    """When a period runs, both ends named; how long it is where its days are not known yet."""
    if running and running.first_counted_day and running.last_day:
        first, last = (words.day(d, lang) for d in (running.first_counted_day, running.last_day))
        return words.UNTIL.fill(first=first, last=last)[lang]
    lengths = [c.length.text[lang] for c in counts if c.length]
    return words.COUNTED.fill(length=" / ".join(lengths))[lang] if lengths else ""
