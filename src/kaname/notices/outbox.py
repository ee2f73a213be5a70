"""Messages on their way: put once, taken with a lease, tried again for two days, then given up where all can see it.

A row is the promise, the sending its fulfilment. Whoever puts a message puts it under a key of its own, so that two
workers at the same work make one message. A worker takes a row by a compare-and-swap on its lease and may settle it
only while it holds that lease; a worker that dies gives the row back when its lease ends. What then goes out a second
time carries the same number: a message is sent at least once, and known by its number.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from kaname.access.models import Person
from kaname.ledger import clock
from kaname.notices.models import Hook, Outgoing, State

LEASE = timedelta(seconds=60)
# How long after each failed try the next one comes; after the last the message is given up.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440))
DIED = "the sender ended while it sent this"
KEPT = timedelta(days=90)  # what is done is forgotten after that


def message(
    key: str, way: str, person: Person, about: Mapping[str, Any], now: datetime, hook: Hook | None = None
) -> Outgoing:
    """A message to be put. `about`: ids alone; the words are found when it is sent."""
    said = json.dumps(about, sort_keys=True, separators=(",", ":"))
    return Outgoing(key=key, way=way, person=person, hook=hook, about=said, next_at=now, made_at=now)


def put(messages: Iterable[Outgoing]) -> None:
    """Those whose key is already there stay as they are."""
    Outgoing.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)


def take(now: datetime, size: int = 50, ways: Iterable[str] = ("mail", "hook")) -> list[Outgoing]:
    """Up to `size` messages whose time has come, the oldest first, leased to the caller under a name of its own.

    One over which a sender has died as often as a message is tried is given up: it would take the next one along.
    """
    dying = Outgoing.objects.filter(state=State.WAITING, lease_until__lte=now, tries__gt=len(PAUSES))
    dying.update(state=State.DEAD, done_at=now, lease="", lease_until=None, fault=DIED)
    free = Q(lease_until=None) | Q(lease_until__lte=now) | Q(lease_until__gt=now + LEASE + clock.DIFFERENCE)
    waiting = Outgoing.objects.filter(free, state=State.WAITING, next_at__lte=now, way__in=list(ways))
    keys = list(waiting.order_by("next_at", "pk").values_list("pk", flat=True)[:size])
    lease = token_hex(12)
    # The condition once more: the database asks it of each row as it locks it, so that of two takers one gets it.
    swapped = Outgoing.objects.filter(free, pk__in=keys, state=State.WAITING) if keys else Outgoing.objects.none()
    if not swapped.update(lease=lease, lease_until=now + LEASE, tries=F("tries") + 1):
        return []
    taken = Outgoing.objects.filter(pk__in=keys, lease=lease).select_related("person__office", "hook")
    return list(taken.order_by("next_at", "pk"))


def renew(row: Outgoing) -> bool:
    """Before the sending itself: a lease that lasts long enough. False: it has ended, and the message is another's."""
    now = clock.now()
    assert row.lease_until is not None
    if row.lease_until - now > LEASE / 2:
        return True
    row.lease_until = now + LEASE
    return bool(_held(row).filter(lease_until__gt=now).update(lease_until=row.lease_until))


def done(row: Outgoing, state: str = State.SENT) -> bool:
    """It has gone, or need not go. False: the lease had ended, and another has it."""
    return bool(_held(row).update(state=state, done_at=clock.now(), fault="", lease="", lease_until=None))


def failed(row: Outgoing, fault: str, *, for_good: bool = False) -> bool:
    """It has not gone: once more later, or never (`for_good`, or tried often enough). Whether it is given up."""
    dead = for_good or row.tries > len(PAUSES)
    now = clock.now()
    change: dict[str, Any] = {"fault": fault[:256], "lease": "", "lease_until": None}
    if dead:
        change |= {"state": State.DEAD, "done_at": now}
    else:
        change |= {"next_at": now + PAUSES[row.tries - 1]}
    _held(row).update(**change)
    return dead


def back(row: Outgoing) -> None:
    """Not even tried: given back as it was."""
    _held(row).update(lease="", lease_until=None, tries=row.tries - 1)


def _held(row: Outgoing) -> "QuerySet[Outgoing]":
    return Outgoing.objects.filter(pk=row.pk, state=State.WAITING, lease=row.lease)


def of(person: Person) -> "QuerySet[Outgoing]":
    """A person's messages, the newest first."""
    return Outgoing.objects.filter(person=person).select_related("hook").order_by("-made_at", "-pk")


@transaction.atomic
def again(public_id: str, person: Person | None = None) -> bool:
    """Send a message that was given up once more, from the first pause on. `person`: only if it is theirs."""
    found = Outgoing.objects.filter(public_id=public_id, state=State.DEAD)
    if person is not None:
        found = found.filter(person=person)
    return bool(found.update(state=State.WAITING, tries=0, next_at=clock.now(), done_at=None))


def sweep(now: datetime) -> int:
    """Forget what is long done; what was given up stays for as long."""
    gone: int = Outgoing.objects.filter(done_at__lt=now - KEPT).delete()[0]
    return gone
