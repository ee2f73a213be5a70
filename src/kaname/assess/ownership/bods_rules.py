"""What each record of BODS 0.4 must look like. Read from top to bottom: shared parts, entity, person, relationship."""

from collections.abc import Iterator
from typing import Any

from kaname.assess.ownership.bods_form import (
    DAY,
    EMPTY_LIST,
    MONTH,
    NOTHING,
    PERCENT,
    STRING,
    URI,
    VERSION,
    WHEN,
    YES_NO,
    Rule,
    Wrong,
    also,
    choice,
    either,
    many,
    record,
    text,
)  # fmt: skip

SHAREHOLDING, VOTING = "shareholding", "votingRights"
INTERESTS = (
    SHAREHOLDING, VOTING, "appointmentOfBoard", "otherInfluenceOrControl", "seniorManagingOfficial", "settlor",
    "trustee", "protector", "beneficiaryOfLegalArrangement", "rightsToSurplusAssetsOnDissolution",
    "rightsToProfitOrIncome",
    "rightsGrantedByContract", "conditionalRightsGrantedByContract", "controlViaCompanyRulesOrArticles",
    "controlByLegalFramework", "boardMember", "boardChair", "unknownInterest", "unpublishedInterest",
    "enjoymentAndUseOfAssets", "rightToProfitOrIncomeFromAssets", "nominee", "nominator",
)  # fmt: skip
_SUBTYPES = {
    "arrangement": ("trust", "nomination", "other"),
    "legalEntity": ("trust", "other"),
    "stateBody": ("governmentDepartment", "stateAgency", "other"),
    "registeredEntity": ("other",),
    "state": ("other",),
    "anonymousEntity": ("other",),
    "unknownEntity": ("other",),
}
_REASONS = (
    "noBeneficialOwners", "subjectUnableToConfirmOrIdentifyBeneficialOwner", "interestedPartyHasNotProvidedInformation",
    "subjectExemptFromDisclosure", "interestedPartyExemptFromDisclosure", "unknown", "informationUnknownToPublisher",
)  # fmt: skip

UNSPECIFIED = record("reason", reason=choice(*_REASONS), description=STRING)
COUNTRY = record("name", name=STRING, code=text(2, 2))
JURISDICTION = record("name", name=STRING, code=text(2, 6))
IDENTIFIER = record(any_of=("scheme", "schemeName"), id=STRING, scheme=STRING, schemeName=STRING, uri=URI)
SOURCE = record(
    type=many(choice("selfDeclaration", "officialRegister", "thirdParty", "primaryResearch", "verified")),
    description=STRING, url=URI, retrievedAt=WHEN, assertedBy=many(record(name=STRING, uri=URI)),
)  # fmt: skip


def _address(*kinds: str) -> Rule:
    return record(type=choice(*kinds), address=STRING, postCode=STRING, country=COUNTRY)


def _subtype(value: dict[str, Any], path: str) -> Iterator[Wrong]:
    kind = value.get("type")
    if "subtype" in value and isinstance(kind, str) and kind in _SUBTYPES:
        yield from choice(*_SUBTYPES[kind])(value["subtype"], f"{path}.subtype")


ENTITY = record(
    "isComponent", "entityType",
    isComponent=YES_NO,
    entityType=also(
        record("type", type=choice(*_SUBTYPES), details=STRING,
               subtype=choice("governmentDepartment", "stateAgency", "other", "trust", "nomination")),
        _subtype,
    ),
    unspecifiedEntityDetails=UNSPECIFIED,
    name=STRING,
    alternateNames=many(STRING),
    jurisdiction=JURISDICTION,
    identifiers=many(IDENTIFIER),
    foundingDate=DAY,
    dissolutionDate=DAY,
    addresses=many(_address("registered", "business", "alternative")),
    uri=URI,
    publicListing=record(
        "hasPublicListing",
        hasPublicListing=YES_NO,
        companyFilingsURLs=many(URI),
        securitiesListings=many(record(
            "stockExchangeJurisdiction", "security", "stockExchangeName",
            marketIdentifierCode=STRING, operatingMarketIdentifierCode=STRING, stockExchangeJurisdiction=text(2, 6),
            stockExchangeName=STRING,
            security=record("ticker", idScheme=choice("isin", "figi", "cusip", "cins"), id=STRING, ticker=STRING),
        )),
    ),
    formedByStatute=record(name=STRING, date=DAY),
)  # fmt: skip

PERSON = record(
    "personType", "isComponent",
    isComponent=YES_NO,
    personType=choice("anonymousPerson", "unknownPerson", "knownPerson"),
    unspecifiedPersonDetails=UNSPECIFIED,
    names=many(record(
        "fullName", fullName=STRING, familyName=STRING, givenName=STRING, patronymicName=STRING,
        type=choice("legal", "translation", "transliteration", "former", "alternative", "birth"),
    )),
    identifiers=many(IDENTIFIER),
    nationalities=many(COUNTRY),
    placeOfBirth=_address("placeOfBirth"),
    birthDate=MONTH,
    deathDate=MONTH,
    taxResidencies=many(COUNTRY),
    addresses=many(_address("residence", "service", "alternative")),
    politicalExposure=record(
        "status",
        status=choice("isPep", "isNotPep", "unknown"),
        details=many(record(reason=STRING, missingInfoReason=STRING, jurisdiction=JURISDICTION, startDate=DAY,
                            endDate=DAY, source=SOURCE)),
    ),
)  # fmt: skip


def _no_components(value: dict[str, Any], path: str) -> Iterator[Wrong]:
    if value.get("isComponent") is True and "componentRecords" in value:
        yield from EMPTY_LIST(value["componentRecords"], f"{path}.componentRecords")


RELATIONSHIP = also(record(
    "isComponent", "subject", "interestedParty",
    isComponent=YES_NO,
    componentRecords=many(STRING),
    subject=either(STRING, UNSPECIFIED),
    interestedParty=either(STRING, UNSPECIFIED),
    interests=many(record(
        type=choice(*INTERESTS),
        directOrIndirect=choice("direct", "indirect", "unknown"),
        beneficialOwnershipOrControl=YES_NO,
        details=STRING,
        share=record(exact=PERCENT, maximum=PERCENT, minimum=PERCENT,
                     exclusiveMinimum=PERCENT, exclusiveMaximum=PERCENT),
        startDate=DAY,
        endDate=DAY,
    )),
), _no_components)  # fmt: skip


def _annotation(value: dict[str, Any], path: str) -> Iterator[Wrong]:
    motivation = value.get("motivation")
    if motivation in ("linking", None):
        yield from record("url")(value, path)
    if motivation not in ("transformation", None) and "transformedContent" in value:
        yield from NOTHING(value["transformedContent"], f"{path}.transformedContent")


STATEMENT = record(
    "statementId", "declarationSubject", "recordId", "recordType", "recordDetails", "statementDate",
    statementId=text(32, 64),
    statementDate=WHEN,
    annotations=many(also(record(
        "statementPointerTarget", "motivation",
        statementPointerTarget=STRING, creationDate=WHEN, createdBy=record(name=STRING, uri=URI), description=STRING,
        motivation=choice("commenting", "correcting", "identifying", "linking", "transformation"),
        transformedContent=STRING, url=URI,
    ), _annotation)),
    publicationDetails=record(
        "publicationDate", "bodsVersion", "publisher",
        publicationDate=WHEN,
        bodsVersion=VERSION,
        license=URI,
        publisher=record(any_of=("name", "url"), name=STRING, url=URI),
    ),
    source=SOURCE,
    declaration=STRING,
    declarationSubject=STRING,
    recordId=STRING,
    recordType=choice("entity", "person", "relationship"),
    recordStatus=choice("new", "updated", "closed"),
    recordDetails=record(),
)  # fmt: skip
DETAILS = {"entity": ENTITY, "person": PERSON, "relationship": RELATIONSHIP}


def form(statement: Any) -> Iterator[Wrong]:
    """What is wrong with the form of one statement."""
    yield from STATEMENT(statement, "")
    if isinstance(statement, dict) and isinstance(statement.get("recordDetails"), dict):
        kind = statement.get("recordType")
        if isinstance(kind, str) and kind in DETAILS:
            yield from DETAILS[kind](statement["recordDetails"], "recordDetails")
