"""`visible_to`: which cases a person may know of, as one condition on the table of cases.

A case is visible when a mandate in force covers it (all cases, its kind, one of its parties, or itself) and, where it
lies in a compartment, the person is a member. Lists, pages, search, counts, export, API and jobs put this condition
into their statement; none of them looks first and asks afterwards.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, F, Q, QuerySet, Value

from kaname.access.models import Mandate, Person
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case


def in_force(day: date) -> Q:
    """A right that runs on a day, its first and last day included."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate in force, as it counts for the person: read at every request, so no object is made of its table.

    `lent_by`: the public id of whom the person deputises for; of those, `cleared` as `Deputy.cleared_by`.
    """

    role: str
    kind: str
    party: str
    case_id: int | None
    valid_from: date
    valid_until: date | None
    may_act: bool
    sealed: bool
    lent_by: str = ""
    cleared: bool = True


_ONCE: ContextVar[dict[tuple[int, date], list[Held]] | None] = ContextVar("mandates asked once", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it, as within one statement, the mandates of a person are those that were first asked for. For a page that
    only reads, put together of many parts; never around anything that is done."""
    before = _ONCE.set({})
    try:
        yield
    finally:
        _ONCE.reset(before)


def mandates(person: Person, day: date) -> list[Held]:
    """The mandates of a person in force on a day, and those lent to them (`lent_by`) by whom they deputise for; none
    for one whose account has ended (asked anew)."""
    if not person.is_active:
        return []
    if (once := _ONCE.get()) is None:
        return _asked(person, day)
    if (person.pk, day) not in once:
        once[person.pk, day] = _asked(person, day)
    return list(once[person.pk, day])


def _asked(person: Person, day: date) -> list[Held]:
    on = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(_MANDATES, [person.pk, on, on, person.pk, on, on, on, on])
        found = [Held(*row[1:]) for row in cursor.fetchall()]
    if not any(m.lent_by for m in found):
        return found
    own = [m for m in found if not m.lent_by]
    return own + [one for m in found if m.lent_by for one in _as_lent(m, own)]


# Asked at every request, some times: as text it costs a fifth of what building it does. What is sealed is not lent, and
# what was lent is not lent on.
_COLUMNS = "m.id, m.role, m.kind, m.party, m.case_id, m.valid_from, m.valid_until"
_MANDATES = (
    f"SELECT {_COLUMNS}, m.may_act, m.sealed, '' AS lent_by, true AS cleared FROM access_mandate AS m "
    "JOIN access_person AS p ON p.id = m.person_id WHERE m.person_id = %s AND p.is_active AND m.valid_from <= %s "
    "AND (m.valid_until IS NULL OR m.valid_until >= %s) UNION ALL "
    f"SELECT {_COLUMNS}, m.may_act AND d.may_act, false, q.public_id, d.cleared_by_id IS NOT NULL "
    "FROM access_deputy AS d JOIN access_person AS p ON p.id = d.person_id AND p.is_active "
    "JOIN access_person AS q ON q.id = d.principal_id AND q.is_active JOIN access_mandate AS m ON m.person_id = q.id "
    "WHERE d.person_id = %s AND d.valid_from <= %s AND (d.valid_until IS NULL OR d.valid_until >= %s) "
    "AND m.valid_from <= %s AND (m.valid_until IS NULL OR m.valid_until >= %s) ORDER BY 1"
)


def _as_lent(m: Held, own: Sequence[Held]) -> list[Held]:
    """A lent mandate as far as it counts: without the kinds in which people act in person, where neither an
    administrator agreed nor the deputy holds the role there."""
    personal = [id for id, kind in kinds().items() if kind.in_person]
    if m.cleared or not personal:
        return [m]
    held = {(o.role, kind) for o in own for kind in ([o.kind] if o.kind else personal)}
    shut = {kind for kind in personal if (m.role, kind) not in held}
    if m.kind:
        return [] if m.kind in shut else [m]
    return [replace(m, kind=kind) for kind in kinds() if kind not in shut] if shut else [m]


# Says nothing of a column: a condition on the key would lead a planner away from the index that has the order.
EVERY = Q(Value(True, output_field=BooleanField()))


def covers(found: Iterable[Held | Mandate], case: str = "") -> Q:
    """The cases that at least one of the mandates covers. `case`: the field of another table that leads to the case."""
    at, key = (f"{case}__", f"{case}_id") if case else ("", "pk")
    alike: dict[tuple[str, int | None], list[Held | Mandate]] = defaultdict(list)
    for m in found:
        alike[m.kind, m.case_id].append(m)
    covered = Q(pk__in=())
    for (kind, pk), group in alike.items():
        one = (Q(**{key: pk}) if pk else Q()) & (Q(**{f"{at}kind": kind}) if kind else Q())
        if all(m.party for m in group):
            one &= Q(_Filled(key, group))
        if not one:
            return EVERY  # what the other mandates cover lies in it
        covered |= one
    return covered


class Written(Expression, ABC):
    """A condition on the key of a case, written in SQL: building it anew would cost each list more than asking it."""

    def __init__(self, case: str) -> None:
        super().__init__(output_field=BooleanField())
        self.case: Any = F(case)

    def get_source_expressions(self) -> list[Any]:
        return [self.case]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.case,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        case, params = compiler.compile(self.case)
        written, values = self.written(connection)
        return written.replace("CASE_ID", case), [*params, *values]

    @abstractmethod
    def written(self, connection: Any) -> tuple[str, list[Any]]:
        """The SQL, in which CASE_ID stands once, before every mark, for the key of the case."""


class _Filled(Written):
    """The cases in which one of the parties of the mandates fills its role; one look-up however many there are."""

    def __init__(self, case: str, found: Iterable[Held | Mandate]) -> None:
        super().__init__(case)
        parties: dict[str, set[str]] = defaultdict(set)
        for m in found:
            parties[m.role].add(m.party)
        self.parties = tuple((role, tuple(sorted(names))) for role, names in parties.items())

    def written(self, connection: Any) -> tuple[str, list[Any]]:
        filled = " OR ".join(
            [f"(role = %s AND party IN ({', '.join(['%s'] * len(names))}))" for _, names in self.parties]
        )
        values = [value for role, names in self.parties for value in (role, *names)]
        return f"CASE_ID IN (SELECT case_id FROM ledger_caseparty WHERE {filled})", values


class _Outside(Written):
    """The cases that lie in no compartment, or in one of which the person is a member on that day."""

    def __init__(self, case: str, person: int, day: date) -> None:
        super().__init__(case)
        self.person, self.day = person, day

    def written(self, connection: Any) -> tuple[str, list[Any]]:
        day = connection.ops.adapt_datefield_value(self.day)
        return _OUTSIDE, [self.person, day, day]


_OUTSIDE = (
    "NOT EXISTS (SELECT 1 FROM access_placement AS v WHERE v.case_id = CASE_ID AND v.compartment_id NOT IN "
    "(SELECT u.compartment_id FROM access_membership AS u WHERE u.person_id = %s AND u.valid_from <= %s "
    "AND (u.valid_until IS NULL OR u.valid_until >= %s)))"
)


# The same for who reads every row: the hidden cases are looked up once, not each row by itself.
_HIDDEN = (
    "SELECT v.case_id FROM access_placement AS v WHERE v.compartment_id NOT IN "
    "(SELECT u.compartment_id FROM access_membership AS u WHERE u.person_id = %s AND u.valid_from <= %s "
    "AND (u.valid_until IS NULL OR u.valid_until >= %s))"
)
_OUTSIDE_OF_ALL = f"CASE_ID NOT IN ({_HIDDEN})"


class _OutsideOfAll(_Outside):
    def written(self, connection: Any) -> tuple[str, list[Any]]:
        return _OUTSIDE_OF_ALL, super().written(connection)[1]


def outside_compartments(person: Person, day: date, case: str = "case_id", every_row: bool = False) -> Q:
    """The cases that lie in no compartment, or in one of which the person is a member."""
    return Q((_OutsideOfAll if every_row else _Outside)(case, person.pk, day))


def hidden_from(person: Person, day: date) -> tuple[str, list[Any]]:
    """The SQL of the cases in compartments of others: all that is hidden from who acts in every case."""
    on = connection.ops.adapt_datefield_value(day)
    return _HIDDEN, [person.pk, on, on]


def visible_to(person: Person, day: date, held: list[Held] | None = None) -> Q:
    """The condition on `ledger.Case`. Two statements: the mandates of the person (unless the caller has just asked for
    them: `held`), then the caller's own."""
    return covers(mandates(person, day) if held is None else held) & outside_compartments(person, day, "pk")


def rows_visible_to(person: Person, day: date, held: list[Held] | None = None, every_row: bool = False) -> Q:
    """The same condition on a table that leads to the case by `case`. Put into its own statement, not by a list of
    cases beside it: a page is then read off an index and ends with its last row. `every_row`: the statement reads all.
    """
    held = mandates(person, day) if held is None else held
    return covers(held, "case") & outside_compartments(person, day, every_row=every_row)


def seen(person: Person, day: date) -> "QuerySet[Case]":
    """The cases a person may know of on a day."""
    return Case.objects.filter(visible_to(person, day))
