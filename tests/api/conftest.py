"""`world`: an office with people of three roles, on each of the two databases; a token for each."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from kaname.access.models import Compartment, Mandate, Membership, Office, Person, Placement
from kaname.access.tokens import make
from kaname.api import rate
from kaname.ledger.models import Case
from ledger.conftest import (  # noqa: F401
    office,
    postgresql_cluster,
    postgresql_office,
    sqlite_office,
    sqlite_template,
)

FROM = date(2020, 1, 1)


@dataclass
class World:
    """People by a word: `kumo` applies, `minister` decides, `stranger` holds no mandate, `admin` administers."""

    office: Office
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def person(self, name: str, **more) -> Person:
        made = Person.objects.create(email=f"{name}@example.jp", name=name, office=self.office, **more)
        self.people[name] = made
        return made

    def mandate(self, name: str, role: str, **more) -> Mandate:
        return Mandate.objects.create(person=self.people[name], role=role, valid_from=FROM, **more)

    def token(self, name: str, *scopes: str) -> str:
        return make(self.people[name], "test", scopes or ("read", "act", "export"), 30)[1]

    def hide(self, case: str, *members: str) -> None:
        """Put a case into a compartment of its own."""
        circle = Compartment.objects.create(name="circle")
        for name in members:
            Membership.objects.create(compartment=circle, person=self.people[name], valid_from=FROM)
        Placement.objects.create(case=Case.objects.get(public_id=case), compartment=circle)


def made_world() -> World:
    world = World(Office.objects.create(sort="company", name_ja="雲", name_en="Kumo"))
    world.person("kumo")
    world.mandate("kumo", "applicant", sealed=True)
    world.mandate("kumo", "sharer")
    world.person("minister")
    world.mandate("minister", "minister")
    world.person("stranger")
    world.person("admin", administers=True)
    return world


@pytest.fixture
def world(office):  # noqa: F811
    rate.forget()
    return made_world()
