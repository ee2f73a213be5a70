"""Screenings, checklists, and the sheets that an office looks through. None is part of a ledger.

A line of a checklist is never changed, a later one follows it.
"""

import json
from datetime import date
from typing import Any

from django.db import models

from kaname.access.models import Office, Person, new_id
from kaname.access.vault import lock, unlock
from kaname.days import JST
from kaname.desk import sheets
from kaname.ledger import sealing
from kaname.ledger.destroyed import GONE
from kaname.ledger.errors import Destroyed


class Screening(models.Model):
    """A docket a person had screened. What was given and what came out lie in files that its keys alone open (`given`,
    `box`). The keys, the name of the file and its faults, which quote it, lie `locked` with a key that is in no backup.

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
    locked = models.BinaryField(default=bytes)
    size = models.BigIntegerField(default=0)
    encoding = models.CharField(max_length=32, default="utf-8")
    state = models.CharField(max_length=8, choices=State.choices, default=State.COLUMNS)
    columns = models.JSONField(default=dict)
    rows = models.IntegerField(default=0)
    batches = models.JSONField(default=list)
    bad = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("person", "made_at"), name="desk_screening_person"),)

    @property
    def known(self) -> dict[str, Any]:
        """What lies locked: name, given (key of the file given), rows (key of the box), problems. Raises Broken."""
        found: dict[str, Any] = json.loads(unlock(bytes(self.locked), self._purpose)) if self.locked else {}
        return found

    def know(self, **more: Any) -> None:
        """Keep more of it; saved with the row."""
        self.locked = lock(json.dumps({**self.known, **more}).encode(), self._purpose)

    @property
    def name(self) -> str:
        return str(self.known.get("name", ""))

    @property
    def _purpose(self) -> str:
        return f"screening {self.public_id}"


class Measure(models.Model):
    """One line of a checklist: on a day a person noted of a measure (府令10条) how it stands and what shows it.

    `party`: the sharing operator, "" for the designated applicant. The last line of a measure is the one in force.
    `sealed`: what shows it, under the key of the case's circle; None: that key was destroyed before it was sealed.
    """

    class Status(models.TextChoices):
        TAKEN = "taken", "講じた / taken"
        UNDER_WAY = "under_way", "準備中 / under way"
        OPEN = "open", "未着手 / not begun"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    case = models.ForeignKey("ledger.Case", on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=256, blank=True, default="")
    measure = models.CharField(max_length=8)
    status = models.CharField(max_length=16, choices=Status.choices)
    sealed = models.BinaryField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("case", "party", "measure"), name="desk_measure_case"),)

    @property
    def evidence(self) -> str:
        """What shows it; that it is gone, where it was destroyed with its key. Raises CannotOpen, KeysMissing."""
        try:
            return GONE if self.sealed is None else sealing.open_text(self.purpose, self.sealed).decode()
        except Destroyed:
            return GONE

    def show(self, evidence: str, circle: str) -> None:
        """Seal what shows it for a circle; saved with the row. Raises Destroyed, KeysMissing."""
        self.sealed = sealing.seal_text(self.purpose, evidence.encode(), circle)

    @property
    def purpose(self) -> str:
        return f"measure/{self.public_id}"


class Sheet(models.Model):
    """A file of an office. Its name and content lie sealed (see `sheets`) for this office and this sheet alone.

    `person` brought it; everybody of the office sees it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    size = models.BigIntegerField()
    encoding = models.CharField(max_length=32, default="utf-8")
    rows = models.IntegerField()
    title = models.BinaryField()
    content = models.BinaryField()

    class Meta:
        abstract = True

    def take(self, name: str, raw: bytes) -> None:
        self.title, self.content, self.size = self._seal("title", name.encode()), self._seal("content", raw), len(raw)

    @property
    def name(self) -> str:
        """Raises CannotOpen, KeysMissing."""
        return sheets.opened(self._purpose("title"), self.title).decode()

    @property
    def made_on(self) -> date:
        """The day in Japan on which it came."""
        return self.made_at.astimezone(JST).date()

    @property
    def raw(self) -> bytes:
        """What was given. Raises CannotOpen, KeysMissing."""
        return sheets.opened(self._purpose("content"), self.content)

    def _seal(self, what: str, plain: bytes) -> bytes:
        return sheets.sealed(self._purpose(what), plain)

    def _purpose(self, what: str) -> str:
        return f"{self._meta.label_lower}/{self.office.public_id}/{self.public_id}/{what}"


class Holdings(Sheet):
    """A source of shareholdings: BODS, FollowTheMoney or a table. A large one is read while its page waits; `beat_at`:
    when that began. `wrong`: why it cannot be read, sealed, for it quotes the source."""

    class State(models.TextChoices):
        READING = "reading", "読取り中 / being read"
        DONE = "done", "完了 / done"
        FAILED = "failed", "失敗 / failed"

    ends_at = models.DateTimeField(db_index=True)
    entities = models.IntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DONE)
    beat_at = models.DateTimeField(null=True)
    wrong = models.BinaryField(default=bytes)

    class Meta:
        indexes = (models.Index(fields=("office", "made_at"), name="desk_holdings_office"),)

    def fail(self, problems: list[dict[str, Any]]) -> None:
        self.state, self.wrong = self.State.FAILED, self._seal("wrong", json.dumps(problems).encode())

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Raises CannotOpen, KeysMissing."""
        found: list[dict[str, Any]] = (
            json.loads(sheets.opened(self._purpose("wrong"), self.wrong)) if self.wrong else []
        )
        return found


class NameList(Sheet):
    """A list of names that the office compares with. `label` tells it apart, `origin` says where it comes from.

    A list of the same label takes the place of the one before; decisions know a list by its label.
    """

    form = models.CharField(max_length=8)
    day = models.DateField()
    said = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("office", "made_at"), name="desk_namelist_office"),)

    def tell(self, label: str, origin: str) -> None:
        self.said = self._seal("said", json.dumps([label, origin]).encode())

    @property
    def label(self) -> str:
        return str(self._told()[0])

    @property
    def origin(self) -> str:
        return str(self._told()[1])

    def _told(self) -> list[str]:
        found: list[str] = json.loads(sheets.opened(self._purpose("said"), self.said))
        return found


class NameCheck(Sheet):
    """Names that the office holds against its lists."""

    form = models.CharField(max_length=8)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = (models.Index(fields=("office", "made_at"), name="desk_namecheck_office"),)


class Table(Sheet):
    """A table of several sorts, told apart by its columns. `digest`: SHA-256 of the file as it was sent, unpacked, by
    which evidence names its source."""

    sort = models.CharField(max_length=16)
    form = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        abstract = True


class TradeTable(Table):
    """A table of a trade question: trade itself, production, governance and others."""

    class Meta:
        indexes = (models.Index(fields=("office", "made_at"), name="desk_tradetable_office"),)


class ShockTable(Table):
    """A table for the pages of shocks: links of firms, firms, an input-output table and what goes with it."""

    class Meta:
        indexes = (models.Index(fields=("office", "made_at"), name="desk_shocktable_office"),)


class NameDecision(models.Model):
    """What a person decided about two names on a day: sealed, never changed; a later one follows it."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    day = models.DateField()
    said = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("office", "made_at"), name="desk_namedecision_office"),)

    def tell(self, **what: str) -> None:
        self.said = sheets.sealed(self._purpose, json.dumps(what).encode())

    @property
    def told(self) -> dict[str, str]:
        """id, list, entity_id, pair, decision, note, ours, theirs."""
        found: dict[str, str] = json.loads(sheets.opened(self._purpose, self.said))
        return found

    @property
    def _purpose(self) -> str:
        return f"{self._meta.label_lower}/{self.office.public_id}"


class SupplyTable(Sheet):
    """A table of stable supply that the office goes on with: money, certified plans, or figures (`kind`)."""

    class Kind(models.TextChoices):
        FUNDS = "funds", "額 / money"
        PLANS = "plans", "認定計画 / certified plans"
        FIGURES = "figures", "数 / figures"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    bad = models.IntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("office", "kind", "made_at"), name="desk_supplytable_office"),)


class ShockRun(models.Model):
    """A long calculation over a network of an office, part by part: a part that is finished is kept, and whoever dies
    meanwhile takes only the one under way along. The row is taken with a lease, as a job of many cases is.

    `asked`: the question and what its tables are called, sealed. `result`: once it is done, sealed. `wrong`: why it
    failed. `at`: the part under way, and how often a worker has died at it (`deaths`).
    """

    class State(models.TextChoices):
        RUNNING = "running", "実行中 / running"
        STOPPED = "stopped", "中止 / cancelled"
        DONE = "done", "完了 / done"
        FAILED = "failed", "失敗 / failed"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    firms = models.IntegerField()
    parts = models.IntegerField()
    lease = models.CharField(max_length=32, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    at = models.IntegerField(null=True)
    deaths = models.SmallIntegerField(default=0)
    asked = models.BinaryField()
    result = models.BinaryField(default=bytes)
    wrong = models.BinaryField(default=bytes)

    class Meta:
        indexes = (
            models.Index(fields=("office", "made_at"), name="desk_shockrun_office"),
            models.Index(fields=("lease_until",), condition=models.Q(state="running"), name="desk_shockrun_running"),
        )

    def sealed(self, what: str, told: Any) -> bytes:
        return sheets.sealed(self._purpose(what), json.dumps(told, ensure_ascii=False).encode())

    def opened(self, what: str) -> Any:
        """What lies sealed, None where nothing does. Raises CannotOpen, KeysMissing."""
        blob = bytes(getattr(self, what))
        return self.unsealed(what, blob) if blob else None

    def unsealed(self, what: str, blob: bytes) -> Any:
        """Raises CannotOpen, KeysMissing."""
        return json.loads(sheets.opened(self._purpose(what), blob))

    def _purpose(self, what: str) -> str:
        return f"{self._meta.label_lower}/{self.office.public_id}/{self.public_id}/{what}"


class ShockPart(models.Model):
    """A finished part of a run: scores of some firms, sealed as the run is. Gone once the run is done."""

    run = models.ForeignKey(ShockRun, on_delete=models.CASCADE, related_name="finished")
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("run", "number"), name="desk_shockpart_once"),)


class PlanWorth(models.Model):
    """What a certified plan is worth in one shock, as somebody of the office worked it out and kept it for the plan's
    page. `told`: the shock, the figures with and without, and where to see them again, sealed."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    case = models.CharField(max_length=16)
    product = models.CharField(max_length=64)
    told = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("office", "product", "made_at"), name="desk_planworth_office"),)

    def seal(self, told: dict[str, Any]) -> None:
        self.told = sheets.sealed(self._purpose, json.dumps(told, ensure_ascii=False).encode())

    @property
    def opened(self) -> dict[str, Any]:
        """Raises CannotOpen, KeysMissing."""
        found: dict[str, Any] = json.loads(sheets.opened(self._purpose, bytes(self.told)))
        return found

    @property
    def _purpose(self) -> str:
        return f"{self._meta.label_lower}/{self.office.public_id}/{self.public_id}/told"
