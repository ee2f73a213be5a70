"""Every decision on sealed matter, allowed or refused, in a chain: of each compartment, or of each case that lies open.

    series  = the compartment's public id, else the case's; of what lies in no case, what it is about
    digest  = SHA-256( frame("kaname/decision/1") frame(digest before it) frame(canonical JSON of all other columns) )

Who may not even know of a case leaves no trace here: for them there is no decision, only an address that is not there,
and a row would cost statements that tell the hidden from the absent. The row of a reading is written in the transaction
of the reading's own line (`SealedRead`), before the first byte.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from kaname.access.custody.models import Decision
from kaname.access.models import Person, SealedRead
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.ledger.digest import frames
from kaname.ledger.models import Case
from kaname.ledger.rows import instant
from kaname.ledger.strict_json import canonical_plain
from kaname.ledger.verify import Fault

STEPS = "custody"  # the door of what is asked, answered and released: no reading, so no line of `SealedRead`
_TRIES = 50


@dataclass(frozen=True, slots=True)
class Matter:
    """What is decided about: something sealed of a case, or (`about`) of what lies in none."""

    case: Case | None
    field: str
    entry: int = 0
    about: str = ""

    @property
    def series(self) -> str:
        return (self.case.circle or self.case.public_id) if self.case else self.about


def read(person: Person, matters: Sequence[Matter], door: str, at: datetime | None = None) -> None:
    """They are about to be handed out: log and chain, both durable. What is not committed could be taken back after
    the value was seen."""
    at = at or clock.now()
    lines = [
        SealedRead(person=person, case=m.case, about=m.about, seq=m.entry, field=m.field, at=at, door=door)
        for m in matters
    ]
    _written(person, matters, door, "", at, lines)


def refused(person: Person, matters: Sequence[Matter], door: str, why: str) -> None:
    """They were asked for and not handed out. `why`: a code of `WHY`."""
    _written(person, matters, door, why, clock.now(), [])


def step(person: Person, case: Case, field: str, beside: Iterable[Any] = ()) -> None:
    """A step of custody: the rows that record it, and its place in the chain. Raises Taken; then nothing is written."""
    _written(person, [Matter(case, field)], STEPS, "", clock.now(), list(beside))


def _written(
    person: Person, matters: Sequence[Matter], door: str, why: str, at: datetime, beside: Sequence[Any]
) -> None:
    if not matters:
        return
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic(durable=True):
                _add(beside)
                Decision.objects.bulk_create(_chained(person, matters, door, why, instant(at)))
            return
        except IntegrityError:  # another process went on with the chain first
            if not left:
                raise
            for row in beside:
                row.pk = None


class Taken(Exception):
    """Another process has written what these rows would say."""


def _add(rows: Sequence[Any]) -> None:
    """Rows of one kind at once: on SQLite the first of them takes the lock, under which the chain is then read."""
    try:
        if rows:
            type(rows[0]).objects.bulk_create(rows)
    except IntegrityError:
        raise Taken from None


def _chained(person: Person, matters: Sequence[Matter], door: str, why: str, at: str) -> Iterator[Decision]:
    heads = _heads({m.series for m in matters})
    for m in matters:
        seq, before = heads.get(m.series) or (0, genesis(m.series))
        seq += 1
        case = m.case.public_id if m.case else ""
        digest = digest_of(before, _said(m.series, seq, case, person.public_id, m.entry, m.field, door, why, at))
        heads[m.series] = seq, digest
        yield Decision(
            series=m.series, seq=seq, case=m.case, person=person, entry=m.entry, field=m.field, door=door, why=why,
            at=at, digest=digest,
        )  # fmt: skip


def _heads(series: set[str]) -> dict[str, tuple[int, str]]:
    marks = ", ".join(["%s"] * len(series))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.series, d.seq, d.digest FROM access_decision d JOIN (SELECT series, MAX(seq) AS seq "
            f"FROM access_decision WHERE series IN ({marks}) GROUP BY series) AS h "
            "ON h.series = d.series AND h.seq = d.seq", sorted(series),
        )  # fmt: skip
        return {name: (seq, digest) for name, seq, digest in cursor.fetchall()}


def genesis(series: str) -> str:
    return frames(b"kaname/decisions/1", series.encode())


def _said(series: str, seq: int, case: str, person: str, entry: int, field: str, door: str, why: str, at: str) -> Any:
    return {"series": series, "seq": seq, "case": case, "person": person, "entry": entry, "field": field, "door": door,
            "why": why, "at": at}  # fmt: skip


def digest_of(before: str, said: dict[str, Any]) -> str:
    return frames(b"kaname/decision/1", bytes.fromhex(before), canonical_plain(said).encode())


def of_case(case: Case) -> "QuerySet[Decision]":
    """Newest first. Who may know them, the caller has asked."""
    return Decision.objects.filter(case=case).select_related("person__office").order_by("-at", "-pk")


# -- verify ------------------------------------------------------------------------------------------------------------


class _Row(NamedTuple):
    series: str
    seq: int
    case: str | None
    person: str
    entry: int
    field: str
    door: str
    why: str
    at: str
    digest: str


_COLUMNS = ("series", "seq", "case__public_id", "person__public_id", "entry", "field", "door", "why", "at", "digest")


def faults() -> list[Fault]:
    """Links that do not fit, and readings of which log and chain do not tell the same."""
    found: list[Fault] = []
    chains: dict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
    told: Counter[tuple[str, str, int, str, str]] = Counter()
    first = ""
    for row in map(_Row._make, Decision.objects.order_by("series", "seq").values_list(*_COLUMNS).iterator()):
        seq, before = chains[row.series]
        where = row.case or row.series
        if row.seq != seq + 1:
            found.append(Fault(where, 0, _missing(row.series, seq + 1)))
        said = _said(row.series, row.seq, row.case or "", *row[3:9])
        if row.seq == seq + 1 and row.digest != digest_of(before or genesis(row.series), said):
            found.append(Fault(where, 0, _changed(row.series, row.seq)))
        chains[row.series] = row.seq, row.digest
        if not row.why and row.door != STEPS:
            first = min(first or row.at, row.at)
            told[row.case or row.series, row.person, row.entry, row.field, row.door] += 1
    return found + _unlike(told, first)


def _unlike(told: Counter[tuple[str, str, int, str, str]], first: str) -> list[Fault]:
    """The log begins before the chain does: what is older than the first link is not compared."""
    if not first:
        return []
    since = datetime.fromisoformat(first)
    columns = ("case__public_id", "about", "person__public_id", "seq", "field", "door")
    logged = Counter(
        (case or about, person, seq, field, door)
        for case, about, person, seq, field, door in SealedRead.objects.filter(at__gte=since).values_list(*columns)
    )
    wrong = sorted({key[0] for key in (told - logged) + (logged - told)})
    return [Fault(case, 0, _UNLIKE) for case in wrong]


def _missing(series: str, seq: int) -> Text:
    return T(f"判断の記録 {series} の {seq} がない", f"decision {seq} of the chain {series} is missing")


def _changed(series: str, seq: int) -> Text:
    return T(f"判断の記録 {series} の {seq} が書かれた後に変えられた、又は前につながらない",
             f"decision {seq} of the chain {series} was changed, or does not continue the one before")  # fmt: skip


_UNLIKE = T("閲覧の記録と判断の記録が食い違う", "the log of readings and the chain of decisions do not tell the same")

WHY = {
    "": T("許可", "allowed"),
    "right": T("封緘を読む権限がない", "no right to read what is sealed"),
    "approval": T("承認がない", "no approval"),
    "stopped": T("大量の閲覧で止めた", "stopped after reading very much"),
    "quarantine": T("検疫中", "in quarantine"),
}
