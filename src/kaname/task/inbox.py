"""The inbox as a person works it off: without what is put away, or what a colleague sees to; or just that."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from django.db.models import Q

from kaname.access import api as access
from kaname.access.inbox import Box, Group
from kaname.access.models import Person
from kaname.task import marks

DUE = (Group.OVERDUE, Group.TODAY, Group.WEEK)


class Show(StrEnum):
    """Which lines. OPEN: what I may still have to do; each of the others is a part of what that leaves out, or adds."""

    OPEN = ""
    MINE = "mine"  # assigned to me
    OTHERS = "others"  # assigned to a colleague
    AWAY = "away"  # seen or asleep
    ALL = "all"


def inbox(
    person: Person, show: Show = Show.OPEN, size: int = 50, groups: Sequence[Group] = tuple(Group), start: int = 0,
    today: date | None = None,
) -> list[Box]:  # fmt: skip
    """`access.inbox` of these lines."""
    day = today or access.today()
    return access.inbox(person, day, size, groups, start, only=_only(person, show, day))


def _only(person: Person, show: Show, day: date) -> Q:
    if show is Show.ALL:
        return Q()
    # What an absent colleague sees to is with their deputy meanwhile.
    me = [person.pk, *access.deputies.held(person, day).values_list("principal", flat=True)]
    office = person.office_id
    if show is Show.AWAY:
        return marks.away(person, day)
    kept = ~marks.away(person, day) if marks.has_put_away(person) else Q()
    if show is Show.MINE:
        return marks.assigned_to(me, office) & kept
    if show is Show.OTHERS:
        return marks.assigned_elsewhere(me, office) & kept
    return ~marks.assigned_elsewhere(me, office) & kept


def put_away(person: Person, today: date | None = None) -> tuple[int, int]:
    """How many lines of mine are put away, and how many of these are due within a week or overdue: told, not hidden."""
    if not marks.has_put_away(person):
        return 0, 0
    mine = (*DUE, Group.LATER, Group.UNDATED, Group.TURN)
    boxes = inbox(person, Show.AWAY, 1, mine, 0, today)
    return sum(b.count for b in boxes), sum(b.count for b in boxes if b.group in DUE)
