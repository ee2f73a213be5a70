"""An embedded database brought up to date before the office is opened."""

from collections.abc import Callable

from django.db import connection

from kaname.ledger import clock
from kaname.ledger.backup import copy
from kaname.ledger.errors import LedgerError
from kaname.site.checks import lost, pending
from kaname.site.home import home


def tables(migrate: Callable[[], object]) -> None:
    """Make the tables of a new office, or change those of an older version, of which a copy is kept first.

    On PostgreSQL nothing is done: the office's role may not change tables, their owner does it (`checks` says how).
    """
    if connection.vendor != "sqlite" or not pending():
        return
    if connection.introspection.table_names():
        # As it stands, whatever version it is of: `kaname backup` would read it with the tables of this version.
        copy(home() / f"before-migrate-{clock.now():%Y%m%dT%H%M%SZ}.sqlite3")
    else:
        require_new()
    migrate()


def require_new() -> None:
    """Whoever has lost the database does not begin another without knowing. Raises LedgerError."""
    if text := lost():
        raise LedgerError(text)
