"""Leaving: the act that records it and the end of every access to the case, in one step.

What ends: membership of the circle the case lies in, and every mandate for this case alone. Sessions end with them;
a token asks anew at each call and finds nothing. What the person did and read stays written down.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from kaname.access import compartments
from kaname.access.door import act, find
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Mandate, Membership, Person, SealedRead
from kaname.access.predicate import in_force, seen
from kaname.access.records import receipt_by_key
from kaname.access.rights import end
from kaname.days import JST
from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.judging import Receipt
from kaname.ledger.models import Case
from kaname.procedure import Entry, Refused


def inside(by: Person, case: str) -> list[Person]:
    """Whose access a leaving can end: the members of the circle; where the case lies open, who is mandated for it
    alone. Raises UnknownCase."""
    found = find(by, case)
    if placement := getattr(found, "placement", None):
        held = [m.person for m in compartments.members(placement.compartment)]
    else:
        held = [m.person for m in _mandates(found).select_related("person__office")]
    return list({person.pk: person for person in held}.values())


def beside(by: Person, case: str) -> list[Case]:
    """The other cases of the circle that `by` may know of: who leaves it loses them too."""
    found = find(by, case)
    placement = getattr(found, "placement", None)
    if placement is None:
        return []
    others = seen(by, clock.today()).filter(placement__compartment=placement.compartment_id).exclude(pk=found.pk)
    return list(others.order_by("number", "pk"))


def opened_by(by: Person, case: str, person: Person) -> dict[str, SealedRead]:
    """The documents of a case that a person has opened, each with its last opening: what they may hold a copy of.

    Raises UnknownCase.
    """
    read = SealedRead.objects.filter(case=find(by, case), person=person, field__startswith="document ")
    return {one.field.removeprefix("document "): one for one in read.order_by("at", "pk")}


def left(person: Person) -> list[tuple[str, date, datetime | None]]:
    """The cases of circles that a person was a member of and is no more, each with the last day of it and the instant
    at which it ended: what they knew of a case then, they may be told again."""
    over = Membership.objects.filter(person=person, valid_until__lt=clock.today()).order_by("pk")
    inside = set(compartments.own_compartments(person).values_list("pk", flat=True))
    found: dict[str, tuple[str, date, datetime | None]] = {}
    for one in over.exclude(compartment__in=inside):
        last = max(one.valid_until, one.ended_at.astimezone(JST).date()) if one.ended_at else one.valid_until
        for case in Case.objects.filter(placement__compartment=one.compartment_id).order_by("pk"):
            found[case.public_id] = (case.public_id, last, one.ended_at)
    return list(found.values())


def leave(
    by: Person, case: str, entry: Entry, people: Collection[str], *, idempotency_key: str, head: str = ""
) -> Receipt | Refused:  # fmt: skip
    """Record that someone leaves, and end the access of these people (public ids). Nothing ends where it is refused.

    Asked again with the same key, what a crash left open is ended. Raises UnknownCase, Unknown (not inside),
    NotAllowed (nobody would be left), and what `act` raises.
    """
    found = find(by, case)
    going = _going(by, case, people, again=receipt_by_key(by, case, idempotency_key) is not None)
    done = act(by, case, entry, idempotency_key=idempotency_key, head=head)
    if isinstance(done, Receipt):
        _close(by, found, going)
    return done


def _going(by: Person, case: str, people: Collection[str], again: bool) -> list[Person]:
    held = inside(by, case)
    going = [person for person in held if person.public_id in people]
    if again:
        return going
    if len(going) != len(set(people)):
        raise Unknown
    if going and len(going) == len(held) and getattr(find(by, case), "placement", None):
        raise NotAllowed(_NOBODY, field="people")
    return going


@transaction.atomic
def _close(by: Person, case: Case, going: Iterable[Person]) -> None:
    yesterday = clock.today() - timedelta(days=1)
    placement = getattr(case, "placement", None)
    for person in going:
        rights: list[Mandate | Membership] = list(_mandates(case).filter(person=person))
        if placement:
            rights += compartments.members(placement.compartment).filter(person=person)
        for right in rights:
            end(right, by, yesterday)


def _mandates(case: Case) -> "QuerySet[Mandate]":
    return Mandate.objects.filter(in_force(clock.today()), case=case, person__is_active=True).order_by("pk")


_NOBODY = T("構成員が一人もいなくなる。先に他の人を入れること",
            "nobody would be left inside: bring another person in first")  # fmt: skip
