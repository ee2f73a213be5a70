"""Consent: a vendor lends its passport to an operator, for one plan or all, until a day, with parts for the authority
alone. What was filed under it stays with the authority; nothing else outlives it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Person
from kaname.law import T
from kaname.ledger import clock
from kaname.regimes.infrastructure.filing.disclosure import SEALABLE
from kaname.vendors.models import Consent, Use
from kaname.vendors.rights import asked, own_vendor

LONGEST = timedelta(days=731)
VEILED_UNLESS_SAID = ("officers", "certificates")


@transaction.atomic
def give(person: Person, vendor: str, invitation: str, until: date, *, every_plan: bool = False,
         veil: Iterable[str] = VEILED_UNLESS_SAID) -> Consent:  # fmt: skip
    """Consent to the plan that an accepted invitation was for, or to every plan of its operator (`every_plan`).

    `invitation`: its id, "" the newest. `veil`: the parts that only the authority may read. Raises Unknown, NotAllowed.
    """
    found = own_vendor(person, vendor)
    accepted = found.invitations.select_related("preparation").order_by("-pk")
    asked_by = (accepted.filter(public_id=asked(invitation)) if invitation else accepted).first()
    if asked_by is None:
        raise Unknown
    today = clock.today()
    if not today <= until <= today + LONGEST:
        last = today + LONGEST
        raise NotAllowed(T(f"期限は今日から {last} まで", f"expected a last day from today to {last}"), field="until")
    parts = [part for part in SEALABLE if part in set(veil)]
    if unknown := sorted(set(veil) - set(SEALABLE)):
        known = ", ".join(SEALABLE)
        shown = ", ".join(unknown)[:200]
        raise NotAllowed(T(f"{shown} は封じられない；{known} から", f"cannot veil {shown}; expected some of {known}"),
                         field="veil")  # fmt: skip
    return Consent.objects.create(
        vendor=found, operator=asked_by.preparation.operator, preparation=None if every_plan else asked_by.preparation,
        veil=parts, given_by=person, given_at=clock.now(), ends_on=until,
    )  # fmt: skip


@transaction.atomic
def revoke(person: Person, vendor: str, consent: str) -> int:
    """End a consent at once; the plans that are not filed lose the passport with it. Returns how many did."""
    found = own_vendor(person, vendor).consents.select_for_update().filter(public_id=asked(consent)).first()
    if found is None:
        raise Unknown
    now = clock.now()
    if found.ended_at is None:
        found.ended_at, found.ended_by = now, person
        found.save(update_fields=("ended_at", "ended_by"))
    return int(Use.objects.filter(consent=found, filed_at=None, ended_at=None).update(ended_at=now))


def of_vendor(person: Person, vendor: str) -> "QuerySet[Consent]":
    """The consents that a vendor has given, the newest first, ended ones too. Raises Unknown."""
    found = own_vendor(person, vendor).consents.select_related("preparation", "given_by")
    return found.order_by("-pk")


def running(day: date) -> Q:
    """Consents that hold on a day, its last included."""
    return Q(ended_at=None, ends_on__gte=day)


def holds(consent: Consent) -> bool:
    return consent.ended_at is None and consent.ends_on >= clock.today()
