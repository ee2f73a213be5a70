"""Which cases fit the words and may be known to the person: sets of keys, each read as one value, and put together.

What the person may know is one of the sets, by the predicate of every list. The others hold, for each word, the cases
in whose open words it stands, by the index of the database, and those in whose title it stands, in memory
(`ledger.titles`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q
from numpy.typing import NDArray

from kaname.access.models import Person
from kaname.access.predicate import EVERY, Held, covers, hidden_from, mandates, rows_visible_to
from kaname.access.search.asked import Piece
from kaname.access.search.conditions import HOLDS, SCALE, Fit, has
from kaname.ledger import titles
from kaname.ledger.models import Standing as Row
from kaname.ledger.openings import Numbers

Set = NDArray[np.bool_]  # by key of the case
_KEY = F("case_id")


def best_first(person: Person, pieces: Sequence[Piece], narrowed: Q, whole: str, day: date) -> Numbers:
    """The keys of the cases that fit: best first, the newest first among them. `whole`: what was typed, made alike."""
    held = mandates(person, day)
    readers = [m for m in held if m.sealed]
    found = _known(person, held, narrowed, day)
    size = found.size
    readable = _readable(held, readers, found)
    fit = np.full(size, HOLDS, np.int64)
    number = pieces[0].number if len(pieces) == 1 else None
    for i, piece in enumerate(pieces):
        fitting = keys_of(has(piece), Fit(whole, number) if i == 0 else _KEY * SCALE + HOLDS)
        fitting = fitting[fitting < size * SCALE]
        fit[fitting // SCALE] = np.minimum(fit[fitting // SCALE], fitting % SCALE)
        one = _set(fitting // SCALE, size)
        if readable is not None:
            one |= _titled(piece, size) & readable
        found &= one
    cases = np.flatnonzero(found)
    return cases[np.argsort((fit[cases] << 48) - cases)]


def _known(person: Person, held: Sequence[Held], narrowed: Q, day: date) -> Set:
    """What the person may know of. Who acts in every case: all there are but the hidden ones, which are few."""
    if narrowed or covers(held, "case") != EVERY:
        keys = keys_of(rows_visible_to(person, day, list(held), every_row=True) & narrowed)
        return _set(keys, int(keys.max(initial=0)) + 1)
    hidden, params = hidden_from(person, day)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (SELECT max(case_id) FROM ledger_standing), {_joined('case_id')} FROM ({hidden}) AS h",
                       params)  # fmt: skip
        last, said = cursor.fetchone()
    found = np.ones((last or 0) + 1, bool)
    keys = _read(said)
    found[keys[keys < found.size]] = False
    return found


def _readable(held: Sequence[Held], readers: Sequence[Held], known: Set) -> Set | None:
    """Of what the person may know of, the cases whose titles they may read; None: no title of any."""
    if not readers:
        return None
    return known if len(readers) == len(held) else known & _set(keys_of(covers(readers, "case")), known.size)


def _titled(piece: Piece, size: int) -> Set:
    return _set(np.concatenate([titles.having(key) for key in piece.keys]), size)


def _set(keys: Numbers, size: int) -> Set:
    found = np.zeros(size, bool)
    found[keys[keys < size]] = True
    return found


def keys_of(condition: Q, value: Any = _KEY) -> Numbers:
    """A number of every row that fulfils the condition, as one value of one statement: rows cost five times as much."""
    rows = Row.objects.filter(condition).order_by().annotate(n=value).values("n")
    try:
        statement, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return np.zeros(0, np.int64)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_joined('n')} FROM ({statement}) AS found", params)
        return _read(cursor.fetchone()[0])


def _joined(column: str) -> str:
    return f"group_concat({column})" if connection.vendor == "sqlite" else f"string_agg({column}::text, ',')"


def _read(said: str | None) -> Numbers:
    found: Numbers = np.fromstring(said or "", dtype=np.int64, sep=",")
    return found
