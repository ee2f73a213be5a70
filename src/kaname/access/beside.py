"""What is written beside a case (notes, checklists, measures) lies in its circle and goes with it (`attached`)."""

from kaname.access.door import find
from kaname.access.models import Person
from kaname.ledger.models import Case


def hold(person: Person, case: str) -> Case:
    """As `find`; and the case goes into no other circle until the transaction ends, within which this is asked.

    Whoever waited for a move sees the case where it has come to, or no more. Raises UnknownCase.
    """
    Case.objects.select_for_update().get(pk=find(person, case).pk)
    return find(person, case)
