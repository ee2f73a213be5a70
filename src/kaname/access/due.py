"""What is due to a person in a stretch of days, and what was recorded since: for reminders, feeds and webhooks.

`outward`: it is to leave the office. Then nothing of a case in any compartment is in it, member or not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from kaname.access.heaps import DUE, ORDER, mine_alone, named
from kaname.access.items import Item, items
from kaname.access.models import Person, Placement
from kaname.access.predicate import Held, outside_compartments, rows_visible_to
from kaname.ledger import projection
from kaname.ledger.models import Entry

MOST = 500  # matters of one person: more than that nobody is reminded of, the inbox counts them


class Owed(NamedTuple):
    """A duty or clock of mine with a last day, by what names it."""

    pk: int
    case: str
    kind: str
    sort: str
    name: str
    run: str
    role: str
    day: date


def owed(person: Person, today: date, first: date | None, last: date, *, outward: bool = False) -> list[Owed]:
    """My duties and clocks whose last day lies in these days (`first` None: however long ago), by day."""
    projection.refresh(today)
    head, params, aliases = named(mine_alone(person, today, _open(person, today, outward)))
    if not aliases:
        return []
    days = [connection.ops.adapt_datefield_value(day) for day in (last, first or date.min)]
    order = ", ".join(ORDER)
    first_of_each = " UNION ALL ".join(
        f"SELECT * FROM (SELECT id FROM {alias} WHERE {DUE} AND day <= %s AND day >= %s ORDER BY {order} LIMIT {MOST}) "
        "AS h" for alias in aliases["mine"]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f"{head} SELECT m.id, c.public_id, c.kind, m.sort, m.name, m.run, m.role, m.day FROM ({first_of_each}) "
            "AS o JOIN ledger_matter AS m ON m.id = o.id JOIN ledger_case AS c ON c.id = m.case_id "
            f"ORDER BY m.day, m.case_id, m.sort, m.id LIMIT {MOST}", params + days * len(aliases["mine"]),
        )  # fmt: skip
        return [Owed._make(row) for row in cursor.fetchall()]


def how_many(person: Person, today: date, held: Sequence[Held], most: int) -> int:
    """How many of my duties and clocks are overdue or end today, counted up to `most`. `held`: my mandates."""
    head, params, aliases = named(mine_alone(person, today, held=held))
    if not aliases:
        return 0
    mine = " UNION ALL ".join(f"SELECT 1 FROM {alias} WHERE {DUE} AND day <= %s" for alias in aliases["mine"])
    params += [connection.ops.adapt_datefield_value(today)] * len(aliases["mine"])
    with connection.cursor() as cursor:
        cursor.execute(f"{head} SELECT count(*) FROM (SELECT * FROM ({mine}) AS m LIMIT {most}) AS n", params)
        return int(cursor.fetchone()[0])


def due(person: Person, today: date, first: date | None, last: date, *, outward: bool = False) -> list[Item]:
    """The same as lines."""
    found = owed(person, today, first, last, outward=outward)
    made = lines(found, today, outward=outward)
    return [made[one.pk] for one in found if one.pk in made]


def lines(found: Iterable[Owed], today: date, *, outward: bool = False) -> dict[int, Item]:
    """What `owed` found for a person as lines, by key. What leaves the office names no party."""
    return items((one.pk for one in found), today, with_parties=not outward)


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
