"""Reading what is sealed: who may, and the log that says who did. The log is written before the value is handed out."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from kaname.access.custody import bulk, decisions, gate, requests
from kaname.access.custody.decisions import Matter
from kaname.access.custody.gate import Pass
from kaname.access.errors import NotAllowed, Unknown
from kaname.access.may import covering
from kaname.access.models import Person, SealedRead
from kaname.access.predicate import Held, mandates, seen, visible_to
from kaname.law import T
from kaname.ledger import clock, store
from kaname.ledger.errors import UnknownCase
from kaname.ledger.kinds import kind, kinds
from kaname.ledger.models import Case
from kaname.ledger.rows import Secret
from kaname.ledger.strict_json import loads

_NOT_YOURS = T("封緘された値を読む権限がない。管理者に求めること",
               "you may not read what is sealed here; ask an administrator for that right")  # fmt: skip


class Revealed(NamedTuple):
    """A sealed value that was read: the entry and field it belongs to (`data.<field>` in a correction)."""

    seq: int
    field: str
    value: Any


def reveal(
    person: Person, case: str, seq: int, field: str, door: str = "page", under: Pass | None = None
) -> Any:  # fmt: skip
    """A sealed value. `door`: through which it was read, for the log. `under`: that what it is part of may leave.

    Raises UnknownCase, NotAllowed (may see the case, not what is sealed; NeedsApproval), Unknown (no such value, or
    destroyed).
    """
    row = _readable(person, case, door)
    found = [r for r in _values(row) if (r.seq, r.field) == (seq, field)]
    if not found:
        raise Unknown
    if under is None and door not in gate.ON_SCREEN:
        gate.leaving(person, row, f"value {seq} {field}", door)
    _log(person, [Matter(row, r.field, r.seq) for r in found], door)
    return found[0].value


def reveal_all(person: Person, case: str, door: str = "page") -> list[Revealed]:
    """Every sealed value of a case, each with a line in the log. Raises UnknownCase, NotAllowed."""
    row = _readable(person, case, door)
    found = _values(row)
    if door not in gate.ON_SCREEN:
        gate.leaving(person, row, "bundle", door)
    _log(person, [Matter(row, r.field, r.seq) for r in found], door)
    return found


def sealed_papers(person: Person, case: str) -> dict[int, list[str]]:
    """References of documents that sealed fields name, by entry, for who may read what is sealed. No reading: a
    reference says nothing, and opening what it leads to is written down. Raises UnknownCase."""
    found = seen(person, clock.today()).filter(public_id=case).first()
    if found is None:
        raise UnknownCase
    named: dict[int, list[str]] = {}
    if may_reveal(person, found):
        for _, seq, secret in _secrets([found.pk]):
            value = loads(secret.value or b"null")
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str) and one.startswith("document:"):
                    named.setdefault(seq, []).append(one)
    return named


def reveal_in_list(person: Person, cases: Sequence[str], field: str, door: str = "list") -> dict[str, Any]:
    """A sealed field as it stands last in each of several cases, by public id: titles in a list, in so many statements
    however long it is. Left out: cases that the person may not know of or not read, those without a value, and at a
    door by which it leaves, those whose copies need approval."""
    held = mandates(person, clock.today())
    shown = Case.objects.filter(visible_to(person, clock.today(), held), public_id__in=cases)
    if door not in gate.ON_SCREEN:
        shown = shown.exclude(requests.held_back())
    readable = {case.pk: case for case in shown.prefetch_related("parties") if _reads(held, case)}
    last: dict[int, tuple[int, Secret]] = {}
    for case, seq, secret in _secrets(list(readable)):
        if secret.field in (field, f"data.{field}"):
            last[case] = (seq, secret)
    _log(person, [Matter(readable[case], secret.field, seq) for case, (seq, secret) in last.items()], door)
    return {readable[case].public_id: loads(secret.value or b"null") for case, (_, secret) in last.items()}


def may_reveal(person: Person, case: Case) -> bool:
    """Whether a mandate in force lets the person read what is sealed in a case they see."""
    return any(m.sealed for m in covering(person, case))


def log_read(
    person: Person, case: Case, field: str, door: str, seq: int = 0, at: datetime | None = None
) -> None:  # fmt: skip
    """Write down that something sealed is about to be handed out: a document, a bundle. `at`: the instant that stands
    on what is handed out (default: now)."""
    _log(person, [Matter(case, field, seq)], door, at)


def log_reads(person: Person, read: Sequence[tuple[Case, str]], door: str) -> None:
    """The same of several at once: their cases, and what of each."""
    _log(person, [Matter(case, field) for case, field in read], door)


def log_read_about(person: Person, about: str, field: str, door: str) -> None:
    """The same of what lies in no case: a vendor's passport in a plan that is not filed. `about`: `vendor <id>`."""
    _log(person, [Matter(None, field, about=about)], door)


def readings_about(about: str) -> "QuerySet[SealedRead]":
    """Who has read what of something outside of cases, newest first. Who may know that, the caller has asked."""
    return SealedRead.objects.filter(about=about).select_related("person__office").order_by("-at", "-pk")


def read_log(person: Person, case: str = "") -> "QuerySet[SealedRead]":
    """Who has read what, newest first: of one case, or of all that the person may know of. Raises UnknownCase.

    Of a kind that gives its log to some roles (`CaseKind.log_of`), others see their own lines.
    """
    known = seen(person, clock.today())
    if case:
        row = known.filter(public_id=case).first()
        if row is None:
            raise UnknownCase
        found = SealedRead.objects.filter(case=row)
        roles = kind(row.kind).log_of
        if roles and not any(m.role in roles for m in covering(person, row)):
            found = found.filter(person=person)
    else:
        kept = [id for id, of in kinds().items() if of.log_of]
        found = SealedRead.objects.filter(Q(person=person) | ~Q(case__kind__in=kept), case__in=known)
    return found.select_related("person__office", "case").order_by("-at", "-pk")


# -- rights and values -----------------------------------------------------------------------------------------------


def _readable(person: Person, case: str, door: str) -> Case:
    """A case of which the person may read what is sealed. Raises UnknownCase; NotAllowed, which is written down."""
    found = seen(person, clock.today()).filter(public_id=case).first()
    if found is None:
        raise UnknownCase
    if not may_reveal(person, found):
        decisions.refused(person, [Matter(found, "sealed values")], door, "right")
        raise NotAllowed(_NOT_YOURS)
    return found


def _values(case: Case) -> list[Revealed]:
    return [Revealed(seq, s.field, loads(s.value)) for _, seq, s in _secrets([case.pk]) if s.value is not None]


def _secrets(cases: Sequence[int]) -> Iterable[tuple[int, int, Secret]]:
    if not cases:
        return
    for case, entries in store.secrets_of(cases).items():
        for seq, secrets in entries.items():
            for secret in secrets:
                if secret.value is not None:
                    yield case, seq, secret


def _reads(held: Sequence[Held], case: Case) -> bool:
    """`covering` for a row whose parties are at hand."""
    parties = {(p.role, p.party) for p in case.parties.all()}
    return any(
        m.sealed
        and m.case_id in (None, case.pk)
        and m.kind in ("", case.kind)
        and (not m.party or (m.role, m.party) in parties)
        for m in held
    )


def _log(person: Person, matters: Sequence[Matter], door: str, at: datetime | None = None) -> None:
    """Raises Stopped: so much was read within an hour that nothing more is handed out."""
    bulk.within(person, matters, door)
    decisions.read(person, matters, door, at)
