"""The tables. None of them holds a word of a case: rows name what is to be told, and the words are found when it is."""

from enum import StrEnum

from django.db import models

from kaname.access.models import Person, new_id


class How(StrEnum):
    """By which way a reminder comes."""

    PAGE = "page"
    DIGEST = "digest"
    MAIL = "mail"


class State(StrEnum):
    """What has become of a message."""

    WAITING = "waiting"
    SENT = "sent"
    VOID = "void"  # nothing was left to say, or nobody to say it to
    DEAD = "dead"  # given up


class Rule(models.Model):
    """A person's own rule: `before` days ahead of a last day (0: on it; -1: the day after), of one kind or of all.

    Who has none is reminded by `remind.USUAL`; one rule of one's own takes the place of all of these.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reminder_rules")
    kind = models.CharField(max_length=64, blank=True, default="")
    before = models.SmallIntegerField()
    how = models.CharField(max_length=8)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "kind", "before", "how"), name="notices_rule_once"),)


class Wishes(models.Model):
    """How a person wants to be told. `digest_hour`: from which hour (Japan) the day's mail goes out; null: none."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="wishes")
    digest_hour = models.SmallIntegerField(null=True)
    # The secret address of the calendar feed: its SHA-256; "" where there is no feed.
    feed = models.CharField(max_length=64, blank=True, default="", db_index=True)


class Read(models.Model):
    """A person has read a reminder: it is not shown again. `key`: see `remind.Reminder`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="notices_read_once"),)
        indexes = (models.Index(fields=("at",), name="notices_read_at"),)


class Served(models.Model):
    """An event that the feed of a person has shown: what is gone is then shown as cancelled, and not merely absent."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    uid = models.CharField(max_length=64)
    day = models.DateField()
    summary = models.CharField(max_length=512)
    sequence = models.IntegerField(default=0)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "uid"), name="notices_served_once"),)


class Hook(models.Model):
    """An address to which a person's programs are told what was recorded. What they are told, that person may see.

    `cursor`: the last entry that was surely told (see `hooks.plan`). Its secret is worked out, not kept.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hooks")
    name = models.CharField(max_length=64)
    url = models.CharField(max_length=512)
    kind = models.CharField(max_length=64, blank=True, default="")
    cursor = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Outgoing(models.Model):
    """One message on its way out. `key` is what makes it the same message: it is put here once, whoever puts it.

    `about`: ids alone, as canonical JSON. A row is taken with a lease; a worker that dies gives it back when the lease
    ends. `public_id` is the message's own number: the receiver who gets it twice knows it by that.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    key = models.CharField(max_length=160, unique=True)
    way = models.CharField(max_length=8)  # mail | hook
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.TextField()
    state = models.CharField(max_length=8, default="waiting")
    tries = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    lease = models.CharField(max_length=32, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    fault = models.CharField(max_length=256, blank=True, default="")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("next_at",), condition=models.Q(state="waiting"), name="notices_outgoing_next"),
            models.Index(fields=("person", "made_at"), name="notices_outgoing_person"),
            models.Index(fields=("state", "done_at"), name="notices_outgoing_done"),
        )


class Beat(models.Model):
    """When a sender last looked: a page can say that none is at work."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()
