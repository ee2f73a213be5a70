"""Sealed titles, searched without lying open anywhere: made alike in the memory of a process that may open them.

No index on the disk knows them, so that a copy of the database tells no title. The memory follows the table by its
growing key; the last few rows are read again, because a transaction may commit after one that began later.
"""

from django.db import connection

from kaname.law.alike import alike
from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.ledger.kinds import kinds
from kaname.ledger.sealing import open_secret
from kaname.ledger.strict_json import loads

_OVERLAP = 200
_READ = """SELECT s.id, e.case_id, c.kind, c.public_id, e.seq, s.field, s.value FROM ledger_sealed s
JOIN ledger_entry e ON e.id = s.entry_id JOIN ledger_case c ON c.id = e.case_id
WHERE s.id > %s AND s.value IS NOT NULL AND s.field IN ({}) ORDER BY s.id"""

_TITLES: dict[int, tuple[int, str]] = {}  # case -> (seq of the entry that says so, title made alike)
_READ_ONES: set[int] = set()
_LAST = [0]


def forget() -> None:
    """Drop all that is remembered: the database has become another one, or values were destroyed."""
    _TITLES.clear()
    _READ_ONES.clear()
    _LAST[0] = 0


def having(piece: str, after: int = 0) -> set[int]:
    """The cases (by row) whose title has a piece of text, itself made alike. For those who may read what is sealed.

    `after`: only the cases whose keys come after that one.
    """
    _follow()
    if after > 0:
        newest = ((case, _TITLES[case][1]) for case in range(after + 1, max(_TITLES, default=0) + 1) if case in _TITLES)
        return {case for case, title in newest if piece in title}
    return {case for case, (_, title) in _TITLES.items() if piece in title}


def _follow() -> None:
    names = _fields()
    if not names:
        return
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * (2 * len(names)))
        asked = (max(_LAST[0] - _OVERLAP, 0), *names, *(f"data.{name}" for name in names))
        cursor.execute(_READ.format(marks), asked)
        found = cursor.fetchall()
    for row, case, kind_id, public_id, seq, field, blob in found:
        if row in _READ_ONES or field.removeprefix("data.") != title_field(kind_id):
            continue
        try:
            secret = open_secret(public_id, seq, field, bytes(blob))
        except (CannotOpen, KeysMissing):
            continue  # `verify` names it; a search finds the rest
        if secret.value is not None and seq >= _TITLES.get(case, (0, ""))[0]:
            _TITLES[case] = (seq, alike(str(loads(secret.value))))
        _READ_ONES.add(row)
        _LAST[0] = max(_LAST[0], row)
    _READ_ONES.intersection_update(range(_LAST[0] - _OVERLAP, _LAST[0] + 1))


def _fields() -> tuple[str, ...]:
    return tuple(sorted({name for kind_id in kinds() if (name := title_field(kind_id))}))


def title_field(kind_id: str) -> str:
    """The field that holds the title of a kind's cases, or ""."""
    return kinds()[kind_id].title.rpartition(".")[2] if kind_id in kinds() else ""
