"""The front door of the notices.

remind: rules(person), keep(person, rules), on_page(person), mark_read(person, keys)
calendar: calendar(entries), uid(...), begin_feed(person), end_feed(person), holder(secret), feed(person)
hooks: make(person, ...), of(person), end(person, id), secret_of(hook)
outbox: of(person), again(id)      sender: send_all(), run(stopped), is_at_work()
wishes(person), wish(person, digest_hour)
"""

from kaname.access.models import Person
from kaname.law import T, Text
from kaname.notices import calendar, hooks, mail, outbox, remind, sender
from kaname.notices.models import Wishes

HOURS = range(24)


class BadHour(ValueError):
    """An hour that is none."""

    text: Text = T("時は 0 から 23 まで", "expected an hour from 0 to 23")


def wishes(person: Person) -> Wishes:
    """How a person wants to be told."""
    return Wishes.objects.filter(person=person).first() or Wishes(person=person)


def wish(person: Person, digest_hour: int | None) -> None:
    """Take the day's mail from that hour on (Japan time), or none. Raises BadHour."""
    if digest_hour is not None and digest_hour not in HOURS:
        raise BadHour
    Wishes.objects.update_or_create(person=person, defaults={"digest_hour": digest_hour})


__all__ = ["HOURS", "BadHour", "calendar", "hooks", "mail", "outbox", "remind", "sender", "wish", "wishes"]
