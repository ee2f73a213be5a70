"""Rows in and out: the head of a case, its entries, the append. Plain SQL where an act must cost microseconds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from kaname.ledger import link, openings, rows, sealing, titles
from kaname.ledger.kinds import kind
from kaname.ledger.models import Case
from kaname.ledger.rows import Row, Secret
from kaname.procedure import Entry, Standing, fold


class Head(NamedTuple):
    """A case and the head of its chain, as read at one moment."""

    pk: int
    public_id: str
    kind: str
    opened_on: str
    number: int
    origin: str
    head_seq: int
    head_digest: str
    head_at: str
    circle: str = ""


_HEAD = ("id", "public_id", "kind", "opened_on", "number", "origin", "head_seq", "head_digest", "head_at", "circle")
_ROW = ", ".join(rows.COLUMNS)
_MARKS = ", ".join(["%s"] * len(rows.COLUMNS))
INSERT = f"INSERT INTO ledger_entry (case_id, {_ROW}) VALUES (%s, {_MARKS})"
SWAP = (
    "UPDATE ledger_case SET head_seq = %s, head_digest = %s, head_at = %s "
    "WHERE id = %s AND head_seq = %s AND head_digest = %s AND circle = %s"
)


def head(public_id: str, lock: bool = False) -> Head | None:
    """The head of a case, or None. `lock`: no one else may move it until the transaction ends."""
    wait = " FOR UPDATE" if lock and connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(_HEAD)} FROM ledger_case WHERE public_id = %s{wait}", (public_id,))
        row = cursor.fetchone()
    return Head(*row) if row else None


_ASKED = (
    f"SELECT {', '.join(f'c.{c}' for c in _HEAD)}, (SELECT e.seq FROM ledger_entry e "
    "WHERE e.case_id = c.id AND e.idempotency_key = %s) FROM ledger_case c WHERE c.public_id = %s"
)


def head_and_key(public_id: str, key: str, lock: bool = False) -> tuple[Head, bool] | None:
    """The head of a case, or None, and whether an entry was recorded under the key: an act asks for both at once.

    `lock` as in `head`. Whoever waited for it sees the case as it has become, but maybe not the key: it is asked anew.
    """
    wait = " FOR UPDATE OF c" if lock and connection.features.has_select_for_update else ""
    row = link.one(_ASKED + wait, (key, public_id))
    return (Head(*row[:-1]), row[-1] is not None or bool(wait)) if row else None


def heads(cases: Sequence[int], lock: bool = False) -> list[Head]:
    """The heads of several cases by their keys. `lock`: no one else may move them until the transaction ends."""
    found = Case.objects.filter(pk__in=cases).order_by("pk")
    return [Head(*row) for row in (found.select_for_update() if lock else found).values_list(*_HEAD)]


def pages(size: int, first: int = 0, last: int | None = None) -> Iterator[list[Head]]:
    """The cases in the order of their keys (all, or from `first` to `last`), a page at a time."""
    while True:
        found = Case.objects.filter(pk__gte=first).order_by("pk")
        found = found if last is None else found.filter(pk__lte=last)
        page = [Head(*row) for row in found.values_list(*_HEAD)[:size]]
        if page:
            yield page
        if len(page) < size:
            return
        first = page[-1].pk + 1


def by_key(case: int, key: str) -> tuple[Row, list[Secret]] | None:
    """The entry that was recorded under an idempotency key, or None."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_ROW} FROM ledger_entry WHERE case_id = %s AND idempotency_key = %s", (case, key))
        found = cursor.fetchone()
    if not found:
        return None
    row = Row(*found)
    return row, secrets_of([case]).get(case, {}).get(row.seq, []) if row.sealed != rows.EMPTY else []


def rows_of(cases: Sequence[int]) -> dict[int, list[Row]]:
    """The rows of several cases, each in order."""
    found: dict[int, list[Row]] = {case: [] for case in cases}
    marks = ", ".join(["%s"] * len(cases))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT case_id, {_ROW} FROM ledger_entry WHERE case_id IN ({marks}) ORDER BY case_id, seq", list(cases)
        )
        for case, *columns in cursor.fetchall():
            found[case].append(Row(*columns))
    return found


def secrets_of(cases: Sequence[int]) -> dict[int, dict[int, list[Secret]]]:
    """Sealed values of several cases, opened, by case and seq. Raises CannotOpen, KeysMissing."""
    found: dict[int, dict[int, list[Secret]]] = defaultdict(lambda: defaultdict(list))
    for case, public_id, seq, name, blob in blobs_of(cases):
        found[case][seq].append(sealing.open_secret(public_id, seq, name, blob))
    return found


def blobs_of(cases: Sequence[int]) -> Iterator[tuple[int, str, int, str, bytes | None]]:
    """Sealed values of several cases as they lie there: case, its public id, seq, field, blob."""
    marks = ", ".join(["%s"] * len(cases))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.case_id, c.public_id, e.seq, s.field, s.value FROM ledger_sealed s "
            "JOIN ledger_entry e ON e.id = s.entry_id JOIN ledger_case c ON c.id = e.case_id "
            f"WHERE e.case_id IN ({marks}) ORDER BY e.case_id, e.seq, s.field",
            list(cases),
        )
        for case, public_id, seq, name, blob in cursor.fetchall():
            yield case, public_id, seq, name, None if blob is None else bytes(blob)


def entries(case: int) -> list[Entry]:
    """The whole ledger of a case for the kernel."""
    found = rows_of([case])[case]
    secrets = secrets_of([case])[case] if any(row.sealed != rows.EMPTY for row in found) else {}
    return rows.to_entries(found, secrets)


def entries_of(cases: Sequence[int]) -> dict[int, list[Entry]]:
    """The whole ledgers of several cases, read together."""
    found, secrets = (rows_of(cases), secrets_of(cases)) if cases else ({}, {})
    return {pk: rows.to_entries(found[pk], secrets.get(pk, {})) for pk in cases}


# A standing is a pure function of the chain, and the digest names the chain: what is kept here can never be stale.
_KEPT: dict[tuple[int, str], Standing] = {}
_MOST = 2000


def keep(case: int, digest: str, standing: Standing) -> None:
    """Remember the standing at a head."""
    while len(_KEPT) >= _MOST:
        _KEPT.pop(next(iter(_KEPT), (0, "")), None)
    _KEPT[case, digest] = standing


def forget() -> None:
    """Drop everything remembered (after sealed values were destroyed, or the database became another one)."""
    _KEPT.clear()
    _SHOWN.clear()
    titles.forget()
    openings.forget()
    sealing.forget()


# The projection that this process wrote last at a head, committed: the next act writes only what differs from it.
_SHOWN: dict[tuple[int, str], Any] = {}


def keep_shown(at: Head, digest: str, shown: Any) -> None:
    """What was written over the row of a head: the head is another's no more."""
    while len(_SHOWN) >= _MOST:
        _SHOWN.pop(next(iter(_SHOWN), (0, "")), None)
    _SHOWN.pop((at.pk, at.head_digest), None)
    _SHOWN[at.pk, digest] = shown


def shown(at: Head) -> Any | None:
    """Of several that race for a head each needs it: who wins is not known before."""
    return _SHOWN.get((at.pk, at.head_digest))


def standing(at: Head) -> Standing:
    """The standing at the last entry of a case."""
    known = _KEPT.pop((at.pk, at.head_digest), None)
    found = known or at_last(at.kind, entries(at.pk))
    keep(at.pk, at.head_digest, found)
    return found


def standings(heads_: Sequence[Head]) -> dict[int, Standing]:
    """The standings at the last entries of several cases; those not remembered are read together."""
    ledgers = entries_of([h.pk for h in heads_ if (h.pk, h.head_digest) not in _KEPT])
    made = {}
    for head_ in heads_:
        known = _KEPT.get((head_.pk, head_.head_digest))
        made[head_.pk] = known or at_last(head_.kind, ledgers.get(head_.pk) or entries(head_.pk))
        keep(head_.pk, head_.head_digest, made[head_.pk])
    return made


def at_last(kind_id: str, ledger: Sequence[Entry]) -> Standing:
    """The standing at the end of the last day on which something was done."""
    return fold(kind(kind_id), ledger)


def swap(old: Head, row: Row) -> bool:
    """Move the head of a case from what was read to a new entry. False: someone else was first, nothing happened."""
    new = row.seq, row.digest, row.recorded_at
    return link.run(SWAP, (*new, old.pk, old.head_seq, old.head_digest, old.circle)) == 1


def opened_by(key: str) -> tuple[str, str] | None:
    """The public id and the kind of the case that was opened under an idempotency key, or None."""
    found = link.one("SELECT public_id, kind FROM ledger_case WHERE opening_key = %s", (key,))
    return (found[0], found[1]) if found else None


def numbers(series: str, count: int) -> int:
    """Take the next numbers of a series; returns the first. The caller's transaction holds the series till its end."""
    (last,) = link.one(
        "INSERT INTO ledger_counter (series, value) VALUES (%s, %s) "
        "ON CONFLICT (series) DO UPDATE SET value = ledger_counter.value + excluded.value RETURNING value",
        (series, count),
    )
    return int(last) - count + 1


CASE_COLUMNS = (
    "public_id", "kind", "opened_on", "series", "circle", "number", "opening_key", "origin", "head_seq", "head_digest",
    "head_at",
)  # fmt: skip
INSERT_CASE = f"INSERT INTO ledger_case ({', '.join(CASE_COLUMNS)}) VALUES ({', '.join(['%s'] * len(CASE_COLUMNS))})"


def insert_case(new: Head, series: str, key: str) -> int:
    """Write the row of a new case; returns its key."""
    values = (
        new.public_id, new.kind, new.opened_on, series, new.circle, new.number, key, new.origin, new.head_seq,
        new.head_digest, new.head_at,
    )  # fmt: skip
    (pk,) = link.one(f"{INSERT_CASE} RETURNING id", values)
    return int(pk)


def insert(case: Head, row: Row, secrets: Sequence[Secret]) -> None:
    """Write one entry and its sealed values."""
    sealed = [
        (s.field, *sealing.seal_secret(case.circle, case.public_id, row.seq, s), case.pk, row.seq) for s in secrets
    ]
    link.run_all([(INSERT, (case.pk, *row)), *((_INSERT_SEALED, values) for values in sealed)])


_INSERT_SEALED = (
    "INSERT INTO ledger_sealed (entry_id, field, key_id, value) "
    "SELECT id, %s, %s, %s FROM ledger_entry WHERE case_id = %s AND seq = %s"
)
