"""What a report of a leak needs (府令10条1号チ), out of the record: who could and did read, what left, what is out.

Nothing is judged here: what the record cannot know (what leaked, how it was found, what was done) stands as open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from kaname.access.custody import copies, decisions, managers, requests
from kaname.access.custody.copies import Held
from kaname.access.custody.models import Alarm, Decision
from kaname.access.custody.requests import NotAsked, Request
from kaname.access.models import Mandate, Membership, Person, SealedRead
from kaname.days import JST
from kaname.law import T
from kaname.ledger.models import Case


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who could read in the period, or did. `first`, `last`: of what they read; None: nothing."""

    person: Person
    could: bool
    objects: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is recorded of a case from one day to another, both included."""

    case: Case
    since: date
    until: date
    manager: Person | None
    readers: tuple[Reader, ...]
    reads: tuple[SealedRead, ...]
    refused: tuple[Decision, ...]
    requests: tuple[Request, ...]
    copies: tuple[Held, ...]
    alarms: tuple[Alarm, ...]

    @property
    def out(self) -> tuple[Held, ...]:
        """Copies that are neither back nor destroyed, whenever they were taken."""
        return tuple(one for one in self.copies if one.out)


def gather(person: Person, case: str, since: date, until: date) -> Gathered:
    """Raises UnknownCase, NotAllowed, NotAsked."""
    if until < since:
        raise NotAsked(T("終わりの日が始めの日より前である", "the last day lies before the first"), field="until")
    found = managers.found(person, case)
    first, end = (datetime.combine(day, time(), JST) for day in (since, until + timedelta(days=1)))
    reads = SealedRead.objects.filter(case=found, at__gte=first, at__lt=end).select_related("person__office")
    reads = tuple(reads.order_by("at", "pk"))
    refused = [d for d in decisions.of_case(found).exclude(why="").order_by("seq") if _within(d.at, first, end)]
    alarms = Alarm.objects.filter(person__in={r.person_id for r in reads}, at__gte=first, at__lt=end)
    return Gathered(
        found, since, until, managers.manager(found), _readers(found, reads, since, until), reads, tuple(refused),
        tuple(r for r in requests.of_case(person, case) if first <= r.at < end), tuple(copies.register(person, case)),
        tuple(alarms.select_related("person__office").order_by("at", "pk")),
    )  # fmt: skip


def _within(at: str, first: datetime, end: datetime) -> bool:
    return first <= datetime.fromisoformat(at) < end


def _readers(case: Case, reads: Sequence[SealedRead], since: date, until: date) -> tuple[Reader, ...]:
    """Who had a right to read what is sealed on a day of the period, and whoever read."""
    ran = Q(valid_from__lte=until) & (Q(valid_until__isnull=True) | Q(valid_until__gte=since))
    parties = {(p.role, p.party) for p in case.parties.all()}
    held = Mandate.objects.filter(ran, sealed=True, kind__in=("", case.kind)).select_related("person__office")
    could = {
        m.person_id: m.person
        for m in held
        if m.case_id in (None, case.pk) and (not m.party or (m.role, m.party) in parties)
    }
    if case.circle:
        inside = Membership.objects.filter(ran, compartment__public_id=case.circle)
        members = set(inside.values_list("person_id", flat=True))
        could = {pk: one for pk, one in could.items() if pk in members}
    people = could | {r.person_id: r.person for r in reads}
    return tuple(
        _reader(one, pk in could, [r for r in reads if r.person_id == pk])
        for pk, one in sorted(people.items(), key=lambda item: (item[1].name, item[0]))
    )


def _reader(person: Person, could: bool, reads: Sequence[SealedRead]) -> Reader:
    objects = {(r.seq, r.field) for r in reads}
    return Reader(person, could, len(objects), reads[0].at if reads else None, reads[-1].at if reads else None)
