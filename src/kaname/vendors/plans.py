"""Passports in plans: offered, attached, read by whoever may, checked before filing, handed to the act that files."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Person
from kaname.access.sealed import log_read, log_read_about, may_reveal
from kaname.law import T
from kaname.ledger import clock
from kaname.regimes.infrastructure.filing import act_data, plan_record
from kaname.regimes.infrastructure.filing.content import Party, PartyRole, Plan, key_of
from kaname.regimes.infrastructure.filing.disclosure import SEALABLE, Disclosure, without
from kaname.regimes.infrastructure.filing.finding import Finding
from kaname.regimes.infrastructure.filing.party import Asked, of_party, veiled
from kaname.regimes.infrastructure.filing.validate import Checked, validate
from kaname.vendors import consents, vault
from kaname.vendors.models import Consent, Preparation, Use, Vendor, Version
from kaname.vendors.rights import (
    asked,
    authority_mandates,
    filed_uses,
    own_preparation,
    reads_sealed_of,
)
from kaname.vendors.uses import is_open, said_in, uses_of

SECRET = ("officers",)  # birth dates and nationalities: only by `reveal`, for who may read what is sealed


@dataclass(frozen=True, slots=True)
class Shown:
    """A passport in a plan, as far as the one who asks may see it now.

    `disclosure` None: the consent has ended before the filing. `veil`: parts given to the authority alone.
    """

    vendor: str
    name: str
    role: str
    party: str
    number: int
    reference: str
    at: datetime
    filed: bool
    veil: tuple[str, ...]
    disclosure: Disclosure | None


# -- operators --------------------------------------------------------------------------------------------------------


def offered(person: Person, preparation: str) -> "QuerySet[Consent]":
    """The consents under which vendors offer their passports to a plan. Raises Unknown."""
    return _offered(own_preparation(person, preparation)).select_related("vendor").order_by("vendor__name", "pk")


def _offered(preparation: Preparation) -> "QuerySet[Consent]":
    here = Q(preparation=None) | Q(preparation=preparation)
    return Consent.objects.filter(consents.running(clock.today()), here, operator=preparation.operator)


@transaction.atomic
def attach(person: Person, preparation: str, vendor: str, party: str, role: str) -> Use:
    """Put the newest version of a vendor that consents into a plan, in the place of an earlier one of the same party.

    `party`: the name under which the plan calls it. Raises Unknown (no such plan, or no consent), NotAllowed.
    """
    found = own_preparation(person, preparation, acting=True)
    if found.case_id is not None:
        raise NotAllowed(T("届出済みの計画書。変更の案で", "this plan was filed; propose a change of it"))
    if role not in list(PartyRole):
        known = ", ".join(PartyRole)
        raise NotAllowed(T(f"立場は {known} のいずれか", f"expected one of {known}"), field="role")
    newest = Version.objects.order_by("-number")
    consent = (
        _offered(found)
        .filter(vendor__public_id=asked(vendor))
        .select_related("vendor")
        .prefetch_related(Prefetch("vendor__versions", newest))
        .order_by("-preparation", "-pk")
        .first()
    )
    if consent is None:
        raise Unknown
    version = next(iter(consent.vendor.versions.all()), None)
    if version is None:
        raise NotAllowed(T("供給者はまだ開示を確定していない", "the vendor has not made its disclosure known yet"))
    key, now = key_of(party), clock.now()
    Use.objects.filter(preparation=found, party=key, role=role, ended_at=None).update(ended_at=now)
    return Use.objects.create(
        preparation=found, vendor=consent.vendor, version=version, consent=consent, role=role, party=key, by=person,
        at=now,
    )  # fmt: skip


def in_preparation(person: Person, preparation: str) -> list[Shown]:
    """The passports in a plan, for the operator: without what is veiled, and without officers. Raises Unknown."""
    found = own_preparation(person, preparation)
    return [_shown(use, {*use.consent.veil, *SECRET}) for use in uses_of(found)]


def reveal_to_operator(person: Person, preparation: str, vendor: str, door: str = "plan") -> Disclosure:
    """All that a vendor lets the operator read, officers too unless veiled; the reading is written down before it is
    handed out, where the vendor sees it. Raises Unknown, NotAllowed."""
    found = own_preparation(person, preparation)
    use = next((u for u in uses_of(found) if u.vendor.public_id == vendor), None)
    if use is None:
        raise Unknown
    if not reads_sealed_of(person, found.operator) or not is_open(use):
        raise NotAllowed
    said = without(said_in(use), use.consent.veil)
    log_read_about(person, f"vendor {vendor}", f"passport {use.version.number} in plan {found.public_id}", door)
    return said


def complete(person: Person, preparation: str) -> Plan:
    """The plan with the passports that stand in it, as the operator may read them. Raises Unknown."""
    found = own_preparation(person, preparation)
    return _completed(_plan(found), [u for u in uses_of(found) if is_open(u)], hide=True)


def check(person: Person, preparation: str, filing: date, order: str = "") -> Checked:
    """What the plan lacks, every vendor's disclosure looked at in full; of what is veiled the operator learns only
    whether it is whole. Raises Unknown."""
    found = own_preparation(person, preparation)
    plan = _completed(_plan(found), [u for u in uses_of(found) if is_open(u)], hide=False)
    return replace(validate(plan, filing, order), behind_veils={})


def data_for_act(person: Person, preparation: str) -> dict[str, Any]:
    """The data of the act that files the plan, with the references of its passports. Raises Unknown."""
    return act_data.act_data(complete(person, preparation))


def _plan(found: Preparation) -> Plan:
    return plan_record.read(vault.open_preparation(found))[0]


def _completed(plan: Plan, uses: list[Use], hide: bool) -> Plan:
    for use in uses:
        veil = frozenset(use.consent.veil)
        said = said_in(use)
        hidden = {*veil, *SECRET} if hide else ()
        plan = plan.with_party(Party(use.party, without(said, hidden), use.reference, veil))
    return plan


# -- the authority ----------------------------------------------------------------------------------------------------


def in_case(person: Person, case: str, vendor: str = "") -> list[Shown]:
    """The passports with which a plan was filed, for the authority: veiled parts and officers by `reveal` alone.

    `vendor`: only those of one. Empty for whom the case, or the authority, does not concern.
    """
    uses = filed_uses(person).filter(case__public_id=case).order_by("party", "role", "pk")
    if vendor:
        uses = uses.filter(vendor__public_id=asked(vendor))
    return [_shown(u, {*u.consent.veil, *SECRET}) for u in uses.select_related("vendor", "version__vendor", "consent")]


def check_filed(person: Person, case: str, filing: date, order: str = "") -> list[Finding]:
    """What the passports of a filed plan lack, each vendor in every capacity in which it stands there. Of veiled parts
    and officers: in full for who may read what is sealed, else only whether they are whole. No value is told."""
    uses = filed_uses(person).filter(case__public_id=case).order_by("party", "role", "pk")
    vendors: dict[str, list[Use]] = {}
    for use in uses.select_related("version__vendor", "consent", "case"):
        vendors.setdefault(use.party, []).append(use)
    found: list[Finding] = []
    for key, here in vendors.items():
        use = here[-1]
        veil = frozenset({*use.consent.veil, *SECRET})
        party = Party(key, said_in(use), use.reference, veil)
        asked_of = Asked(frozenset(PartyRole(u.role) for u in here), filing, order)
        every = of_party(party, asked_of)
        found += every if use.case and may_reveal(person, use.case) else veiled(party, every, asked_of)
    return found


def may_open(person: Person, case: str) -> bool:
    """Whether a person may read what is sealed in the passports of a case."""
    use = filed_uses(person).filter(case__public_id=case).select_related("case").first()
    return bool(use is not None and use.case is not None and may_reveal(person, use.case))


def reveal(person: Person, case: str, vendor: str, number: int, door: str = "passport") -> Disclosure:
    """Everything that a vendor said, veiled or not; the reading is written down before it is handed out.

    Raises Unknown (no such passport in a plan that the person may know of), NotAllowed (may not read what is sealed).
    """
    held = authority_mandates(person)
    use = (
        filed_uses(person, held)
        .filter(case__public_id=case, vendor__public_id=asked(vendor), version__number=number)
        .select_related("version__vendor", "case")
        .first()
    )
    if use is None or use.case is None:
        raise Unknown
    if not may_reveal(person, use.case):
        raise NotAllowed
    log_read(person, use.case, f"passport {vendor} {number}", door)
    return said_in(use)


# -- what is shown ----------------------------------------------------------------------------------------------------


def _shown(use: Use, hidden: set[str]) -> Shown:
    vendor: Vendor = use.vendor
    disclosure = without(said_in(use), hidden) if is_open(use) else None
    veil = tuple(part for part in SEALABLE if part in use.consent.veil)
    return Shown(vendor.public_id, vendor.name, use.role, use.party, use.version.number, use.reference, use.at,
                 use.filed_at is not None, veil, disclosure)  # fmt: skip
