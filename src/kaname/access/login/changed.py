"""Told whenever the ways by which a person gets in have changed, or were used from somewhere new: who hears it writes
to the person (kaname.notices.account). In the transaction of the change: both, or neither; but allauth has saved a
factor when it tells of it.
"""

from enum import StrEnum

from django.dispatch import Signal

from kaname.access.models import Person

changed = Signal()  # person, what


class What(StrEnum):
    """What has happened to a person's ways in."""

    ADDED = "added"
    REMOVED = "removed"
    CODES = "codes"
    PASSWORD = "password"  # noqa: S105  # the name of a change
    RESET = "reset"
    TOKEN = "token"  # noqa: S105  # the name of a change
    JOINED = "joined"
    NEW_BROWSER = "new_browser"


def tell(person: Person, what: What) -> None:
    changed.send(Person, person=person, what=what)
