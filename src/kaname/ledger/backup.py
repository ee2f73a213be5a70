"""Backup while the office works, verified by hashing and folding everything again. How it comes back: `restore`.

Keys (secret_key, signing_key, sealing_key) are not in a backup: a stolen copy must neither sign nor open what is
sealed. Keep them apart.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3
from django.db import connection, connections

from kaname.law import T
from kaname.ledger import store
from kaname.ledger.errors import LedgerError
from kaname.ledger.verify import Report, verify
from kaname.site.databases import embedded
from kaname.site.home import synced

_ONE_FILE = "PRAGMA journal_mode = DELETE"
_NO_DUMP = T("pg_dump がない；postgresql-client を入れること", "pg_dump is missing; install postgresql-client")


def backup(path: Path, evidence: bool = False) -> Report | None:
    """Write a backup to a new file. Returns what verifying it found; None where that is left to the reader.

    PostgreSQL: a dump in the format of pg_dump, verified once it is restored (`kaname verify`).
    `evidence`: also of a record that does not verify; `restore` takes no such file.
    Raises LedgerError where the file exists, a program is missing, or the backup does not verify.
    """
    if path.exists():
        raise LedgerError(T(f"{path} はすでにある；新しい名を", f"{path} exists; expected a new name"))
    part, report = path.with_name(path.name + ".part"), None
    try:
        if connection.vendor == "sqlite":
            copy(part)
            report = verified(part)
        else:
            part.touch(mode=0o600)
            _dump(part)
        if report and report.faults and not evidence:
            what = report.faults[0].text
            raise LedgerError(T(f"写しが記録と合わない：{what.ja}；証拠として残すには kaname backup --evidence",
                                f"the backup is not sound: {what.en}; to keep it as evidence: kaname backup --evidence")
                              )  # fmt: skip
        part.rename(path)
        synced(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return report


@contextmanager
def looking_at(path: Path) -> Iterator[None]:
    """Within the block the office's database is a file of SQLite."""
    before = connections.settings["default"]
    connection.close()
    connections.settings["default"] = {**before, **embedded(path)}
    del connections["default"]
    store.forget()
    try:
        yield
    finally:
        connection.close()
        connections.settings["default"] = before
        del connections["default"]
        store.forget()


def copy(path: Path) -> None:
    """The office's database of SQLite as it stands, into one file, complete in itself. Raises DatabaseError where it
    cannot be read."""
    connection.ensure_connection()
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    with opened(path) as target, connection.wrap_database_errors:
        connection.connection.backup(target)
        target.execute(_ONE_FILE)


def verified(path: Path) -> Report:
    """What verifying a file of SQLite finds; it is one file afterwards as before."""
    with looking_at(path):
        report = verify(told=False)
    with opened(path) as target:
        target.execute(_ONE_FILE)
    return report


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A file of SQLite, without Django."""
    link = pysqlite3.connect(path, isolation_level=None)
    try:
        yield link
    finally:
        link.close()


def _dump(part: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise LedgerError(_NO_DUMP)
    at = connection.settings_dict
    names = {"PGHOST": at["HOST"], "PGPORT": at["PORT"], "PGUSER": at["USER"], "PGPASSWORD": at["PASSWORD"]}
    env = {**os.environ, **{k: str(v) for k, v in names.items() if v}}
    done = subprocess.run(
        [program, "--format=custom", "--no-owner", f"--file={part}", str(at["NAME"])],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise LedgerError(T(f"pg_dump が失敗した：{done.stderr.strip()}", f"pg_dump failed: {done.stderr.strip()}"))
