"""What is dear and the same for every test is made once a run: by the first worker that asks, the others wait for it.

once(factory, "office", make)   the folder that `make(folder)` filled
migrated(factory, blocker)      a SQLite file with all tables and guards
demonstration(factory, blocker) the home of an office with its demonstration, as `kaname demo-office` leaves it

Nobody changes what lies there: a test copies it.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import throwaway
from office_process import kaname


def once(factory: Any, name: str, make: Callable[[Path], object]) -> Path:
    base = factory.getbasetemp()  # of this worker; all workers of a run share what stands above
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, made = shared / f"once-{name}", shared / f"once-{name}.made"
    with (shared / f"once-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)  # half made by one that failed
            folder.mkdir(mode=0o700)
            make(folder)
            made.touch()
    return folder


def migrated(factory: Any, blocker: Any) -> Path:
    def make(folder: Path) -> None:
        with blocker.unblock():
            throwaway.migrated_sqlite(folder / "kaname.sqlite3")

    return once(factory, "migrated", make) / "kaname.sqlite3"


def demonstration(factory: Any, blocker: Any) -> Path:
    def make(folder: Path) -> None:
        shutil.copy(migrated(factory, blocker), folder / "kaname.sqlite3")
        done = kaname(folder, "demo-office")
        assert done.returncode == 0, done.stderr

    return once(factory, "demonstration", make)
