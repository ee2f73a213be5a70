"""The tables. A row here is an office's or a person's own note of work; the ledger knows nothing of it."""

from enum import StrEnum

from django.db import models

from kaname.access.models import Office, Person, new_id
from kaname.ledger.models import Case


class Assignment(models.Model):
    """Who of an office sees to a case. Each office has its own: another one never learns of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "office"), name="task_assignment_once"),)


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
            models.UniqueConstraint(fields=("person", "case", "sort", "name", "run", "role"), name="task_mark_once"),
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


class Doing(StrEnum):
    """How a job stands."""

    CHOOSING = "choosing"
    RUNNING = "running"
    STOPPED = "stopped"  # cancelled: what was done is done
    DONE = "done"


class Outcome(StrEnum):
    """What became of one case of a job."""

    CHOSEN = "chosen"
    MAY = "may"  # previewed: it may go
    REFUSED = "refused"  # the law or the mandates are against it, at the preview or when it was to be done
    MOVED = "moved"  # somebody acted between preview and doing
    GONE = "gone"  # the person may not know of the case any more
    FAILED = "failed"  # the ledger could not take it; it can be tried again
    DONE = "done"


class Job(models.Model):
    """One act for many cases, as its person put it together and as far as it is done.

    `typed`: what stands in the form, encrypted for the person. `query`: the list out of which the cases were chosen.
    The row is taken with a lease; a worker that dies gives it back when the lease ends. `at`: the line under way, and
    how often a worker has died at it (`deaths`).
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    act = models.CharField(max_length=128, blank=True, default="")
    typed = models.BinaryField(default=b"")
    query = models.CharField(max_length=1024, blank=True, default="")
    state = models.CharField(max_length=8, default=Doing.CHOOSING)
    lease = models.CharField(max_length=32, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    at = models.BigIntegerField(null=True)
    deaths = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "made_at"), name="task_job_person"),
            models.Index(fields=("lease_until",), condition=models.Q(state="running"), name="task_job_running"),
        )


class Line(models.Model):
    """One case of a job. `head`: the digest of its last entry at the preview; `party`: for whom the act is done in it.

    `moves`: the states before and after. `seq` and `digest` are those of the entry once it is recorded. `reasons` is
    JSON: a list of [ja, en, provision].
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="lines", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.IntegerField()
    outcome = models.CharField(max_length=8, default=Outcome.CHOSEN)
    head = models.CharField(max_length=64, blank=True, default="")
    by = models.CharField(max_length=64, blank=True, default="")
    party = models.CharField(max_length=256, blank=True, default="")
    moves = models.JSONField(default=list)
    seq = models.IntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("job", "case"), name="task_line_once"),)
        indexes = (models.Index(fields=("job", "outcome", "place"), name="task_line_outcome"),)


class View(models.Model):
    """A list as somebody likes to see it: its page and what stands in its address. `shared`: with the whole office."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=16)
    name = models.CharField(max_length=64)
    query = models.CharField(max_length=1024, blank=True)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "page", "name"), name="task_view_once"),)


class Use(models.Model):
    """What a person makes of a view: it stands in their rail, or is what its list begins with."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="uses")
    pinned = models.BooleanField(default=False)
    first = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "view"), name="task_use_once"),)
