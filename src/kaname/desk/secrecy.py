"""The register of persons bound to secrecy, as far as a person may see it.

The secretariat of a council, and whoever formed it, see everyone bound by it; so do those who keep a commissioned
study. Everybody else sees their own lines: those of cases they may know of, and, after leaving a council, what was
known when they left. Nobody learns from it of a council they may not know of.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kaname.access import api as access
from kaname.access import exits
from kaname.access.door import hidden
from kaname.access.may import covering
from kaname.access.models import Person
from kaname.ledger import reading
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case
from kaname.regimes.technology.secrecy import Bound, register

# The roles that keep the register of a case of the kind.
KEEPERS = {
    "technology.council": frozenset({"council_secretariat", "convening_minister", "fund_minister", "rd_minister"}),
    "technology.research_commission": frozenset({"research_body", "prime_minister"}),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A person bound, and the case, "" for one that the reader may no longer know of."""

    bound: Bound
    case: str
    own: bool


def lines(person: Person) -> list[Line]:
    """In order of names, then of days."""
    found = [*_of_cases(person), *_of_the_past(person)]
    return sorted(found, key=lambda line: (line.bound.person, line.bound.since, line.bound.case))


def _of_cases(person: Person) -> Iterator[Line]:
    for kind, keepers in KEEPERS.items():
        for at in access.standings(person, kind) if kind in kinds() else ():
            whole = any(m.role in keepers for m in covering(person, at.case))
            for row in register({at.case.public_id: at.standing}):
                if whole or row.person == person.name:
                    yield Line(row, at.case.public_id, row.person == person.name)


def _of_the_past(person: Person) -> Iterator[Line]:
    """What binds a person who has left: their own lines, as they stood and were known then."""
    for case, on, at in exits.left(person):
        kind = Case.objects.values_list("kind", flat=True).get(public_id=case)
        if kind not in KEEPERS:
            continue
        standing = reading.standing(case, on, at)
        for row in register({case: access.redacted(standing, hidden(case, standing))}):
            if row.person == person.name:
                yield Line(row, "", True)
