"""Again until it is known: after a lost race with patience, after a lost connection with the same key."""

import time
from collections.abc import Callable
from random import random

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection

from kaname.ledger import sealing
from kaname.ledger.errors import Busy, CommitUnknown, Full, LedgerError
from kaname.ledger.judging import Receipt
from kaname.procedure import Refused

_RACES, _CUTS = 40, 3
_UNLOCKED = 1  # losses after which an act is judged while holding the head: it waits in the database, and judges once


def persist(attempt: Callable[[bool], Receipt | Refused | None]) -> Receipt | Refused:
    """Call until there is an answer; None means the race was lost. The call learns whether to hold the head.

    Raises Busy, Full, CommitUnknown.
    """
    cuts = 0
    for races in range(_RACES):
        try:
            answer = attempt(races >= _UNLOCKED)
        except (OperationalError, InterfaceError) as error:
            if not _is_conflict(error):
                cuts += 1
                _tell(error, cuts)
            answer = None
        except IntegrityError:  # someone took the number or the key in between; a lasting one is told in the end
            sealing.forget()  # or the database was put back from a backup, and lacks a sealing key held in memory
            if races == _RACES - 1:
                raise
            answer = None
        except DatabaseError as error:
            if no_room := disk_full(error):
                raise no_room from error
            raise
        if answer is not None:
            return answer
        time.sleep(random() * 0.002 * races)
    raise Busy


def _tell(error: Exception, cuts: int) -> None:
    """Raise what the user must know; a lost connection is first tried again, for the key makes that harmless."""
    if no_room := disk_full(error):
        raise no_room from error
    if "locked" in str(error) or "busy" in str(error):
        raise Busy from error
    connection.close()
    if cuts >= _CUTS:
        raise CommitUnknown from error
    time.sleep(0.05 * cuts)


def disk_full(error: Exception) -> LedgerError | None:
    return Full() if _state(error) == "53100" or "disk is full" in str(error) or "No space left" in str(error) else None


def _is_conflict(error: Exception) -> bool:
    """A database set to a stricter isolation, or a deadlock: nothing was written."""
    return _state(error) in ("40001", "40P01")


def _state(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""
