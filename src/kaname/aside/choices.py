"""What a person chose for every browser they use: kept with the person, carried in the session from login on."""

from typing import Any

from kaname.access.models import Person
from kaname.aside.models import Choice


def of(person: Person) -> Choice:
    """The choices of a person; those of a person who made none are not written down."""
    return Choice.objects.filter(person=person).first() or Choice(person=person)


def keep(person: Person, **chosen: Any) -> None:
    Choice.objects.update_or_create(person=person, defaults=chosen)
