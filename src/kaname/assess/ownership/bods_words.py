"""The checks between BODS statements: their names in the conformance suite of the standard, and what each expects."""

from enum import StrEnum

from kaname.law import T, Text


class Check(StrEnum):
    """One check; the value is its name in the suite."""

    STATED = "statement_date_not_future_date"
    PUBLISHED = "statement_publication_date_future_date"
    RETRIEVED = "retrievedat_not_future_date"
    ANNOTATED = "statement_annotation_creation_date_future_date"
    DISSOLVED = "statement_entity_foundation_dissolution_dates"
    SCHEME = "statement_entity_identifier_scheme_known"
    LISTED = "statement_entity_securities_listings_haspubliclisting_not_false"
    OPERATOR = "statement_entity_securities_listings_mic"
    BORN = "statement_person_birth_date_sensible"
    DIED = "statement_person_date_of_death_sane"
    PERSONAL = "statement_person_identifiers_have_correct_scheme"
    ENDED = "statement_relationship_interests_start_end_dates"
    UNIQUE = "statement_must_have_unique_statement_identifier"
    DECLARED = "statement_declaration_subject"
    SUBJECT = "statement_relationship_subject_refers_to_entity_statement"
    PARTY = "statement_relationship_interested_party_entity_or_person"
    ORDER = "statement_serialisation"
    OWNER = "interested_party_person_with_beneficial_ownership_or_control"
    NOMINEE = "relationship_interest_nominee_or_nominator"
    COMPONENT = "statement_relationship_is_component"
    SERIES = "statement_series"


BEFORE = T("これより前にある記録", "a record that stands before this one")
_UP_TO_TODAY = T("今日（{today}）までの日", "a day up to today ({today})")
EXPECTED: dict[Check, Text] = {
    Check.STATED: _UP_TO_TODAY,
    Check.PUBLISHED: _UP_TO_TODAY,
    Check.RETRIEVED: _UP_TO_TODAY,
    Check.ANNOTATED: _UP_TO_TODAY,
    Check.DISSOLVED: T("設立（{begun}）以後の日", "a day not before foundingDate ({begun})"),
    Check.SCHEME: T("org-id.guide の符号（JP-JCN、XI-LEI）", "a code of org-id.guide (JP-JCN, XI-LEI)"),
    Check.LISTED: T("上場の記載があるなら true", "true, since listings are given"),
    Check.OPERATOR: T("marketIdentifierCode に伴う運営者の符号", "the operator's code beside marketIdentifierCode"),
    Check.BORN: T("1800年から今日までの日", "a day from 1800 to today"),
    Check.DIED: T("出生から120年、今日までの日", "a day up to today, within 120 years from birth"),
    Check.PERSONAL: T(
        "国の3字と PASSPORT、TAXID 又は IDCARD（JPN-PASSPORT）",
        "three letters of a country and PASSPORT, TAXID or IDCARD (JPN-PASSPORT)",
    ),
    Check.ENDED: T("始まり（{begun}）以後の日", "a day not before startDate ({begun})"),
    Check.UNIQUE: T("一つしかない識別子", "an identifier of its own"),
    Check.DECLARED: T("このファイルの entity か person", "an entity or person of this file"),
    Check.SUBJECT: T("このファイルの entity", "an entity of this file"),
    Check.PARTY: T("このファイルの entity か person", "an entity or person of this file"),
    Check.ORDER: BEFORE,
    Check.OWNER: T("person だけの印", "true for persons alone: a company is no beneficial owner"),
    Check.NOMINEE: T("nomination である対象", "a subject that is a nomination"),
    Check.COMPONENT: T("componentRecords がこれを挙げること", "a relationship whose componentRecords name it"),
}
