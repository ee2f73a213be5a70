"""Companions of the office, begun and ended with it: the sender of mail and webhooks, the reader of documents."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_PATIENCE = 20  # seconds for the message or document under way


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
    command = (sys.executable, "-m", "kaname", part, "run", "--beside", str(os.getpid()))
    with subprocess.Popen(command) as companion:
        try:
            yield
        finally:
            companion.terminate()
            try:
                companion.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                companion.kill()
