"""A book as BODS 0.4: entities and persons first, then one relationship a holding, in the order of the file.

Ids are made of what they stand for, so that the same book gives the same statements.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from kaname.assess.ownership.book import NOT_STATED, Book, Entity, Kind
from kaname.assess.ownership.shares import UNIT, Share

_VERSION = "0.4"
_TYPES = {Kind.COMPANY: "registeredEntity", Kind.STATE: "state"}


def statements(book: Book, day: date, publisher: str = "Kaname") -> Iterator[dict[str, Any]]:
    """The statements of a book, as of `day`."""
    columns = book.columns
    holders = np.zeros(len(book.entities), np.bool_)
    companies = holders.copy()
    holders[columns.holder], companies[columns.company] = True, True
    head = {
        "statementDate": day.isoformat(),
        "publicationDetails": {
            "publicationDate": day.isoformat(), "bodsVersion": _VERSION, "publisher": {"name": publisher},
        },
    }  # fmt: skip
    subject: dict[int, int] = {}
    for holder, company in zip(columns.holder.tolist(), columns.company.tolist(), strict=True):
        subject.setdefault(holder, company)
    for number, entity in enumerate(book.entities):
        person = entity.kind is Kind.PERSON and not companies[number]
        about = number if not person else subject.get(number, number)
        yield {
            "statementId": _id("entity", entity.id), **head, "declarationSubject": book.entities[about].id,
            "recordId": entity.id, "recordType": "person" if person else "entity",
            "recordDetails": _person(entity) if person else _entity(entity, bool(companies[number])),
        }  # fmt: skip
    for n in range(columns.size):
        holder, company = book.entities[columns.holder[n]], book.entities[columns.company[n]]
        interests = [
            {
                "type": kind, "directOrIndirect": "indirect" if columns.indirect[n] else "direct",
                **_share(Share(int(pair[0]), int(pair[1]))), **_days(columns.since[n], columns.until[n]),
            }
            for kind, pair in (("votingRights", columns.votes[n]), ("shareholding", columns.capital[n]))
            if pair[0] != NOT_STATED
        ]  # fmt: skip
        one = _id("relationship", holder.id, company.id, str(n))
        yield {
            "statementId": one, **head, "declarationSubject": company.id, "recordId": one[:40],
            "recordType": "relationship",
            "recordDetails": {
                "isComponent": False, "subject": company.id, "interestedParty": holder.id, "interests": interests,
            },
        }  # fmt: skip


def written(book: Book, day: date) -> str:
    """The file: one JSON array."""
    lines = ",\n".join(json.dumps(s, ensure_ascii=False, default=_number) for s in statements(book, day))
    return f"[\n{lines}\n]\n"


def _entity(entity: Entity, has_shares: bool) -> dict[str, Any]:
    kind = _TYPES.get(entity.kind, "legalEntity" if has_shares else "unknownEntity")
    details: dict[str, Any] = {"isComponent": False, "entityType": {"type": kind}}
    if entity.name:
        details["name"] = entity.name
    if entity.country:
        details["jurisdiction"] = {"name": entity.country, "code": entity.country}
    return details


def _person(entity: Entity) -> dict[str, Any]:
    details: dict[str, Any] = {"isComponent": False, "personType": "knownPerson" if entity.name else "unknownPerson"}
    if entity.name:
        details["names"] = [{"fullName": entity.name}]
    if entity.country:
        details["nationalities"] = [{"name": entity.country, "code": entity.country}]
    return details


def _share(share: Share) -> dict[str, Any]:
    if share == Share(0, UNIT):
        return {}
    if share.exact:
        return {"share": {"exact": _percent(share.low)}}
    return {"share": {"minimum": _percent(share.low), "maximum": _percent(share.high)}}


def _days(since: np.datetime64, until: np.datetime64) -> dict[str, str]:
    """The end is the day after the last on which it was held."""
    found = {}
    if not np.isnat(since):
        found["startDate"] = str(since)
    if not np.isnat(until):
        found["endDate"] = (until.astype(date) + timedelta(days=1)).isoformat()
    return found


def _percent(units: int) -> Decimal:
    return Decimal(units) / (UNIT // 100)


def _number(value: Any) -> Any:
    """A decimal as the JSON number of the same value; whole ones as such."""
    return int(value) if value == int(value) else float(value)


def _id(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
