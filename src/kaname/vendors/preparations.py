"""Plans in preparation (届出の準備): made by an operator's people, filled from inventories and bills, kept sealed."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kaname.access.errors import NotAllowed
from kaname.access.models import Person, new_id
from kaname.law import T
from kaname.ledger import clock
from kaname.regimes.infrastructure.filing import plan_record
from kaname.regimes.infrastructure.filing.content import Plan, Sort
from kaname.regimes.infrastructure.filing.cyclonedx import read_bom
from kaname.regimes.infrastructure.filing.inventory import from_bom, read_inventory
from kaname.vendors import vault
from kaname.vendors.models import Preparation
from kaname.vendors.passport import Changed
from kaname.vendors.rights import acts_for, own_preparation


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan as it stands; `number` goes back with the next change."""

    id: str
    title: str
    plan: Plan
    number: int


@transaction.atomic
def begin(person: Person, operator: str, title: str, sort: str) -> Preparation:
    """Begin to prepare a plan of an operator for whom the person acts. Raises NotAllowed."""
    operator, title = operator.strip(), title.strip()
    if not operator or not acts_for(person, operator):
        raise NotAllowed(T("この事業者のために行う権限がない", "no mandate to act for this operator"), field="operator")
    if not 0 < len(title) <= 128 or not title.isprintable():
        raise NotAllowed(T("件名を 128 文字までで", "expected a title of up to 128 characters"), field="title")
    if sort not in list(Sort):
        known = ", ".join(Sort)
        raise NotAllowed(T(f"種類は {known} のいずれか", f"expected one of {known}"), field="sort")
    id = new_id()
    return Preparation.objects.create(
        public_id=id, operator=operator[:256], title=title, made_by=person, made_at=clock.now(),
        **vault.seal(vault.preparation_of(id), plan_record.plain(Plan(Sort(sort), operator))),
    )  # fmt: skip


def see(person: Person, preparation: str) -> Prepared:
    """The plan as the operator has entered it. Raises Unknown."""
    found = own_preparation(person, preparation)
    return Prepared(found.public_id, found.title, plan_record.read(vault.open_preparation(found))[0], found.number)


@transaction.atomic
def keep(person: Person, preparation: str, plan: Plan, number: int) -> int:
    """Keep a changed plan; `number` of the one that was changed. Returns the new one. Raises Unknown, Changed."""
    found = own_preparation(person, preparation, acting=True)
    columns = vault.seal(vault.preparation_of(found.public_id), plan_record.plain(plan))
    still = Preparation.objects.filter(pk=found.pk, number=number)
    if still.update(**columns, number=number + 1) != 1:
        raise Changed
    return number + 1


def take_in(person: Person, preparation: str, name: str, content: bytes, publishers: bool = False) -> Prepared:
    """Add what a file brings: a CycloneDX bill (JSON), an inventory (CSV, XLSX). All of it, or nothing.

    Raises Unknown, Changed, BadInput with every fault and its place.
    """
    now = see(person, preparation)
    plan = _with(now.plan, name, content, publishers)
    return Prepared(now.id, now.title, plan, keep(person, preparation, plan, now.number))


def _with(plan: Plan, name: str, content: bytes, publishers: bool) -> Plan:
    head: Any = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head in (b"{", b"[", b"<"):
        return from_bom(plan, read_bom(name, content), publishers)
    return read_inventory(name, content).into(plan)
