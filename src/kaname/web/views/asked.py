"""By which day and instant a page of a case is asked for."""

from datetime import MAXYEAR, MINYEAR, date, datetime, time

from django.http import HttpRequest

from kaname.access import api as access
from kaname.access.api import Seen
from kaname.days import JST, DayError
from kaname.ledger import clock
from kaname.web.read import parse_day


def as_of(request: HttpRequest) -> date:
    """The day by which a page is asked for (?as_of=), else today in Japan."""
    try:
        return parse_day(request.GET["as_of"]) if request.GET.get("as_of") else clock.today()
    except DayError:
        return clock.today()


def known_at(request: HttpRequest) -> datetime | None:
    """The instant up to which the record counts (?known_at=, a day or an instant); None: all that is recorded."""
    text = request.GET.get("known_at", "").strip()
    try:
        moment = datetime.combine(parse_day(text), time.max, JST) if text else None
    except DayError:
        moment = _instant(text)
    return moment if moment and MINYEAR < moment.year < MAXYEAR else None  # at its ends the calendar has no other zone


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=JST)


def seen(request: HttpRequest, case: str) -> Seen:
    """The case by the day and instant that the page is asked for. Raises UnknownCase."""
    request.as_of = as_of(request)
    return access.see(request.user, case, request.as_of, known_at(request))
