"""Short ways to make offices, people, mandates and circles for tests."""

from datetime import date
from itertools import count

from kaname.access.models import Compartment, Mandate, Membership, Office, Person
from kaname.ledger.judging import Receipt

LONG_AGO = date(2020, 1, 1)
_keys = count(1)


def key() -> str:
    return f"folk-key-{next(_keys)}"


def person(name: str, *roles: str, admin: bool = False, password: str | None = None, **mandate) -> Person:
    """A person with a mandate for each of the roles, all alike."""
    house, _ = Office.objects.get_or_create(sort="company", name_ja="架空社", name_en="Kaku")
    made = Person.objects.create_user(
        f"{name.lower()}@example.jp", password, name=name, office=house, administers=admin
    )
    for role in roles:
        Mandate.objects.create(person=made, role=role, **{"valid_from": LONG_AGO, **mandate})
    return made


def circle(name: str, *members: Person) -> Compartment:
    made = Compartment.objects.create(name=name)
    for one in members:
        Membership.objects.create(compartment=made, person=one, valid_from=LONG_AGO)
    return made


def recorded(answer) -> Receipt:
    assert isinstance(answer, Receipt), answer
    return answer
