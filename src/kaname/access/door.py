"""The one door to a case for a person: find, read, act. `UnknownCase` for what is hidden as for what is not there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db.models import QuerySet

from kaname.access import attached
from kaname.access.compartments import Circle, make, own_compartment, put_in
from kaname.access.may import by_whom, covering, opening
from kaname.access.models import Person, new_id
from kaname.access.oneself import rewritten, signed
from kaname.access.predicate import rows_visible_to, visible_to
from kaname.access.redaction import (
    Secrets,
    answered,
    holds_marker,
    marker_refused,
    redacted,
    redacted_entry,
    secrets,
)
from kaname.ledger import clock, destroyed, perform, projection, reading, rows, store
from kaname.ledger.errors import UnknownCase
from kaname.ledger.judging import Receipt
from kaname.ledger.kinds import kind
from kaname.ledger.models import Case
from kaname.ledger.models import Standing as Row
from kaname.procedure import Entry, Refused, Standing

_ID = re.compile(r"[a-z2-7]{26}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as one person may see it: the row, where it stands on the day, and what the person may do in it.

    `roles`: the roles of the Act in which the person may act here; `sealed`: may read what is sealed, by `reveal`: the
    standing itself is without it; `parties`: for whom the person acts in a role, where a mandate names a party.
    """

    case: Case
    standing: Standing
    roles: frozenset[str]
    sealed: bool
    parties: frozenset[tuple[str, str]] = frozenset()


def find(person: Person, case: str) -> Case:
    """The case of a public id. Raises UnknownCase where there is none for this person."""
    if not _ID.fullmatch(case):  # PostgreSQL would not even take one with a NUL in it
        raise UnknownCase
    found = Case.objects.filter(visible_to(person, clock.today()), public_id=case).first()
    if found is None:
        raise UnknownCase
    return found


def see(person: Person, case: str, as_of: date | None = None, known_at: datetime | None = None) -> Seen:
    """A case, where it stands at the end of a day (default: today in Japan), as known at an instant (default: now)."""
    found = find(person, case)
    held = covering(person, found)
    roles = frozenset(m.role for m in held if m.may_act)
    parties = frozenset((m.role, m.party) for m in held if m.party)
    standing = reading.standing(case, as_of, known_at)
    return Seen(found, redacted(standing, hidden(case, standing)), roles, any(m.sealed for m in held), parties)


def hidden(case: str, standing: Standing) -> Secrets:
    """What must be taken out of what is shown of a case. Texts are looked for where the fold has noted anything."""
    return secrets(standing.kind, reading.entries(case) if standing.notes else (), standing)


def entries(person: Person, case: str) -> list[Entry]:
    """The ledger of a case in the order in which it was recorded, SEALED where a value is sealed."""
    found = find(person, case)
    open = secrets(kind(found.kind), (), reading.standing(case)).open
    return [redacted_entry(kind(found.kind), entry, open) for entry in reading.entries(case)]


def cases(person: Person, kind_id: str = "", today: date | None = None) -> QuerySet[Row]:
    """Rows of the projection of the cases a person may know of, by next due day, brought up to date first."""
    day = today or clock.today()
    projection.refresh(today)
    found = Row.objects.filter(rows_visible_to(person, day)).select_related("case")
    found = found.order_by("next_due_on", "case_id")
    return found.filter(kind=kind_id) if kind_id else found


def act(
    person: Person, case: str, entry: Entry, *, idempotency_key: str, context: Mapping[str, str] | None = None,
    happened: bool = False, head: str = "",
) -> Receipt | Refused:  # fmt: skip
    """Do an act for the role the entry names (or its only one), where a mandate covers it.

    `context`: public ids of other cases the act reads, each visible to the person. `head`: the digest the person
    has seen last. Raises what `perform` raises.
    """
    found = find(person, case)
    _find_all(person, context)
    if holds_marker(entry.data):
        return marker_refused()
    mandated, by = by_whom(person, covering(person, found), found.kind, case, entry)
    if isinstance(mandated, Refused):
        return mandated
    if forged := rewritten(case, mandated):
        return forged
    mandated = signed(person, found.kind, mandated, by)
    if wrong := attached.claim(person, found.kind, found, mandated, idempotency_key):
        return wrong
    done = perform.perform(
        case, mandated, idempotency_key=idempotency_key, person=by, context=context, happened=happened, head=head,
    )  # fmt: skip
    if isinstance(done, Receipt):
        attached.bind(done.case, mandated)
    return _struck(case, mandated, done)


def _struck(case: str, entry: Entry, done: Receipt | Refused) -> Receipt | Refused:
    """The reasons as a trial tells them (`records.try_acts`): without what is sealed, but for what was typed."""
    said = done.reasons if isinstance(done, Refused) else done.warnings
    if not said:
        return done
    now = reading.standing(case)
    told = answered(Refused(said), entry, secrets(now.kind, reading.entries(case), now))
    assert isinstance(told, Refused)
    return told if isinstance(done, Refused) else replace(done, warnings=told.reasons)


def open_case(
    person: Person, kind_id: str, entry: Entry, *, idempotency_key: str, context: Mapping[str, str] | None = None,
    compartment: str = "", circle: Circle | None = None, beside: Callable[[int], None] | None = None,
) -> Receipt | Refused:  # fmt: skip
    """Open a case with its first act, where a mandate covers cases of that kind (and party, where it names one).

    `compartment`: public id of one the person is a member of; the case is born there and takes its number from there.
    `circle`: one that is made with the case. `beside`: as in `ledger.open_case`.
    Raises Unknown for any other compartment, and what `ledger.open_case` raises.
    """
    _find_all(person, context)
    room = own_compartment(person, compartment) if compartment else None
    series = room.public_id if room else new_id() if circle else ""
    destroyed.refuse(series)
    if holds_marker(entry.data):
        return marker_refused()
    mandated, by = by_whom(person, opening(person, kind_id), kind_id, "", entry)
    if isinstance(mandated, Refused):
        return mandated
    mandated = signed(person, kind_id, mandated, by)
    key = own_key(person, idempotency_key)
    if earlier := store.opened_by(key):
        find(person, earlier[0])  # asked again after a right has ended: there is no such case any more
    if wrong := attached.claim(person, kind_id, None, mandated, key):
        return wrong

    def along(case: int) -> None:
        if born_in := make(circle, series, person) if circle else room:
            put_in(born_in, case, person)
        if beside:
            beside(case)

    done = perform.open_case(
        kind_id,
        mandated,
        idempotency_key=key,
        person=by,
        context=context,
        series=series,
        beside=along if series or beside else None,
    )
    if isinstance(done, Receipt):
        attached.bind(done.case, mandated)
    return done


def _find_all(person: Person, context: Mapping[str, str] | None) -> None:
    for other in (context or {}).values():
        find(person, other)


def own_key(person: Person, key: str) -> str:
    """The key that opens a case is unique in the whole ledger: as the person's own it cannot tell of others' cases."""
    if not rows.KEY.fullmatch(key):
        return key  # refused by the ledger, which says what it expects
    return f"open.{sha256(f'{person.public_id} {key}'.encode()).hexdigest()}"
