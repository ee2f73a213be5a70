"""`visible_to`: which cases a person may know of, as one condition on the table of cases.

A case is visible when a mandate in force covers it (all cases, its kind, one of its parties, or itself) and, where it
lies in a compartment, the person is a member. Lists, pages, search, counts, export, API and jobs put this condition
into their statement; none of them looks first and asks afterwards.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

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


def covers(found: Iterable[Mandate], case: str = "") -> Q:
    """The cases that at least one of the mandates covers. `case`: the field of another table that leads to the case."""
    at, key = (f"{case}__", f"{case}_id") if case else ("", "pk")
    covered = Q(pk__in=())
    for m in found:
        one = Q(**{key: m.case_id}) if m.case_id else Q()
        if m.kind:
            one &= Q(**{f"{at}kind": m.kind})
        if m.party:
            one &= Exists(CaseParty.objects.filter(case=OuterRef(key), role=m.role, party=m.party))
        covered |= one if one else Q(pk__gt=0)
    return covered


def outside_compartments(person: Person, day: date, case: str = "case_id") -> Q:
    """The cases that lie in no compartment, or in one of which the person is a member."""
    member_of = Membership.objects.filter(in_force(day), person=person).values("compartment_id")
    return ~Exists(Placement.objects.filter(case=OuterRef(case)).exclude(compartment_id__in=member_of))


def visible_to(person: Person, day: date, held: list[Mandate] | None = None) -> Q:
    """The condition on `ledger.Case`. Two statements: the mandates of the person (unless the caller has just asked for
    them: `held`), then the caller's own."""
    return covers(mandates(person, day) if held is None else held) & outside_compartments(person, day, "pk")


def seen(person: Person, day: date) -> "QuerySet[Case]":
    """The cases a person may know of on a day."""
    return Case.objects.filter(visible_to(person, day))
