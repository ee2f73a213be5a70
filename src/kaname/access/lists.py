"""The cases a person may know of, as lists show them: a page in a constant number of statements.

Rows are read from the projection through `visible_to`; what a day has changed is brought up to date before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Q, QuerySet

from kaname.access.models import Person
from kaname.access.predicate import rows_visible_to
from kaname.law import Text
from kaname.ledger import clock, projection, replica
from kaname.ledger.kinds import kind
from kaname.ledger.models import CaseParty
from kaname.ledger.models import Standing as Row
from kaname.procedure.declare import CaseKind


def state_label(kind_id: str, state: str) -> Text:
    """What the stage of a case is called (`procedure.stage`); procedures that share a state call it alike."""
    return stages(kind(kind_id)).get(state, _NOT_BEGUN)


_NOT_BEGUN = Text("未開始", "not begun")


@cache
def stages(of: CaseKind) -> dict[str, Text]:
    """Every state in which a case of the kind may be shown, with its word."""
    return {state: p.label_of(state) for p in reversed(of.procedures) for state in p.states}


def reference_label(kind_id: str, reference: str) -> Text:
    """By what people know a case, in words: a particular that is chosen from a list is kept by its id."""
    return _chosen_references(kind(kind_id)).get(reference) or Text(reference, reference)


@cache
def _chosen_references(of: CaseKind) -> dict[str, Text]:
    fields = ((f"{p.id}.{f.id}", f) for p in of.procedures for a in p.acts for f in a.fields)
    return {option.id: option.label for name, f in fields if name in of.reference for option in f.options}


def parties_of(cases: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The names of the parties of several cases."""
    found: dict[int, tuple[str, ...]] = {}
    rows = CaseParty.objects.filter(case__in=list(cases)).order_by("pk").values_list("case_id", "party")
    for case, party in rows:
        found[case] = tuple(dict.fromkeys((*found.get(case, ()), party)))
    return found


# -- cases -----------------------------------------------------------------------------------------------------------

COUNTED = 1000  # rows of a list counted at the most, as in an inbox; one may turn its pages further

SORTS = {
    "due": (F("next_due_on").asc(nulls_last=True), "case_id"),
    "-due": (F("next_due_on").desc(nulls_last=True), "-case_id"),
    "number": ("case__series", "case__number"),
    "-number": ("-case__series", "-case__number"),
    "opened": ("case__opened_on", "case__series", "case__number"),
    "-opened": ("-case__opened_on", "-case__series", "-case__number"),
    "state": ("kind", "state", "case_id"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases a list shows. Empty: all."""

    kind: str = ""
    state: str = ""
    party: str = ""
    overdue: bool = False
    breach: bool = False
    due_from: date | None = None
    due_until: date | None = None
    sort: str = "due"

    def condition(self) -> Q:
        found = Q()
        for name in ("kind", "state"):
            if value := getattr(self, name):
                found &= Q(**{name: value})
        for name in ("overdue", "breach"):
            if getattr(self, name):
                found &= Q(**{name: True})
        if self.party:
            found &= Q(case__in=CaseParty.objects.filter(party=self.party).values("case"))
        if self.due_from:
            found &= Q(next_due_on__gte=self.due_from)
        if self.due_until:
            found &= Q(next_due_on__lte=self.due_until)
        return found


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list of cases."""

    case: str
    number: int
    series: str
    reference: str
    kind: str
    kind_label: Text
    state: str
    state_label: Text
    opened_on: date
    next_due_on: date | None
    days: int | None
    overdue: bool
    breach: bool
    parties: tuple[str, ...]
    pk: int = field(repr=False, compare=False)  # for what else a page reads of its rows; never shown


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `start + 1` to `start + len(rows)` of `total` (`more`: of at least so many)."""

    rows: tuple[CaseRow, ...]
    start: int
    size: int
    total: int
    more: bool = False


def listed(
    person: Person, wanted: Wanted = Wanted(), start: int = 0, size: int = 50, today: date | None = None
) -> Page:
    """A page of the cases a person may know of. Raises KeyError for a sort that is not in SORTS."""
    day = today or clock.today()
    projection.refresh(day)
    with replica.reading():
        return _listed(person, wanted, start, size, day)


def _listed(person: Person, wanted: Wanted, start: int, size: int, day: date) -> Page:
    found = Row.objects.filter(wanted.condition(), rows_visible_to(person, day))
    rows = shown(found.order_by(*SORTS[wanted.sort])[start : start + size])
    if rows and len(rows) < size:
        return Page(tuple(rows_of(rows, day)), start, size, start + len(rows))
    most = max(COUNTED, start + len(rows) + 1)  # the page after this one can be turned to
    total = counted(found, most + 1)
    return Page(tuple(rows_of(rows, day)), start, size, min(total, most), total > most)


class _Shown(NamedTuple):
    """What a list shows of the projection and its case: read without making objects of both tables."""

    case_id: int
    kind: str
    state: str
    next_due_on: date | None
    overdue: bool
    breach: bool
    reference: str
    public_id: str
    number: int
    series: str
    opened_on: str


_COLUMNS = (*_Shown._fields[:7], *(f"case__{name}" for name in _Shown._fields[7:]))


def shown(found: "QuerySet[Row]") -> list[_Shown]:
    return [_Shown._make(row) for row in found.values_list(*_COLUMNS)]


def counted(found: "QuerySet[Row]", most: int) -> int:
    """How many rows there are, counted up to `most`."""
    try:
        statement, params = found.order_by().values("pk")[:most].query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connections[found.db].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({statement}) AS n", params)
        return int(cursor.fetchone()[0])


def rows_of(rows: Sequence[_Shown], today: date) -> list[CaseRow]:
    """Rows of the projection as a list shows them."""
    parties = parties_of(r.case_id for r in rows)
    return [
        CaseRow(
            r.public_id, r.number, r.series, r.reference, r.kind, kind(r.kind).label, r.state,
            state_label(r.kind, r.state), date.fromisoformat(r.opened_on), r.next_due_on,
            (r.next_due_on - today).days if r.next_due_on else None, r.overdue, r.breach,
            parties.get(r.case_id, ()), r.case_id,
        )
        for r in rows
    ]  # fmt: skip
