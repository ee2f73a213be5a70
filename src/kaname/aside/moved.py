"""Notes and lines of checklists go into the circle that their case goes into."""

from kaname.access.models import Person
from kaname.aside import checklist, notes
from kaname.ledger.models import Case
from kaname.procedure import Entry


class Moves:
    """See `access.attached.Attached`."""

    def claim(self, person: Person, kind_id: str, case: Case | None, entry: Entry, key: str) -> None:
        pass

    def bind(self, case: str, entry: Entry) -> None:
        pass

    def moved(self, case: str) -> None:
        notes.seal_again(case)
        checklist.seal_again(case)
