"""Tables of custody. All but `Manager` only grow: `guards` makes the database itself refuse to change them."""

from django.db import models

from kaname.access.models import Right, new_id


class Manager(Right):
    """The manager of what is kept secret in a case (保全情報管理責任者、府令10条1号イ), from day to day."""

    case = models.ForeignKey("ledger.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)


class Asked(models.Model):
    """Somebody asks to take a copy: of what (`document <id>`, `bundle`...), in which form, how many, why (sealed)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    case = models.ForeignKey("ledger.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=128)
    form = models.CharField(max_length=16)
    copies = models.IntegerField()
    words = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("case", "person"), name="access_asked_case"),)


class Answered(models.Model):
    """The answer (`ordinal` 1: approved, refused, withdrawn), and what ended an approval early (`ordinal` 2: revoked).

    `copies`, `until`: what was approved. Two who answer at once: the database takes one.
    """

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="answers", db_index=False)
    ordinal = models.IntegerField()
    verdict = models.CharField(max_length=16)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    copies = models.IntegerField(default=0)
    until = models.DateTimeField(null=True)
    words = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("asked", "ordinal"), name="access_answered_once"),)


class Copy(models.Model):
    """A copy that left: the `ordinal`-th of an approval, `number` in the register of its case. Written before the first
    byte."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="taken", db_index=False)
    ordinal = models.IntegerField()
    case = models.ForeignKey("ledger.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    door = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("asked", "ordinal"), name="access_copy_of_approval"),
            models.UniqueConstraint(fields=("case", "number"), name="access_copy_number"),
        )


class CopyStep(models.Model):
    """What became of a copy: where it is kept, that it was returned, destroyed or lost; in words, sealed."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="steps")
    fate = models.CharField(max_length=16)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    words = models.BinaryField()
    at = models.DateTimeField()


class Decision(models.Model):
    """One decision on sealed matter: who, what, by which door, allowed or why not. See `decisions`."""

    series = models.CharField(max_length=80)
    seq = models.IntegerField()
    case = models.ForeignKey("ledger.Case", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    entry = models.IntegerField()
    field = models.CharField(max_length=128)
    door = models.CharField(max_length=64)
    why = models.CharField(max_length=16, blank=True)  # "" allowed, else the code of the refusal
    at = models.CharField(max_length=27)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("series", "seq"), name="access_decision_chain"),)
        indexes = (models.Index(fields=("case", "seq"), name="access_decision_case"),)


class Alarm(models.Model):
    """A person read very many sealed objects within an hour. `stopped`: they read no more until it is released."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    objects_read = models.IntegerField()
    stopped = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("person", "at"), name="access_alarm_person"),)


class Release(models.Model):
    """Reading goes on: the person has proved anew who they are, or somebody else has let them (`by`)."""

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("person", "at"), name="access_release_person"),)
