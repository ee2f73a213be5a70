"""The few statements of an act, straight to the driver.

Django's cursor costs an act more than SQLite takes for the statements themselves. Transactions, health checks and the
family of errors stay Django's; where statements are watched (tests, debugging), its cursor is used after all.
"""

from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from functools import lru_cache
from threading import local
from typing import Any

from django.db import connections
from django.db.transaction import atomic

Values = Sequence[Any]
Statement = tuple[str, Values]


def vendor() -> str:
    """The database's: within a transaction of this module known already, else looked up."""
    held = getattr(_begun, "line", None)
    return str((held[0] if held else connections["default"]).vendor)


def in_one_statement() -> bool:
    """Whether a statement by itself may be an act: on PostgreSQL, outside of any transaction."""
    link = connections["default"]
    return link.vendor == "postgresql" and not link.in_atomic_block


def one(statement: str, values: Values) -> Any:
    """The first row that a statement gives, or None. Numbers and text alone: see `prepared`."""
    link, execute = _open()
    try:
        if link.vendor == "postgresql" and execute is not _watched:
            return _prepared(link, statement, values)
        return execute(_in_style(link.vendor, statement), values).fetchone()
    except link.Database.Error:
        with link.wrap_database_errors:
            raise


def rows(statement: str, values: Values) -> list[Any]:
    """Every row that a statement gives."""
    link, execute = _open()
    try:
        return list(execute(_in_style(link.vendor, statement), values).fetchall())
    except link.Database.Error:
        with link.wrap_database_errors:
            raise


def marks(values: Sized) -> str:
    """The marks of so many values in a list; in an empty one is nothing."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def run(statement: str, values: Values) -> int:
    """How many rows a statement changed."""
    return run_all(((statement, values),))


def run_all(statements: Iterable[Statement]) -> int:
    """Several statements, one behind the other: how many rows the last one changed."""
    link, execute = _open()
    count, vendor = 0, link.vendor
    try:
        for statement, values in statements:
            count = execute(_in_style(vendor, statement), values).rowcount
    except link.Database.Error:
        with link.wrap_database_errors:
            raise
    return count


def _prepared(link: Any, statement: str, values: Values) -> Any:
    from kaname.ledger import prepared  # an office on SQLite has no driver of PostgreSQL

    if prepared.can(link.connection):
        return prepared.first(link.connection, statement, values)
    return link.connection.execute(statement, values).fetchone()


@contextmanager
def transaction() -> Iterator[None]:
    """As `transaction.atomic(durable=True)`, for statements of this module alone: at a third of its cost on SQLite."""
    link, execute = _open()
    if link.vendor != "sqlite" or link.in_atomic_block or execute is _watched:
        with atomic(durable=True):
            yield
        return
    with link.wrap_database_errors:
        execute("BEGIN IMMEDIATE")
    _begun.line = link, execute
    try:
        yield
        with link.wrap_database_errors:
            execute("COMMIT")
    except BaseException:
        try:
            if link.connection is not None and link.connection.in_transaction:
                execute("ROLLBACK")
        except link.Database.Error:
            link.close()  # what was begun ends with the connection
        raise
    finally:
        _begun.line = None


_begun = local()  # the line of this thread's transaction: it is not looked up for each of its statements


def _open() -> tuple[Any, Any]:
    """The connection of this thread, and what executes a statement on it."""
    if held := getattr(_begun, "line", None):
        found: tuple[Any, Any] = held
        return found
    link = connections["default"]
    if not link.in_atomic_block:
        link.close_if_health_check_failed()
        link.ensure_connection()
    return link, _watched if link.queries_logged or link.execute_wrappers else link.connection.execute


def _watched(statement: str, values: Values) -> Any:
    cursor = connections["default"].cursor()
    cursor.execute(statement.replace("?", "%s"), values)
    return cursor


@lru_cache(512)
def _in_style(vendor: str, statement: str) -> str:
    """A statement with the marks of the driver: those of an act hold no other percent sign, and no question mark."""
    return statement.replace("%s", "?") if vendor == "sqlite" else statement
