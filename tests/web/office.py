"""A small office for tests of pages: an attorney's person with cases in many states, and a stranger."""

from datetime import date
from pathlib import Path

from kaname.access.models import Mandate, Office, Person
from kaname.ledger import api as ledger
from kaname.ledger.judging import Receipt
from walks import read_ledger

CASES = Path(__file__).parents[1] / "patents" / "cases"
ROLES = ("applicant", "designated_applicant", "jpo", "prime_minister", "sharing_operator", "anyone", "foreign_filer")


def person(name: str = "clerk", *roles: str) -> Person:
    office, _ = Office.objects.get_or_create(
        sort="attorney", name_ja="架空特許事務所", name_en="Imaginary Patent Office"
    )
    made = Person.objects.create_user(
        f"{name}@example.jp", "a long enough pass phrase", name="架空 花子", office=office
    )
    for role in roles or ROLES:
        Mandate.objects.create(person=made, role=role, valid_from=date(2020, 1, 1))
    return made


def case(name: str, upto: int | None = None, kind: str = "patents.application") -> str:
    """A worked case of the law's tests in the ledger of the office; its public id."""
    entries = read_ledger(CASES / f"{name}.jsonl")[:upto]
    first = ledger.open_case(kind, entries[0], idempotency_key=f"{name}-{upto}-1")
    assert isinstance(first, Receipt), first
    for n, entry in enumerate(entries[1:], 2):
        done = ledger.perform(first.case, entry, idempotency_key=f"{name}-{upto}-{n}")
        assert isinstance(done, Receipt), (name, n, done)
    return first.case
