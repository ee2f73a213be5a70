"""A small office for the tests of pages: an attorney, a reviewer of the Patent Office, an officer, their cases."""

from datetime import date

from access.folk import key, person, recorded
from kaname.access import api as access
from kaname.access.models import Person
from kaname.procedure import Entry

KIND = "patents.application"
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
