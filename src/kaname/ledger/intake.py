"""Bulk intake: thousands of cases opened by one act each, in batches; the same entries as `open_case` would write.

Every row is checked, numbered, hashed and projected. With `alike`, rows of which the caller says that they are judged
alike (filed on the same day, differing in names only) are judged once; the second of them and every SAMPLE-th row are
judged all the same, and an answer that differs stops the intake.
Taken in twice, a row has no effect: its key is made of its name.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, transaction

from kaname.ledger import clock, digest, projection, rows, sealing, store
from kaname.ledger.judging import Asked, judged, wrong_form
from kaname.ledger.kinds import kind, version
from kaname.ledger.perform import new_id
from kaname.ledger.projection import Projected, projected
from kaname.ledger.rows import Row, Secret
from kaname.ledger.store import Head
from kaname.procedure import Entry, Reason, Refused
from kaname.procedure.forms import read_form
from kaname.procedure.index import ActOf, index

BATCH, SAMPLE = 5000, 97
Alike = Callable[[Entry], Hashable]


class Filed(NamedTuple):
    """One row: the name by which it is known outside (an application number), and the act that opens its case."""

    name: str
    entry: Entry


@dataclass(slots=True)
class Intake:
    """What became of the rows. `refused`: place in the source from 1, name, every reason."""

    taken: int = 0
    repeated: int = 0
    refused: list[tuple[int, str, tuple[Reason, ...]]] = field(default_factory=list)


class NotAlike(RuntimeError):
    """Two rows that the caller called alike were judged differently. The batch was not written."""


class _New(NamedTuple):
    head: Head
    key: str
    row: Row
    secrets: list[Secret]
    shown: Projected


def key_of(kind_id: str, name: str) -> str:
    """The idempotency key of a row: made of kind and name, whatever characters the name has."""
    return "intake/" + sha256(f"{kind_id}\0{name}".encode()).hexdigest()[:40]


def take_in(
    kind_id: str, filed: Iterable[Filed], *, person: str = "", series: str = "", alike: Alike | None = None,
    progress: Callable[[int], None] | None = None,
) -> Intake:  # fmt: skip
    """Open a case for each row. Raises LookupError for an unknown kind, NotAlike, and what the database raises.

    `progress` is called with the number of rows done.
    """
    kind(kind_id)
    done, source = Intake(), iter(filed)
    judge = _Judge(kind_id, person, alike)
    place = 0
    while batch := list(islice(source, BATCH)):
        new = _judge_batch(judge, batch, place, done)
        with transaction.atomic(durable=True):
            _write(new, series)
        done.taken += len(new)
        place += len(batch)
        if progress:
            progress(place)
    return done


def _judge_batch(judge: "_Judge", batch: Sequence[Filed], place: int, done: Intake) -> list[_New]:
    keys = [key_of(judge.kind.id, row.name) for row in batch]
    known, new = _known(keys), []
    for i, (row, key) in enumerate(zip(batch, keys, strict=True), place + 1):
        if key in known:
            done.repeated += 1
            continue
        known.add(key)
        answer = judge.new(row.entry, key, i % SAMPLE == 0)
        if isinstance(answer, Refused):
            done.refused.append((i, row.name, answer.reasons))
        else:
            new.append(answer)
    return new


class _Group:
    """Rows that are judged alike: how the first of them stands, and all of its columns that name no one."""

    __slots__ = ("confirmed", "of", "row", "shown")

    def __init__(self, of: ActOf, row: Row, shown: Projected) -> None:
        self.of, self.row, self.shown = of, row, shown
        self.confirmed = False  # whether a second row was judged like the first


class _Judge:
    """Judges rows of one kind; remembers what was answered to the first of those alike."""

    def __init__(self, kind_id: str, person: str, alike: Alike | None) -> None:
        self.kind, self.person, self.alike = kind(kind_id), person, alike
        self.empty = store.at_last(kind_id, ())
        self.today = clock.today()
        self.groups: dict[Hashable, _Group] = {}
        self.reference = tuple(name.rpartition(".")[2] for name in self.kind.reference)

    def new(self, entry: Entry, key: str, sample: bool) -> _New | Refused:
        asked = Asked(entry, key, self.person)
        if wrong := wrong_form(asked):
            return wrong
        opened_on, case = entry.on.isoformat(), new_id()
        head = Head(0, case, self.kind.id, opened_on, 0, "", 0, digest.genesis(case, self.kind.id, opened_on), "")
        of = index(self.kind).acts.get(entry.act)
        alike = self._alike(entry, of)
        group = self.groups.get(alike) if alike else None
        if group is not None and group.confirmed and not sample:
            return self._like(group, head, entry, key)
        answer = judged(head, self.empty, (), asked)
        if isinstance(answer, Refused):
            if group is not None:
                raise NotAlike(f"refused, though alike to one accepted: {answer.reasons[0].text.en}")
            return answer
        shown = projected(answer.after, 1, answer.row.digest, self.today)
        if group is not None:
            if unnamed(shown) != unnamed(group.shown):
                raise NotAlike(f"stands otherwise than one alike: {answer.row.data[:200]}")
            group.confirmed = True
        elif alike and of:
            self.groups[alike] = _Group(of, answer.row, shown)
        return _New(answer.head, key, answer.row, answer.secrets, shown)

    def _alike(self, entry: Entry, of: ActOf | None) -> Hashable:
        """What makes rows alike: what the caller says, and in any case the act, who does it, and which fields it has.

        None: judged alone. An act with worked values is never alike to another: they may hang on any field.
        """
        if self.alike is None or of is None or of.worked:
            return None
        given = frozenset([name for name, value in entry.data.items() if value not in (None, "", ())])
        return entry.act, entry.by, entry.run, bool(entry.party), given, self.alike(entry)

    def _like(self, group: _Group, head: Head, entry: Entry, key: str) -> _New | Refused:
        """A row as the kernel would complete it, its form read as ever; its standing is that of the first alike."""
        values, problems = read_form(group.of.fields, entry.data)
        if problems:
            return Refused(problems)
        first = group.row
        data, sealed, secrets = rows.written(self.kind, first.act, values)
        day, at = head.opened_on, entry.at.isoformat() if entry.at else ""
        columns = (1, first.act, first.run, first.role, entry.party, self.person, day, at, rows.instant(clock.now()),
                   version(self.kind, entry.on).isoformat(), data, sealed, head.head_digest)  # fmt: skip
        row = Row(*columns, Row(*columns, "", key).digest_of(head.public_id), key)
        named = projection.named_parties(self.kind, lambda name: values.get(name.rpartition(".")[2]))
        parties = tuple(sorted({*named, *(((first.role, entry.party),) if entry.party else ())}))
        reference = next((str(value) for name in self.reference if (value := values.get(name))), "")
        shown = group.shown._replace(
            head_digest=row.digest,
            parties=parties,
            reference=reference[:256],
            planned_on=projection.planned_on(self.kind, lambda name: values.get(name.rpartition(".")[2])),
            words=projection.words_of(reference, parties),
            authority=projection.authority_of(
                self.kind, lambda name: values.get(name.rpartition(".")[2]), group.shown.as_of
            ),
        )
        return _New(head, key, row, secrets, shown)


def unnamed(shown: Projected) -> Projected:
    """What two cases alike have in common: all but the digest and their names."""
    return shown._replace(head_digest="", parties=(), reference="", planned_on=None, words="", authority="")


# -- writing --------------------------------------------------------------------------------------------------------


def _known(keys: Sequence[str]) -> set[str]:
    """Which of the keys have opened a case already."""
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT opening_key FROM ledger_case WHERE opening_key IN ({marks})", list(keys))
        return {row[0] for row in cursor.fetchall()}


def _write(new: Sequence[_New], series: str) -> None:
    """A batch, within a transaction: cases, entries, sealed values, projections."""
    if not new:
        return
    first = store.numbers(series, len(new))
    put("ledger_case", store.CASE_COLUMNS, [
        (n.head.public_id, n.head.kind, n.head.opened_on, series, series, number, n.key, "",
         1, n.row.digest, n.row.recorded_at)
        for number, n in enumerate(new, first)
    ])  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM ledger_case WHERE series = %s AND number BETWEEN %s AND %s ORDER BY number",
            (series, first, first + len(new) - 1),
        )
        keys = [row[0] for row in cursor.fetchall()]
    put("ledger_entry", ("case_id", *rows.COLUMNS), [(k, *n.row) for k, n in zip(keys, new, strict=True)])
    shown = [(k, n.shown) for k, n in zip(keys, new, strict=True)]
    put("ledger_standing", ("case_id", *projection.COLUMNS), projection.many_params(shown))
    if parties := projection.party_params(shown):
        put("ledger_caseparty", ("case_id", "role", "party"), parties)
    if matters := projection.matter_params(shown):
        put("ledger_matter", projection.MATTER_COLUMNS, matters)
    secrets = [
        (k, s.field, *sealing.seal_secret(series, n.head.public_id, 1, s))
        for k, n in zip(keys, new, strict=True)
        for s in n.secrets
    ]
    if secrets:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT case_id, id FROM ledger_entry WHERE case_id BETWEEN %s AND %s AND seq = 1",
                (min(keys), max(keys)),
            )
            entries = dict(cursor.fetchall())
        values = [(entries[k], *sealed) for k, *sealed in secrets]
        put("ledger_sealed", ("entry_id", "field", "key_id", "value"), values)


def put(table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """Many rows at once: COPY on PostgreSQL, executemany on SQLite. Triggers and constraints hold for both."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
            return
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
