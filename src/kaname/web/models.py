"""What the pages themselves keep: drafts of forms and second counts. Neither is part of any case's record."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What a person typed into the form of an act, kept until there is a receipt. `data` is encrypted (`web.vault`).

    `case`: public id, "" for a case to be opened (then `kind`). `key`: the idempotency key of the act, made when the
    form was first opened. `seq`: the last entry of the case that the person had seen.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    case = models.CharField(max_length=26, blank=True, default="")
    kind = models.CharField(max_length=64)
    act = models.CharField(max_length=128)
    run = models.CharField(max_length=256, blank=True, default="")
    about = models.IntegerField(default=0)  # the entry that a correction, annulment or delivery is about
    key = models.CharField(max_length=64)
    seq = models.IntegerField(default=0)
    data = models.BinaryField()
    page = models.CharField(max_length=16, blank=True, default="")  # the page of the browser that saved it last
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "case", "kind", "act", "run", "about"), name="web_draft_once"),
        )


class Count(models.Model):
    """A person counted a period by hand: the day they came to beside the day that stood here then (検算)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    case = models.CharField(max_length=26)
    clock = models.CharField(max_length=512)
    typed = models.DateField()
    last_day = models.DateField()
    counted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("case", "clock"), name="web_count_clock"),)
