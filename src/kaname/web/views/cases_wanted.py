"""Which cases an address asks for: what a list, a saved view and a bulk choice read alike."""

from datetime import date

from django.http import QueryDict

from kaname.access import api as access
from kaname.access.api import Wanted
from kaname.days import DayError
from kaname.law import Text
from kaname.ledger.kinds import kinds
from kaname.web.read import parse_day


def wanted_of(get: QueryDict, errors: dict[str, Text]) -> Wanted:
    """Which cases an address asks for; `errors` takes what in it cannot be read."""
    days = {name: _day(get.get(name, ""), name, errors) for name in ("due_from", "due_until")}
    sort = get.get("sort", "due")
    state, party = (get.get(name, "").replace("\0", "").strip() for name in ("state", "party"))
    return Wanted(
        kind=get.get("kind", "") if get.get("kind") in kinds() else "", state=state[:64], party=party[:256],
        overdue="overdue" in get, breach="breach" in get, **days, sort=sort if sort in access.SORTS else "due",
    )  # fmt: skip


def _day(text: str, name: str, errors: dict[str, Text]) -> date | None:
    try:
        return parse_day(text[:60]) if text.strip() else None
    except DayError as error:
        errors[name] = error.text
        return None
