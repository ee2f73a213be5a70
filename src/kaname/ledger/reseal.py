"""Keys anew: a new master, new keys for every circle, a case that moves into another circle. While the office works.

Each step stands by itself: stopped at any moment, everything opens, and the same call goes on where it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from kaname.ledger import course, destroyed, sealing
from kaname.ledger.errors import UnknownCase
from kaname.ledger.master import Wrapped, masters
from kaname.ledger.models import Case, Sealed

_BATCH, _KEYS = 200, 500  # values, keys in a transaction
Progress = Callable[[int], None]


@dataclass(slots=True)
class Rekeyed:
    """What was done: the master's name, keys wrapped again, values sealed again."""

    master: str
    keys: int = 0
    values: int = 0


def rekey(values: bool = False, progress: Progress | None = None) -> Rekeyed:
    """A new master, under which every key is wrapped again; one that was interrupted is finished first, not begun anew.

    `values`: also a new key for every circle, and every value sealed again under it (after keys have leaked). What
    `seal_text` has sealed (drafts, documents' keys) stays under the keys it has, which are wrapped again like all.
    """
    if not _stale():
        masters().renew()
    done = Rekeyed(masters().current(), settle())
    if values:
        _renew_keys()
        done.values = _seal_stale(progress)
    return done


def settle() -> int:
    """Wrap each key under the current master of its circle; how many were not. Of destroyed ones nothing is left."""
    return sum(_settle(circle, master) for circle, master in _stale())


def _stale() -> list[tuple[str, str]]:
    """The circles some of whose keys are not wrapped under their current master, and that master's name."""
    held = [(circle, name) for name, circle in sealing.wrappers() if not destroyed.of(circle)]
    current = {circle: masters().current(circle) for circle, _ in held}
    return sorted({(circle, current[circle]) for circle, name in held if name != current[circle]})


def _settle(circle: str, master: str) -> int:
    done = last = 0
    where = "WHERE circle = %s AND version > %s AND master <> %s ORDER BY version LIMIT %s"
    while rows := sealing.key_rows(where, (circle, last, master, _KEYS)):
        done += _wrap_again(circle, rows)
        last = rows[-1].version
    return done


def _wrap_again(circle: str, rows: Sequence[sealing.KeyRow]) -> int:
    """Some keys of a circle under its current master, together; not those that another process was first at."""
    wrapped = masters().wrap_again([Wrapped(row.master, row.wrapped, row.about) for row in rows], circle)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE ledger_sealing_key SET master = %s, wrapped = %s WHERE id = %s AND wrapped = %s",
            [(*new, row.number, row.wrapped) for new, row in zip(wrapped, rows, strict=True)],
        )
        return int(cursor.rowcount)


# -- values sealed again ---------------------------------------------------------------------------------------------


def move(case: str, circle: str) -> int:
    """A case moves into another circle: its values are sealed under that circle's key, those to come as well.

    Returns how many were sealed again. Raises UnknownCase.
    """
    with transaction.atomic():
        found = Case.objects.select_for_update().filter(public_id=case).first()
        if found is None:
            raise UnknownCase
        course.uncount([found.pk])  # its numbers go along
        Case.objects.filter(pk=found.pk).update(circle=circle)
        rows = Sealed.objects.filter(entry__case=found, value__isnull=False).values_list("pk", flat=True)
        return sum(_seal_again(pk) for pk in list(rows))


def _renew_keys() -> None:
    """A new key for each circle, unless the newest has sealed nothing yet (an earlier run was interrupted)."""
    newest: dict[str, sealing.KeyRow] = {}
    for row in sealing.key_rows("ORDER BY version"):
        if not destroyed.of(row.circle):
            newest[row.circle] = row
    for circle, row in newest.items():
        older = Sealed.objects.filter(key__circle=circle).exclude(key=row.number)
        if not older.exists():
            sealing.renew(circle, row.version)
    sealing.forget()


def _seal_stale(progress: Progress | None) -> int:
    """Every value that lies under a key its case no longer writes with. Other processes may still write under an old
    key they remember: what they wrote is found until none is left."""
    done, last = 0, 0
    newest = {circle: sealing.newest(circle) for circle in {row.circle for row in sealing.key_rows()}}
    columns = ("pk", "key", "entry__case__circle")
    while page := list(
        Sealed.objects.filter(pk__gt=last, key__isnull=False).order_by("pk").values_list(*columns)[:_BATCH]
    ):
        with transaction.atomic():
            done += sum(
                _seal_again(pk) for pk, key, circle in page if key != newest.get(circle) and not destroyed.of(circle)
            )
        last = page[-1][0]
        if progress:
            progress(done)
    return done


def _seal_again(pk: int) -> int:
    columns = ("field", "value", "entry__seq", "entry__case__public_id", "entry__case__circle")
    field, value, seq, case, circle = Sealed.objects.select_for_update(of=("self",)).values_list(*columns).get(pk=pk)
    if value is None:
        return 0
    key, blob = sealing.seal_secret(circle, case, seq, sealing.open_secret(case, seq, field, bytes(value)))
    Sealed.objects.filter(pk=pk).update(key=key, value=blob)
    return 1
