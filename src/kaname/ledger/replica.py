"""Lists from a read replica of PostgreSQL, and only where it is not behind.

    with replica.reading():
        rows = list(Standing.objects.filter(...))

At the beginning of the block the primary is asked how far its log has come, and the replica whether it has replayed as
much; it is given a moment to. If it has, whatever was committed before the block is in it: what this session wrote,
whose rights ended, what a day has changed. If not, or if it does not answer, the primary is read. So no list is ever
staler than the primary's own, and nobody need be pinned to anything. Everything outside such a block is the primary's:
acts are judged, rights are asked and sessions are kept there.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connections

ALIAS = "replica"
WAITS = 0.05  # seconds that a replica may take to catch up; a list on the primary takes about as long
_log = logging.getLogger("kaname.replica")
_chosen: ContextVar[bool] = ContextVar("replica", default=False)


class Router:
    """Django's question which database a model is read from."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return ALIAS if _chosen.get() else None

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # both are the same database

    def allow_migrate(self, alias: str, app_label: str, **hints: Any) -> bool:
        return alias == "default"


def is_set() -> bool:
    return ALIAS in connections.settings


@contextmanager
def reading() -> Iterator[None]:
    """Within the block models are read from the replica, if there is one and it has caught up."""
    if not is_set() or connections["default"].in_atomic_block or not _has_caught_up():
        yield
        return
    token = _chosen.set(True)
    try:
        yield
    finally:
        _chosen.reset(token)


def _has_caught_up() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        (wanted,) = cursor.fetchone()
    until = time.monotonic() + WAITS
    try:
        with connections[ALIAS].cursor() as cursor:
            while not _has_replayed(cursor, wanted):
                if time.monotonic() > until:
                    return False
                time.sleep(0.002)
    except DatabaseError as error:
        _log.warning("the replica does not answer; lists come from the primary", extra={"fault": type(error).__name__})
        connections[ALIAS].close()
        return False
    return True


def _has_replayed(cursor: Any, wanted: str) -> bool:
    cursor.execute("SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn", (wanted,))
    return bool(cursor.fetchone()[0])
