"""What the scope wizard is told by an address: each answer is read; what cannot be read is told at its field."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from kaname.days import DayError
from kaname.law import T, Text
from kaname.regimes.infrastructure.catalogue import NotInCatalogue, sector
from kaname.regimes.infrastructure.catalogue.model import Sector
from kaname.regimes.infrastructure.exempt_persons import Supplier
from kaname.regimes.infrastructure.figures import NotAFigure, figure
from kaname.regimes.infrastructure.scope_event import EMERGENCY, Event
from kaname.regimes.infrastructure.situation import Situation
from kaname.web.read import parse_day

FLAGS = ("designated", "successor", "third_party_facility", "third_party_component")
DAYS = ("designated_on", "lifted_on", "facility_listed_on", "work_listed_on")
NAMES = ("sector", "on", "business", "facility", "event", "supplier", *FLAGS, *DAYS)
_E = TypeVar("_E", bound=StrEnum)


def situation(given: Mapping[str, str], today: date, errors: dict[str, Text]) -> Situation | None:
    """The situation; None without a sector that is known."""
    try:
        of = sector(given["sector"]) if given.get("sector") else None
    except NotInCatalogue as error:
        errors["sector"] = error.text
        return None
    if of is None:
        return None
    found: dict[str, Any] = {"on": today}
    for name in ("on", *DAYS):
        if text := given.get(name):
            try:
                found[name] = parse_day(text)
            except DayError as error:
                errors[name] = error.text
    found |= {name: given[name] == "yes" for name in FLAGS if given.get(name) in ("yes", "no")}
    found["event"], found["supplier"] = _choice(Event, given.get("event")), _choice(Supplier, given.get("supplier"))
    found["business"] = next((b.id for b in of.businesses if b.id == given.get("business")), None)
    found["facility"] = _facility(of, found["business"], found["on"], given.get("facility"))
    found["emergency"] = {k: given[f"emergency.{k}"] == "yes" for k in EMERGENCY if given.get(f"emergency.{k}")}
    found["figures"] = _figures(of, given, errors)
    return Situation(sector=of.id, **found)


def _choice(of: type[_E], value: str | None) -> _E | None:
    return next((one for one in of if one.value == value), None)


def _facility(of: Sector, business: str | None, on: date, value: str | None) -> str | None:
    """A facility of the business on the day, or `none`; a name left over from another business is passed over."""
    chosen = business or (of.businesses[0].id if len(of.businesses) == 1 else None)
    within = next((b for b in of.businesses if b.id == chosen), None)
    known = {f.id for f in within.facilities_on(on)} if within else set()
    return value if value == "none" or value in known else None


def _figures(of: Sector, given: Mapping[str, str], errors: dict[str, Text]) -> dict[str, Any]:
    known = {f.id: f for b in of.businesses for f in b.figures}
    found: dict[str, Any] = {}
    for name, value in given.items():
        id = name.removeprefix("figures.")
        if id == name or id not in known:
            continue
        try:
            found[id] = figure(known[id], value)
        except NotAFigure as error:
            errors[name] = T(f"「{known[id].label.ja}」：{error.text.ja}。", f"{known[id].label.en}: {error.text.en}.")
    return found
