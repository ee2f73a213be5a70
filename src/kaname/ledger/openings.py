"""Of what kind each case is and in which year it was opened, in the memory of a process, to count what a search finds.

A case never changes either, so nothing has to be followed: what is not known yet is read when it is first met.
"""

from dataclasses import dataclass, field

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
_ALL, _SOME = 500, "SELECT id, kind, opened_on FROM ledger_case WHERE id "


@dataclass
class _Known:
    """By row of the case: number of its kind plus one, 0: not read yet; year of its opening."""

    kinds: list[str] = field(default_factory=list)
    kind: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    year: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))


_KNOWN = _Known()


def forget() -> None:
    """The database has become another one."""
    _KNOWN.kinds, _KNOWN.kind, _KNOWN.year = [], np.zeros(0, np.int64), np.zeros(0, np.int64)


def of(cases: Numbers) -> tuple[Numbers, Numbers, list[str]]:
    """For each case the number of its kind, and its year; and the kinds by number."""
    if cases.size == 0:
        return cases, cases, _KNOWN.kinds
    _make_room(int(cases.max()))
    unknown = cases[_KNOWN.kind[cases] == 0]
    if unknown.size:
        _read(unknown)
    return _KNOWN.kind[cases] - 1, _KNOWN.year[cases], _KNOWN.kinds


def _make_room(last: int) -> None:
    more = last + 1 - _KNOWN.kind.size
    if more > 0:
        room = np.zeros(more + more // 4 + 1000, np.int64)
        _KNOWN.kind, _KNOWN.year = np.concatenate((_KNOWN.kind, room)), np.concatenate((_KNOWN.year, room))


def _read(unknown: Numbers) -> None:
    """One statement: of few cases by their rows, of many from the first to the last of them."""
    with connection.cursor() as cursor:
        if unknown.size <= _ALL:
            cursor.execute(f"{_SOME} IN ({', '.join(['%s'] * unknown.size)})", unknown.tolist())
        else:
            cursor.execute(f"{_SOME} BETWEEN %s AND %s", [int(unknown.min()), int(unknown.max())])
        found = cursor.fetchall()
    for case, kind, opened_on in found:
        if kind not in _KNOWN.kinds:
            _KNOWN.kinds.append(kind)
        _KNOWN.year[case] = int(opened_on[:4])
        _KNOWN.kind[case] = _KNOWN.kinds.index(kind) + 1
