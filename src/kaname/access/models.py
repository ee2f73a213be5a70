"""Offices, people, mandates and compartments. Every right has a first and a last day; none is ever deleted, it ends."""

from base64 import b32encode
from secrets import token_bytes
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from kaname.ledger.models import Case


def new_id() -> str:
    """A random public id: 16 letters and digits, 80 bits. Row numbers are never shown: they would tell how many."""
    return b32encode(token_bytes(10)).decode().lower()


class Office(models.Model):
    """An office (機関・事業所) whose people work here: an authority, a company or an attorney's firm."""

    class Sort(models.TextChoices):
        AUTHORITY = "authority", "官庁 / authority"
        COMPANY = "company", "事業者 / company"
        ATTORNEY = "attorney", "代理人事務所 / attorney's office"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    sort = models.CharField(max_length=16, choices=Sort.choices)
    name_ja = models.CharField(max_length=128)
    name_en = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.name_ja} / {self.name_en}"


class People(BaseUserManager):
    """Makes people. An address is kept in lower case: two people never differ by case alone."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **more: Any) -> "Person":
        return self.create_user(email, password, administers=True, **more)

    def get_by_natural_key(self, email: str | None) -> "Person":
        found: Person = self.get(email=(email or "").lower())
        return found


class Person(AbstractBaseUser):
    """A human with an account. `administers`: may create people and mandates; that alone opens no case."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=128)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="people")
    language = models.CharField(max_length=2, choices=(("ja", "日本語"), ("en", "English")), default="ja")
    administers = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return bool(self.administers)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's admin site asks this: an administrator looks after people; case data is only read there."""
        return bool(self.is_active and self.administers)

    def has_module_perms(self, app: str) -> bool:
        return bool(self.is_active and self.administers)


class Mandate(models.Model):
    """A person may act in a role of the Act: for all cases, those of a kind, of a party, or one case; from day to day.

    `sealed`: the person may read sealed fields of the cases it covers. `may_act=False`: reading only.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=64)
    kind = models.CharField(max_length=64, blank=True, default="")
    party = models.CharField(max_length=256, blank=True, default="")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    may_act = models.BooleanField(default=True)
    sealed = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("person", "valid_from", "valid_until"), name="access_mandate_person"),)


class Compartment(models.Model):
    """A circle of members who alone know that its cases exist (府令10条2号イ). It numbers its cases by itself."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    name = models.CharField(max_length=128)
    created_at = models.DateTimeField(auto_now_add=True)


class Membership(models.Model):
    """A person belongs to a compartment from day to day."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)


class Placement(models.Model):
    """A case lies in a compartment: only its members see that it exists."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="placement")
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="placements")


class Token(models.Model):
    """A key with which a program acts for a person. Only its SHA-256 is kept; `hint` is how it begins.

    `scopes`: read, act, export, admin, separated by spaces. It ends by itself (`expires_at`) or by hand (`ended_at`).
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=64)
    scopes = models.CharField(max_length=64)
    hint = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
