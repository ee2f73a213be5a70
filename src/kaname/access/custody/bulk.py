"""Who reads very many sealed objects in an hour: an alarm first, then a stop until somebody answers for it.

The figures are settings of the office (`KANAME_BULK_ALARM`, `KANAME_BULK_STOP`). An alarm tells who, when and how many,
never what: administrators see it and open no case by that. A stop ends when the person proves anew who they are, or
somebody lets them: an administrator, or a manager of what was read.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from kaname.access.custody import decisions
from kaname.access.custody.decisions import Matter
from kaname.access.custody.models import Alarm, Manager, Release
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Person, SealedRead
from kaname.access.predicate import in_force, rows_visible_to
from kaname.law import T
from kaname.ledger import clock

HOUR = timedelta(hours=1)


class Stopped(NotAllowed):
    """Too much was read in an hour."""

    text = T(
        "一時間に読んだ封緘が多すぎるため、閲覧を止めた。大量閲覧のページで本人確認をするか、管理責任者に解除を求めること",
        "very much of what is sealed was read within an hour, so reading is stopped; confirm who you are on the page "
        "of alarms, or ask a manager to release you",
    )


def within(person: Person, matters: Sequence[Matter], door: str) -> None:
    """Before they are handed out. Raises Stopped; raises the alarm by the way."""
    if not matters:
        return
    now = clock.now()
    read = objects_read(person, now)
    total = read + len(matters)
    if total > min(settings.KANAME_BULK_ALARM, settings.KANAME_BULK_STOP):  # near the bounds: again is no other object
        total = read + len({_name(m.case.pk if m.case else None, m.about, m.entry, m.field) for m in matters}
                           - _names(person, now))  # fmt: skip
    if total > settings.KANAME_BULK_STOP:
        _alarm(person, read, True, now)
        decisions.refused(person, matters, door, "stopped")
        raise Stopped
    if total > settings.KANAME_BULK_ALARM:
        _alarm(person, total, False, now)


def _name(case: int | None, about: str, entry: int, field: str) -> tuple[int | None, str, int, str]:
    return case, about, entry, field


def _names(person: Person, now: datetime) -> set[tuple[int | None, str, int, str]]:
    """The objects that count now."""
    found = SealedRead.objects.filter(person=person, at__gt=_since(person, now))
    return {_name(*row) for row in found.values_list("case_id", "about", "seq", "field").distinct()}


def _since(person: Person, now: datetime) -> datetime:
    """An hour ago, or when the person was released since."""
    since = now - HOUR
    found = Release.objects.filter(person=person, at__gt=since).order_by("-at").values_list("at", flat=True).first()
    return found or since


def objects_read(person: Person, now: datetime) -> int:
    """How many sealed objects a person has read within the hour, or since they were released."""
    since = connection.ops.adapt_datetimefield_value(now - HOUR)
    with connection.cursor() as cursor:
        cursor.execute(_OBJECTS, (person.pk, person.pk, since, since))
        return int(cursor.fetchone()[0])


# Asked at every reading, so it is one statement.
_OBJECTS = """SELECT COUNT(*) FROM (SELECT DISTINCT case_id, about, seq, field FROM access_sealedread
WHERE person_id = %s
AND at > COALESCE((SELECT MAX(at) FROM access_release WHERE person_id = %s AND at > %s), %s)) AS n"""


def _alarm(person: Person, read: int, stopped: bool, now: datetime) -> None:
    """Once an hour each, and again after a release."""
    if not Alarm.objects.filter(person=person, stopped=stopped, at__gt=_since(person, now)).exists():
        Alarm.objects.create(person=person, objects_read=read, stopped=stopped, at=now)


def alarms(person: Person) -> "QuerySet[Alarm]":
    """Those a person may know of, newest first: their own; all for who administers; those of the readers of a case for
    its manager."""
    found = Alarm.objects.select_related("person__office").order_by("-at", "-pk")
    if person.is_active and person.administers:
        return found
    day = clock.today()
    held = Manager.objects.filter(in_force(day), rows_visible_to(person, day), person=person)
    readers = SealedRead.objects.filter(case__in=held.values("case_id")).values("person_id")
    return found.filter(Q(person=person) | Q(person__in=readers))


def new(person: Person) -> int:
    """How many alarms of the last day the person may know of."""
    return alarms(person).filter(at__gt=clock.now() - timedelta(days=1)).count()


def is_stopped(person: Person) -> bool:
    """Whether the next object would be refused."""
    return objects_read(person, clock.now()) + 1 > settings.KANAME_BULK_STOP


def confirm(person: Person) -> None:
    """The person has just proved anew who they are (the caller has asked for it): they read on."""
    Release.objects.create(person=person, by=person, at=clock.now())


def release(by: Person, alarm: str) -> None:
    """Let the person of an alarm read on. Raises Unknown, NotAllowed (one's own: that takes `confirm`)."""
    found = alarms(by).filter(public_id=alarm).first()
    if found is None:
        raise Unknown
    if found.person_id == by.pk:
        raise NotAllowed(_NOT_ONESELF)
    Release.objects.create(person=found.person, by=by, at=clock.now())


_NOT_ONESELF = T("自分の停止は解除できない。本人確認をするか、他の人に求めること",
                 "you cannot release yourself; confirm who you are, or ask somebody else")  # fmt: skip
