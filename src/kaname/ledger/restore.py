"""The state of a backup in the place of the present one, however that stands: sound, changed, damaged or gone.

The state before is kept, for it tells which entries are lost, and may be evidence. Where SQLite cannot open it any more
its files are put aside as they are, and only others can tell what it held (`proof.restores`). A backup of an earlier
version gets the tables of this one, in a copy.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

import pysqlite3
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kaname.law import T
from kaname.ledger import anew, clock, guards, recovery, store
from kaname.ledger.backup import copy, looking_at, opened, verified
from kaname.ledger.errors import LedgerError
from kaname.ledger.proof import restores
from kaname.ledger.proof.restores import BEFORE, CHANGED, Lost
from kaname.ledger.verify import Fault, verify
from kaname.site import at_work
from kaname.site.home import home

_AS_OWNER = T(
    "PostgreSQL では、事務所を止めたまま、所有者として pg_restore --clean --if-exists で戻し、kaname migrate と"
    " kaname verify を",
    "on PostgreSQL, while the office stands still, restore as the owner with pg_restore --clean --if-exists, then run "
    "kaname migrate and verify",
)
_EMPTY = T("何もなかった；失われた記録があれば、受領証と他の機関の写しからしか分からない",
           "there was nothing; if anything was lost, only receipts and other offices can tell")  # fmt: skip
_NONE = T("{path} は写しでない（{why}）；kaname backup の書いたものを",
          "{path} is no backup ({why}); expected a file that kaname backup has written")  # fmt: skip
_NO_OFFICE = T("事務所の表がない", "it has no tables of an office")
_CONNECTED = T("ほかのプログラム（データベースへの接続 {n}）", "another program (connections to the database: {n})")
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
_LOCKED = (512, 1 << 30)  # bytes that whoever has a database of SQLite open in WAL mode holds a lock on: count, first


@dataclass(frozen=True, slots=True)
class Behind:
    """A case of which the restored state holds less than was there before: receipts for these entries were given."""

    case: str
    held: int
    had: int


class Restored(NamedTuple):
    """Where the state before was kept, the cases that hold less than it had, and what was wrong with it."""

    kept: Path
    behind: list[Behind]
    faults: list[Fault]


def restore(path: Path) -> Restored:
    """Put the state of a backup in place of the present one. Nobody else may have the database open (AtWork): what they
    write meanwhile would be lost.

    Raises LedgerError where the file is no sound backup, DatabaseError where the database is busy or the disk full;
    then nothing has changed, but that a damaged database may lie aside already.
    """
    _require_alone()
    if connection.vendor != "sqlite":
        raise LedgerError(_AS_OWNER)
    if not path.is_file():
        raise LedgerError(T(f"{path} という写しがない", f"there is no backup {path}"))
    with _copy(path) as sound:
        try:
            with looking_at(sound):
                if "ledger_entry" not in connection.introspection.table_names():
                    raise LedgerError(_NONE.fill(path=path, why=_NO_OFFICE))
                _bring_up_to_date(path)
                report = verify(told=False)
        except DatabaseError as error:
            raise LedgerError(_NONE.fill(path=path, why=error)) from None
        if report.faults or not report.cases:
            what = report.faults[0].text if report.faults else T("事件がない", "it holds no case")
            raise LedgerError(T(f"{path} は戻せない。ほかの写しを。違い：{what.ja}",
                                f"{path} cannot be restored, take another backup. What is wrong with it: {what.en}")
                              )  # fmt: skip
        kept, faults, can_be_read = _put_aside()
        with opened(sound) as source:
            connection.ensure_connection()
            with connection.wrap_database_errors:
                source.backup(connection.connection)
    connection.close()
    store.forget()
    recovery.finish()
    held, changed = _heads(), {fault.case for fault in faults}
    had = dict(_rows(kept, _HEADS, faults)) if can_be_read else {}
    entries = _rows(kept, _ENTRIES, faults) if can_be_read else ()
    restores.raise_epoch(
        Lost(case, seq, digest, CHANGED if case in changed else BEFORE)
        for case, seq, digest in entries
        if seq > held.get(case, 0)
    )
    behind = [Behind(case, held.get(case, 0), seq) for case, seq in sorted(had.items()) if held.get(case, 0) < seq]
    return Restored(kept, behind, faults)


# -- nobody else -----------------------------------------------------------------------------------------------------


def _require_alone() -> None:
    """Commands and workers of this version are kept out before (`site.at_work`); here it is asked of the database, of
    whoever it is. Raises AtWork."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_OTHERS)
            (others,) = cursor.fetchone()
        if others:
            raise at_work.busy(_CONNECTED.fill(n=others))
    elif (path := Path(str(connection.settings_dict["NAME"]))).is_file():
        connection.close()
        with _shut(path):
            pass


@contextmanager
def _shut(path: Path) -> Iterator[None]:
    """Within the block nobody can have a file of SQLite open. Raises AtWork where somebody has."""
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, *_LOCKED)
        except BlockingIOError:
            raise at_work.busy(at_work.who(path)) from None
        yield


# -- the backup ------------------------------------------------------------------------------------------------------


@contextmanager
def _copy(path: Path) -> Iterator[Path]:
    """A copy to look at: opening a database in WAL mode would write beside the original."""
    made = home() / f".{path.name}.{os.getpid()}"
    try:
        shutil.copyfile(path, made)
        yield made
    finally:
        for name in (made.name, f"{made.name}-wal", f"{made.name}-shm"):
            made.with_name(name).unlink(missing_ok=True)


def _bring_up_to_date(path: Path) -> None:
    """Tables and lists of an earlier version as this one has them. Raises LedgerError where it is a later one."""
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        return
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("kaname.")}
    here = {one for one in MigrationLoader(None).disk_migrations if one[0] in ours}
    applied = {one for one in recorder.applied_migrations() if one[0] in ours}
    if later := sorted(applied - here):
        name = ".".join(later[0])
        raise LedgerError(T(f"{path} はより新しい版の写し（{name}）；その版の要を入れてから戻すこと",
                            f"{path} was made by a later version ({name}); install that version of Kaname first")
                          )  # fmt: skip
    if here - applied:
        call_command("migrate", verbosity=0, interactive=False)
        anew.catch_up()


# -- the state before ------------------------------------------------------------------------------------------------


def _put_aside() -> tuple[Path, list[Fault], bool]:
    """Where the present state is kept, what is wrong with it, and whether entries of it can be read."""
    now = f"before-restore-{clock.now():%Y%m%dT%H%M%S%fZ}"
    names = chain((now,), (f"{now}-{n}" for n in count(2)))  # where the clock was set back, two may be of one instant
    kept = next(path for name in names if not (path := home() / f"{name}.sqlite3").exists())
    try:
        copy(kept)
    except OperationalError:  # busy, or no room
        kept.unlink(missing_ok=True)
        raise
    except DatabaseError as damaged:
        kept.unlink(missing_ok=True)
        _move(kept)
        return kept, [_unread(damaged)], False
    try:
        faults = verified(kept).faults
    except DatabaseError as error:
        text = T(f"確かめられない（{error}）", f"cannot be verified ({error})")
        return kept, [Fault("", 0, text)], True
    empty = [fault.text for fault in faults] == [guards.NO_TABLES]
    return (kept, [Fault("", 0, _EMPTY)], False) if empty else (kept, faults, True)


def _move(kept: Path) -> None:
    """The files of the database under another name. Raises AtWork where somebody has it open."""
    path = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    with _shut(path):
        for end in ("", "-wal", "-shm"):
            if (one := path.with_name(path.name + end)).exists():
                one.rename(kept.with_name(kept.name + end))


def _unread(error: Exception) -> Fault:
    return Fault("", 0, T(f"読めない（{error}）；失われた記録は、受領証と他の機関の写しからしか分からない",
                          f"cannot be read ({error}); what was lost only receipts and other offices can tell")
                 )  # fmt: skip


_HEADS = "SELECT public_id, head_seq FROM ledger_case"
_ENTRIES = (
    "SELECT c.public_id, e.seq, e.digest FROM ledger_entry e JOIN ledger_case c ON c.id = e.case_id "
    "WHERE c.origin = '' ORDER BY e.case_id, e.seq"
)


def _rows(kept: Path, statement: str, faults: list[Fault]) -> Iterator[tuple[Any, ...]]:
    """What the state before had, as far as it can be read."""
    with opened(kept) as link:
        try:
            yield from link.execute(statement)
        except pysqlite3.DatabaseError as error:
            if (fault := _unread(error)) not in faults:
                faults.append(fault)


def _heads() -> dict[str, int]:
    return {head.public_id: head.head_seq for page in store.pages(1000) for head in page}
