"""Days for a calendar (RFC 5545): all-day events with stable names, and a feed per person that withdraws what is gone.

A feed has a secret address and no login, since calendars cannot log in. It shows the matters of cases in no compartment
by number and label. A calendar keeps what is missing in a later copy, so an event that is gone is shown as cancelled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from icalendar import Calendar, Event

from kaname.access import api as access
from kaname.access.api import Item
from kaname.access.models import Person
from kaname.law import T
from kaname.law.text import Lang
from kaname.ledger import clock
from kaname.notices.models import Served, Wishes

_BEHIND, _AHEAD = timedelta(days=31), timedelta(days=366)
_GONE = timedelta(days=60)  # how long a withdrawn event is still shown as such
_ONE = timedelta(days=1)
_NAME = T("要：期日", "Kaname: days to keep")
_AS_OF = T("{day}現在。法律上の期日は要の画面で確かめてください。",
           "As of {day}. Make sure of legal days on the pages of Kaname.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day event. `uid`: what makes it the same event in a later copy; `sequence` grows when it changes."""

    uid: str
    day: date
    title: str
    text: str
    sequence: int = 0
    cancelled: bool = False


def calendar(entries: Iterable[Entry], now: datetime, name: str = "") -> bytes:
    """The events as a file."""
    found = Calendar()
    found.add("prodid", "-//Kaname//Days//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    if name:
        found.add("x-wr-calname", " ".join(name.split()))  # not escaped as texts are: a line of its own would be one
    for one in entries:
        event = Event()
        event.add("uid", f"{one.uid}@kaname")
        event.add("dtstamp", now)
        event.add("sequence", one.sequence)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + _ONE)  # exclusive
        event.add("summary", one.title)
        event.add("description", one.text)
        event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    body: bytes = found.to_ical()
    return body


def uid(*about: object) -> str:
    return sha256("\n".join(map(str, about)).encode()).hexdigest()[:32]


# -- the feed of a person --------------------------------------------------------------------------------------------


def begin_feed(person: Person) -> str:
    """A new secret address for a person's feed; an old one ends at once. Shown this once."""
    secret = token_urlsafe(32)
    Wishes.objects.update_or_create(person=person, defaults={"feed": _digest(secret)})
    return secret


def end_feed(person: Person) -> None:
    Wishes.objects.filter(person=person).update(feed="")


def holder(secret: str) -> Person | None:
    """Whose feed a secret opens; None where there is no such feed, or its person's account has ended."""
    if not secret.isascii() or len(secret) > 128:
        return None
    found = Wishes.objects.select_related("person").filter(feed=_digest(secret), person__is_active=True).first()
    return found.person if found else None


def feed(person: Person) -> bytes:
    """What is due to a person as a calendar, what is gone since the last copy as cancelled."""
    now, today = clock.now(), clock.today()
    lang: Lang = "en" if person.language == "en" else "ja"
    items = access.due(person, today, today - _BEHIND, today + _AHEAD, outward=True)
    text = _AS_OF.fill(day=today)[lang]
    shown = {_uid(person, item): (item, _summary(item, lang)) for item in items}
    with transaction.atomic():
        known = {row.uid: row for row in Served.objects.select_for_update().filter(person=person)}
        new, changed = [], []
        for name, (item, summary) in shown.items():
            row = known.get(name)
            if row is None:
                new.append(Served(person=person, uid=name, day=item.day, summary=summary))
            elif row.day != item.day or row.summary != summary or row.gone_at is not None:
                row.day, row.summary, row.gone_at, row.sequence = item.day, summary, None, row.sequence + 1
                changed.append(row)
        for name, row in known.items():
            if name not in shown and row.gone_at is None:
                row.gone_at, row.sequence = now, row.sequence + 1
                changed.append(row)
        Served.objects.bulk_create(new, ignore_conflicts=True)
        Served.objects.bulk_update(changed, ("day", "summary", "gone_at", "sequence"))
        Served.objects.filter(person=person, gone_at__lt=now - _GONE).delete()
    rows = [*known.values(), *new]
    entries = [Entry(r.uid, r.day, r.summary, text, r.sequence, r.gone_at is not None) for r in rows
               if r.gone_at is None or r.gone_at >= now - _GONE]  # fmt: skip
    return calendar(sorted(entries, key=lambda e: (e.day, e.uid)), now, _NAME[lang])


def _uid(person: Person, item: Item) -> str:
    return uid(person.public_id, item.case, item.sort, item.name, item.run, item.role)


def _summary(item: Item, lang: Lang) -> str:
    """In words that may leave the office."""
    number = T(f"{item.kind_label.ja} 第{item.number}号", f"{item.kind_label.en} No. {item.number}")[lang]
    return f"{item.label[lang]}（{number}）" if lang == "ja" else f"{item.label[lang]} ({number})"


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
