"""The tables. Entries are written once and never changed: the database itself refuses, see `guards`.

Text that enters a digest is stored as the very bytes that were hashed (canonical JSON, days and instants in ISO 8601),
so that no database's idea of a number or a time zone can stand between an entry and its digest.
"""

from django.db import models


class Counter(models.Model):
    """The last number given out in a series of case numbers. A compartment has a series of its own."""

    series = models.CharField(primary_key=True, max_length=64)
    value = models.BigIntegerField()


class Case(models.Model):
    """One case (事件): what it is, and the head of its chain. Only `public_id` and `number` are shown to anyone."""

    public_id = models.CharField(max_length=26, unique=True)
    kind = models.CharField(max_length=64)
    opened_on = models.CharField(max_length=10)
    series = models.CharField(max_length=64, default="", blank=True)
    # Whose key seals the values of this case: "" the office's, else a compartment's (see `sealing`).
    circle = models.CharField(max_length=64, default="", blank=True)
    number = models.BigIntegerField()
    opening_key = models.CharField(max_length=128, unique=True)
    # "" where the case is kept here; else the key of the office that keeps it: only its bundles extend it.
    origin = models.CharField(max_length=64, default="", blank=True)
    head_seq = models.IntegerField(default=0)
    head_digest = models.CharField(max_length=64)
    head_at = models.CharField(max_length=27, default="", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("series", "number"), name="ledger_case_number"),)
        indexes = (models.Index(fields=("opened_on", "series", "number"), name="ledger_case_opened"),)


class Entry(models.Model):
    """One legal act, as recorded. `data` and `sealed` are canonical JSON; `sealed` holds commitments, never values."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries", db_index=False)
    seq = models.IntegerField()
    act = models.CharField(max_length=128)
    run = models.CharField(max_length=256, blank=True)
    role = models.CharField(max_length=64, blank=True)
    party = models.CharField(max_length=256, blank=True)
    person = models.CharField(max_length=256, blank=True)
    effective_on = models.CharField(max_length=10)
    at = models.CharField(max_length=32, blank=True)
    recorded_at = models.CharField(max_length=27)
    law_version = models.CharField(max_length=10)
    data = models.TextField()
    sealed = models.TextField()
    prev_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=128)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "seq"), name="ledger_entry_seq"),
            # Per case: a key used elsewhere must not tell that another case exists.
            models.UniqueConstraint(fields=("case", "idempotency_key"), name="ledger_entry_key"),
        )
        # Which cases an act changed between two days. First acts open cases and change none.
        indexes = (
            models.Index(
                fields=("act", "effective_on", "case", "seq"), condition=models.Q(seq__gt=1), name="ledger_entry_act_on"
            ),
        )


class SealingKey(models.Model):
    """A key that seals values, wrapped by a master key (see `sealing`). The id is random; it stands in each blob."""

    id = models.IntegerField(primary_key=True)
    circle = models.CharField(max_length=64, blank=True)
    version = models.IntegerField()
    master = models.CharField(max_length=64)
    wrapped = models.BinaryField()
    created_at = models.CharField(max_length=27)

    class Meta:
        db_table = "ledger_sealing_key"
        constraints = (models.UniqueConstraint(fields=("circle", "version"), name="ledger_sealing_key_version"),)


class KeyEvent(models.Model):
    """A line of the book of keys (see `key_book`): written once."""

    number = models.IntegerField(primary_key=True)
    at = models.CharField(max_length=27)
    what = models.CharField(max_length=16)
    data = models.TextField()
    before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_key_event"


class Sealed(models.Model):
    """A sealed value with its salt, encrypted and apart from the entry: it can be destroyed, the chain still holds.

    Destroyed (内閣府令10条): key and value are null, the row stays as the record that there was one. `key` repeats what
    the blob says, so that the database itself refuses a value whose key it does not have.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="sealed_values", db_index=False)
    field = models.CharField(max_length=128)
    key = models.ForeignKey(SealingKey, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    value = models.BinaryField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "field"), name="ledger_sealed_field"),)


class Standing(models.Model):
    """Where a case stands, for lists: a projection that `rebuild` can throw away and make again.

    `states` is canonical JSON of track to state, as of `as_of`; it is stale once `next_change_on` has come.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="standing")
    kind = models.CharField(max_length=64)
    state = models.CharField(max_length=64, blank=True)
    states = models.TextField()
    as_of = models.DateField()
    next_due_on = models.DateField(null=True)
    next_change_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)  # for which day the matter itself is planned (`CaseKind.planned`)
    breach = models.BooleanField()
    overdue = models.BooleanField()
    version = models.DateField()
    # What people know the case by and may be searched in clear: its reference, and its words made alike (`words`).
    reference = models.CharField(max_length=256, blank=True)
    words = models.TextField(blank=True)
    head_seq = models.IntegerField()
    head_digest = models.CharField(max_length=64)
    # JSON, a list of [day, track, state]: into which state each track had come by the end of which day (see `course`).
    moves = models.TextField()
    declared = models.CharField(
        max_length=16, db_default=""
    )  # `procedure.fingerprint` of the declaration it was made under
    authority = models.CharField(max_length=32, db_default="", blank=True)  # under whom it falls (`CaseKind.authority`)
    counted = models.BooleanField(db_default=False)  # whether the daily numbers (`Tally`) hold the moves

    class Meta:
        indexes = (
            # Each order of a list is that of an index, so that a page costs its rows and no more.
            models.Index(fields=("kind", "next_due_on", "case"), name="ledger_standing_due"),
            models.Index(fields=("next_due_on", "case"), name="ledger_standing_all_due"),
            models.Index(fields=("kind", "state", "case"), name="ledger_standing_state"),
            models.Index(
                fields=("kind", "planned_on", "case"),
                condition=models.Q(planned_on__isnull=False),
                name="ledger_standing_planned",
            ),
            models.Index(
                fields=("next_due_on", "case"), condition=models.Q(breach=True), name="ledger_standing_breach"
            ),
            models.Index(
                fields=("next_due_on", "case"), condition=models.Q(overdue=True), name="ledger_standing_overdue"
            ),
            models.Index(fields=("next_change_on",), name="ledger_standing_change"),
            models.Index(fields=("case",), condition=models.Q(counted=False), name="ledger_standing_uncounted"),
        )


class CaseParty(models.Model):
    """Who fills a role in a case, for mandates and lists: a projection like `Standing`, made anew by `rebuild`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties", db_index=False)
    role = models.CharField(max_length=64)
    party = models.CharField(max_length=256)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "role", "party"), name="ledger_caseparty_once"),)
        indexes = (models.Index(fields=("role", "party"), name="ledger_caseparty_party"),)


class Matter(models.Model):
    """What is pending in a case (`procedure.pending`), one row each: the inbox of a person is one statement over these.

    A projection like `Standing`: a duty or clock, or a ban that ends, began or ended. `day` is null where something is
    to be done without delay.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="matters")
    sort = models.CharField(max_length=8)
    name = models.CharField(max_length=128)
    run = models.CharField(max_length=256, blank=True)
    role = models.CharField(max_length=64, blank=True)
    day = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("role", "day", "case", "sort"), name="ledger_matter_role_day"),
            models.Index(fields=("day", "case", "sort"), name="ledger_matter_day"),
        )


class Tally(models.Model):
    """How many tracks came into a state and left it on a day, by circle and kind: the sum of the counted courses.

    A projection like `Standing`. `procedure` "" counts the cases themselves.
    """

    circle = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=64)
    procedure = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=64, blank=True)
    day = models.DateField()
    came = models.IntegerField()
    went = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("circle", "kind", "procedure", "state", "day"), name="ledger_tally_once"),
        )


class Anchor(models.Model):
    """The root over the heads of all cases at one moment (see `proof`): the statement as signed, two lines."""

    number = models.IntegerField(primary_key=True)
    made_at = models.CharField(max_length=27)
    digest = models.CharField(max_length=64)
    statement = models.TextField()


class Anchored(models.Model):
    """How far an anchor covers a case: written where the case had grown since the anchor before."""

    number = models.IntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="ledger_anchored_once"),)


class Countersignature(models.Model):
    """That another office holds an anchor of this one: its statement as signed."""

    number = models.IntegerField()
    office = models.CharField(max_length=64)
    statement = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("number", "office"), name="ledger_countersignature_once"),)


class TimeStamp(models.Model):
    """That an anchor existed by an instant: the answer of an authority of time as it came (see `proof.stamps`)."""

    number = models.IntegerField()
    authority = models.CharField(max_length=200)
    at = models.CharField(max_length=27)
    answer = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("number", "authority"), name="ledger_time_stamp_once"),)


class Witnessed(models.Model):
    """An anchor of another office as it was told here, and what this office signed under it ("" for all but the last
    of those told at once)."""

    office = models.CharField(max_length=64)
    number = models.IntegerField()
    digest = models.CharField(max_length=64)
    statement = models.TextField()
    countersigned = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "number"), name="ledger_witnessed_once"),)


class Contradiction(models.Model):
    """Two statements of anchors that cannot both be true, kept as evidence. `settled_at` "": not dealt with yet."""

    office = models.CharField(max_length=64)
    sort = models.CharField(max_length=16)
    number = models.IntegerField()
    held = models.TextField(blank=True)
    told = models.TextField(blank=True)
    found_at = models.CharField(max_length=27)
    settled_at = models.CharField(max_length=27, blank=True)

    class Meta:
        indexes = (models.Index(fields=("settled_at", "office"), name="ledger_contradiction_open"),)


class Restore(models.Model):
    """That a database was put back to an old state: this office's ("") or another's (its key), as signed."""

    office = models.CharField(max_length=64, blank=True)
    epoch = models.IntegerField()
    at = models.CharField(max_length=27)
    anchor = models.IntegerField()
    statement = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "epoch"), name="ledger_restore_once"),)


class Missing(models.Model):
    """An entry that was here before a restore, and who says so (see `proof.restores`). Its case may be gone as well."""

    case = models.CharField(max_length=26)
    seq = models.IntegerField()
    digest = models.CharField(max_length=64)
    told_by = models.CharField(max_length=64)
    at = models.CharField(max_length=27)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "seq", "digest", "told_by"), name="ledger_missing_once"),
        )
