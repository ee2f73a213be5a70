"""The front door of custody for pages, API, commands and jobs.

shown(person, case) -> Shown     of_case(person, case)     one(person, id)     waiting(person)
ask(person, case, what, form, copies, why) -> id     answer, withdraw, revoke
register(person, case) -> copies     note(person, case, number, fate, words)
name(by, case, person): the manager     candidates(case)     decided(person, case) -> decisions, newest first
alarms(person)     release(by, alarm)     confirm(person)     is_stopped(person)
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from kaname.access.custody import decisions, managers
from kaname.access.custody.bulk import Stopped, alarms, confirm, is_stopped, new, release
from kaname.access.custody.copies import FATES, Held, note, register
from kaname.access.custody.decisions import WHY
from kaname.access.custody.gate import NeedsApproval
from kaname.access.custody.managers import able, candidates, manager, may_answer, name
from kaname.access.custody.models import Decision
from kaname.access.custody.requests import (
    FORMS,
    MOST_COPIES,
    MOST_HOURS,
    NotAsked,
    Request,
    answer,
    applies,
    ask,
    of_case,
    one,
    revoke,
    waiting,
    withdraw,
)
from kaname.access.models import Person
from kaname.ledger.models import Case


@dataclass(frozen=True, slots=True)
class Shown:
    """Custody of a case as those who read what is sealed in it see it. `able`: may answer what others ask."""

    case: Case
    applies: bool
    able: bool
    manager: Person | None
    requests: tuple[Request, ...]
    copies: tuple[Held, ...]


def shown(person: Person, case: str) -> Shown:
    """Raises UnknownCase, NotAllowed."""
    found = managers.found(person, case)
    return Shown(found, applies(found), able(person, found), manager(found), tuple(of_case(person, case)),
                 tuple(register(person, case)))  # fmt: skip


def decided(person: Person, case: str) -> "QuerySet[Decision]":
    """Every decision on what is sealed in a case, newest first. Raises UnknownCase, NotAllowed."""
    return decisions.of_case(managers.found(person, case))


__all__ = [
    "FATES", "FORMS", "MOST_COPIES", "MOST_HOURS", "WHY", "Held", "NeedsApproval", "NotAsked", "Request", "Stopped",
    "alarms", "answer", "ask", "candidates", "confirm", "decided", "is_stopped", "manager", "may_answer", "name", "new",
    "note", "of_case", "one", "register", "release", "revoke", "shown", "waiting", "withdraw",
]  # fmt: skip
