"""What the office does once a day by itself: its anchor, at its start and after each midnight of Japan.

The work is a process of its own (`kaname anchor make --daily`): the server is forked, and no worker may inherit a
connection. Several servers of one office may all try; one is first. Where it could not be done it is tried again after
a minute. Where the office runs otherwise a timer calls it.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from kaname.days import JST
from kaname.ledger import clock

_COMMAND = (sys.executable, "-m", "kaname", "anchor", "make", "--daily")
_AFTER_MIDNIGHT, _AGAIN = timedelta(minutes=5), 60.0


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
        with subprocess.Popen(_COMMAND, stdout=subprocess.DEVNULL) as process:  # what goes wrong it says in our log
            while process.poll() is None:
                if stopped.wait(0.2):
                    process.terminate()
        stopped.wait((_next(clock.now()) - clock.now()).total_seconds() if process.returncode == 0 else _AGAIN)


def _next(now: datetime) -> datetime:
    """Shortly after the coming midnight of Japan."""
    day = now.astimezone(JST).date() + timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), JST) + _AFTER_MIDNIGHT
