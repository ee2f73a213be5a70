"""Vendors, what they say of themselves, and where it is used. Versions and notes are never changed: see `guards`.

What a vendor says and hands in lies sealed, under keys of a circle of its own; only its name and country lie open.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from kaname.access.models import Person, Right, new_id
from kaname.ledger.models import Case, SealingKey
from kaname.papers.models import Document


class Vendor(models.Model):
    """An organisation (or person) that discloses itself. `name` and `country` repeat its newest version."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    name = models.CharField(max_length=256)
    country = models.CharField(max_length=64, blank=True, default="")
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("name", "id"), name="vendors_vendor_name"),)


class Member(Right):
    """A person speaks for a vendor from day to day."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class Sealed(models.Model):
    """Content under a sealing key (`vault`)."""

    sealed = models.BinaryField()
    key = models.ForeignKey(SealingKey, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Preparation(Sealed):
    """A plan in preparation by an operator (届出の準備). `number` counts its changes; `case`: the one that filed it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    operator = models.CharField(max_length=256)
    title = models.CharField(max_length=128)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.IntegerField(default=0)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("operator", "id"), name="vendors_preparation_operator"),)


class Invitation(models.Model):
    """A link by which a vendor comes in: once, within 72 hours, for one e-mail address and one place in a plan.

    Only the digest of its 256 bits is kept. `vendor`: who came in by it. `used_from`: the network that came from, or
    `HOST`: whoever holds a link can use it, so that both sides are shown who did (docs/access.md).
    """

    HOST = "host"  # by a command on the office's own machine

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    preparation = models.ForeignKey(Preparation, on_delete=models.PROTECT, related_name="invitations")
    party = models.CharField(max_length=256)
    role = models.CharField(max_length=32)
    email = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    used_from = models.CharField(max_length=64, blank=True, default="")
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, null=True, related_name="invitations")


class Reminder(models.Model):
    """The operator asked a vendor once more that came in by the invitation and has not finished."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="reminders")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Draft(Sealed):
    """What a vendor is writing; anything that was typed is kept as it was. `number` counts its changes."""

    vendor = models.OneToOneField(Vendor, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    number = models.IntegerField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()


class Version(Sealed):
    """A disclosure as the vendor made it known on a day. `commitment`: salted digest of it, for those who name it."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.IntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    commitment = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("vendor", "number"), name="vendors_version_number"),)


class File(models.Model):
    """The paper behind a certificate: a document of the vault that a vendor handed in for its own passport.

    `kept`: a version names it; then it stays as long as the version. Else the draft may let go of it.
    """

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="files")
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="+")
    kept = models.BooleanField(default=False)


def _nothing() -> list[Any]:
    return []


class Consent(models.Model):
    """A vendor lets an operator use its passport, for all plans or for one, until a day. `veil`: the parts that only
    the authority may read."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="consents")
    operator = models.CharField(max_length=256)
    preparation = models.ForeignKey(Preparation, on_delete=models.PROTECT, null=True, related_name="+")
    veil = models.JSONField(default=_nothing)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("operator", "ends_on"), name="vendors_consent_operator"),)


class Use(models.Model):
    """A version stands in a plan, in a capacity. `case`: the plan was filed with it, and it stays there for good.

    `opening`, `claimed_for`: the key of an act that names it and is not recorded yet, and the case of that act.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    preparation = models.ForeignKey(Preparation, on_delete=models.PROTECT, related_name="uses")
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="uses", db_index=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="uses")
    role = models.CharField(max_length=32)
    party = models.CharField(max_length=256)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    opening = models.CharField(max_length=128, blank=True, default="")
    claimed_for = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("preparation", "party", "role"), condition=Q(ended_at=None), name="vendors_use_once"
            ),
        )
        indexes = (
            # The same vendor across plans, newest first: read off the index, however many there are.
            models.Index(fields=("vendor", "-id"), condition=Q(case__isnull=False), name="vendors_use_across"),
        )

    @property
    def reference(self) -> str:
        """How an act names it: this use, and the very version by its salted digest."""
        return f"passport:{self.public_id}:{self.version.number}:{self.version.commitment}"


class Note(Sealed):
    """What the authority recorded of a vendor, of one plan or of all: for its own eyes, never changed."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="notes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
