"""What must hold between the statements of a BODS file, beyond the form of each: dates, references, order, history.

A file may be a fragment. References are asked for only where the file has what could answer them: a relationship alone,
without any entity or person, refers to another file. `bods_words` has the names of the checks and what each expects.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from kaname.assess.ownership.bods_form import Wrong, is_day, is_instant
from kaname.assess.ownership.bods_words import BEFORE, EXPECTED, Check
from kaname.assess.ownership.countries import ALPHA2, ALPHA3, PASSPORTS
from kaname.law import T, Text

Statement = dict[str, Any]
Found = Iterator[tuple[int, Wrong]]  # with the number of the statement
_EARLIEST, _OLDEST = "1800", 120  # a birth before that year, a life longer than that, is a slip
_OPERATOR = "operatingMarketIdentifierCode"
# Days of a person's life are told to nobody who only reads the faults of a file.
_HIDDEN = T("（表示しない）", "(not shown)")
_MISSING = T("ない", "missing")
_PERSONAL = re.compile(r"(?P<issuer>[A-Z]+)-(?P<kind>PASSPORT|TAXID|IDCARD)")
# Registers of companies and charities by the codes of org-id.guide, those that occur most; any country may add its
# companies register (CR), its official accounts (COA), its tax number (TIN).
_REGISTERS = """
AE-ACCI AE-ADCD AE-AFZ AE-DCCI AE-DFSA AE-DIFC AF-CBR AM-SRLE AR-CUIT AT-FB AT-FN AT-UID AU-ABN AU-ACNC AU-ASIC AZ-IVI
BA-JIB BD-NAB BE-BCE_KBO BE-GTCF BG-EIK BR-CNPJ BY-UNP CA-CC CA-CRA_ACR CH-FDJP CH-ZEFIX CL-RUT CN-SAIC CN-USCC CO-CCB
CO-RUE CY-DRCOR CZ-ICO CZ-DIC DE-CRP DE-HRB DK-CVR EE-KMKR EE-RIK EG-MOSS ES-DIR3 ES-RMC ES-VAT FI-PRO FI-PRH FR-INSEE
FR-RCS FR-RNA GB-CHC GB-COH GB-EDU GB-GOR GB-LAE GB-MPR GB-NHS GB-NIC GB-REV GB-SC GB-UKPRN GB-VAT GE-NAPR GG-RCE GH-RGD
GR-GECR HK-CR HR-MBS HR-OIB HU-VAT ID-KDN ID-PRO IE-CHY IE-CRO IL-ROC IM-CR IM-GR IN-CIN IN-MCA IN-PAN IS-RSK IT-CF
IT-RI JE-FSC JE-OAC JO-CCD JP-JCN KE-NCB KE-RCO KG-ID KR-BRN KR-CRN KY-CR KZ-BIN LI-FL LT-PVM LT-RC LU-RCS LV-RE MD-IDNO
MK-CR MM-MHA MT-CR MT-MFSA MW-RG MX-RFC MY-SSM NG-CAC NL-KVK NO-BRC NO-BRREG NP-CRO NZ-NZBN PA-RPP PE-RUC PH-SEC PK-PCP
PK-NTN PL-KRS PL-NIP PL-REGON PT-NIPC RO-CUI RO-RC RS-APR RU-INN RU-OGRN SA-CRS SE-BLV SE-ON SG-ACRA SI-PRS SI-TIN
SK-ORSR SK-ZRSR TH-DBD TR-MERSIS TR-MOI TW-GCIS TZ-BRLA UA-EDR UG-RSB US-DOS US-EIN US-SEC UY-DGR VN-DPI XI-BIC XI-DUNS
XI-EORI XI-GRID XI-IATI XI-ISIL XI-LEI XI-PB XI-PERMID XI-ROR XI-VAT XI-WIKIDATA XM-DAC XM-EORI XM-OCHA ZA-CIP ZA-NPO
ZM-PCR ZW-ROD
"""
_KNOWN = frozenset(_REGISTERS.split())
# Worth a look, but no fault: the list of registers here is not all of them, and an operator's code may be unknown.
NOTED = frozenset({Check.SCHEME, Check.OPERATOR})


def checks(statements: list[Statement], today: date) -> Found:
    """What is wrong. Statements whose form is too wrong to be asked are passed over."""
    sound = [(n, s) for n, s in enumerate(statements) if isinstance(s.get("recordDetails"), dict)]
    for n, statement in sound:
        yield from ((n, wrong) for wrong in _alone(statement, today))
    yield from _identity(sound)
    yield from _declared(sound)
    yield from _references(sound)
    yield from _components(sound)
    yield from _history(sound)


def _alone(statement: Statement, today: date) -> Iterator[Wrong]:
    """What can be told from one statement."""
    details = statement["recordDetails"]
    yield from _days_not_to_come(statement, today)
    match statement.get("recordType"):
        case "entity":
            yield from _entity(details)
        case "person":
            yield from _person(statement, details, today)
        case "relationship":
            yield from _interests(details)


def _days_not_to_come(statement: Statement, today: date) -> Iterator[Wrong]:
    published, source = (_dict(statement.get(name)) for name in ("publicationDetails", "source"))
    asked = [
        (Check.STATED, "statementDate", statement.get("statementDate")),
        (Check.PUBLISHED, "publicationDetails.publicationDate", published.get("publicationDate")),
        (Check.RETRIEVED, "source.retrievedAt", source.get("retrievedAt")),
    ]
    for n, note in enumerate(_list(statement.get("annotations"))):
        asked.append((Check.ANNOTATED, f"annotations[{n}].creationDate", _dict(note).get("creationDate")))
    for check, path, value in asked:
        if (is_day(value) or is_instant(value)) and str(value)[:10] > today.isoformat():
            yield _wrong(check, path, str(value), today=today)


def _entity(details: Statement) -> Iterator[Wrong]:
    begun, ended = details.get("foundingDate"), details.get("dissolutionDate")
    if is_day(begun) and is_day(ended) and str(ended) < str(begun):
        yield _wrong(Check.DISSOLVED, "recordDetails.dissolutionDate", str(ended), begun=begun)
    for n, identifier in enumerate(_list(details.get("identifiers"))):
        scheme = _dict(identifier).get("scheme")
        if isinstance(scheme, str) and not _register(scheme):
            yield _wrong(Check.SCHEME, f"recordDetails.identifiers[{n}].scheme", scheme)
    listing = _dict(details.get("publicListing"))
    shares = _list(listing.get("securitiesListings"))
    if listing.get("hasPublicListing") is False and shares:
        yield _wrong(Check.LISTED, "recordDetails.publicListing.hasPublicListing", "false")
    for n, share in enumerate(shares):
        if "marketIdentifierCode" in _dict(share) and _OPERATOR not in share:
            path = f"recordDetails.publicListing.securitiesListings[{n}].{_OPERATOR}"
            yield _wrong(Check.OPERATOR, path, _MISSING)


def _register(scheme: str) -> bool:
    country, _, register = scheme.partition("-")
    return scheme in _KNOWN or (country in ALPHA2 and register in ("CR", "COA", "TIN"))


def _person(statement: Statement, details: Statement, today: date) -> Iterator[Wrong]:
    born, died = details.get("birthDate"), details.get("deathDate")
    for name, value, check in (("birthDate", born, Check.BORN), ("deathDate", died, Check.DIED)):
        if isinstance(value, str) and not _EARLIEST <= value <= today.isoformat():
            yield _wrong(check, f"recordDetails.{name}", _HIDDEN)
    if isinstance(born, str) and isinstance(died, str) and born[:4].isdecimal() and died[:4].isdecimal():
        size = min(len(born), len(died))  # a year may stand beside a day
        if died[:size] < born[:size] or int(died[:4]) - int(born[:4]) > _OLDEST:
            yield _wrong(Check.DIED, "recordDetails.deathDate", _HIDDEN)
    # Some publishers put them beside the record instead of in it; they are read there too.
    for place, where in (("recordDetails.identifiers", details), ("identifiers", statement)):
        for identifier in _list(where.get("identifiers")):
            scheme = _dict(identifier).get("scheme")
            if isinstance(scheme, str) and not _personal(scheme):
                yield _wrong(Check.PERSONAL, f"{place}.scheme", scheme[:20])


def _personal(scheme: str) -> bool:
    found = _PERSONAL.fullmatch(scheme)
    return found is not None and (found["issuer"] in ALPHA3 or found["issuer"] in PASSPORTS)


def _interests(details: Statement) -> Iterator[Wrong]:
    for n, interest in enumerate(_list(details.get("interests"))):
        begun, ended = (_dict(interest).get(name) for name in ("startDate", "endDate"))
        if is_day(begun) and is_day(ended) and str(ended) < str(begun):
            yield _wrong(Check.ENDED, f"recordDetails.interests[{n}].endDate", str(ended), begun=begun)


def _identity(sound: list[tuple[int, Statement]]) -> Found:
    """An identifier of a statement stands once; a record keeps its type."""
    seen: dict[str, int] = {}
    types: dict[str, str] = {}
    for n, statement in sound:
        one, record, kind = (str(statement.get(k)) for k in ("statementId", "recordId", "recordType"))
        if "statementId" in statement and seen.setdefault(one, n) != n:
            found = T(f"{one} は{seen[one] + 1}番目にもある", f"{one} stands at statement {seen[one] + 1} too")
            yield n, _wrong(Check.UNIQUE, "statementId", found)
        if types.setdefault(record, kind) != kind:
            found = T(f"{record} は前には {types[record]}", f"{record} was a record of type {types[record]} before")
            yield n, Wrong("recordType", found, T("同じ記録に同じ型", "one type for one record"), Check.SERIES)


def _declared(sound: list[tuple[int, Statement]]) -> Found:
    """Where the file has the subject of any declaration, it has the subject of each."""
    parties = {str(s.get("recordId")) for _, s in sound if s.get("recordType") in ("entity", "person")}
    subjects = [(n, s["declarationSubject"]) for n, s in sound if isinstance(s.get("declarationSubject"), str)]
    if any(subject in parties for _, subject in subjects):
        for n, subject in subjects:
            if subject not in parties:
                yield n, _wrong(Check.DECLARED, "declarationSubject", subject)


def _references(sound: list[tuple[int, Statement]]) -> Found:
    """Subjects are entities of the file, parties its entities or persons, and both come before what refers to them."""
    first: dict[str, tuple[int, Statement]] = {}
    for n, statement in sound:
        first.setdefault(str(statement.get("recordId")), (n, statement))
    kind = {record: str(statement.get("recordType")) for record, (_, statement) in first.items()}
    if not any(k in ("entity", "person") for k in kind.values()):
        return
    for n, statement in sound:
        if statement.get("recordType") != "relationship":
            continue
        details = statement["recordDetails"]
        for role, check in (("subject", Check.SUBJECT), ("interestedParty", Check.PARTY)):
            one = details.get(role)
            if not isinstance(one, str):
                continue
            if kind.get(one) != "entity" and not (role == "interestedParty" and kind.get(one) == "person"):
                yield n, _wrong(check, f"recordDetails.{role}", one)
            if one not in first or first[one][0] >= n:
                yield n, _wrong(Check.ORDER, f"recordDetails.{role}", one)
        party, subject = str(details.get("interestedParty")), str(details.get("subject"))
        entity = first[subject][1]["recordDetails"].get("entityType") if subject in first else None
        for place, interest in enumerate(_list(details.get("interests"))):
            path = f"recordDetails.interests[{place}]"
            owner = _dict(interest).get("beneficialOwnershipOrControl") is True
            if owner and kind.get(party, "person") != "person":
                yield n, _wrong(Check.OWNER, f"{path}.beneficialOwnershipOrControl", "true")
            named = _dict(interest).get("type")
            if named in ("nominee", "nominator") and _dict(entity).get("subtype") != "nomination":
                yield n, _wrong(Check.NOMINEE, f"{path}.type", str(named))


def _components(sound: list[tuple[int, Statement]]) -> Found:
    """A component belongs to a relationship that names it, and stands before it."""
    first: dict[str, int] = {}
    named: set[str] = set()
    for n, statement in sound:
        first.setdefault(str(statement.get("recordId")), n)
    for n, statement in sound:
        for record in map(str, _list(statement["recordDetails"].get("componentRecords"))):
            named.add(record)
            if first.get(record, n) > n:
                yield n, Wrong("recordDetails.componentRecords", record, BEFORE, Check.COMPONENT)
    for n, statement in sound:
        alone = str(statement.get("recordId")) not in named
        if named and alone and statement["recordDetails"].get("isComponent") is True:
            yield n, _wrong(Check.COMPONENT, "recordDetails.isComponent", "true")


def _history(sound: list[tuple[int, Statement]]) -> Found:
    """The statements about one record in the order of their days: new, then updated, at most one closed, at the end."""
    series: dict[str, list[tuple[str, int, str]]] = {}
    for n, statement in sound:
        status = statement.get("recordStatus")
        if isinstance(status, str):
            day = str(statement.get("statementDate", ""))
            series.setdefault(str(statement.get("recordId")), []).append((day, n, status))
    for told in series.values():
        told.sort()
        for place, (_, n, status) in enumerate(told):
            expected: Text | None = None
            if place == 0 and status != "new" and len(told) > 1:
                expected = T("最初の届出は new", "new for the first statement of a record")
            elif place and status == "new":
                expected = T("二つ目からは updated 又は closed", "updated or closed after the first statement")
            elif place and told[place - 1][2] == "closed":
                expected = T("closed の後は何もない", "nothing after closed")
            if expected:
                yield n, Wrong("recordStatus", status, expected, Check.SERIES)


def _wrong(check: Check, path: str, found: str | Text, **values: object) -> Wrong:
    return Wrong(path, found, EXPECTED[check].fill(**values), check)


def _list(value: object) -> list[Any]:
    """A list as it stands; an object where a list was meant as one; else nothing."""
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []


def _dict(value: object) -> Statement:
    return value if isinstance(value, dict) else {}
