"""Sealed titles, searched without lying open anywhere: made alike in the memory of a process that may open them.

No index on the disk knows them, so that a copy of the database tells no title. The memory follows the table by its
growing key; the last few rows are read again, because a transaction may commit after one that began later. What is
asked is looked for in all titles joined to one text, tens of times as fast as in each; those that came since it was
joined are looked at one by one.
"""

from collections.abc import Iterable
from threading import Lock

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from kaname.law.alike import alike
from kaname.law.lines import Lines
from kaname.ledger.errors import CannotOpen, KeysMissing
from kaname.ledger.kinds import kinds
from kaname.ledger.sealing import open_secret
from kaname.ledger.strict_json import loads

_OVERLAP = 200
_READ = """SELECT s.id, e.case_id, c.kind, c.public_id, e.seq, s.field, s.value FROM ledger_sealed s
JOIN ledger_entry e ON e.id = s.entry_id JOIN ledger_case c ON c.id = e.case_id
WHERE s.id > %s AND s.value IS NOT NULL AND s.field IN ({}) ORDER BY s.id"""

Cases = NDArray[np.int64]

_MOST = 2_000  # titles since then that are looked at one by one
_TITLES: dict[int, tuple[int, str]] = {}  # case -> (seq of the entry that says so, title made alike)
_JOINED = [(np.zeros(0, np.int64), Lines())]  # cases and their titles, those of `_SINCE` as they were
_SINCE: set[int] = set()  # cases whose title came or became another one since the titles were joined
_READ_ONES: set[int] = set()
_LAST = [0]
_ONE = Lock()  # what is remembered is followed, joined and looked through by one thread at a time


def forget() -> None:
    """Drop all that is remembered: the database has become another one, or values were destroyed."""
    _TITLES.clear()
    _JOINED[0] = np.zeros(0, np.int64), Lines()
    _SINCE.clear()
    _READ_ONES.clear()
    _LAST[0] = 0


def having(piece: str, after: int = 0) -> Cases:
    """The cases (by row) whose title has a piece of text, itself made alike. For those who may read what is sealed.

    `after`: only the cases whose keys come after that one.
    """
    with _ONE:
        _follow()
        if after > 0:
            return _among((case for case in range(after + 1, max(_TITLES, default=0) + 1) if case in _TITLES), piece)
        if len(_SINCE) > _MOST:
            cases = np.fromiter(_TITLES, np.int64, len(_TITLES))
            _JOINED[0] = cases, Lines([title for _, title in _TITLES.values()])
            _SINCE.clear()
        joined, lines = _JOINED[0]
        found = joined[lines.having(piece)]
        since = np.fromiter(_SINCE, np.int64, len(_SINCE))
        return np.concatenate([found[~np.isin(found, since)], _among(_SINCE, piece)])


def _among(cases: Iterable[int], piece: str) -> Cases:
    return np.array([case for case in cases if piece in _TITLES[case][1]], np.int64)


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
            _SINCE.add(case)
        _READ_ONES.add(row)
        _LAST[0] = max(_LAST[0], row)
    _READ_ONES.intersection_update(range(_LAST[0] - _OVERLAP, _LAST[0] + 1))


def _fields() -> tuple[str, ...]:
    return tuple(sorted({name for kind_id in kinds() if (name := title_field(kind_id))}))


def title_field(kind_id: str) -> str:
    """The field that holds the title of a kind's cases, or ""."""
    return kinds()[kind_id].title.rpartition(".")[2] if kind_id in kinds() else ""
