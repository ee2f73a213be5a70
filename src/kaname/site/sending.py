"""The sender of mail and webhooks as a companion of the office: begun with it, ended with it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 20  # seconds for the message under way


def is_needed() -> bool:
    """Whether the office sends anything: it has a mail server, or somebody has a webhook."""
    from kaname.notices.api import mail
    from kaname.notices.models import Hook

    return mail.is_set_up() or Hook.objects.filter(ended_at=None).exists()


@contextmanager
def beside(needed: bool) -> Iterator[None]:
    """Within the block a sender is at work, where one is needed."""
    if not needed:
        yield
        return
    command = (sys.executable, "-m", "kaname", "notices", "run", "--beside", str(os.getpid()))
    with subprocess.Popen(command) as sender:
        try:
            yield
        finally:
            sender.terminate()
            try:
                sender.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                sender.kill()
