"""The few statements of an act, straight to the driver.

Django's cursor costs an act more than SQLite takes for the statements themselves. Transactions, health checks and the
family of errors stay Django's; where statements are watched (tests, debugging), its cursor is used after all.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connections

Values = Sequence[Any]
Statement = tuple[str, Values]


def one(statement: str, values: Values) -> Any:
    """The first row that a statement gives, or None."""
    link, execute = _open()
    try:
        return execute(_in_style(link.vendor, statement), values).fetchone()
    except link.Database.Error:
        with link.wrap_database_errors:
            raise


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


def _open() -> tuple[Any, Any]:
    """The connection of this thread, and what executes a statement on it."""
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
