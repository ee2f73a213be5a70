"""A vendor's own disclosure: a draft in which nothing typed is lost, and versions that are never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kaname.access.errors import AccessError, NotAllowed, Unknown
from kaname.access.models import Person
from kaname.files.problems import Problem
from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.strict_json import NotStrict, canonical, check
from kaname.regimes.infrastructure.filing import record
from kaname.regimes.infrastructure.filing.content import Party, PartyRole, key_of
from kaname.regimes.infrastructure.filing.disclosure import Disclosure
from kaname.regimes.infrastructure.filing.finding import Finding
from kaname.regimes.infrastructure.filing.party import Asked, of_party
from kaname.vendors import files, vault
from kaname.vendors.models import Draft, Vendor, Version
from kaname.vendors.rights import own_vendor

LARGEST = 1 << 20  # characters of a draft


class Changed(AccessError):
    """Somebody else has saved in the meantime; nothing was overwritten."""

    text = T("他の人が先に保存した。読み直してから直して", "somebody else saved first; read it again, then change it")


class NotReadable(AccessError):
    """A draft that cannot become a version: every problem with its path, never the value."""

    def __init__(self, problems: list[Problem]) -> None:
        ja, en = ("; ".join(p.said(lang) for p in problems[:20]) for lang in ("ja", "en"))
        super().__init__(T(f"読み取れない欄がある：{ja}", f"some fields cannot be read: {en}"))
        self.problems = problems


@dataclass(frozen=True, slots=True, repr=False)
class Drafted:
    """A draft as it was typed; `number` goes back with the next change."""

    data: dict[str, Any]
    number: int
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Made:
    """A version in the list of versions. `commitment`: its salted digest, as acts name it."""

    number: int
    at: datetime
    by: str
    commitment: str


def draft(person: Person, vendor: str) -> Drafted:
    """The vendor's draft; where there is none yet, its newest version to go on from. Raises Unknown."""
    found = own_vendor(person, vendor)
    row = Draft.objects.select_related("vendor").filter(vendor=found).first()
    if row is None:
        newest = found.versions.select_related("vendor").order_by("-number").first()
        data = vault.open_version(newest) if newest else {"name": found.name}
        return Drafted(data, 0, record.read(data)[1])
    data = vault.open_draft(row)
    return Drafted(data, row.number, [*record.read(data)[1], *files.missing(found, data)])


@transaction.atomic
def save(person: Person, vendor: str, data: dict[str, Any], number: int) -> int:
    """Keep a draft as typed, also where it cannot be read. `number`: of the draft that was changed, 0 for the first.

    Returns the new number. Raises Unknown, Changed, NotAllowed (no JSON, or too much of it).
    """
    found = own_vendor(person, vendor)
    try:
        check(data)
    except NotStrict as wrong:
        raise NotAllowed(wrong.text, field=wrong.field) from None
    if len(canonical(data)) > LARGEST:
        raise NotAllowed(T("大きすぎる；減らして", "too large; make it smaller"))
    columns = {**vault.seal(vault.draft_of(found), data), "saved_by": person, "saved_at": clock.now()}
    if number == 0:
        _, made = Draft.objects.get_or_create(vendor=found, defaults={**columns, "number": 1})
    else:
        made = Draft.objects.filter(vendor=found, number=number).update(**columns, number=number + 1) == 1
    if not made:
        raise Changed
    files.settle(found, data)
    return number + 1


@transaction.atomic
def publish(person: Person, vendor: str) -> Made:
    """Make the draft a version; plans that use an earlier one keep it. Raises Unknown, NotReadable, NotAllowed."""
    found = own_vendor(person, vendor)
    Vendor.objects.select_for_update().get(pk=found.pk)  # one version after the other
    row = Draft.objects.select_related("vendor").filter(vendor=found).first()
    if row is None:
        raise NotAllowed(T("下書きがない；記入して", "there is no draft; fill it in"))
    data = vault.open_draft(row)
    said, problems = record.read(data)
    problems += files.missing(found, data)
    if problems:
        raise NotReadable(problems)
    if not said.name:
        raise NotAllowed(T("名称が要る", "the name is needed"), field="name")
    last = found.versions.order_by("-number").values_list("number", flat=True).first() or 0
    made = Version.objects.create(
        vendor=found, number=last + 1, at=clock.now(), by=person,
        **vault.seal_version(found, last + 1, record.plain(said)),
    )  # fmt: skip
    files.settle(found, data, keep=True)
    Vendor.objects.filter(pk=found.pk).update(name=key_of(said.name)[:256], country=said.country[:64])
    return _made(made)


def versions(person: Person, vendor: str) -> list[Made]:
    """The versions of a vendor, the newest first. Raises Unknown."""
    found = own_vendor(person, vendor).versions.select_related("vendor", "by").order_by("-number")
    return [_made(version) for version in found]


def read(person: Person, vendor: str, number: int) -> Disclosure:
    """A version of one's own. Raises Unknown."""
    found = own_vendor(person, vendor).versions.select_related("vendor").filter(number=number).first()
    if found is None:
        raise Unknown
    return record.read(vault.open_version(found))[0]


def lacks(person: Person, vendor: str, filing: date, roles: frozenset[PartyRole], order: str = "") -> list[Finding]:
    """What the draft still lacks for a filing on a day, in the capacities asked for: everything, with its provision."""
    data = draft(person, vendor).data
    said = record.read(data)[0]
    return of_party(Party(key_of(said.name), said), Asked(roles, filing, order))


def _made(version: Version) -> Made:
    return Made(version.number, version.at, version.by.name, version.commitment)
