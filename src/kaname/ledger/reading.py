"""Reading: the entries of a case, where it stands on a day and as known at an instant, lists."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from kaname.ledger import clock, projection, store
from kaname.ledger.errors import UnknownCase
from kaname.ledger.kinds import kind
from kaname.ledger.models import Standing as Row
from kaname.procedure import Entry, Standing, at, fold


def head(case: str) -> store.Head:
    """The case of a public id and the head of its chain. Raises UnknownCase."""
    found = store.head(case)
    if found is None:
        raise UnknownCase
    return found


def entries(case: str) -> list[Entry]:
    """The ledger of a case as the kernel reads it, in the order in which it was recorded."""
    return store.entries(head(case).pk)


def standing(case: str, as_of: date | None = None, known_at: datetime | None = None) -> Standing:
    """Where a case stands at the end of a day (default: today in Japan), as known at an instant (default: now)."""
    return _standing(head(case), as_of or clock.today(), known_at)


def standings(cases: Sequence[int], as_of: date | None = None) -> dict[int, Standing]:
    """Where several cases (their keys) stand at the end of a day, read together."""
    day, heads = as_of or clock.today(), store.heads(cases)
    last = store.standings(heads)
    past = store.entries_of([h.pk for h in heads if last[h.pk].as_of > day])
    return {
        pk: fold(found.kind, past[pk], day) if pk in past else at(found.kind, found, day) for pk, found in last.items()
    }


def _standing(found: store.Head, day: date, known_at: datetime | None = None) -> Standing:
    if known_at is None:
        last = store.standing(found)
        if last.as_of <= day:
            return at(last.kind, last, day)
    return fold(kind(found.kind), store.entries(found.pk), day, known_at)


def context(cases: Mapping[str, str], on: date) -> tuple[dict[str, Standing], dict[str, Any]]:
    """Standings of other cases on a day, by name, and the heads they were read at, to be written into the entry."""
    heads = {name: head(case) for name, case in cases.items()}
    written = {n: {"case": h.public_id, "seq": h.head_seq, "digest": h.head_digest} for n, h in heads.items()}
    return {name: _standing(h, on) for name, h in heads.items()}, written


def listed(kind_id: str = "", today: date | None = None) -> "QuerySet[Row]":
    """Rows of the projection, by next due day, brought up to date first."""
    projection.refresh(today)
    found = Row.objects.select_related("case").order_by("next_due_on", "case_id")
    return found.filter(kind=kind_id) if kind_id else found
