"""The one door to a case for a person: find, read, act. `UnknownCase` for what is hidden as for what is not there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from kaname.access.models import Mandate, Person
from kaname.access.predicate import mandates, visible_to
from kaname.law import T
from kaname.ledger import clock, perform, projection, reading
from kaname.ledger.errors import UnknownCase
from kaname.ledger.judging import Receipt
from kaname.ledger.kinds import kind
from kaname.ledger.models import Case
from kaname.ledger.models import Standing as Row
from kaname.procedure import Entry, Reason, Refused, Standing
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import KERNEL_ACTS


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as one person may see it: the row, where it stands on the day, and what the person may do in it.

    `roles`: the roles of the Act in which the person may act here; `sealed`: may read what is sealed; `parties`: for
    whom the person acts in a role, where a mandate names a party.
    """

    case: Case
    standing: Standing
    roles: frozenset[str]
    sealed: bool
    parties: frozenset[tuple[str, str]] = frozenset()


def find(person: Person, case: str) -> Case:
    """The case of a public id. Raises UnknownCase where there is none for this person."""
    found = Case.objects.filter(visible_to(person, clock.today()), public_id=case).first()
    if found is None:
        raise UnknownCase
    return found


def see(person: Person, case: str, as_of: date | None = None, known_at: datetime | None = None) -> Seen:
    """A case, where it stands at the end of a day (default: today in Japan), as known at an instant (default: now)."""
    found = find(person, case)
    held = _covering(person, found)
    roles = frozenset(m.role for m in held if m.may_act)
    parties = frozenset((m.role, m.party) for m in held if m.party)
    return Seen(found, reading.standing(case, as_of, known_at), roles, any(m.sealed for m in held), parties)


def entries(person: Person, case: str) -> list[Entry]:
    """The ledger of a case in the order in which it was recorded."""
    find(person, case)
    return reading.entries(case)


def cases(person: Person, kind_id: str = "", today: date | None = None) -> QuerySet[Row]:
    """Rows of the projection of the cases a person may know of, by next due day, brought up to date first."""
    day = today or clock.today()
    projection.refresh(today)
    found = Row.objects.filter(case__in=Case.objects.filter(visible_to(person, day))).select_related("case")
    found = found.order_by("next_due_on", "case_id")
    return found.filter(kind=kind_id) if kind_id else found


def act(
    person: Person, case: str, entry: Entry, *, idempotency_key: str, context: Mapping[str, str] | None = None,
    happened: bool = False, head: str = "",
) -> Receipt | Refused:  # fmt: skip
    """Do an act for the role the entry names (or its only one), where a mandate covers it.

    `context`: public ids of other cases the act reads, each visible to the person. `head`: the digest the person
    has seen last. Raises what `perform` raises.
    """
    found = find(person, case)
    _find_all(person, context)
    if wrong := _without_mandate(_covering(person, found), found.kind, case, entry):
        return wrong
    return perform.perform(
        case, entry, idempotency_key=idempotency_key, person=person.public_id, context=context, happened=happened,
        head=head,
    )  # fmt: skip


def open_case(
    person: Person, kind_id: str, entry: Entry, *, idempotency_key: str, context: Mapping[str, str] | None = None
) -> Receipt | Refused:
    """Open a case with its first act, where a mandate covers cases of that kind (and party, where it names one)."""
    _find_all(person, context)
    held = [m for m in mandates(person, clock.today()) if not m.case_id and m.kind in ("", kind_id)]
    held = [m for m in held if m.party in ("", entry.party)]
    if wrong := _without_mandate(held, kind_id, "", entry):
        return wrong
    return perform.open_case(kind_id, entry, idempotency_key=idempotency_key, person=person.public_id, context=context)


def _find_all(person: Person, context: Mapping[str, str] | None) -> None:
    for other in (context or {}).values():
        find(person, other)


# -- mandates --------------------------------------------------------------------------------------------------------


def _covering(person: Person, case: Case) -> list[Mandate]:
    """The mandates in force today that cover a case."""
    found = mandates(person, clock.today())
    parties = {(p.role, p.party) for p in case.parties.all()} if any(m.party for m in found) else set()
    return [
        m
        for m in found
        if m.case_id in (None, case.pk) and m.kind in ("", case.kind) and (not m.party or (m.role, m.party) in parties)
    ]


def _without_mandate(held: Sequence[Mandate], kind_id: str, case: str, entry: Entry) -> Refused | None:
    """The refusal where no mandate lets the person act in the role that the act asks for."""
    roles = {m.role for m in held if m.may_act}
    wanted = _roles(kind_id, case, entry)
    if wanted & roles or (roles and not wanted):  # an act that does not exist: the kernel says so
        return None
    names = "、".join(sorted(wanted)) or "—"
    text = T(
        f"この行為をする役割（{names}）の権限がない。管理者に権限の付与を求めること",
        f"no mandate for the role of this act ({names}); ask an administrator for one",
    )
    return Refused((Reason(text, code="mandate"),))


def _roles(kind_id: str, case: str, entry: Entry) -> set[str]:
    """The roles in which an entry may be made: the one it names, those of its act, or of the entry it is about."""
    if entry.act in KERNEL_ACTS:
        return {e.by for e in reading.entries(case) if e.seq == entry.data.get("entry")} if case else set()
    if entry.by:
        return {entry.by}
    of = index(kind(kind_id)).acts.get(entry.act)
    return {r.id for r in of.act.roles} if of else set()
