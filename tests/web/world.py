"""A small office for the tests of pages: an attorney, a reviewer of the Patent Office, an officer, a clerk with every
role; cases that they file, and the worked cases of the law's tests."""

from datetime import date

from access.folk import key, person, recorded
from kaname.access import api as access
from kaname.access.models import Person
from kaname.ledger import api as ledger
from kaname.procedure import Entry
from patents.case_files import CASES
from walks import read_ledger

KIND = "patents.application"
ROLES = ("applicant", "designated_applicant", "jpo", "prime_minister", "sharing_operator", "anyone", "foreign_filer")
PARTY = "架空電機株式会社"
FILED = date(2026, 11, 2)


def people() -> dict[str, Person]:
    """The three who play most stories; each password is `x`."""
    return {
        "attorney": person("Hana", "applicant", "designated_applicant", kind=KIND, password="x"),
        "jpo": person("Jiro", "jpo", kind=KIND, password="x", sealed=True),
        "pm": person("Kei", "prime_minister", kind=KIND, password="x", sealed=True),
    }


def filed(attorney: Person, on: date = FILED, **data: object) -> str:
    """An application within Art. 66(1); the public id of its case."""
    given = {
        "application_number": "特願2026-000123",
        "title": "秘密の発明",
        "listed": True,
        "made_in_japan": True,
        **data,
    }
    entry = Entry("first_review.file", on, given, by="applicant", party=PARTY)
    return recorded(access.open_case(attorney, KIND, entry, idempotency_key=key())).case


def act(who: Person, case: str, name: str, on: date, **data: object) -> int:
    """Record an act; its number."""
    return recorded(access.act(who, case, Entry(name, on, data), idempotency_key=key())).seq


def clerk(name: str = "clerk", *roles: str) -> Person:
    """Somebody who may act in every role of a patent case (or in those named)."""
    return person(name, *(roles or ROLES), password="a long enough pass phrase")


def case(name: str, upto: int | None = None, kind: str = KIND) -> str:
    """A worked case of the law's tests, as it lies in its file up to an entry; its public id."""
    first, *rest = read_ledger(CASES / f"{name}.jsonl")[:upto]
    made = recorded(ledger.open_case(kind, first, idempotency_key=key())).case
    for entry in rest:
        recorded(ledger.perform(made, entry, idempotency_key=key()))
    return made
