"""The whole checklist of a case as a value."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaname.access.api import Seen
from kaname.access.models import Person
from kaname.aside import checklist
from kaname.aside.models import Tick
from kaname.web.case.demands import Group, demands
from kaname.web.case.page import Page


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole checklist of a case: what the law asks, what the office wants, what people added, and the ticks."""

    groups: Sequence[Group]
    wanted: Sequence[checklist.Own]
    own: Sequence[checklist.Own]
    ticks: dict[str, Tick]

    @property
    def keys(self) -> list[str]:
        """The lines that count towards the progress."""
        counted = [line.key for group in self.groups if group.counts for line in group.lines]
        return [*counted, *(line.key for line in (*self.wanted, *self.own))]

    @property
    def total(self) -> int:
        return len(self.keys)

    @property
    def done(self) -> int:
        return sum(key in self.ticks and self.ticks[key].done for key in self.keys)

    @property
    def known(self) -> set[str]:
        return {line.key for group in self.groups for line in group.lines} | set(self.keys)


def progress(person: Person, found: Seen, shown: Page) -> tuple[int, int]:
    """How many lines are ticked, and of how many."""
    asked = {x.key for group in demands(found.standing.kind, shown) if group.counts for x in group.lines}
    wanted, ticked = checklist.summary(person, found.case)
    return len((asked | wanted) & ticked), len(asked | wanted)


def sheet(person: Person, found: Seen, shown: Page) -> Sheet:
    wanted = [checklist.Own(f"office/{t.public_id}", t.text) for t in checklist.templates(person, [found.case.kind])]
    return Sheet(
        demands(found.standing.kind, shown), wanted, checklist.lines(person, found.case), checklist.ticks(found.case)
    )
