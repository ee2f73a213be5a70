"""Notes, lines of checklists, ticks, and what a person chose. Versions and ticks are added, never changed."""

from datetime import datetime

from django.db import models

from kaname.access.models import Office, Person, new_id
from kaname.ledger import clock
from kaname.ledger.models import Case


def now() -> datetime:
    """The one clock, asked when a row is made."""
    return clock.now()


class Note(models.Model):
    """A note on a case. Private: for its author alone; shared: for whoever may know of the case."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shared = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("case", "author"), name="aside_note_case"),)


class Version(models.Model):
    """A text of a note, sealed. The last one stands; those before are its history."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    sealed = models.BinaryField()
    key_id = models.IntegerField(default=0)
    shared = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("note", "number"), name="aside_version_once"),)


class Mention(models.Model):
    """A person named in a shared note. It is a notice on the page until it is read."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("note", "person"), name="aside_mention_once"),)
        indexes = (models.Index(fields=("person", "read_at"), name="aside_mention_person"),)


class Line(models.Model):
    """A line that somebody added to the checklist of a case; sealed, for whoever may know of the case."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    key_id = models.IntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("case",), name="aside_line_case"),)


class Template(models.Model):
    """A line that an office wants on the checklist of every case of a kind. It ends, it is not deleted."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=64)
    text = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("office", "kind"), name="aside_template_kind"),)


class Tick(models.Model):
    """That a person ticked a line, or took the tick away. The last one stands."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    done = models.BooleanField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=("case", "key"), name="aside_tick_case"),)


class Choice(models.Model):
    """What a person chose for every browser: whether keys act, and how far the tour has come.

    `tour`: the role of the tour and the number of the next step ("attorney/3"), "" before one, "done" after it.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="choice")
    keys = models.BooleanField(default=True)
    tour = models.CharField(max_length=40, blank=True, default="")
