"""The sender: looks every half minute what is to go out, and sends it. Any number of them may run side by side."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections

from kaname.ledger import clock
from kaname.notices import hooks, mail, outbox
from kaname.notices.mail import NotSent
from kaname.notices.models import Beat, Outgoing, State
from kaname.site.outward import NotReached

EVERY = 30.0  # seconds
PLANNED = timedelta(minutes=10)  # how often it is looked for reminders; entries are looked for every time
SILENT = timedelta(minutes=3)  # a sender that has not looked for so long is not at work
_log = logging.getLogger("kaname.notices")


@dataclass
class Sent:
    """What one round has done, in messages. `void`: nothing was left to say."""

    sent: int = 0
    void: int = 0
    later: int = 0
    dead: int = 0


def run(stopped: Callable[[], bool], every: float = EVERY) -> None:
    """Rounds until told to stop. A round that fails is told to the log, and the next one comes all the same."""
    planned: datetime | None = None
    while not stopped():
        close_old_connections()
        now = clock.now()
        plan = planned is None or now - planned >= PLANNED
        try:
            send_all(plan)
            planned = now if plan else planned
        except DatabaseError as error:
            _log.warning("notices wait: the database does not answer", extra={"fault": type(error).__name__})
        except Exception:
            _log.exception("a round of notices failed")
        ends = time.monotonic() + every
        while time.monotonic() < ends and not stopped():
            time.sleep(min(0.5, every))


def send_all(plan: bool = True) -> Sent:
    """One round: find what is to be told (`plan`: reminders and digests too), send all that can go now."""
    now = clock.now()
    Beat.objects.update_or_create(pk=1, defaults={"at": now})
    hooks.plan(now)
    if plan:
        mail.plan(now)
        outbox.sweep(now)
    done = Sent()
    ways = ["hook", *(["mail"] if mail.is_set_up() else [])]
    connection = mail.connection() if mail.is_set_up() else None
    try:
        while rows := outbox.take(clock.now(), ways=ways):
            for row in rows:
                if row.way not in ways:  # its server does not answer: the rest of the round waits for it
                    outbox.back(row)
                elif outbox.renew(row) and not _send(row, connection, done):
                    ways.remove("mail")
    finally:
        if connection is not None:
            connection.close()
    return done


def is_at_work() -> bool:
    """Whether a sender has looked of late."""
    found = Beat.objects.filter(pk=1).first()
    return found is not None and clock.now() - found.at < SILENT


def _send(row: Outgoing, connection: object, done: Sent) -> bool:
    """Send one and settle it. False: the mail server takes nothing at the moment."""
    try:
        state = mail.deliver(row, connection) if row.way == "mail" else hooks.deliver(row)
    except NotSent as wrong:
        _failed(row, wrong.why, wrong.for_good, done)
        return not wrong.server
    except NotReached as wrong:
        _failed(row, wrong.why, wrong.refused, done)
        return True
    outbox.done(row, state)
    if state == State.SENT:
        done.sent += 1
    else:
        done.void += 1
    return True


def _failed(row: Outgoing, why: str, for_good: bool, done: Sent) -> None:
    if outbox.failed(row, why, for_good=for_good):
        done.dead += 1
        _log.warning("a message was given up", extra={"outgoing": row.public_id, "fault": why})
    else:
        done.later += 1
