"""The sectors of Art. 50(1) in the order of the Act, and how to find one: by id, code or Japanese name."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from kaname.law import T, Text
from kaname.regimes.infrastructure.catalogue import communication, energy, finance, health, transport
from kaname.regimes.infrastructure.catalogue.model import Business, Facility, Sector

SECTORS: tuple[Sector, ...] = (
    *energy.SECTORS, *transport.SECTORS, *communication.SECTORS, *finance.SECTORS, *health.SECTORS)


_Row = TypeVar("_Row", Sector, Business, Facility)


class NotInCatalogue(LookupError):
    """A name the catalogue does not know; `text` says which there are, `field` what kind of name it is."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text.en)
        self.field, self.text = field, text


def sector(name: str) -> Sector:
    """The sector of an id, code or name: `electricity`, `SEC01_ELECTRICITY`, `電気`. Raises NotInCatalogue."""
    return _find("sector", name, SECTORS, T("分野", "sector"))


def business(name: str, of: Sector) -> Business:
    """A business of the sector by id or name. Raises NotInCatalogue."""
    return _find("business", name, of.businesses, T(f"{of.name.ja}の事業", f"business of {of.name.en}"))


def facility(name: str, of: Business, day: date) -> Facility:
    """A critical facility of the business on a day. Raises NotInCatalogue."""
    return _find("facility", name, of.facilities_on(day), T(f"{of.name.ja}の特定重要設備",
        f"critical facility of {of.name.en}"))


def in_force(day: date) -> tuple[Sector, ...]:
    """The sectors in force on a day, in the order of the Act."""
    return tuple(s for s in SECTORS if s.since and s.since <= day)


def businesses() -> Iterator[tuple[Sector, Business]]:
    for s in SECTORS:
        for b in s.businesses:
            yield s, b


def catalogue_days() -> tuple[date, ...]:
    """Every day on which the catalogue changes, ascending."""
    days = {s.since for s in SECTORS if s.since} | {c.since for s in SECTORS if s.since for c in s.competences}
    for _, b in businesses():
        days |= {c.since for c in b.criteria if c.since} | {f.since for f in b.facilities if f.since}
    return tuple(sorted(days))


def _find(field: str, name: str, rows: tuple[_Row, ...], what: Text) -> _Row:
    asked = name.strip()
    for row in rows:
        if asked in (row.id, getattr(row, "code", None), row.name.ja) or asked.lower() == row.id:
            return row
    known = [row.id for row in rows]
    near = get_close_matches(asked.lower(), known) or known
    raise NotInCatalogue(field, T(
        f"{what.ja}に「{name}」はない；{'、'.join(near) or 'なし'} のいずれか",
        f"no {what.en} {name!r}; expected one of {', '.join(near) or 'none'}"))
