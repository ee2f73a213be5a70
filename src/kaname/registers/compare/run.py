"""All subjects compared. Nothing is folded but the cases whose dates an act may have moved."""

from datetime import date

from kaname.access.models import Person
from kaname.registers.compare import cases, deadlines, designations, law, pictures
from kaname.registers.compare.model import Comparison
from kaname.registers.picture import at_day, drawn_at


def compare(before: date, after: date, person: Person | None = None, today: date | None = None) -> Comparison:
    """What is different on `after` from what was on `before`, as far as a person may know of it (None: the catalogues
    alone). `after` may lie before `before`: then it is told as if time ran back. Raises BeforeTheAct."""
    one, other = at_day(before, person, today), at_day(after, person, today)
    moved, more = deadlines.changes(one, other)
    drawn = pictures.changes(drawn_at(one), drawn_at(other))
    found = [*law.changes(before, after), *designations.changes(before, after), *cases.changes(one, other), *drawn]
    return Comparison(before, after, (*found, *moved), more)
