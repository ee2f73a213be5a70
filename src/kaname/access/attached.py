"""What other rooms keep beside a case and must know of what is done in it: documents (`kaname.papers`) register here.

Access stands below them and does not know them; every door goes through `act`, `open_case` and `place`, and so do they.
"""

from collections.abc import Callable
from typing import Protocol

from kaname.access.models import Person
from kaname.ledger.models import Case
from kaname.procedure import Entry, Refused


class Attached(Protocol):
    """Called around what a person does. What is claimed must bear that the act is never recorded after all."""

    def claim(self, person: Person, kind_id: str, case: Case | None, entry: Entry, key: str) -> Refused | None:
        """Before an act is judged: what its entry names is taken for it, or the reasons against.

        `key`: the key under which the ledger records it; `case` None: it will open a case.
        """

    def bind(self, case: str, entry: Entry) -> None:
        """After the receipt of an act: what was claimed for it belongs to this case."""

    def moved(self, case: str) -> None:
        """Within the transaction: the case has come into another circle."""


REGISTERED: list[Attached] = []
MOVES: list[Callable[[str], None]] = []  # of what no act names (notes, measures): as `Attached.moved`


def claim(person: Person, kind_id: str, case: Case | None, entry: Entry, key: str) -> Refused | None:
    """The first refusal, or None."""
    answers = (one.claim(person, kind_id, case, entry, key) for one in REGISTERED)
    return next((answer for answer in answers if answer), None)


def bind(case: str, entry: Entry) -> None:
    for one in REGISTERED:
        one.bind(case, entry)


def moved(case: str) -> None:
    for one in REGISTERED:
        one.moved(case)
    for move in MOVES:
        move(case)
