"""What a person may read of a case beside its standing: recorded entries, receipts, people; and what would happen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from kaname.access import deputies
from kaname.access.door import find, hidden, own_key
from kaname.access.may import by_whom, covering, opening
from kaname.access.models import Mandate, Membership, Person
from kaname.access.oneself import rewritten, signed
from kaname.access.predicate import Held, in_force, mandates, seen
from kaname.access.redaction import answered, secrets, struck
from kaname.law import Lang
from kaname.ledger import clock, reading, rehearse, store
from kaname.ledger.judging import Receipt, receipt_of
from kaname.ledger.rehearse import Tried as Tried
from kaname.ledger.rows import Row, to_entry
from kaname.ledger.strict_json import loads
from kaname.procedure import Accepted, Entry, Refused, trace


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as it lies in the ledger: open values only, the names of sealed fields, who recorded it, its digest."""

    entry: Entry
    sealed: tuple[str, ...]
    person: str  # name; "" where it came from another office
    person_id: str
    law_version: str
    digest: str
    behalf: str = ""  # the name of whom the person deputised for


class Someone(NamedTuple):
    """A person whose mandate covers a case: names only. `deputy_for`: the colleague whose mandate it is."""

    name: str
    office_ja: str
    office_en: str
    role: str
    party: str
    may_act: bool
    deputy_for: str = ""


def recorded(person: Person, case: str) -> list[Recorded]:
    """The entries of a case in the order in which they were recorded."""
    found = store.rows_of([find(person, case).pk])
    rows = next(iter(found.values()))
    who = {id for r in rows for id in r.person.split("/")}
    names = dict(Person.objects.filter(public_id__in=who).values_list("public_id", "name"))
    return _without_hidden_heads(person, [_recorded(row, names) for row in rows])


def _without_hidden_heads(person: Person, found: list[Recorded]) -> list[Recorded]:
    """An entry notes which other cases it read and how far they then were. Who may not know of one is told of none."""
    named = {head["case"] for one in found for head in _heads(one).values()}
    if not named:
        return found
    known = set(seen(person, clock.today()).filter(public_id__in=named).values_list("public_id", flat=True))
    return [_with_heads(one, {n: h for n, h in _heads(one).items() if h["case"] in known}) for one in found]


def _heads(of: Recorded) -> Mapping[str, Any]:
    found: Mapping[str, Any] = of.entry.data.get("context", {}).get("@heads", {})
    return found


def _with_heads(of: Recorded, heads: Mapping[str, Any]) -> Recorded:
    if heads == _heads(of):
        return of
    context = {n: v for n, v in of.entry.data["context"].items() if n != "@heads"} | (
        {"@heads": heads} if heads else {}
    )
    return replace(of, entry=replace(of.entry, data={**of.entry.data, "context": context}))


def _recorded(row: Row, names: Mapping[str, str]) -> Recorded:
    by, _, principal = row.person.partition("/")
    return Recorded(
        to_entry(row), tuple(loads(row.sealed)), names.get(by, ""), row.person, row.law_version, row.digest,
        names.get(principal, ""),
    )  # fmt: skip


def course(person: Person, case: str, as_of: date, lang: Lang) -> list[str]:
    """Who did what and what the law did, line by line up to a day, without what is sealed."""
    find(person, case)
    standing = reading.standing(case, as_of)
    return struck(trace(standing.kind, reading.entries(case), as_of, lang), hidden(case, standing))


def receipt(person: Person, case: str, seq: int) -> Receipt | None:
    """The receipt of an entry, made again from what is recorded."""
    head = reading.head(find(person, case).public_id)
    row = next((r for r in store.rows_of([head.pk])[head.pk] if r.seq == seq), None)
    return receipt_of(head, row) if row else None


def held(person: Person, case: str, seq: int, digest: str) -> bool:
    """Whether the entry that a receipt names stands in the case, unchanged. Raises UnknownCase."""
    found = receipt(person, case, seq)
    return found is not None and found.digest == digest


def receipt_by_key(person: Person, case: str, key: str) -> Receipt | None:
    """The receipt of what this person recorded under an idempotency key."""
    head = reading.head(find(person, case).public_id)
    found = store.by_key(head.pk, key) or store.by_key(head.pk, own_key(person, key))
    return receipt_of(head, found[0]) if found and found[0].person.partition("/")[0] == person.public_id else None


def opened_by_key(person: Person, key: str) -> str | None:
    """The case that was opened under an idempotency key, where the person may know of it."""
    found = store.opened_by(own_key(person, key))
    return find(person, found[0]).public_id if found else None


def people_of(person: Person, case: str) -> list[Someone]:
    """Whose mandates in force today cover the case, in order of office and name; each with who deputises for them."""
    found, today = find(person, case), clock.today()
    parties = {(p.role, p.party) for p in found.parties.all()}
    held = Mandate.objects.filter(in_force(today), person__is_active=True, kind__in=("", found.kind))
    lent = deputies.lent(today)
    if placement := getattr(found, "placement", None):  # in a compartment its members alone know of the case
        members = Membership.objects.filter(in_force(today), compartment=placement.compartment_id).values("person_id")
        held, lent = held.filter(person__in=members), lent.filter(person__in=members)
    standing_in = {one.person_id: one.person for one in lent}.values()
    names = {one.principal.public_id: one.principal.name for one in lent}
    every = [(m, m.person, "") for m in held.select_related("person__office")]
    every += [(m, who, names[m.lent_by]) for who in standing_in for m in mandates(who, today) if m.lent_by in names]
    covering = [
        Someone(who.name, who.office.name_ja, who.office.name_en, m.role, m.party, bool(m.may_act), principal)
        for m, who, principal in every
        if m.kind in ("", found.kind)
        and m.case_id in (None, found.pk)
        and (not m.party or (m.role, m.party) in parties)
    ]
    return sorted(covering, key=lambda s: (s.office_ja, s.deputy_for or s.name, s.deputy_for != "", s.name, s.role))


def in_compartment(person: Person, case: str) -> bool:
    """Whether only members know of the case: nothing of it leaves in calendars or notices."""
    return getattr(find(person, case), "placement", None) is not None


# -- what would happen -----------------------------------------------------------------------------------------------


def try_acts(person: Person, case: str, acts: Sequence[Tried]) -> list[Accepted | Refused]:
    """The answer to each act, those before it counted as done; nothing is written. Asks for no mandate: it is only
    what the law says of a case the person may read. Raises UnknownCase, for the cases an act reads too."""
    find(person, case)
    for other in {o for tried in acts for o in tried.context.values()}:
        find(person, other)
    now = reading.standing(case)
    taken_out = secrets(now.kind, reading.entries(case), now)
    return [
        answered(answer, tried.entry, taken_out)
        for answer, tried in zip(rehearse.rehearse(case, acts), acts, strict=True)
    ]


def try_opening(person: Person, kind_id: str, act: Tried) -> Accepted | Refused:
    """The answer to the act that would open a case of a kind."""
    for other in act.context.values():
        find(person, other)
    return rehearse.rehearse_opening(kind_id, act)


def try_as(person: Person, case: str, tried: Tried) -> Accepted | Refused:
    """The answer if this person did the act now: the reasons of the law, and before them that of the mandates."""
    found = find(person, case)
    mandated, by = by_whom(person, covering(person, found), found.kind, case, tried.entry)
    if isinstance(mandated, Refused):
        return _both(mandated, try_acts(person, case, [tried])[0])
    if forged := rewritten(case, mandated):
        return forged
    return try_acts(person, case, [replace(tried, entry=signed(person, found.kind, mandated, by))])[0]


def try_opening_as(person: Person, kind_id: str, tried: Tried) -> Accepted | Refused:
    """The answer if this person opened a case with the act now."""
    mandated, by = by_whom(person, opening(person, kind_id), kind_id, "", tried.entry)
    if isinstance(mandated, Refused):
        return _both(mandated, try_opening(person, kind_id, tried))
    return try_opening(person, kind_id, replace(tried, entry=signed(person, kind_id, mandated, by)))


def _both(refused: Refused, answer: Accepted | Refused) -> Refused:
    return Refused((*refused.reasons, *(answer.reasons if isinstance(answer, Refused) else ())))


def may_open(person: Person, kind_id: str) -> list[Held]:
    """The mandates under which a person may open cases of a kind."""
    held = mandates(person, clock.today())
    return [m for m in held if m.may_act and not m.case_id and m.kind in ("", kind_id)]
