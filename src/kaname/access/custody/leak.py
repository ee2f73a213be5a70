"""What a report of a leak needs (府令10条1号チ), out of the record: who could and did read, what left, what is out.

Nothing is judged here: what the record cannot know (what leaked, how it was found, what was done) stands as open.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta

from kaname.access.custody import copies, decisions, managers, requests
from kaname.access.custody.copies import Held
from kaname.access.custody.models import Alarm, Decision
from kaname.access.custody.requests import NotAsked, Request
from kaname.access.models import Mandate, Membership, Move, Person, Right, SealedRead
from kaname.days import JST, jst_date
from kaname.law import T
from kaname.ledger.models import Case

Days = tuple[date, date]  # the first and the last, both included


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
    if since.year == MINYEAR or until.year == MAXYEAR:  # at its ends the calendar has no other zone
        at_the_end = "since" if since.year == MINYEAR else "until"
        raise NotAsked(T("暦の端の年は使えない", "expected no year at the ends of the calendar"), field=at_the_end)
    found = managers.found(person, case)
    first, end = (datetime.combine(day, time(), JST) for day in (since, until + timedelta(days=1)))
    reads = SealedRead.objects.filter(case=found, at__gte=first, at__lt=end).select_related("person__office")
    reads = tuple(reads.order_by("at", "pk"))
    refused = [d for d in decisions.of_case(found).exclude(why="").reverse() if _within(d.at, first, end)]
    alarms = Alarm.objects.filter(person__in={r.person_id for r in reads}, at__gte=first, at__lt=end)
    return Gathered(
        found, since, until, managers.manager(found), _readers(found, reads, since, until), reads, tuple(refused),
        tuple(r for r in requests.of_case(person, case) if first <= r.at < end), tuple(copies.register(person, case)),
        tuple(alarms.select_related("person__office").order_by("at", "pk")),
    )  # fmt: skip


def _within(at: str, first: datetime, end: datetime) -> bool:
    return first <= datetime.fromisoformat(at) < end


def _readers(case: Case, reads: Sequence[SealedRead], since: date, until: date) -> tuple[Reader, ...]:
    """Who could read on a day of the period, and whoever read."""
    could = _could(case, (since, until))
    people = could | {r.person_id: r.person for r in reads}
    return tuple(
        _reader(one, pk in could, [r for r in reads if r.person_id == pk])
        for pk, one in sorted(people.items(), key=lambda item: (item[1].name, item[0]))
    )


def _could(case: Case, period: Days) -> dict[int, Person]:
    """Who had a right to read what is sealed, and was inside where the case lay, on one and the same day."""
    parties = {(p.role, p.party) for p in case.parties.all()}
    sealed = Mandate.objects.filter(sealed=True, kind__in=("", case.kind)).select_related("person__office")
    held = [m for m in sealed if m.case_id in (None, case.pk) and (not m.party or (m.role, m.party) in parties)]
    could: dict[int, Person] = {}
    for room, stay in _stays(case):
        inside: dict[int, list[Days]] = defaultdict(list)
        for one in Membership.objects.filter(compartment__public_id=room):
            inside[one.person_id].append(_days(one))
        for m in held:
            if any(_meet(period, stay, _days(m), days) for days in (inside[m.person_id] if room else [stay])):
                could[m.person_id] = m.person
    return could


def _stays(case: Case) -> Iterator[tuple[str, Days]]:
    """Where the case has lain ("": in the open), from day to day; on the day of a move in both places."""
    room, since = case.series, date.min
    moves = Move.objects.filter(case=case).select_related("compartment").order_by("at", "pk")
    for move in moves:
        day = jst_date(move.at)
        yield room, (since, day)
        room, since = move.compartment.public_id if move.compartment else "", day
    yield room, (since, date.max)


def _days(right: Right) -> Days:
    """From its first day to its last. What was ended at once bears the day before, and ran until then all the same."""
    last = right.valid_until or date.max
    return right.valid_from, max(last, jst_date(right.ended_at)) if right.ended_at else last


def _meet(*many: Days) -> bool:
    """Whether one day lies in each."""
    return max(first for first, _ in many) <= min(last for _, last in many)


def _reader(person: Person, could: bool, reads: Sequence[SealedRead]) -> Reader:
    objects = {(r.seq, r.field) for r in reads}
    return Reader(person, could, len(objects), reads[0].at if reads else None, reads[-1].at if reads else None)
