"""What is due to a person in a stretch of days, and what was recorded since: for reminders, feeds and webhooks.

`outward`: it is to leave the office. Then nothing of a case in any compartment is in it, member or not.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from kaname.access.inbox import Item, by_role, item_of
from kaname.access.lists import parties_of
from kaname.access.models import Person, Placement
from kaname.access.predicate import covers, mandates, outside_compartments, rows_visible_to
from kaname.ledger import projection
from kaname.ledger.models import Entry, Matter

MOST = 500  # matters of one person: more than that nobody is reminded of, the inbox counts them


def due(person: Person, today: date, first: date | None, last: date, *, outward: bool = False) -> list[Item]:
    """My duties and clocks whose last day lies in these days (`first` None: however long ago), by day."""
    projection.refresh(today)
    mine = Q(pk__in=())
    for role, held in by_role(mandates(person, today)).items():
        mine |= Q(role=role) & covers(held, "case")
    if not mine:
        return []
    found = Matter.objects.filter(mine & _open(person, today, outward), sort__in=("duty", "clock"), day__lte=last)
    if first is not None:
        found = found.filter(day__gte=first)
    rows = list(found.select_related("case", "case__standing").order_by("day", "case_id", "sort", "id")[:MOST])
    parties = {} if outward or not rows else parties_of({m.case_id for m in rows})
    return [item_of(row, today, parties) for row in rows]


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry, by what names it and nothing that it holds."""

    pk: int
    case: str
    number: int
    kind: str
    seq: int
    act: str
    on: str
    recorded_at: str
    digest: str


def newest() -> int:
    """The number of the newest entry there is."""
    found = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return found or 0


def happened(person: Person, today: date, after: int, kind: str = "", size: int = 500) -> tuple[list[Happened], int]:
    """What was recorded after entry number `after` in cases that the person may know of and that lie in no compartment.

    Also: up to which entry number was looked, whoever may see it.
    """
    span = list(Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])
    if not span:
        return [], after
    seen = Entry.objects.filter(rows_visible_to(person, today) & _open(person, today, outward=True))
    seen = seen.filter(pk__gt=after, pk__lte=span[-1])
    return _told(seen.filter(case__kind=kind) if kind else seen), span[-1]


def settled(after: int, upto: int, before: str) -> int:
    """Up to which entry number all is surely seen: the last up to `upto` recorded before that instant, or `after`."""
    found = Entry.objects.filter(pk__gt=after, pk__lte=upto, recorded_at__lt=before).order_by("-pk")
    return found.values_list("pk", flat=True).first() or after


def happening(person: Person, today: date, case: str, seq: int) -> Happened | None:
    """One of them, asked for again: None where the person may no longer know of it, or it may not leave the office."""
    seen = Entry.objects.filter(rows_visible_to(person, today) & _open(person, today, outward=True))
    return next(iter(_told(seen.filter(case__public_id=case, seq=seq))), None)


def _told(seen: "QuerySet[Entry]") -> list[Happened]:
    columns = ("pk", "case__public_id", "case__number", "case__kind", "seq", "act", "effective_on", "recorded_at",
               "digest")  # fmt: skip
    return [Happened(*row) for row in seen.order_by("pk").values_list(*columns)]


def _open(person: Person, day: date, outward: bool) -> Q:
    return ~Exists(Placement.objects.filter(case=OuterRef("case_id"))) if outward else outside_compartments(person, day)
