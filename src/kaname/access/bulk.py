"""One act tried in many cases: what the law and the mandates say of each, in a constant number of statements."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kaname.access.may import by_whom, of_case
from kaname.access.models import Person
from kaname.access.oneself import signed
from kaname.access.predicate import Held, mandates, visible_to
from kaname.access.redaction import answered, secrets
from kaname.ledger import clock, store
from kaname.ledger.models import Case
from kaname.ledger.rehearse import Tried, rehearsed
from kaname.procedure import Accepted, Entry, Refused, Standing

_BATCH = 500


class Looked(NamedTuple):
    """A case, where it stands, the digest of its last entry, the entry as it would be made in it, and the answer.

    Standing and answer are without what is sealed.
    """

    case: Case
    head: str
    before: Standing
    entry: Entry
    answer: Accepted | Refused


def try_many(person: Person, cases: Sequence[str], entry: Entry) -> Iterator[Looked]:
    """The answer in each of the cases that the person may know of, in the order of the list; others are left out.

    Nothing is written. The party that acted in the role before acts again, where neither entry nor mandate names one.
    """
    today = clock.today()
    held = mandates(person, today)
    by_party = any(m.party for m in held)
    for start in range(0, len(cases), _BATCH):
        names = cases[start : start + _BATCH]
        seen = Case.objects.filter(visible_to(person, today, held), public_id__in=names)
        found = {c.public_id: c for c in (seen.prefetch_related("parties") if by_party else seen)}
        heads = {h.public_id: h for h in store.heads([c.pk for c in found.values()])} if found else {}
        standings = store.standings(list(heads.values())) if heads else {}
        for name in dict.fromkeys(names):
            if name in heads:
                covering = of_case(held, found[name], by_party)
                yield _looked(person, found[name], heads[name], standings[heads[name].pk], covering, entry)


def _looked(
    person: Person, case: Case, head: store.Head, now: Standing, covering: Sequence[Held], entry: Entry
) -> Looked:  # fmt: skip
    ledger = store.entries(case.pk) if now.notes else ()
    hidden = secrets(now.kind, ledger, now)
    mandated, by = by_whom(person, covering, case.kind, case.public_id, entry)
    if isinstance(mandated, Refused):
        return Looked(case, head.head_digest, now, entry, answered(mandated, entry, hidden))
    if not mandated.party and (party := now.parties.get(mandated.by)):
        mandated = replace(mandated, party=party)
    mandated = signed(person, case.kind, mandated, by)
    (answer,) = rehearsed(now, [Tried(mandated)], lambda: store.entries(case.pk))
    return Looked(case, head.head_digest, now, mandated, answered(answer, mandated, hidden))
