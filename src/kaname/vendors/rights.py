"""Who is who: a vendor's own people, an operator's, the authority's. Each look-up holds its condition in one statement,
so that what is hidden and what is absent are the same answer after the same work."""

import re
from dataclasses import replace

from django.db.models import Exists, OuterRef, QuerySet

from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Person
from kaname.access.predicate import Held, in_force, mandates, rows_visible_to
from kaname.law import T
from kaname.ledger import clock
from kaname.regimes.infrastructure.roles import AGENCIES, MINISTER, OPERATOR, PM
from kaname.vendors.models import Member, Preparation, Use, Vendor

KIND = "infrastructure.plan"
AUTHORITY = frozenset({MINISTER.id, PM.id, AGENCIES.id})
_ID = re.compile(r"[a-z2-7]{16}")
_READS_ONLY = T("この権限では見るだけ", "this mandate only lets you read")


# -- vendors' own people ----------------------------------------------------------------------------------------------


def own_vendors(person: Person) -> "QuerySet[Vendor]":
    """The vendors that a person speaks for today."""
    held = Member.objects.filter(in_force(clock.today()), vendor=OuterRef("pk"), person=person, person__is_active=True)
    return Vendor.objects.filter(Exists(held)).order_by("name", "pk")


def own_vendor(person: Person, public_id: str) -> Vendor:
    """One of them. Raises Unknown for any other, there or not."""
    found = own_vendors(person).filter(public_id=asked(public_id)).first()
    if found is None:
        raise Unknown
    return found


def asked(public_id: str) -> str:
    """An id as it may go into a statement: one that none can be becomes one that none is."""
    return public_id if _ID.fullmatch(public_id) else "-"


# -- operators --------------------------------------------------------------------------------------------------------


def operator_mandates(person: Person) -> list[Held]:
    """The mandates under which a person prepares plans, for an operator or for all."""
    held = mandates(person, clock.today())
    return [m for m in held if not m.lent_by and m.role == OPERATOR.id and m.kind in ("", KIND) and m.case_id is None]


def own_preparations(person: Person) -> "QuerySet[Preparation]":
    """The plans in preparation of the operators for whom a person acts, the newest first."""
    held = operator_mandates(person)
    found = Preparation.objects.select_related("case").order_by("-pk")
    return found if any(not m.party for m in held) else found.filter(operator__in={m.party for m in held})


def own_preparation(person: Person, public_id: str, acting: bool = False) -> Preparation:
    """One of them. Raises Unknown; NotAllowed where the person may see it and not work on it (`acting`)."""
    found = own_preparations(person).filter(public_id=asked(public_id)).first()
    if found is None:
        raise Unknown
    if acting and not acts_for(person, found.operator):
        raise NotAllowed(_READS_ONLY)
    return found


def operators(person: Person) -> list[str]:
    """The operators for whom a person may prepare plans, by name; empty, too, where it is every one."""
    held = [m for m in operator_mandates(person) if m.may_act]
    return [] if any(not m.party for m in held) else sorted({m.party for m in held})


def may_prepare(person: Person) -> bool:
    return any(m.may_act for m in operator_mandates(person))


def acts_for(person: Person, operator: str) -> bool:
    return any(m.may_act and m.party in ("", operator) for m in operator_mandates(person))


def reads_sealed_of(person: Person, operator: str) -> bool:
    """Whether an operator's person may read what is sealed."""
    return any(m.sealed and m.party in ("", operator) for m in operator_mandates(person))


# -- the authority ----------------------------------------------------------------------------------------------------


def authority_mandates(person: Person) -> list[Held]:
    """Those that count for plans. Whatever is filed with a passport is a plan: as `kind` need not be asked of each row
    again, it is left out of them."""
    held = [m for m in mandates(person, clock.today()) if m.role in AUTHORITY and m.kind in ("", KIND)]
    held = [m for m in held if not m.lent_by]  # a deputy stands in in cases, not in what vendors disclose
    return [replace(m, kind="") for m in held]


def filed_uses(person: Person, held: list[Held] | None = None) -> "QuerySet[Use]":
    """The uses in filed plans that a person may know of for the authority."""
    held = authority_mandates(person) if held is None else held
    return Use.objects.filter(rows_visible_to(person, clock.today(), held), case__isnull=False)


def known_vendor(person: Person, public_id: str, held: list[Held] | None = None) -> Vendor:
    """A vendor that stands in a filed plan which the person may know of. Raises Unknown."""
    uses = filed_uses(person, held).filter(vendor=OuterRef("pk"))
    found = Vendor.objects.filter(Exists(uses), public_id=asked(public_id)).first()
    if found is None:
        raise Unknown
    return found
