"""`visible_to`: which cases a person may know of, as one condition on the table of cases.

A case is visible when a mandate in force covers it (all cases, its kind, one of its parties, or itself) and, where it
lies in a compartment, the person is a member. Lists, pages, search, counts, export, API and jobs put this condition
into their statement; none of them looks first and asks afterwards.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value

from kaname.access.models import Mandate, Membership, Person, Placement
from kaname.ledger.models import Case, CaseParty


def in_force(day: date) -> Q:
    """A right that runs on a day, its first and last day included."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def mandates(person: Person, day: date) -> list[Mandate]:
    """The mandates of a person in force on a day; none for one whose account has ended (asked anew)."""
    if not person.is_active:
        return []
    return list(Mandate.objects.filter(in_force(day), person=person, person__is_active=True).order_by("pk"))


# Says nothing of a column: a condition on the key would lead a planner away from the index that has the order.
EVERY = Q(Value(True, output_field=BooleanField()))


def covers(found: Iterable[Mandate], case: str = "") -> Q:
    """The cases that at least one of the mandates covers. `case`: the field of another table that leads to the case."""
    at, key = (f"{case}__", f"{case}_id") if case else ("", "pk")
    alike: dict[tuple[str, int | None], list[Mandate]] = defaultdict(list)
    for m in found:
        alike[m.kind, m.case_id].append(m)
    covered = Q(pk__in=())
    for (kind, pk), group in alike.items():
        one = (Q(**{key: pk}) if pk else Q()) & (Q(**{f"{at}kind": kind}) if kind else Q())
        if all(m.party for m in group):
            one &= Q(**{f"{key}__in": _cases_of(group)})
        if not one:
            return EVERY  # what the other mandates cover lies in it
        covered |= one
    return covered


def _cases_of(found: Iterable[Mandate]) -> "QuerySet[CaseParty, int]":
    """The cases in which one of the parties of the mandates fills its role; one look-up however many there are."""
    parties: dict[str, set[str]] = defaultdict(set)
    for m in found:
        parties[m.role].add(m.party)
    filled = Q(pk__in=())
    for role, names in parties.items():
        filled |= Q(role=role, party__in=sorted(names))
    return CaseParty.objects.filter(filled).values("case_id")


def outside_compartments(person: Person, day: date, case: str = "case_id") -> Q:
    """The cases that lie in no compartment, or in one of which the person is a member."""
    member_of = Membership.objects.filter(in_force(day), person=person).values("compartment_id")
    return ~Exists(Placement.objects.filter(case=OuterRef(case)).exclude(compartment_id__in=member_of))


def visible_to(person: Person, day: date, held: list[Mandate] | None = None) -> Q:
    """The condition on `ledger.Case`. Two statements: the mandates of the person (unless the caller has just asked for
    them: `held`), then the caller's own."""
    return covers(mandates(person, day) if held is None else held) & outside_compartments(person, day, "pk")


def rows_visible_to(person: Person, day: date, held: list[Mandate] | None = None) -> Q:
    """The same condition on a table that leads to the case by `case`. Put into its own statement, not by a list of
    cases beside it: a page is then read off an index and ends with its last row."""
    return covers(mandates(person, day) if held is None else held, "case") & outside_compartments(person, day)


def seen(person: Person, day: date) -> "QuerySet[Case]":
    """The cases a person may know of on a day."""
    return Case.objects.filter(visible_to(person, day))
