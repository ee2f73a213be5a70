"""A version in a plan: those of a plan in preparation, whether one may be read there, what it says."""

from django.db.models import QuerySet

from kaname.regimes.infrastructure.filing import record
from kaname.regimes.infrastructure.filing.disclosure import Disclosure
from kaname.vendors import consents, vault
from kaname.vendors.models import Preparation, Use


def uses_of(preparation: Preparation) -> "QuerySet[Use]":
    uses = Use.objects.filter(preparation=preparation, ended_at=None).order_by("party", "role", "pk")
    return uses.select_related("vendor", "version__vendor", "consent")


def is_open(use: Use) -> bool:
    """Consent holds, or the plan was filed while it did."""
    return use.filed_at is not None or consents.holds(use.consent)


def said_in(use: Use) -> Disclosure:
    """What the version says. Raises CannotOpen, KeysMissing."""
    return record.read(vault.open_version(use.version))[0]
