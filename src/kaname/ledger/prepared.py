"""Prepared statements of PostgreSQL, straight to libpq: parsed and planned once a connection, values sent as text.

psycopg's cursor takes an act as long as its judging does. Only outside of transactions (within one it is the cursor
that begins it), and only for the few statements of an act, whose answers are numbers and text.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection, OperationalError, errors
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus

_NUMBERS = frozenset({20, 21, 23})  # int8, int2, int4
_prepared: WeakKeyDictionary["Connection[Any]", set[bytes]] = WeakKeyDictionary()


def can(link: "Connection[Any]") -> bool:
    return link.autocommit


def first(link: "Connection[Any]", statement: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row that a statement gives (marks: %s), or None. Raises what psycopg raises."""
    name, text = _numbered(statement)
    given: Any = [None if v is None else str(v).encode() for v in values]
    known = _prepared.setdefault(link, set())
    if name not in known:
        _prepare(link, name, text)
        known.add(name)
    answer = link.pgconn.exec_prepared(name, given)
    if answer.error_field(DiagnosticField.SQLSTATE) == b"26000":  # a pooler has put another server behind the line
        _prepare(link, name, text)
        answer = link.pgconn.exec_prepared(name, given)
    _sound(link, answer)
    if not answer.ntuples:
        return None
    return tuple([_value(answer.ftype(i), answer.get_value(0, i)) for i in range(answer.nfields)])


@cache
def _numbered(statement: str) -> tuple[bytes, bytes]:
    """A name that says which statement it is, whoever prepared it, and its text with the marks of the server."""
    parts = statement.split("%s")
    text = "".join([f"{part}${i}" for i, part in enumerate(parts[:-1], 1)]) + parts[-1]
    return b"kaname_" + sha256(text.encode()).hexdigest()[:32].encode(), text.encode()


def _prepare(link: "Connection[Any]", name: bytes, text: bytes) -> None:
    answer = link.pgconn.prepare(name, text)
    if answer.error_field(DiagnosticField.SQLSTATE) != b"42P05":  # there already, from behind the same pooler
        _sound(link, answer)


def _value(of: int, value: bytes | None) -> Any:
    if value is None:
        return None
    return int(value) if of in _NUMBERS else value.decode()


def _sound(link: "Connection[Any]", answer: Any) -> None:
    if answer.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return
    if link.pgconn.status != ConnStatus.OK:
        raise OperationalError(answer.error_message.decode("utf-8", "replace"))
    raise errors.error_from_result(answer)
