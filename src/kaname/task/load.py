"""The workload of an office: what is due by week, overdue, assigned and waiting, a row for each person.

Only of cases that the one who asks may know of, and of what is owed in roles in which they act; so the rows of two
people may differ. The number of statements does not hang on how many people or cases there are.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When

from kaname.access import api as access
from kaname.access.heaps import mine
from kaname.access.models import Person
from kaname.access.predicate import rows_visible_to
from kaname.ledger import projection
from kaname.ledger.models import Matter
from kaname.task import marks
from kaname.task.models import Assignment

WEEKS = 8
_OVERDUE, _LATER, _UNDATED = -1, WEEKS, WEEKS + 1


@dataclass(frozen=True, slots=True)
class Load:
    """A person's work, or that of nobody (`person` None). `weeks`: due in seven days from today, in the next, ...

    `assigned`: cases; `waiting`: what others owe in these.
    """

    person: Person | None
    overdue: int
    weeks: tuple[int, ...]
    later: int
    undated: int
    assigned: int
    waiting: int

    @property
    def due(self) -> int:
        return self.overdue + sum(self.weeks)


def loads(person: Person, today: date | None = None) -> list[Load]:
    """The rows of the person's office: colleagues by name, then what nobody sees to."""
    day = today or access.today()
    projection.refresh(day)
    own = mine(person, day)
    whom = Assignment.objects.filter(case=OuterRef("case_id"), office=person.office_id, person__is_active=True)
    due: dict[int | None, Counter[int]] = defaultdict(Counter)
    found = Matter.objects.filter(own, sort__in=("duty", "clock")).annotate(
        who=Subquery(whom.values("person")[:1]), slot=_slot(day)
    )
    for who, slot, n in found.order_by().values_list("who", "slot").annotate(n=Count("pk")):
        due[who][slot] += n
    others = Matter.objects.filter(rows_visible_to(person, day), ~own, sort__in=("duty", "clock"))
    others = others.filter(Exists(whom)).annotate(who=Subquery(whom.values("person")[:1]))
    waiting = dict(others.order_by().values_list("who").annotate(n=Count("pk")))
    held = Assignment.objects.filter(rows_visible_to(person, day), office=person.office_id)
    assigned = dict(held.order_by().values_list("person").annotate(n=Count("pk")))
    rows = [_load(one, due[one.pk], assigned, waiting) for one in marks.colleagues(person)]
    return [*rows, _load(None, due[None], assigned, waiting)]


def _slot(day: date) -> Case:
    weeks = [
        When(day__lt=day + timedelta(7 * (n + 1)), then=Value(n)) for n in range(WEEKS)
    ]  # fmt: skip
    return Case(
        When(Q(day=None), then=Value(_UNDATED)), When(day__lt=day, then=Value(_OVERDUE)), *weeks,
        default=Value(_LATER), output_field=IntegerField(),
    )  # fmt: skip


def _load(one: Person | None, due: Counter[int], assigned: dict[int, int], waiting: dict[int, int]) -> Load:
    key = one.pk if one else 0
    return Load(one, due[_OVERDUE], tuple(due[n] for n in range(WEEKS)), due[_LATER], due[_UNDATED],
                assigned.get(key, 0), waiting.get(key, 0))  # fmt: skip
