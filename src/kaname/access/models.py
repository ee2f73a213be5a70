"""Offices, people, mandates and compartments. Every right has a first and a last day; none is ever deleted, it ends."""

from base64 import b32encode
from datetime import date
from secrets import token_bytes
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
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
    # From this day on officers, administrators and members of compartments get in by a key (`login.keys`); and whether
    # only by one that never leaves its device.
    keys_from = models.DateField(null=True)
    keys_bound = models.BooleanField(db_default=False, default=False)

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
    # Counts changes of rights and of factors: a session belongs to one stamp and ends with it, wherever it is open.
    stamp = models.PositiveIntegerField(default=0)
    # Whether the password is long enough to stand alone, without a second factor; its length itself is not kept.
    stands_alone = models.BooleanField(default=False)
    # When they last went on without the key that their office asks for.
    keyless_at = models.DateTimeField(null=True)

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session must carry to go on: of the password (Django's) and of the stamp."""
        return f"{self.stamp}.{super().get_session_auth_hash()}"

    @property
    def is_staff(self) -> bool:
        return bool(self.administers)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's admin site asks this: an administrator looks after people; case data is only read there."""
        return bool(self.is_active and self.administers)

    def has_module_perms(self, app: str) -> bool:
        return bool(self.is_active and self.administers)


class Right(models.Model):
    """What mandates and memberships share: whose it is, from which day to which, who gave it and who ended it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def runs_on(self, day: date) -> bool:
        """Its first and last day included. The same as `predicate.in_force`, for a row in hand."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Mandate(Right):
    """A person may act in a role of the Act: for all cases, those of a kind, of a party, or one case; from day to day.

    `sealed`: the person may read sealed fields of the cases it covers. `may_act=False`: reading only.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=64)
    kind = models.CharField(max_length=64, blank=True, default="")
    party = models.CharField(max_length=256, blank=True, default="")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    may_act = models.BooleanField(default=True)
    sealed = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("person", "valid_from", "valid_until"), name="access_mandate_person"),)


class Deputy(Right):
    """Somebody stands in for a colleague from day to day: the colleague's mandates count for them meanwhile.

    `person` is the deputy. What is sealed and what compartments hold is not lent. Kinds in which people act in
    person (`CaseKind.in_person`) are lent only to who holds the role, or where an administrator agreed (`cleared_by`).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    principal = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    may_act = models.BooleanField(default=True)
    cleared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=("person", "valid_from", "valid_until"), name="access_deputy_person"),)


class Compartment(models.Model):
    """A circle of members who alone know that its cases exist (府令10条2号イ). It numbers its cases by itself."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    name = models.CharField(max_length=128)
    created_at = models.DateTimeField(auto_now_add=True)


class Destruction(models.Model):
    """A member asks that a compartment's key be destroyed, with the reason; another member confirms it or withdraws it.

    府令10条3号ホ: documents no longer needed are destroyed beyond recovery. Done is done: see `ledger.destroyed`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="destructions")
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("compartment",), condition=models.Q(answered_at=None), name="access_destruction_one_open"
            ),
        )


class Membership(Right):
    """A person belongs to a compartment from day to day."""

    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")


class Placement(models.Model):
    """A case lies in a compartment: only its members see that it exists."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="placement")
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="placements")


class Token(models.Model):
    """A key with which a program acts for a person. Only its SHA-256 is kept; `hint` is how it begins.

    `scopes`: read, act, sealed, export, admin, separated by spaces. It ends by itself (`expires_at`) or by hand
    (`ended_at`).
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


class Move(models.Model):
    """A case was placed, moved or taken out: from where to where, by whom. `origin` null: it lay open before."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    origin = models.ForeignKey(Compartment, on_delete=models.PROTECT, null=True, related_name="+")
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class SealedRead(models.Model):
    """A person has read a sealed value: which, when, through which door. Written before the value is handed out.

    `field`: as in the ledger (`data.<field>` in a correction); `document <id>`, `bundle` with `seq` 0. Only ever added.
    `about`: of what outside of any case (`vendor <id>`); then `case` is null.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    about = models.CharField(max_length=64, blank=True, default="")
    seq = models.IntegerField()
    field = models.CharField(max_length=128)
    at = models.DateTimeField()
    door = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index(fields=("case", "at"), name="access_sealedread_case"),
            models.Index(fields=("person", "at"), name="access_sealedread_person"),
            models.Index(fields=("about", "at"), condition=~models.Q(about=""), name="access_sealedread_about"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(case__isnull=False) ^ ~models.Q(about=""), name="access_sealedread_of_something"
            ),
        )


class Invitation(models.Model):
    """A link by which a person sets a password, once, within 72 hours. Only the digest of its 256 bits is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Session(AbstractBaseSession):
    """A browser's session, and whose it is once somebody has logged in (`gate.store`). Its key leaves by the cookie
    alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from kaname.access.gate.store import SessionStore  # needs the app registry

        return SessionStore


class Wait(models.Model):
    """How long a login for an account or from a network must wait after failures (`login.throttle`)."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed digest: what was typed is not kept
    level = models.FloatField(default=0)
    at = models.DateTimeField()
    free_at = models.DateTimeField()


import kaname.access.custody.models  # noqa: E402, F401  # tables of a room of their own; Django looks for them here
