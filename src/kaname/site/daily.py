"""What the office does once a day by itself, at its start and after each midnight of Japan: the rows of the lists that
the new day changes, then its anchor.

Each is a process of its own (`kaname rebuild --behind`, `kaname anchor make --daily`): the server is forked, and no
worker may inherit a connection. Several servers of one office may all try; one is first. Where something could not be
done all is tried again after a minute. Where the office runs otherwise a timer calls both.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from kaname.days import JST
from kaname.ledger import clock

_KANAME = sys.executable, "-m", "kaname"
_COMMANDS = ((*_KANAME, "rebuild", "--behind", "--jobs", "1"), (*_KANAME, "anchor", "make", "--daily"))
_AFTER_MIDNIGHT, _AGAIN = timedelta(seconds=5), 60.0


@contextmanager
def at_work() -> Iterator[None]:
    """Within the block the daily work is done."""
    stopped = threading.Event()
    worker = threading.Thread(target=_work, args=(stopped,), name="daily", daemon=True)
    worker.start()
    try:
        yield
    finally:
        stopped.set()
        worker.join()


def _work(stopped: threading.Event) -> None:
    while not stopped.is_set():
        done = [_is_done(command, stopped) for command in _COMMANDS]
        stopped.wait((_next(clock.now()) - clock.now()).total_seconds() if all(done) else _AGAIN)


def _is_done(command: tuple[str, ...], stopped: threading.Event) -> bool:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # what goes wrong it says in our log
        while process.poll() is None:
            if stopped.wait(0.2):
                process.terminate()
    return process.returncode == 0


def _next(now: datetime) -> datetime:
    """Shortly after the coming midnight of Japan."""
    day = now.astimezone(JST).date() + timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), JST) + _AFTER_MIDNIGHT
