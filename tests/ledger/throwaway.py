"""Throwaway databases for tests: a file of SQLite, or a private PostgreSQL that is gone when the run is over.

The cluster runs with its durable settings, because the office refuses to start on others; it lies in memory where there
is room, for no test here cuts the power of PostgreSQL.
"""

import glob
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from kaname.api import rate
from kaname.ledger import roles, store
from kaname.site.databases import embedded, postgresql

_MEMORY, _ROOM = "/dev/shm", 2 << 30
PATIENCE = 300  # seconds that a server may take to come up, on however busy a machine


def bindir() -> str | None:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[-2]))  # noqa: PTH207
    return found[-1] if found else None


@contextmanager
def cluster(of: Path | None = None):
    """The folder of a running private cluster: it is reached through the socket that lies in it. `of`: the folder of
    one that does not run, to begin as its copy."""
    roomy = Path(_MEMORY).is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    base = tempfile.mkdtemp(prefix="pgt-", dir=_MEMORY if roomy else "/tmp")  # a socket's path may have 107 bytes
    if os.geteuid() == 0:
        shutil.chown(base, "postgres", "postgres")
    if of:
        copy(of, base)
    else:
        _run("initdb", "-D", f"{base}/d", "-A", "trust", "-U", "app", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    start(base)
    try:
        yield base
    finally:
        if Path(f"{base}/d/postmaster.pid").exists():
            stop(base)
        shutil.rmtree(base, ignore_errors=True)


def copy(of: str | Path, to: str | Path) -> None:
    """The data of a cluster that does not run into another folder, with their owner."""
    subprocess.run(["cp", "-a", f"{of}/d", str(to)], check=True)


def _run(program: str, *args: str) -> None:
    su = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*su, f"{bindir()}/{program}", *args]
    with tempfile.TemporaryFile() as said:  # no pipe: the server that is started would hold it open
        done = subprocess.run(command, check=False, cwd="/", stdout=subprocess.DEVNULL, stderr=said)
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {said.read().decode(errors='replace')}")


def start(base: str, more: str = "") -> None:
    options = f"-k {base} -c listen_addresses='' -c max_connections=100 {more}"
    _run("pg_ctl", "-D", f"{base}/d", "-w", "-t", str(PATIENCE), "-s", "-l", f"{base}/log", "-o", options, "start")


def stop(base: str, how: str = "immediate") -> None:
    """At once, as if the power were cut: the server recovers from its log at the next start. `fast`: in order."""
    _run("pg_ctl", "-D", f"{base}/d", "-m", how, "-s", "stop")


@contextmanager
def standby(of: str, delay: str = "0"):
    """The folder of a running read replica of a cluster, which applies what it hears after a delay."""
    base = copied(of, "-R")
    start(base, f"-c recovery_min_apply_delay={delay} -c hot_standby_feedback=on")
    try:
        yield base
    finally:
        stop(base)
        shutil.rmtree(base, ignore_errors=True)


def copied(of: str, *more: str) -> str:
    """The folder of a copy of a running cluster, as `pg_basebackup` takes it; it does not run."""
    base = tempfile.mkdtemp(prefix="pgt-", dir=Path(of).parent)
    if os.geteuid() == 0:
        shutil.chown(base, "postgres", "postgres")
    _run("pg_basebackup", "-h", of, "-U", "app", "-D", f"{base}/d", "-X", "stream", "-c", "fast", "--no-sync", *more)
    return base


def restart(base: str) -> None:
    """Stop and start. A server process that is still dying holds the memory of the old one: then again."""
    stop(base)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return start(base)
        except RuntimeError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def url(base: str, user: str, database: str) -> str:
    return f"postgresql://{user}@/{database}?host={base}"


def superuser(base: str, *statements: str, database: str = "postgres") -> None:
    """Run statements as the superuser of the cluster."""
    import psycopg

    with psycopg.connect(url(base, "app", database), autocommit=True) as link:
        for statement in statements:
            link.execute(statement)


def put(database: Any) -> None:
    """Let what lies in the office in memory be a copy of this database of SQLite; the connection stays."""
    connections["default"].ensure_connection()
    database.backup(connections["default"].connection)
    forget()


def keep(database: Any) -> None:
    """Copy what lies in the office in memory into this database of SQLite."""
    connections["default"].connection.backup(database)


def connect(settings: dict) -> None:
    """Let `default` be another database from now on."""
    connections["default"].close()
    connections.settings["default"] = settings_of(settings)
    del connections["default"]
    switch(connections["default"])


def settings_of(settings: dict) -> dict:
    """Those of a database for `default`."""
    return {**connections.settings["default"], **_NONE, **settings}


def switch(link: Any) -> None:
    """Let `default` be this connection."""
    connections["default"] = link
    forget()


def forget() -> None:
    """What was remembered of the database before."""
    store.forget()
    rate.forget()  # counted by the number of a token, and the other database has other tokens of the same numbers


_NONE = {"USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {}, "CONN_HEALTH_CHECKS": False}


@contextmanager
def given_back():
    """After the block `default` is the database it was before, with the same connection: it may live in memory."""
    settings, link = connections.settings["default"], connections["default"]
    try:
        yield
    finally:
        if connections["default"] is not link:
            connections["default"].close()
            connections.settings["default"] = settings
            connections["default"] = link
            store.forget()


def migrated_sqlite(path: Path) -> Path:
    """A SQLite file with all tables and guards."""
    with given_back():
        connect(embedded(path))
        call_command("migrate", verbosity=0)
    return path


def migrated_postgresql(base: str, name: str) -> None:
    """A database with its roles, tables and guards."""
    superuser(base, f"CREATE DATABASE {name}")
    superuser(base, *roles.creation(name), database=name)
    with given_back():
        connect(postgresql(url(base, roles.OWNER, name)))
        call_command("migrate", verbosity=0)
