"""The tables. A row here is an office's or a person's own note of work; the ledger knows nothing of it."""

from enum import StrEnum

from django.db import models

from kaname.access.models import Office, Person
from kaname.ledger.models import Case


class Assignment(models.Model):
    """Who of an office sees to a case. Each office has its own: another one never learns of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "office"), name="work_assignment_once"),)


class Mark(models.Model):
    """A person has put a matter away: seen (`seq`: the case as it stood then), or asleep until a day.

    It is back on `until`, or when the case moves on (`seq`), and in any case once the last day is another one.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    sort = models.CharField(max_length=8)
    name = models.CharField(max_length=128)
    run = models.CharField(max_length=256, blank=True)
    role = models.CharField(max_length=64, blank=True)
    day = models.DateField(null=True)
    seq = models.IntegerField(null=True)
    until = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "case", "sort", "name", "run", "role"), name="work_mark_once"),
        )


class What(StrEnum):
    """What a step of work was."""

    ASSIGN = "assign"
    SEEN = "seen"
    SNOOZE = "snooze"


class Step(models.Model):
    """One thing done to a list, so that it can be taken back. `rows`: how each row was before and is since (JSON)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=8)
    rows = models.JSONField()
    at = models.DateTimeField()
