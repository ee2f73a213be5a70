"""An embedded database brought up to date before the office is opened."""

from collections.abc import Callable

from django.db import connection

from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.backup import copy
from kaname.ledger.errors import LedgerError
from kaname.site.checks import pending
from kaname.site.home import home

_LEFT = ("documents", "newest_anchor", "restore_epoch")  # in KANAME_HOME, of an office that has worked


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
    left = [name for name in _LEFT if (path := home() / name).is_file() or (path.is_dir() and any(path.iterdir()))]
    if left:
        names = ", ".join(left)
        raise LedgerError(T(f"KANAME_HOME には事務所の {names} があるのに、データベースがない；kaname restore で写しに"
                            "戻すこと。それでも新しく始めるなら kaname migrate",
                            f"KANAME_HOME has {names} of an office, but no database; put a backup in place: kaname "
                            "restore BACKUP. To begin anew all the same: kaname migrate"))  # fmt: skip
