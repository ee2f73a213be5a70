"""Mail that something waits: reading stopped or much, clocks that disagree, what a restore lost, a copy to be approved,
an operator that reminds a vendor.

Of what, of whom and how many a mail says nothing: all of them are the same words, with the address of the page where it
stands. One an hour and page for each person; what has been seen to meanwhile is not sent.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from kaname.access.custody import api as custody
from kaname.access.custody.models import Alarm, Asked, Manager
from kaname.access.models import Mandate, Person
from kaname.access.predicate import in_force
from kaname.ledger import clock
from kaname.ledger.proof import restores
from kaname.notices import outbox
from kaname.notices.models import Outgoing
from kaname.site.checks import clock_doubts, clock_faults
from kaname.vendors import own

DAY = timedelta(days=1)


def plan(now: datetime) -> Iterator[Outgoing]:
    """What waits now, for whom: put under the hour, so that a second alarm of the hour makes no second mail."""
    for page, people in _FOR.items():
        for person in people(now):
            if not _told(page, person, now) and still(page, person, now):
                key = f"waits/{page}/{now:%Y%m%dT%H}/{person.public_id}"
                yield outbox.message(key, "mail", person, {"waits": page}, now)


def still(page: str, person: Person, now: datetime) -> bool:
    """Whether it waits for this person; asked once more when the mail goes."""
    return page in _FOR and _WAITS[page](person, now)


def address(page: str) -> str:
    return reverse(page)


def _told(page: str, person: Person, now: datetime) -> bool:
    """What stays as it is (clocks, what is missing, a request) is told once a day."""
    if page == "alarms":
        return False
    return Outgoing.objects.filter(person=person, key__startswith=f"waits/{page}/", made_at__gt=now - DAY).exists()


def _administrators(_: datetime) -> list[Person]:
    return list(Person.objects.filter(is_active=True, administers=True).select_related("office").order_by("pk"))


def _of_alarms(now: datetime) -> list[Person]:
    if not Alarm.objects.filter(at__gt=now - DAY).exists():
        return []
    held = Manager.objects.filter(in_force(clock.today()), person__is_active=True).values("person_id")
    managers = Person.objects.filter(pk__in=held).exclude(administers=True).select_related("office")
    return [*_administrators(now), *managers.order_by("pk")]


def _of_copies(_: datetime) -> list[Person]:
    if not Asked.objects.filter(answers=None).exists():
        return []
    held = Mandate.objects.filter(in_force(clock.today()), sealed=True, may_act=True).values("person_id")
    return list(Person.objects.filter(is_active=True, pk__in=held).select_related("office").order_by("pk"))


def _alarmed(person: Person, now: datetime) -> bool:
    return custody.alarms(person).exclude(person=person).filter(at__gt=now - timedelta(hours=1)).exists()


def _clock(person: Person, now: datetime) -> bool:
    return person.administers and bool(clock_faults() or clock_doubts())


def _lost(person: Person, now: datetime) -> bool:
    return person.administers and bool(restores.unsaid() or restores.missing())


def _copies(person: Person, now: datetime) -> bool:
    return bool(custody.waiting(person))


_FOR: dict[str, Callable[[datetime], list[Person]]] = {
    "alarms": _of_alarms, "anchors": _administrators, "lost": _administrators, "inbox": _of_copies,
    "passports": own.reminded,
}  # fmt: skip
_WAITS: dict[str, Callable[[Person, datetime], bool]] = {
    "alarms": _alarmed, "anchors": _clock, "lost": _lost, "inbox": _copies, "passports": own.is_waited_for,
}  # fmt: skip
