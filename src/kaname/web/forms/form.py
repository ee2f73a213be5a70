"""What every form of an act can say of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kaname.access.api import Seen
from kaname.access.models import Person
from kaname.law import Bases, Text
from kaname.ledger.judging import Receipt
from kaname.procedure import Accepted, Entry, Refused, Standing
from kaname.web.drafts import Kept, Place
from kaname.web.parts.fields import FieldView
from kaname.web.parts.items import Filled

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Read:
    """What a form says: the entry, what cannot be read (by HTML name), cases it reads, a deed done against a ban, the
    compartment in which the case is to be born.
    """

    entry: Entry
    errors: Mapping[str, Text]
    context: Mapping[str, str] = field(default_factory=dict)
    happened: bool = False
    compartment: str = ""


class Form(Protocol):
    """A form that a person fills in. `seen` is None where the case is still to be opened."""

    @property
    def seen(self) -> Seen | None: ...
    @property
    def place(self) -> Place: ...
    @property
    def title(self) -> Text: ...
    @property
    def basis(self) -> Bases: ...
    @property
    def note(self) -> Text | None: ...
    @property
    def address(self) -> str: ...
    @property
    def check_address(self) -> str: ...
    @property
    def standing(self) -> Standing: ...

    def first(self) -> Typed:
        """What the form holds when it is opened."""

    def read(self, typed: Typed) -> Read:
        """The entry that was typed."""

    def views(self, typed: Typed, read: Read) -> list[FieldView]:
        """The fields from top to bottom."""

    def filled(self, read: Read, called: Mapping[str, Text]) -> list[Filled]:
        """The answers as the check page lists them, each with the way back to it. `called`: names of files, by id."""

    def tried(self, person: Person, read: Read) -> Accepted | Refused:
        """What the act would come to; nothing is written."""

    def before(self, person: Person, accepted: Accepted) -> Standing:
        """The standing without the act on the same day."""

    def recorded(self, person: Person, key: str) -> tuple[str, int] | None:
        """Case and number of what was recorded under a key already."""

    def record(self, person: Person, read: Read, kept: Kept) -> Receipt | Refused:
        """Do the act. Raises what `access.act` raises."""
