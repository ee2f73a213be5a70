"""What every dated right has in common: days that make sense, an end, and sessions that end when it changes."""

from datetime import date

from django.db.models import F
from django.utils import timezone

from kaname.access.errors import NotAllowed
from kaname.access.models import Person, Right
from kaname.law import T


def dated(start: date, until: date | None) -> None:
    """Raises where the last day lies before the first."""
    if until is not None and until < start:
        text = T("終わりの日が始めの日より前である", "the last day lies before the first")
        raise NotAllowed(text, field="until")


def end(right: Right, by: Person | None, last_day: date) -> None:
    """End a right with a day; the day before today ends it at once. What has ended earlier stays as it was."""
    if right.valid_until is not None and right.valid_until <= last_day:
        return
    right.valid_until, right.ended_by, right.ended_at = last_day, by, timezone.now()
    right.save(update_fields=("valid_until", "ended_by", "ended_at"))
    forget_sessions(right.person)


def forget_sessions(person: Person) -> None:
    """Every open session of a person ends with its next request."""
    Person.objects.filter(pk=person.pk).update(stamp=F("stamp") + 1)
    person.refresh_from_db(fields=("stamp",))
