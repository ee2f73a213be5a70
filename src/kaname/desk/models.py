"""Screenings and checklists. Neither is part of a ledger; a checklist line is never changed, a later one follows it."""

from django.db import models

from kaname.access.models import Person, new_id


class Screening(models.Model):
    """A docket a person had screened. Its rows lie in a file of their own, readable with `key` only: see `box`.

    `columns`: field to column of the file. `batches`: what lies where in the file. `answers`: row to what was answered.
    """

    class State(models.TextChoices):
        COLUMNS = "columns", "列の対応待ち / columns open"
        RUNNING = "running", "実行中 / running"
        DONE = "done", "完了 / done"
        FAILED = "failed", "失敗 / failed"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(db_index=True)
    beat_at = models.DateTimeField(auto_now=True)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField(default=0)
    encoding = models.CharField(max_length=32, default="utf-8")
    state = models.CharField(max_length=8, choices=State.choices, default=State.COLUMNS)
    key = models.BinaryField()
    columns = models.JSONField(default=dict)
    rows = models.IntegerField(default=0)
    batches = models.JSONField(default=list)
    bad = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    answers = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("person", "made_at"), name="desk_screening_person"),)


class Measure(models.Model):
    """One line of a checklist: on a day a person noted of a measure (府令10条) how it stands and what shows it.

    `party`: the sharing operator, "" for the designated applicant. The last line of a measure is the one in force.
    """

    class Status(models.TextChoices):
        TAKEN = "taken", "講じた / taken"
        UNDER_WAY = "under_way", "準備中 / under way"
        OPEN = "open", "未着手 / not begun"

    case = models.ForeignKey("ledger.Case", on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=256, blank=True, default="")
    measure = models.CharField(max_length=8)
    status = models.CharField(max_length=16, choices=Status.choices)
    evidence = models.TextField(blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("case", "party", "measure"), name="desk_measure_case"),)
