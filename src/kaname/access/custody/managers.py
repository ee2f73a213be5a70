"""Who answers for what is kept secret in a case, and so approves copies: its manager, else any second person.

府令10条3号ハ・ニ ask for the prior approval of the manager. Where none is named, and where the manager asks themself,
somebody else answers who reads what is sealed in the case and acts in it.
"""

from datetime import timedelta

from kaname.access.custody import decisions
from kaname.access.custody.models import Manager
from kaname.access.errors import NotAllowed
from kaname.access.may import covering
from kaname.access.models import Mandate, Membership, Person
from kaname.access.predicate import in_force, seen
from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.ledger.models import Case


def found(person: Person, case: str) -> Case:
    """A case whose custody the person may know of: they read what is sealed in it. Raises UnknownCase, NotAllowed."""
    row = seen(person, clock.today()).filter(public_id=case).first()
    if row is None:
        raise UnknownCase
    if not any(m.sealed for m in covering(person, row)):
        raise NotAllowed(_NOT_YOURS)
    return row


def able(person: Person, case: Case) -> bool:
    """Whether the person may answer at all: sees the case, reads what is sealed in it, acts in it; not by a deputy's
    mandate."""
    if not seen(person, clock.today()).filter(pk=case.pk).exists():
        return False
    held = [m for m in covering(person, case) if not m.lent_by]
    return any(m.sealed for m in held) and any(m.may_act for m in held)


def manager(case: Case) -> Person | None:
    """Who is named today, and still able."""
    named = Manager.objects.filter(in_force(clock.today()), case=case).select_related("person").order_by("-pk").first()
    return named.person if named and able(named.person, case) else None


def may_answer(person: Person, case: Case, asker: int) -> bool:
    """Whether this person answers what somebody else asks in the case."""
    if person.pk == asker or not able(person, case):
        return False
    named = manager(case)
    return named is None or named.pk in (person.pk, asker)


def candidates(case: Case) -> list[Person]:
    """Who could be named."""
    readers = Mandate.objects.filter(in_force(clock.today()), sealed=True)
    people = Person.objects.filter(is_active=True, pk__in=readers.values("person_id"))
    if case.circle:
        inside = Membership.objects.filter(in_force(clock.today()), compartment__public_id=case.circle)
        people = people.filter(pk__in=inside.values("person_id"))
    return [person for person in people.select_related("office").order_by("name", "pk") if able(person, case)]


def name(by: Person, case: str, person: str) -> None:
    """Name the manager of a case ("": none any more), by somebody who could be it. Raises UnknownCase, NotAllowed."""
    row = found(by, case)
    if not able(by, row):
        raise NotAllowed(_NOT_ABLE)
    named = next((p for p in candidates(row) if p.public_id == person), None)
    if person and named is None:
        raise NotAllowed(_NO_CANDIDATE, field="manager")
    running = Manager.objects.filter(in_force(clock.today()), case=row)
    if named and running.filter(person=named).exists():
        return
    running.update(valid_until=clock.today() - timedelta(days=1), ended_by=by, ended_at=clock.now())
    made = [Manager(case=row, person=named, valid_from=clock.today(), granted_by=by)] if named else []
    decisions.step(by, row, f"manager {named.public_id if named else '-'}", made)


_NOT_YOURS = T("この事件の封緘を読む権限がない", "you may not read what is sealed in this case")
_NOT_ABLE = T("管理責任者を定められるのは、封緘を読み、この事件で行為できる人だけ",
              "only who reads what is sealed here and acts in the case may name its manager")  # fmt: skip
_NO_CANDIDATE = T("その人は、この事件の封緘を読まず、又は行為できない",
                  "that person does not read what is sealed here, or does not act in the case")  # fmt: skip
