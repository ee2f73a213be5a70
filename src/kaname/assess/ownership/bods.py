"""Beneficial Ownership Data Standard 0.4: statements into a book.

A record is told of by statements one after the other; each holds until the next one of its day. An interest counts from
its startDate to the day before its endDate. Shareholding is capital, votingRights are votes; other interests carry no
share. Indirect interests repeat what the chain of direct ones says: they are kept apart and not added.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kaname.assess.ownership.bods_checks import NOTED, checks
from kaname.assess.ownership.bods_form import Wrong, is_day, is_instant
from kaname.assess.ownership.bods_rules import SHAREHOLDING, VOTING, form
from kaname.assess.ownership.book import Book, Entity, Holding, Kind, book, until_before
from kaname.assess.ownership.countries import country
from kaname.assess.ownership.shares import UNIT, UNKNOWN, Share, ShareError, of_percent
from kaname.files.batches import Fault
from kaname.files.streams import unusable
from kaname.law import T

Statement = dict[str, Any]
_KINDS = {"state": Kind.STATE, "stateBody": Kind.STATE, "registeredEntity": Kind.COMPANY, "legalEntity": Kind.COMPANY,
          "arrangement": Kind.COMPANY}  # fmt: skip
# What is told of a fault in these stays without the value that stands there.
_PRIVATE = ("birthDate", "deathDate", "nationalities", "placeOfBirth", "taxResidencies", "addresses", "identifiers")
_HIDDEN = T("（表示しない）", "(not shown)")
_STATEMENT = T("届出のオブジェクト", "an object: a statement")


def read_bods(name: str, value: Any, today: date) -> Book:
    """The book of an array of statements, or of (line, statement) pairs. Raises BadInput if it is neither."""
    if not isinstance(value, list):
        raise unusable(
            name, T("配列でない；BODS 0.4 の届出の配列が要る", "no array; expected an array of BODS 0.4 statements")
        )
    pairs = value if value and isinstance(value[0], tuple) else list(enumerate(value, 1))
    faults = [
        Fault(n - 1, "-", repr(s)[:40], _STATEMENT, lost=True, line=n) for n, s in pairs if not isinstance(s, dict)
    ]
    told = [(n, s) for n, s in pairs if isinstance(s, dict)]
    notes: list[Fault] = []
    for line, statement in told:
        faults += [_fault(line, statement, wrong) for wrong in form(statement)]
    for place, wrong in checks([s for _, s in told], today):
        (notes if wrong.code in NOTED and wrong.found else faults).append(_fault(*told[place], wrong))
    entities = {entity.id: entity for entity in _entities(told)}
    holdings = []
    for line, begun, ended, statement in _in_force(told):
        for holding in _holdings(line, begun, ended, statement, faults, notes):
            if isinstance(party := statement["recordDetails"].get("interestedParty"), dict):
                reason = str(party.get("reason", ""))
                entities.setdefault(holding.holder, Entity(holding.holder, reason))
            holdings.append(holding)
    made = book(entities.values(), holdings, name, "bods", rows=len(pairs))
    made.faults, made.notes = faults, notes
    return made


def _fault(line: int, statement: Statement, wrong: Wrong) -> Fault:
    private = statement.get("recordType") == "person" and any(word in wrong.path for word in _PRIVATE)
    found = _HIDDEN if private and isinstance(wrong.found, str) else wrong.found
    return Fault(line - 1, wrong.path, found, wrong.expected, line=line)


def _entities(told: list[tuple[int, Statement]]) -> Iterator[Entity]:
    """Each entity and person as the last statement has it."""
    last: dict[str, tuple[str, int, Statement]] = {}
    for n, statement in told:
        if statement.get("recordType") in ("entity", "person") and isinstance(statement.get("recordId"), str):
            found = (_day(statement), n, statement)
            last[statement["recordId"]] = max(last.get(statement["recordId"], found), found, key=lambda f: f[:2])
    for record, (_, _, statement) in last.items():
        details = statement.get("recordDetails")
        details = details if isinstance(details, dict) else {}
        if statement["recordType"] == "person":
            names = [n.get("fullName") for n in _dicts(details.get("names"))]
            codes = {country(str(n.get("code", ""))) or "" for n in _dicts(details.get("nationalities"))}
            where = codes.pop() if len(codes) == 1 else ""  # several nationalities are not one
            yield Entity(record, str(names[0] or "") if names else "", where, Kind.PERSON)
        else:
            kind = details.get("entityType")
            word = kind.get("type") if isinstance(kind, dict) else None
            yield Entity(record, _text(details.get("name")), _where(details), _KINDS.get(str(word), Kind.UNKNOWN))


def _where(details: Statement) -> str:
    place = details.get("jurisdiction")
    if isinstance(place, dict) and (found := country(str(place.get("code", "")))):
        return found
    for address in _dicts(details.get("addresses")):
        inner = address.get("country")
        if address.get("type") == "registered" and isinstance(inner, dict):
            return country(str(inner.get("code", ""))) or ""
    return ""


def _in_force(told: list[tuple[int, Statement]]) -> Iterator[tuple[int, date | None, date | None, Statement]]:
    """Relationships with the days from and to which they are the last word on their record, both counted."""
    series: dict[str, list[tuple[str, int, Statement]]] = {}
    for n, statement in told:
        if statement.get("recordType") == "relationship" and isinstance(statement.get("recordDetails"), dict):
            record = str(statement.get("recordId", f"#{n}"))
            series.setdefault(record, []).append((_day(statement), n, statement))
    for versions in series.values():
        versions.sort(key=lambda v: v[:2])
        for place, (day, n, statement) in enumerate(versions):
            begun = date.fromisoformat(day) if place and day else None
            after = versions[place + 1][0] if place + 1 < len(versions) else ""
            ended = date.fromisoformat(after) - timedelta(days=1) if after else None
            if statement.get("recordStatus") == "closed":
                if place:
                    continue
                ended = date.fromisoformat(day) - timedelta(days=1) if day else None
            if not (begun and ended and ended < begun):
                yield n, begun, ended, statement


def _holdings(
    line: int, begun: date | None, ended: date | None, statement: Statement, faults: list[Fault], notes: list[Fault]
) -> Iterator[Holding]:
    details = statement["recordDetails"]
    subject, party = details.get("subject"), details.get("interestedParty")
    if not isinstance(subject, str) or not subject:
        return
    holder = party if isinstance(party, str) and party else f"unspecified:{statement.get('statementId', line)}"
    for n, interest in enumerate(_dicts(details.get("interests"))):
        kind = interest.get("type")
        path = f"recordDetails.interests[{n}]"
        if kind not in (SHAREHOLDING, VOTING):
            continue
        since, until = _one_day(interest.get("startDate")), until_before(_one_day(interest.get("endDate")))
        if since and until and until < since - timedelta(days=1):
            continue  # told by the checks
        since = max(filter(None, (since, begun)), default=None)
        until = min(filter(None, (until, ended)), default=None)
        if since and until and until < since:
            continue
        share = _share(interest, line, f"{path}.share", faults)
        indirect = interest.get("directOrIndirect") == "indirect"
        if indirect:
            told = T("間接の持分；直接の連なりで数える", "an indirect interest; it counts by its chain of direct ones")
            notes.append(Fault(line - 1, path, told, T("連なりの各段の届出", "statements of each link"), line=line))
        votes, capital = (share, None) if kind == VOTING else (None, share)
        yield Holding(holder, subject, votes, capital, since, until, line - 1, indirect)


def _share(interest: Statement, line: int, path: str, faults: list[Fault]) -> Share:
    stated = interest.get("share")
    if not isinstance(stated, dict):
        return UNKNOWN
    try:
        if _number(stated.get("exact")):
            return of_percent(stated["exact"])
        low, high = UNKNOWN.low, UNKNOWN.high
        if _number(stated.get("minimum")):
            low = of_percent(stated["minimum"]).low
        if _number(stated.get("exclusiveMinimum")):
            low = max(low, of_percent(stated["exclusiveMinimum"]).low + 1)
        if _number(stated.get("maximum")):
            high = of_percent(stated["maximum"]).high
        if _number(stated.get("exclusiveMaximum")):
            high = min(high, of_percent(stated["exclusiveMaximum"]).high - 1)
    except ShareError:
        return UNKNOWN  # told by the form
    if not 0 <= low <= high <= UNIT:
        wrong = T("下限が上限より大きい", "a minimum above the maximum")
        faults.append(Fault(line - 1, path, wrong, T("下限以上の上限", "a maximum not below the minimum"), line=line))
        return UNKNOWN
    return Share(low, high)


def _number(value: object) -> bool:

    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _day(statement: Statement) -> str:
    """The day of a statement, "" where it gives none that can be read."""
    day = statement.get("statementDate")
    return str(day)[:10] if is_day(day) or is_instant(day) else ""


def _one_day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if is_day(value) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _dicts(value: object) -> list[Statement]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
