"""Backup and restore while the office works, each verified by hashing and folding everything again.

Keys (secret_key, signing_key, sealing_key) are not in a backup: a stolen copy must neither sign nor open what is
sealed. Keep them apart.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

import pysqlite3
from django.db import DatabaseError, connection, connections

from kaname.law import T
from kaname.ledger import clock, recovery, store
from kaname.ledger.errors import LedgerError
from kaname.ledger.proof import restores
from kaname.ledger.verify import Report, verify
from kaname.site.databases import embedded
from kaname.site.home import home

_AS_OWNER = T(
    "PostgreSQL では所有者として pg_restore --clean --if-exists で戻し、kaname migrate と kaname verify を",
    "on PostgreSQL restore as the owner with pg_restore --clean --if-exists, then run kaname migrate and verify",
)
_NO_DUMP = T("pg_dump がない；postgresql-client を入れること", "pg_dump is missing; install postgresql-client")


@dataclass(frozen=True, slots=True)
class Behind:
    """A case of which the restored state holds less than was there before: receipts for these entries were given."""

    case: str
    held: int
    had: int


def backup(path: Path) -> Report | None:
    """Write a backup to a new file. Returns what verifying it found; None where that is left to the reader.

    PostgreSQL: a dump in the format of pg_dump, verified once it is restored (`kaname verify`).
    Raises LedgerError where the file exists, a program is missing, or the backup does not verify.
    """
    if path.exists():
        raise LedgerError(T(f"{path} はすでにある；新しい名を", f"{path} exists; expected a new name"))
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.close(handle)
    try:
        if connection.vendor == "sqlite":
            report: Report | None = _sqlite(part)
        else:
            report = None
            _dump(part)
        if report and report.faults:
            fault = report.faults[0]
            raise LedgerError(T(f"写しが記録と合わない：{fault.text.ja}", f"the backup is not sound: {fault.text.en}"))
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return report


def restore(path: Path) -> tuple[Path, list[Behind]]:
    """Put the state of a backup in place of the present one. Returns where the present one was kept, and which cases
    now hold less than before. Raises LedgerError where the file is no sound backup; then nothing has changed.
    """
    if connection.vendor != "sqlite":
        raise LedgerError(_AS_OWNER)
    if not path.is_file():
        raise LedgerError(T(f"{path} という写しがない", f"there is no backup {path}"))
    try:
        with _copy(path) as copy, looking_at(copy):
            report = verify(told=False)
    except DatabaseError as error:
        raise LedgerError(T(f"{path} は写しでない（{error}）", f"{path} is no backup: {error}")) from None
    if report.faults or not report.cases:
        what = report.faults[0].text if report.faults else T("事件がない", "it holds no case")
        raise LedgerError(T(f"{path} は戻せない：{what.ja}", f"{path} cannot be restored: {what.en}"))
    had = _heads()
    kept = _free(home() / f"before-restore-{clock.now():%Y%m%dT%H%M%S%fZ}.sqlite3")
    backup(kept)
    with _copy(path) as copy, _opened(copy) as source:
        connection.ensure_connection()
        source.backup(connection.connection)
    connection.close()
    store.forget()
    recovery.finish()
    held = _heads()
    restores.raise_epoch(_lost(kept, held))
    behind = [Behind(case, held.get(case, 0), seq) for case, seq in sorted(had.items()) if held.get(case, 0) < seq]
    return kept, behind


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


def _sqlite(part: Path) -> Report:
    connection.ensure_connection()
    with _opened(part) as target:
        connection.connection.backup(target)
    with looking_at(part):
        report = verify(told=False)
    with _opened(part) as target:
        target.execute("PRAGMA journal_mode = DELETE")  # one file, complete in itself
    return report


@contextmanager
def _copy(path: Path) -> Iterator[Path]:
    """A copy to look at: opening a database in WAL mode would write beside the original."""
    copy = home() / f".{path.name}.{os.getpid()}"
    shutil.copyfile(path, copy)
    try:
        yield copy
    finally:
        for name in (copy.name, f"{copy.name}-wal", f"{copy.name}-shm"):
            copy.with_name(name).unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    link = pysqlite3.connect(path, isolation_level=None)
    try:
        yield link
    finally:
        link.close()


def _free(path: Path) -> Path:
    """A name that is not taken: where the clock was set back, two restores may be of one instant."""
    names = chain((path,), (path.with_stem(f"{path.stem}-{n}") for n in count(2)))
    return next(one for one in names if not one.exists())


def _heads() -> dict[str, int]:
    return {head.public_id: head.head_seq for page in store.pages(1000) for head in page}


def _lost(kept: Path, held: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    """The entries of cases kept here that the state before had and the present one has not."""
    with _opened(kept) as link:
        for case, seq, digest in link.execute(
            "SELECT c.public_id, e.seq, e.digest FROM ledger_entry e JOIN ledger_case c ON c.id = e.case_id "
            "WHERE c.origin = '' ORDER BY e.case_id, e.seq"
        ):
            if seq > held.get(case, 0):
                yield case, seq, digest


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
