"""The same vendor across plans, for the authority: who stands in which filed plans, and what was recorded of them.

Each list is a page read off an index; the number of statements does not grow with the number of plans.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from kaname.access.errors import NotAllowed
from kaname.access.models import Person
from kaname.access.predicate import rows_visible_to
from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.vendors import vault
from kaname.vendors.models import Note, Vendor
from kaname.vendors.rights import authority_mandates, filed_uses, known_vendor

PAGE = 50
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Across:
    """A vendor in the list: in how many plans it stands, as far as the person may know of them."""

    id: str
    name: str
    country: str
    plans: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A place of a vendor in a filed plan."""

    case: str
    number: int
    operator: str
    role: str
    party: str
    version: int
    filed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Noted:
    text: str
    by: str
    at: datetime
    case: str


def vendors(person: Person, text: str = "", start: int = 0, size: int = PAGE) -> list[Across]:
    """The vendors in plans that the person may know of, by name; `text`: how the name begins. Two statements more than
    the mandates: the page, and the counts of those on it."""
    held = authority_mandates(person)
    uses = filed_uses(person, held)
    found = Vendor.objects.filter(Exists(uses.filter(vendor=OuterRef("pk"))))
    if text:
        found = found.filter(name__startswith=text[:256])
    page = list(found.order_by("name", "pk")[max(start, 0) : max(start, 0) + size])
    counted = uses.filter(vendor__in=[v.pk for v in page]).values("vendor").annotate(n=Count("case", distinct=True))
    plans = {row["vendor"]: row["n"] for row in counted.order_by()}
    return [Across(v.public_id, v.name, v.country, plans.get(v.pk, 0)) for v in page]


def plans_of(person: Person, vendor: str, start: int = 0, size: int = PAGE) -> tuple[Vendor, list[Standing]]:
    """Where a vendor stands, the newest filing first. Raises Unknown."""
    held = authority_mandates(person)
    found = known_vendor(person, vendor, held)
    uses = filed_uses(person, held).filter(vendor=found).select_related("case", "preparation", "version")
    uses = uses.defer("preparation__sealed", "version__sealed")  # large, and not shown here
    page = uses.order_by("-pk")[max(start, 0) : max(start, 0) + size]
    return found, [
        Standing(u.case.public_id, u.case.number, u.preparation.operator, u.role, u.party, u.version.number, u.filed_at)
        for u in page
    ]


@transaction.atomic
def note(person: Person, vendor: str, text: str, case: str = "") -> None:
    """Record a reason about a vendor, for one plan or for all. It is never changed. Raises Unknown, NotAllowed."""
    held = authority_mandates(person)
    found = known_vendor(person, vendor, held)
    if not any(m.may_act for m in held):
        raise NotAllowed
    if not 0 < len(text.strip()) <= _LONGEST:
        raise NotAllowed(
            T(f"理由を {_LONGEST:,} 文字までで", f"expected a reason of up to {_LONGEST:,} characters"), "text"
        )
    of = None
    if case:
        use = filed_uses(person, held).filter(vendor=found, case__public_id=case).select_related("case").first()
        if use is None:
            raise UnknownCase
        of = use.case
    columns = vault.seal(vault.note_of(found), text.strip())
    Note.objects.create(vendor=found, case=of, by=person, at=clock.now(), **columns)


def notes(person: Person, vendor: str) -> list[Noted]:
    """What was recorded of a vendor, the newest first; of plans that the person may know of. Raises Unknown."""
    held = authority_mandates(person)
    found = known_vendor(person, vendor, held)
    seen = Q(case=None) | rows_visible_to(person, clock.today(), held)
    rows = found.notes.filter(seen).select_related("by", "case", "vendor").order_by("-pk")[:500]
    return [Noted(vault.open_note(n), n.by.name, n.at, n.case.public_id if n.case else "") for n in rows]
