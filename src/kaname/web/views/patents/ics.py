"""Days for a calendar (RFC 5545): all-day events with stable names, and the day as of which they were counted."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.http import HttpResponse


class Event(NamedTuple):
    """A day for the calendar. `about`: what makes it the same event in a later export."""

    about: str
    day: date
    title: str
    text: str


def as_calendar(name: str, events: Iterable[Event]) -> HttpResponse:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kaname//Days//EN", "CALSCALE:GREGORIAN"]
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for event in events:
        uid = hashlib.sha256(event.about.encode()).hexdigest()[:32]
        lines += ["BEGIN:VEVENT", f"UID:{uid}@kaname", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
                  f"DTEND;VALUE=DATE:{event.day + timedelta(1):%Y%m%d}", f"SUMMARY:{_text(event.title)}",
                  f"DESCRIPTION:{_text(event.text)}", "TRANSP:TRANSPARENT", "END:VEVENT"]  # fmt: skip
    lines.append("END:VCALENDAR")
    body = "".join(part + "\r\n" for line in lines for part in _folded(line))
    response = HttpResponse(body.encode(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; a continuation begins with a blank. No character is cut."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 75:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
