"""Under whom a case of Chapter 3 falls: the ministry competent for the operator's business."""

from collections.abc import Callable
from datetime import date
from typing import Any

from kaname.law import Text
from kaname.procedure.declare import Authority
from kaname.regimes.infrastructure.catalogue import SECTORS, business, sector


def by_business(*particulars: str) -> Authority:
    """By the first of the particulars that names a business."""

    def of(fact: Callable[[str], Any], day: date) -> str:
        named = next((str(found) for name in particulars if (found := fact(name))), "")
        first, _, second = named.partition(".")
        try:
            found = sector(first)
            return found.order(business(second, found) if found.businesses else None, day)
        except LookupError:
            return ""

    return Authority(_names(), of)


def _names() -> dict[str, Text]:
    of_businesses = {b.order: b.ministry for s in SECTORS for b in s.businesses if b.order and b.ministry}
    return of_businesses | {c.order: c.ministry for s in SECTORS for c in s.competences}
