"""SQLite as Kaname wants it: a library without the WAL-reset fault, in the place of the interpreter's own.

SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two connections meet a checkpoint. Debian 12 ships
3.40.1, so the package `pysqlite3`, which brings a newer library, takes the place of the module `sqlite3` before Django
imports it. Where an older library remains, WAL is refused (see `kaname.ledger.guards`).
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

FIXED_IN = (3, 51, 3)

# On every connection: two of these do not persist in the file, and none may depend on who opened it first.
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",  # FULL: with NORMAL a power cut can take back an act whose receipt was handed out
    "foreign_keys": "1",
    "recursive_triggers": "1",  # otherwise INSERT OR REPLACE deletes a row without its delete trigger
    "secure_delete": "1",
}


def take_place() -> None:
    """Let `import sqlite3` mean pysqlite3 from now on. Harmless when called twice."""
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def init_command() -> str:
    """What each new connection runs first."""
    return ";".join(f"PRAGMA {name}={value}" for name, value in {**PRAGMAS, "cache_size": "-20000"}.items())
