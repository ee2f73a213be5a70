"""Certified plans as counter-measures: the numbers they state, put into a network, and what each is worth in a shock.

The worth of a plan is the difference of two runs of one shock, without and with it. What was worked out can be kept
for the plan's page and for the yearly check of its product; it stays with the office and decides nothing.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kaname.access import api as access
from kaname.access.models import Person
from kaname.days import JST
from kaname.desk import supply
from kaname.desk.models import PlanWorth
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.regimes.supply.plan_numbers import CAPACITY, SOURCE, STOCK, Number
from kaname.regimes.supply.register.plan import Certified

if TYPE_CHECKING:
    from kaname.assess.network.measures import Measure
    from kaname.assess.network.net import Network
    from kaname.assess.network.study import Study

MOST = 200  # kept by an office for a product


@dataclass(frozen=True, slots=True)
class Choice:
    """A certified plan that states numbers. `key`: how an address names it."""

    key: str
    plan: Certified

    @property
    def label(self) -> Text:
        of = self.plan.product.label
        return T(f"{of.ja}：{'、'.join(self.plan.applicants)}", f"{of.en}: {', '.join(self.plan.applicants)}")


def choices(person: Person) -> list[Choice]:
    """The plans in force that a person may know of and that state numbers, imported ones too."""
    found = [Choice(_key(plan), plan) for plan in supply.plans(person) if plan.numbers and plan.cancelled_on is None]
    return sorted(found, key=lambda one: (one.plan.product.label.ja, one.plan.applicants, one.key))


def _key(plan: Certified) -> str:
    if plan.case:
        return plan.case
    told = "|".join((plan.product.id, str(plan.certified_on), plan.number, plan.item, *sorted(plan.parties)))
    return "i-" + hashlib.sha256(told.encode()).hexdigest()[:14]


@dataclass(frozen=True, slots=True)
class Put:
    """The measures of plans that fit a network, and those that do not, with the reason."""

    measures: "tuple[Measure, ...]"
    left_out: tuple[tuple[Number, Text], ...]


def put(network: "Network", names: Mapping[str, str], numbers: Sequence[Number]) -> Put:
    """Numbers of plans as measures of a network whose firms are `names` (id to name)."""
    from kaname.assess.network.measures import Kind, Measure, with_measures
    from kaname.assess.network.net import NetworkError, by_name

    kinds = {STOCK: Kind.STOCK, CAPACITY: Kind.CAPACITY, SOURCE: Kind.SECOND_SOURCE}
    ids = by_name(names)
    fit, left = [], []
    for one in numbers:
        measure = Measure(kinds[one.sort], ids.get(one.firm, one.firm), one.amount, ids.get(one.goods, one.goods))
        try:
            with_measures(network, [measure])
        except NetworkError as wrong:
            left.append((one, wrong.text))
        else:
            fit.append(measure)
    return Put(tuple(fit), tuple(left))


# -- kept --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Worth:
    """What a plan is worth in a shock: parts of all production, and of the value added of so many days."""

    id: str
    case: str
    product: str
    on: date
    by: str
    about: Text
    network: str
    page: str
    score: float
    score_with: float
    lost: float
    lost_with: float
    days: int

    @property
    def saved(self) -> float:
        return self.score - self.score_with

    @property
    def added_saved(self) -> float:
        return self.lost - self.lost_with


def keep(person: Person, choice: Choice, found: "Study", about: Text, network: str, page: str) -> PlanWorth:
    """Keep what a plan is worth. The same shock of the same page, asked again, takes the place of the earlier one."""
    lost, after = found.value_added_lost
    assert found.score_after is not None and after is not None, "a study with measures"
    for old in _of_office(person).filter(case=choice.key):
        if old.opened["page"] == page:
            old.delete()
    one = PlanWorth(office=person.office, person=person, made_at=clock.now(), case=choice.key,
                    product=choice.plan.product.id)  # fmt: skip
    one.seal({
        "about_ja": about.ja, "about_en": about.en, "network": network, "page": page, "score": found.score,
        "score_with": found.score_after, "lost": lost, "lost_with": after, "days": found.asked.days,
    })  # fmt: skip
    one.save(force_insert=True)
    return one


def of_plan(person: Person, case: str) -> list[Worth]:
    return [_told(one) for one in _of_office(person).filter(case=case)]


def of_product(person: Person, product: str) -> list[Worth]:
    """Of the plans of a product that the person may know of."""
    return [one for one in kept(person) if one.product == product]


def kept(person: Person) -> list[Worth]:
    """All that the office kept, of plans that the person may know of; imported plans are the office's own."""
    found = [_told(one) for one in _of_office(person)[:MOST]]
    known = _known(person, {one.case for one in found})
    return [one for one in found if one.case in known]


def _known(person: Person, keys: Collection[str]) -> set[str]:
    if not keys:
        return set()
    own = {at.case.public_id for at in access.standings(person, "supply.plan")}
    return {key for key in keys if key.startswith("i-") or key in own}


def discard(person: Person, public_id: str) -> bool:
    return bool(_of_office(person).filter(public_id=public_id).delete()[0])


def _of_office(person: Person) -> Any:
    found = PlanWorth.objects.filter(office=person.office_id).select_related("office", "person")
    return found.order_by("-made_at", "-pk")


def _told(one: PlanWorth) -> Worth:
    told, on = one.opened, one.made_at.astimezone(JST).date()
    about = T(told["about_ja"], told["about_en"])
    return Worth(one.public_id, one.case, one.product, on, one.person.name, about, told["network"], told["page"],
                 told["score"], told["score_with"], told["lost"], told["lost_with"], told["days"])  # fmt: skip
