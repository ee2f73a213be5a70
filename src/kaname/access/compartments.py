"""Compartments: circles of members who alone know that their cases exist. Only a member brings others in.

A compartment that one is not a member of does not exist, for administrators too: `Unknown`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kaname.access import attached
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.may import covering
from kaname.access.models import Compartment, Mandate, Membership, Move, Person, Placement
from kaname.access.predicate import in_force, seen
from kaname.access.rights import dated, end, forget_sessions
from kaname.law import T
from kaname.ledger import clock, destroyed, reseal
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Case, CaseParty


def own_compartments(person: Person) -> "QuerySet[Compartment]":
    """Those a person is a member of today, by name."""
    held = Membership.objects.filter(in_force(clock.today()), person=person, person__is_active=True)
    return Compartment.objects.filter(pk__in=held.values("compartment_id")).order_by("name", "pk")


def own_compartment(person: Person, public_id: str) -> Compartment:
    """One of them. Raises Unknown."""
    found = own_compartments(person).filter(public_id=public_id).first()
    if found is None:
        raise Unknown
    return found


def members(compartment: Compartment, day: date | None = None) -> "QuerySet[Membership]":
    """Who belongs to it on a day (default: today in Japan), in the order of joining."""
    running = compartment.memberships.filter(in_force(day or clock.today()), person__is_active=True)
    return running.select_related("person__office", "granted_by").order_by("pk")


@transaction.atomic
def create(by: Person, name: str, first: Person) -> Compartment:
    """A new compartment and its first member. An administrator makes it for another person, and is not in it."""
    if not (by.is_active and by.administers):
        raise NotAllowed
    if by.pk == first.pk:
        raise NotAllowed(_NOT_ONESELF, field="person")
    made = Compartment.objects.create(name=name)
    _admit(made, first, by, clock.today(), None)
    return made


@transaction.atomic
def join(by: Person, compartment: str, person: Person, from_: date | None = None, until: date | None = None) -> None:
    """A member brings a person in, from day to day. Who is in already stays as they are."""
    room = own_compartment(by, compartment)
    start = from_ or clock.today()
    if not members(room, start).filter(person=person).exists():
        _admit(room, person, by, start, until)


def _admit(room: Compartment, person: Person, by: Person | None, start: date, until: date | None) -> None:
    if not person.is_active:
        raise NotAllowed(T("この人の利用は終わっている", "this person's account has ended"), field="person")
    dated(start, until)
    Membership.objects.create(compartment=room, person=person, valid_from=start, valid_until=until, granted_by=by)
    forget_sessions(person)


@transaction.atomic
def leave(by: Person, compartment: str, person: Person, last_day: date | None = None) -> None:
    """A member takes a person (or themself) out; without a day, at once. The last one cannot leave cases behind."""
    room = own_compartment(by, compartment)
    last = last_day or clock.today() - timedelta(days=1)
    held = members(room).select_for_update(of=("self",)).filter(person=person)
    if not held:
        raise Unknown
    staying = room.memberships.filter(in_force(last + timedelta(days=1)), person__is_active=True)
    if room.placements.exists() and not staying.exclude(person=person).exists():
        raise NotAllowed(_LAST, field="person")
    for one in held:
        end(one, by, last)


@dataclass(frozen=True, slots=True)
class Circle:
    """A compartment to be made with one case: who opens it is a member, and these people."""

    name: str
    people: tuple[Person, ...]


def make(circle: Circle, public_id: str, by: Person) -> Compartment:
    """Make it, under an id drawn before. Within the transaction that opens the case."""
    made = Compartment.objects.create(public_id=public_id, name=circle.name)
    today = clock.today()
    # Whoever opens the case goes on in the session that they have: they gain a right that they made themself.
    Membership.objects.create(compartment=made, person=by, valid_from=today, granted_by=by)
    for person in dict.fromkeys(p for p in circle.people if p.pk != by.pk):
        _admit(made, person, by, today, None)
    return made


def put_in(room: Compartment, case: int, by: Person | None) -> None:
    """A case is born in a compartment. Within the transaction that opens it."""
    Placement.objects.create(case_id=case, compartment=room)
    Move.objects.create(case_id=case, compartment=room, by=by)


@transaction.atomic
def place(by: Person, case: str, compartment: str) -> None:
    """A member moves a case they see into a compartment of theirs ("": into the open). Its number stays.

    Raises UnknownCase, Unknown, NotAllowed. The move is written down; who saw the case before remembers it all the
    same.
    """
    found = seen(by, clock.today()).filter(public_id=case).first()
    if found is None:
        raise UnknownCase
    room = own_compartment(by, compartment) if compartment else None
    _may_move(by, found)
    for circle in (found.circle, compartment):
        if destroyed.of(circle):
            raise NotAllowed(T("鍵が破棄された区画の事件は動かせない", "a case stays where a key was destroyed"),
                             field="case")  # fmt: skip
    before = Placement.objects.select_for_update().filter(case=found).first()
    origin = before.compartment if before else None
    if origin == room:
        return
    if before:
        before.delete()
    if room:
        Placement.objects.create(case=found, compartment=room)
    Move.objects.create(case=found, origin=origin, compartment=room, by=by)
    reseal.move(case, room.public_id if room else "")
    attached.moved(case)


def _may_move(by: Person, case: Case) -> None:
    """A case is taken out of the sight of all who are not in the circle: never by who only reads or deputises, nor by
    who acts for one party where another office sees the case too. Raises NotAllowed."""
    held = [m for m in covering(by, case) if m.may_act and not m.lent_by]
    if not any(not m.party for m in held) and (not held or _seen_by_others(by, case)):
        raise NotAllowed(_NOT_YOURS, field="case")


def _seen_by_others(by: Person, case: Case) -> bool:
    """Whether a mandate of somebody of another office covers the case today."""
    fills = CaseParty.objects.filter(case=case, role=OuterRef("role"), party=OuterRef("party"))
    at = Q(case=None) | Q(case=case)
    found = Mandate.objects.filter(in_force(clock.today()), at, kind__in=("", case.kind), person__is_active=True)
    return found.filter(Q(party="") | Exists(fills)).exclude(person__office=by.office_id).exists()


_NOT_YOURS = T("事件を動かせるのは、そこで行為する人だけ。一当事者のために、他の機関も見る事件は動かせない",
               "only who acts in a case moves it; where another office sees it too, not for one party")  # fmt: skip
_NOT_ONESELF = T("管理者は自分を構成員にできない。他の人を選ぶこと",
                 "an administrator cannot be the first member; name another person")  # fmt: skip
_LAST = T("最後の構成員である。事件を移すか、他の人を入れてから",
          "this is the last member: move the cases or bring another person in first")  # fmt: skip
