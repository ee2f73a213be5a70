"""An embedded database brought up to date before the office is opened."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection

from kaname.ledger import clock
from kaname.site.checks import pending
from kaname.site.home import home


def tables(migrate: Callable[[], object]) -> None:
    """Make the tables of a new office, or change those of an older version, of which a copy is kept first.

    On PostgreSQL nothing is done: the office's role may not change tables, their owner does it (`checks` says how).
    """
    if connection.vendor != "sqlite" or not pending():
        return
    if connection.introspection.table_names():
        _copy(home() / f"before-migrate-{clock.now():%Y%m%dT%H%M%SZ}.sqlite3")
    migrate()


def _copy(path: Path) -> None:
    """As it stands, whatever version it is of: `kaname backup` would read it with the tables of this version."""
    import pysqlite3

    path.touch(mode=0o600)
    target = pysqlite3.connect(path, isolation_level=None)
    try:
        connection.ensure_connection()
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()
