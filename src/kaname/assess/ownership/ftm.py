"""FollowTheMoney (OpenSanctions, OCCRP): one entity a line, with schema and properties, into a book.

Ownership is `owner`, `asset`, `percentage`, `startDate`, `endDate`; companies and persons carry name and country. A
year or a month stands for an interval: a start counts from its first day, an end from its last. Shares are capital.
"""

import calendar
import re
from datetime import date
from typing import Any

from kaname.assess.ownership.book import Book, Entity, Holding, Kind, book, until_before
from kaname.assess.ownership.countries import country
from kaname.assess.ownership.shares import A_SHARE, UNKNOWN, Share, ShareError, parse
from kaname.assess.ownership.table import A_DAY
from kaname.files.batches import Fault
from kaname.files.streams import unusable
from kaname.law import T

_KINDS = {"Company": Kind.COMPANY, "Organization": Kind.COMPANY, "LegalEntity": Kind.UNKNOWN, "Person": Kind.PERSON,
          "PublicBody": Kind.STATE, "Asset": Kind.COMPANY}  # fmt: skip
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_WHERE = {
    Kind.PERSON: ("nationality", "country", "citizenship"),
    Kind.COMPANY: ("jurisdiction", "country", "mainCountry"),
}
_ENTITY = T("schema と properties を持つオブジェクト", "an object with schema and properties")
_ONE = T("識別子", "an identifier")


def read_ftm(name: str, lines: list[tuple[int, Any]]) -> Book:
    """The book of (line, entity) pairs. Raises BadInput where no line is an entity."""
    faults: list[Fault] = []
    entities: dict[str, Entity] = {}
    holdings: list[Holding] = []
    found = 0
    for line, value in lines:
        properties = value.get("properties") if isinstance(value, dict) else None
        if not isinstance(properties, dict) or not isinstance(value.get("schema"), str):
            faults.append(Fault(line - 1, "-", repr(value)[:40], _ENTITY, lost=True, line=line))
            continue
        found += 1
        if value["schema"] in _KINDS:
            one = _entity(str(value.get("id", "")), value, properties)
            entities[one.id] = one
        elif value["schema"] == "Ownership":
            holdings += _ownership(line, properties, faults)
    if not found:
        raise unusable(
            name,
            T("FollowTheMoneyでない；schema と properties が要る", "no FollowTheMoney; expected schema and properties"),
        )
    for holding in holdings:
        for role, who in (("owner", holding.holder), ("asset", holding.company)):
            if who not in entities:
                wrong = T(f"「{who}」がファイルにない；持分は数え、国は不明とする",
                          f"{who!r} is not in the file; the holding counts, its country is unknown")  # fmt: skip
                faults.append(
                    Fault(
                        holding.row, role, wrong, T("ファイルにある主体", "an entity of the file"), line=holding.row + 1
                    )
                )
    made = book(entities.values(), holdings, name, "ftm", rows=len(lines))
    made.faults = faults
    return made


def _entity(one: str, value: dict[str, Any], properties: dict[str, Any]) -> Entity:
    kind = _KINDS[value["schema"]]
    names = _texts(value.get("caption")) or _texts(properties.get("name"))
    where = {country(c) for key in _WHERE.get(kind, _WHERE[Kind.COMPANY])[:1] for c in _texts(properties.get(key))}
    if not where - {None}:
        where = {country(c) for key in _WHERE.get(kind, _WHERE[Kind.COMPANY])[1:] for c in _texts(properties.get(key))}
    known = where - {None}
    return Entity(one, names[0] if names else "", str(known.pop()) if len(known) == 1 else "", kind)


def _ownership(line: int, properties: dict[str, Any], faults: list[Fault]) -> list[Holding]:
    owners, assets = _texts(properties.get("owner")), _texts(properties.get("asset"))
    for role, ones in (("owner", owners), ("asset", assets)):
        if not ones:
            faults.append(Fault(line - 1, role, T("ない", "missing"), _ONE, lost=True, line=line))
        elif odd := _odd(properties.get(role)):
            faults.append(Fault(line - 1, role, odd, _ONE, lost=True, line=line))
    share, since, until = UNKNOWN, None, None
    for text in _texts(properties.get("percentage")):
        try:
            said = parse(text)
            share = said if share is UNKNOWN else Share(min(share.low, said.low), max(share.high, said.high))
        except ShareError as error:
            wrong = T(f"「{text[:40]}」：{error.text.ja}", f"{text[:40]!r}: {error.text.en}")
            faults.append(Fault(line - 1, "percentage", wrong, A_SHARE, line=line))
    days: dict[str, date] = {}
    for role, last in (("startDate", False), ("endDate", True)):
        said_days = [(text, _day(text, last)) for text in _texts(properties.get(role))]
        for text, day in said_days:
            if day is None:
                faults.append(Fault(line - 1, role, text[:40], A_DAY, line=line))
        if known := [day for _, day in said_days if day]:
            days[role] = max(known) if last else min(known)  # of several, the longest time that fits
    since, end = days.get("startDate"), days.get("endDate")
    if since and end and end < since:
        wrong = T(f"終わり {end} が始まり {since} より前", f"ends {end}, before it begins {since}")
        faults.append(Fault(line - 1, "endDate", wrong, T("始まり以後の日", "a day not before startDate"), line=line))
        return []
    until = until_before(end)
    if since and until and until < since:
        return []  # ended on the day it began
    return [Holding(o, a, capital=share, since=since, until=until, row=line - 1) for o in owners for a in assets]


def _day(text: str, last: bool) -> date | None:
    found = _PARTIAL.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = int(found[1]), found[2], found[3]
    try:
        if day:
            return date(year, int(month), int(day))
        at = int(month) if month else 12 if last else 1
        return date(year, at, calendar.monthrange(year, at)[1] if last else 1)
    except (ValueError, calendar.IllegalMonthError):
        return None


def _odd(value: object) -> str:
    """The first of several values that is no text, as it stands."""
    values = value if isinstance(value, list) else [value]
    return next((repr(v)[:40] for v in values if v is not None and not isinstance(v, str | int)), "")


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(v).strip() for v in values if isinstance(v, str | int) and str(v).strip()]
