"""The living checklist of the management measures (府令10条): the last line of each measure, and all lines before it.

It is an office's own note. What the law asks to be declared is the act 「適正管理措置を講じる」 in the ledger.
What shows a measure is about the designated matter: it lies sealed for the circle of its case, and goes with it.
"""

from dataclasses import dataclass

from django.db import transaction

from kaname.access import api as access
from kaname.access.models import Person
from kaname.desk.models import Measure as Line
from kaname.regimes.patents.measures import MEASURES, Measure, asked_of
from kaname.regimes.patents.registers import operators_of

LONGEST, KIND = 2000, "patents.application"


@dataclass(frozen=True, slots=True)
class Checked:
    """A measure asked of a party: how it stands now, and the lines before, newest first."""

    measure: Measure
    now: Line | None
    before: tuple[Line, ...]


def parties(seen: access.Seen) -> tuple[str, ...]:
    """The designated applicant ("") and the sharing operators on record."""
    return ("", *(o.operator for o in operators_of(seen.standing)))


def checklist(person: Person, case: str, party: str = "", every: bool = False) -> list[Checked]:
    """The measures in the order of the ordinance. `every`: also those that are asked of others. Raises UnknownCase."""
    found = access.find(person, case)
    lines: dict[str, list[Line]] = {}
    for line in Line.objects.filter(case=found, party=party).select_related("person").order_by("-pk"):
        lines.setdefault(line.measure, []).append(line)
    asked = asked_of(sharer=bool(party))
    return [
        Checked(m, next(iter(lines.get(m.id, ())), None), tuple(lines.get(m.id, ())[1:]))
        for m in MEASURES
        if every or m.id in asked
    ]


@transaction.atomic
def note(person: Person, case: str, party: str, measure: str, status: str, evidence: str) -> bool:
    """Add a line, unless it says what the last one says. Raises UnknownCase, ValueError for names that are none."""
    found = access.hold(person, case)
    if measure not in asked_of(sharer=bool(party)) or status not in Line.Status.values:
        raise ValueError(f"no measure {measure!r} or status {status!r}")
    last = Line.objects.filter(case=found, party=party, measure=measure).order_by("-pk").first()
    evidence = evidence.replace("\r\n", "\n").strip()[:LONGEST]
    if last and (last.status, last.evidence) == (status, evidence):
        return False
    line = Line(case=found, party=party, measure=measure, status=status, person=person)
    line.show(evidence, found.circle)
    line.save()
    return True


def moved(case: str) -> None:
    """What was written goes into the circle that its case goes into, within that transaction (`access.attached`)."""
    for line in Line.objects.select_for_update(of=("self",)).filter(case__public_id=case).select_related("case"):
        line.show(line.evidence, line.case.circle)
        line.save(update_fields=["sealed"])
