"""Companions of the office, begun and ended with it: the sender of mail and webhooks, the reader of documents.

One that dies is begun anew: what it had under way is free again when its lease ends.
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_PATIENCE = 20  # seconds for the message or document under way
_AGAIN = 5.0  # seconds after which one that died is begun anew
_log = logging.getLogger("kaname.site")


def is_needed() -> bool:
    """Whether the office sends anything: it has a mail server, or somebody has a webhook."""
    from kaname.notices.api import mail
    from kaname.notices.models import Hook

    return mail.is_set_up() or Hook.objects.filter(ended_at=None).exists()


@contextmanager
def beside(needed: bool) -> Iterator[None]:
    """Within the block a reader is at work, and a sender, where one is needed."""
    with ExitStack() as companions:
        for part in ("papers", *(["notices"] if needed else [])):
            companions.enter_context(_at_work(part))
        yield


@contextmanager
def _at_work(part: str) -> Iterator[None]:
    stopped = threading.Event()
    keeper = threading.Thread(target=_keep, args=(part, stopped), name=part, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopped.set()
        keeper.join()


def _keep(part: str, stopped: threading.Event) -> None:
    command = (sys.executable, "-m", "kaname", part, "run", "--beside", str(os.getpid()))
    while not stopped.is_set():
        with subprocess.Popen(command) as companion:
            while companion.poll() is None:
                if stopped.wait(0.2):
                    _end(companion)
        if not stopped.is_set():
            _log.warning("a companion ended by itself and is begun anew", extra={"part": part})
            stopped.wait(_AGAIN)


def _end(companion: subprocess.Popen[bytes]) -> None:
    companion.terminate()
    try:
        companion.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        companion.kill()
