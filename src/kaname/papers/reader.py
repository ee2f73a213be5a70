"""The reader of documents beside the office: has waiting files scanned, reads texts, keeps the index. Any number of
them may run side by side."""

import logging
import time
from collections.abc import Callable, Sequence
from itertools import cycle

from django.db import DatabaseError, close_old_connections

from kaname.papers import postings, quarantine, texts

EVERY = 5.0  # seconds
_log = logging.getLogger("kaname.papers")


def run(stopped: Callable[[], bool], every: float = EVERY, also: Sequence[Callable[[], object]] = ()) -> None:
    """Rounds until told to stop. A round that fails is told to the log, and the next one comes all the same.

    `also`: what else is looked at in each round (jobs of rooms above this one).
    """
    for one in cycle((once, *also)):
        if stopped():
            return
        close_old_connections()
        try:
            one()
        except DatabaseError as error:
            _log.warning("documents wait: the database does not answer", extra={"fault": type(error).__name__})
        except Exception:
            _log.exception("a round of documents failed")
        if one is not once:
            continue
        ends = time.monotonic() + every
        while time.monotonic() < ends and not stopped():
            time.sleep(min(0.5, every))


def once(most: int = 100) -> int:
    """One round; returns how many documents were read."""
    quarantine.scan_waiting()
    read = texts.read_waiting(most)
    postings.renew()
    return read
