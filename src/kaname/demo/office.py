"""A demonstration office: invented people and about two hundred cases, written through the ledger like any other."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from django.db import connection

from kaname.access import compartments
from kaname.access.models import Compartment, Person
from kaname.demo import aside, consultations, evidence, logins, papers, people, task, vendors
from kaname.demo.plan import Planned, plan
from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.errors import LedgerError
from kaname.ledger.judging import Receipt
from kaname.ledger.models import Case
from kaname.ledger.perform import open_case, perform
from kaname.procedure import Refused
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.site.sqlite import PRAGMAS

NOT_EMPTY = T(
    "この事務所には人か事件がある；見本は空の KANAME_HOME にだけ作る",
    "this office has people or cases; a demonstration is made in an empty KANAME_HOME only",
)
NOT_HERE = T(
    "PostgreSQL の事務所には見本を作らない；KANAME_DATABASE_URL を外すこと",
    "no demonstration is made in an office on PostgreSQL; unset KANAME_DATABASE_URL",
)

_AT_VENDORS = ("operator", "vendor", "ministry")
_AT_CONSULTATIONS = ("meti", "mof", "mof-head", "mof-director")


def is_empty() -> bool:
    return not (Person.objects.exists() or Case.objects.exists())


def furnish(today: date | None = None, seed: int = 1) -> int:
    """Fill the empty office. Returns the number of cases. Raises LedgerError where the office is not empty.

    The password is drawn anew for each demonstration and kept in its KANAME_HOME; `logins` prints it.
    """
    if connection.vendor != "sqlite":
        raise LedgerError(NOT_HERE)
    if not is_empty():
        raise LedgerError(NOT_EMPTY)
    by_role, circle = people.make(logins.keep(people.logins()))
    cases = list(plan(today or clock.today(), seed))
    with _hurried():
        for number, case in enumerate(cases, 1):
            _write(case, f"demo/{number:06d}", by_role, circle)
        vendors.furnish(*(Person.objects.get(email=f"{name}@demo.example") for name in _AT_VENDORS))
        evidence.furnish(Person.objects.get(email="meti@demo.example"))
        by_login = {name: Person.objects.get(email=f"{name}@demo.example") for name in _AT_CONSULTATIONS}
        consultations.furnish(by_login, today or clock.today())
        task.furnish(today or clock.today())
        aside.furnish(*(Person.objects.get(email=f"{name}@demo.example") for name in ("attorney", "jpo")))
    count: int = Case.objects.count()
    return count


@contextmanager
def _hurried() -> Iterator[None]:
    """Without waiting for the disk at each act: nobody holds a receipt yet. At the end all is on it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={PRAGMAS['synchronous']}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _write(case: Planned, key: str, who: Mapping[str, Person], circle: Compartment) -> None:
    first, *later = case.acts
    room = circle if case.compartment else _own_room(case, key)
    series = room.public_id if room else ""
    by = _recorder(who, first.entry.by, case)
    receipt = _sure(
        open_case(case.kind, first.entry, idempotency_key=key, person=by.public_id, series=series), case
    )  # fmt: skip
    row = Case.objects.get(public_id=receipt.case)
    if room:
        compartments.put_in(room, row.pk, None)
    for number, act in enumerate(later, 2):
        if act.entry.act not in KERNEL_ACTS:  # a correction or delivery is entered by whoever made what it is about
            by = _recorder(who, act.entry.by, case)
        if papers.named(act.entry):
            _sure(papers.handed_over(by, receipt.case, act.entry, f"{key}/{number}"), case)
            continue
        asked = {"idempotency_key": f"{key}/{number}", "person": by.public_id, "happened": act.happened}
        _sure(perform(receipt.case, act.entry, **asked), case)
    for name, role in dict.fromkeys(case.cast.beside([act.entry for act in case.acts])):
        people.join(name, role, row)
    for role in {case.cast.follows[act.entry.act] for act in case.acts if act.entry.act in case.cast.follows}:
        people.represent(case.party, role, row)


def _own_room(case: Planned, key: str) -> Compartment | None:
    """The compartment of this case alone, where it has one, with those who are or were in it."""
    inside = case.cast.inside(case.kind, [act.entry for act in case.acts])
    if not inside:
        return None
    made: Compartment = Compartment.objects.create(name=f"{case.story.partition(' / ')[0]} {key[-3:]}")
    people.let_in(made, inside, case.acts[0].entry.on)
    return made


def _recorder(who: Mapping[str, Person], role: str, case: Planned) -> Person:
    """The person who records it. What outsiders do (a court, anyone) is recorded by the clerk of the regime."""
    return who.get(case.cast.recorders.get(role, role), who[case.cast.clerk])


def _sure(answer: Receipt | Refused, case: Planned) -> Receipt:
    if isinstance(answer, Refused):
        raise RuntimeError(f"{case.story}: {answer.reasons[0].text.en}")
    return answer
