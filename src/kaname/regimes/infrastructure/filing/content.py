"""What an introduction plan says (Art. 52(2)): facility, introduction or entrustment, components, parties, measures."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from unicodedata import normalize

from kaname.law import T, Text
from kaname.regimes.infrastructure.filing.disclosure import Disclosure


class Sort(StrEnum):
    """導入 or 重要維持管理等の委託: one plan is of one sort, on a form of its own."""

    INTRODUCTION = "introduction"
    MAINTENANCE = "maintenance"


class PartyRole(StrEnum):
    """In what capacity a vendor stands in a plan. The same vendor may stand in several."""

    SUPPLIER = "supplier"
    COMPONENT_SUPPLIER = "component_supplier"
    ENTRUSTEE = "entrustee"
    SUB_ENTRUSTEE = "sub_entrustee"

    @property
    def label(self) -> Text:
        return _ROLES[self]

    @property
    def makes(self) -> bool:
        """Whether it supplies something that was made somewhere: only then factories are asked."""
        return self in (PartyRole.SUPPLIER, PartyRole.COMPONENT_SUPPLIER)


_ROLES = {
    PartyRole.SUPPLIER: T("特定重要設備の供給者", "supplier of the facility"),
    PartyRole.COMPONENT_SUPPLIER: T("構成設備の供給者", "supplier of a component"),
    PartyRole.ENTRUSTEE: T("委託の相手方", "entrustee"),
    PartyRole.SUB_ENTRUSTEE: T("再委託の相手方", "sub-entrustee"),
}


@dataclass(frozen=True, slots=True)
class Facility:
    """特定重要設備. `supplier` is the key of a party, "" where it is not named yet."""

    name: str = ""
    outline: str = ""
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """構成設備. `source`: where the line came from (`bom.json#component-7`), for whoever has to mend it."""

    name: str
    kind: str = ""
    function: str = ""
    supplier: str = ""
    version: str = ""
    quantity: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Omission:
    """再委託に係る記載省略: what the operator has arrangements for. Only with all three may a tier be told in short."""

    knows_content: bool = False
    area_and_entry: bool = False
    records_or_audit: bool = False

    @property
    def holds(self) -> bool:
        return self.knows_content and self.area_and_entry and self.records_or_audit


@dataclass(frozen=True, slots=True)
class Entrustment:
    """重要維持管理等の委託, and every re-entrustment under it: `parent` is the id of the one it was taken from."""

    id: str
    party: str
    parent: str = ""
    content: str = ""
    starts: date | None = None
    ends: date | None = None
    omission: Omission | None = None  # None: nothing is to be left out
    source: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a risk management measure stands: implemented, partly, not_applicable or not_implemented, and why."""

    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A vendor in a plan: its disclosure where it is at hand. `passport`: the reference of the version it came from.

    `veil`: parts that the vendor gave to the authority alone; what is wrong in them is told to the vendor, not in this
    plan.
    """

    key: str
    disclosure: Disclosure | None = None
    passport: str = ""
    veil: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan before filing. `parties` by key, which is their name as `key_of` writes it."""

    sort: Sort
    operator: str = ""
    facility: Facility = Facility()
    content: str = ""
    starts: date | None = None
    ends: date | None = None
    components: tuple[Component, ...] = ()
    entrustments: tuple[Entrustment, ...] = ()
    parties: Mapping[str, Party] = field(default_factory=dict)
    measures: Mapping[str, Answer] = field(default_factory=dict)

    def with_party(self, party: Party) -> "Plan":
        return replace(self, parties={**self.parties, party.key: party})

    def roles(self) -> dict[str, set[PartyRole]]:
        """Every party that the plan names, with the capacities in which it does."""
        found: dict[str, set[PartyRole]] = {}
        named = [(self.facility.supplier, PartyRole.SUPPLIER)]
        named += [(component.supplier, PartyRole.COMPONENT_SUPPLIER) for component in self.components]
        named += [(e.party, PartyRole.SUB_ENTRUSTEE if e.parent else PartyRole.ENTRUSTEE) for e in self.entrustments]
        for key, role in named:
            if key:
                found.setdefault(key, set()).add(role)
        return found


def key_of(name: str) -> str:
    """The key of a party: its name, full and half width and spaces aside. 株式会社 before or behind is another name."""
    return " ".join(normalize("NFKC", name).split())


def same_name(one: str, other: str) -> bool:
    return key_of(one).casefold() == key_of(other).casefold()
