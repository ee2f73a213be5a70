"""Absence: who stands in for whom, from day to day. It begins, ends and is agreed to here; `predicate` reads it."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Deputy, Person
from kaname.access.predicate import in_force
from kaname.access.rights import dated, end, forget_sessions
from kaname.law import T
from kaname.ledger import clock

LONGEST = timedelta(366)


@transaction.atomic
def name(person: Person, deputy: Person, first: date, last: date, may_act: bool = True) -> Deputy:
    """A person says who deputises for them from one day to another. Raises NotAllowed."""
    if deputy.pk == person.pk or deputy.office_id != person.office_id or not deputy.is_active:
        raise NotAllowed(_COLLEAGUE, field="deputy")
    if first < clock.today():
        raise NotAllowed(T("今日以後の日から", "expected today or a later day"), field="from")
    dated(first, last)
    if last - first > LONGEST:
        raise NotAllowed(T("一年まで", "expected at most a year"), field="until")
    made: Deputy = Deputy.objects.create(
        person=deputy, principal=person, may_act=may_act, valid_from=first, valid_until=last, granted_by=person
    )
    forget_sessions(deputy)
    return made


_COLLEAGUE = T("同じ事務所の、利用中のほかの人を", "choose another person of your own office whose account is in use")


def given(person: Person) -> "QuerySet[Deputy]":
    """Who deputises for the person, today or later."""
    return _running().filter(principal=person)


def held(person: Person, today: date | None = None) -> "QuerySet[Deputy]":
    """For whom the person deputises today."""
    return _running().filter(in_force(today or clock.today()), person=person, principal__is_active=True)


def lent(day: date) -> "QuerySet[Deputy]":
    """Whoever stands in for somebody on that day, both of whom still work here."""
    found = Deputy.objects.filter(in_force(day), person__is_active=True, principal__is_active=True)
    return found.select_related("person__office", "principal").order_by("valid_from", "pk")


def every(by: Person) -> "QuerySet[Deputy]":
    """All that run or are to come, for an administrator. Raises NotAllowed."""
    if not (by.is_active and by.administers):
        raise NotAllowed
    return _running()


def _running() -> "QuerySet[Deputy]":
    found = Deputy.objects.filter(Q(valid_until=None) | Q(valid_until__gte=clock.today()))
    return found.select_related("person", "principal", "cleared_by").order_by("valid_from", "pk")


@transaction.atomic
def stop(by: Person, public_id: str) -> Deputy:
    """End it at once: the one who is away, the deputy, or an administrator. Raises Unknown."""
    found = _running().filter(public_id=public_id).first()
    if found is None or not (by.pk in (found.principal_id, found.person_id) or (by.is_active and by.administers)):
        raise Unknown
    end(found, by, clock.today() - timedelta(days=1))
    return found


@transaction.atomic
def clear(by: Person, public_id: str) -> Deputy:
    """An administrator agrees that it also covers kinds in which people act in person. Raises NotAllowed, Unknown."""
    found: Deputy | None = every(by).filter(public_id=public_id).first()
    if found is None:
        raise Unknown
    if by.pk in (found.principal_id, found.person_id):
        raise NotAllowed(T("自分のことには同意できない。他の管理者に求めること",
                           "you cannot agree to what concerns yourself; ask another administrator"))  # fmt: skip
    found.cleared_by = by
    found.save(update_fields=("cleared_by",))
    return found
