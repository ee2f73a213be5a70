"""What a letter says: worked out from the entry, the declaration of its act and where the case then stood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from kaname.access import api as access
from kaname.access.api import Recorded, Seen, Unknown
from kaname.access.custody.gate import Pass, leaving
from kaname.access.models import Person
from kaname.law import Bases, Lang, Provision, cited
from kaname.ledger.projection import named_parties
from kaname.papers import inventory
from kaname.papers.letters import upon, words
from kaname.papers.letters.words import Line
from kaname.procedure import Entry
from kaname.procedure.declare import Clock, Count, Field
from kaname.procedure.index import ActOf, index
from kaname.procedure.kernel_acts import ANNUL, CORRECT
from kaname.procedure.standing import Running, Standing

_REASONS = ("reason", "reasons", "grounds", "why")
_APART = ("context", "received_on")


@dataclass(frozen=True, slots=True)
class Letter:
    """One document. `draft`: nothing of it is recorded. `form`: the official forms that the act fills, as they are
    named; their layout was not seen. `sort`: of the inventory. `remarks`: that the act was corrected or annulled, that
    another paper is replaced. `digest`: of the entry, "" in a draft."""

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
    contact: str
    form: str
    sort: str
    remarks: tuple[str, ...]
    received: str
    laws: tuple[str, ...]
    digest: str
    draft: bool


def letter(person: Person, case: str, seq: int, lang: Lang) -> Letter:
    """A recorded act as a document, as corrections have left it, without what is sealed. Raises UnknownCase, Unknown
    (no such act)."""
    ledger = access.recorded(person, case)
    return _composed(access.see(person, case, _last(ledger, seq)), ledger, seq, lang)


def whole(
    person: Person, case: str, seq: int, lang: Lang, door: str = "letter", under: Pass | None = None
) -> Letter:  # fmt: skip
    """The same with what is sealed, as it goes to whom it is for; each reading is logged before this returns. `under`:
    that what it is part of may leave.

    Raises UnknownCase, NotAllowed (may not read what is sealed; NeedsApproval), Unknown (no such act, or a value was
    destroyed).
    """
    ledger = access.recorded(person, case)
    of = [r for r in ledger if r.entry.seq in {seq, *(c.seq for c in upon.corrections(ledger, seq))}]
    if any(r.sealed for r in of):
        under = under or leaving(person, access.find(person, case), f"letter {seq}", door)
    opened = {r.entry.seq: {n: access.reveal(person, case, r.entry.seq, n, door, under) for n in r.sealed} for r in of}
    ledger = [upon.opened(r, opened.get(r.entry.seq, {})) for r in ledger]
    return _composed(access.see(person, case, _last(ledger, seq)), ledger, seq, lang)


def draft(person: Person, case: str, entry: Entry, lang: Lang) -> Letter:
    """An act that is not recorded yet, as it would be printed. Raises UnknownCase, Unknown."""
    seen = access.see(person, case)
    of = index(seen.standing.kind).acts.get(entry.act)
    if of is None:
        raise Unknown
    sealed = tuple(id for id, f in of.fields.items() if f.sealed and id in entry.data)
    return _of_act(seen, of, Recorded(replace(entry, act=of.name), sealed, "", "", "", ""), lang, ())


def _last(ledger: Sequence[Recorded], seq: int) -> date | None:
    """The day on which all that the act begins has begun. Raises Unknown."""
    row = upon.effective(ledger, seq) or next((r for r in ledger if r.entry.seq == seq), None)
    if row is None:
        raise Unknown
    return max(row.entry.on, row.entry.received_on or row.entry.on)


def _composed(seen: Seen, ledger: Sequence[Recorded], seq: int, lang: Lang) -> Letter:
    """A recorded act, as it counts now; annulled, as it was, with a remark; an annulment or correction itself."""
    row = next(r for r in ledger if r.entry.seq == seq)
    of = index(seen.standing.kind).acts.get(row.entry.act)
    if of is None:
        return _upon_another(seen, ledger, row, lang)
    now = upon.effective(ledger, seq)
    return _of_act(seen, of, now or row, lang, tuple(upon.remarks(ledger, seq, lang)))


def _of_act(seen: Seen, of: ActOf, row: Recorded, lang: Lang, remarks: tuple[str, ...]) -> Letter:
    entry, standing = row.entry, seen.standing
    lines = list(_lines(of, row, lang))
    basis = cited(of.act.basis, lang, entry.on)
    number = words.NUMBER.fill(case=seen.case.number, seq=entry.seq) if row.digest else words.DRAFT_NUMBER
    received, sort = entry.received_on, inventory.sort_of(standing.kind.id, of.name)
    return Letter(
        lang, number[lang], entry.on, words.day(entry.on, lang), tuple(_to(of, entry, standing, lang)),
        tuple(_sender(of, entry, standing, lang)), _capital((sort.title if sort.notice else of.act.label)[lang]),
        words.opening(basis, of.act.label, lang),
        tuple(line for id, line in lines if not _is_reason(id)), tuple(line for id, line in lines if _is_reason(id)),
        tuple(_periods(of, entry, standing, lang)),
        str(settings.KANAME_REMEDIES.get(lang, "")) if sort.notice else "",
        str(settings.KANAME_CONTACT.get(lang, "")) if sort.notice else "",
        words.listed([t[lang] for t in inventory.forms_of(entry, standing)], lang), sort.id, remarks,
        words.day(received, lang) if received else "", _laws(of.act.basis, lang), row.digest, not row.digest,
    )  # fmt: skip


def _upon_another(seen: Seen, ledger: Sequence[Recorded], row: Recorded, lang: Lang) -> Letter:
    """The notice that an earlier act was annulled or corrected, to whom that one went. Raises Unknown."""
    about = next((r for r in ledger if r.entry.seq == row.entry.data.get("entry")), None)
    of = index(seen.standing.kind).acts.get(about.entry.act) if about else None
    if about is None or of is None or row.entry.act not in (ANNUL, CORRECT):
        raise Unknown
    first = _of_act(seen, of, about, lang, ())
    said = words.UPON[row.entry.act]
    reason = str(row.entry.data.get("reason") or "")
    return replace(
        first, number=words.NUMBER.fill(case=seen.case.number, seq=row.entry.seq)[lang], on=row.entry.on,
        day=words.day(row.entry.on, lang), title=said.title[lang], form="", sort=said.sort,
        opening=said.opening.fill(on=first.day, number=first.number, act=of.act.label)[lang],
        particulars=tuple(upon.changes(of, about, row, lang)), periods=(), received="", digest=row.digest,
        reasons=(Line(words.REASONS[lang], reason),) if reason else (),
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
    filled = [*standing.parties.items(), *named_parties(standing.kind, standing.fact)]
    others = {party: None for role, party in filled if role != mine and party != entry.party}
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
