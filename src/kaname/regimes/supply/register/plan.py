"""A certified plan as a register lists it, told apart by where it comes from: a case of this office, or an import."""

from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from kaname.law import Text
from kaname.procedure import Standing
from kaname.regimes.supply.applicants import applicants
from kaname.regimes.supply.catalogue.products import PRODUCTS, Product
from kaname.regimes.supply.plan_numbers import Number, numbers


@dataclass(frozen=True, slots=True)
class Certified:
    """One plan. Money is whole yen, None where the source prints none. `case`: its case here, "" for an import."""

    product: Product
    applicants: tuple[str, ...]
    certified_on: date | None
    item: str = ""
    number: str = ""
    funds: int | None = None
    grant: int | None = None
    cancelled_on: date | None = None
    source: str = ""
    case: str = ""
    numbers: tuple[Number, ...] = ()
    line: int = 0

    @property
    def ministry(self) -> Text:
        return self.product.under.label

    @property
    def parties(self) -> frozenset[str]:
        """The applicants' names in a plain form, to tell the same plan in two sources."""
        return frozenset("".join(normalize("NFKC", name).split()).lower() for name in self.applicants)

    def same_as(self, other: "Certified") -> bool:
        """Whether two entries tell of one plan: by its number, else by product, day and applicants. Two cases of this
        office are two plans, whatever they say.
        """
        if self.case and other.case:
            return self.case == other.case
        if self.number and other.number:
            return self.number == other.number
        return (self.product.id, self.certified_on, self.parties) == (
            other.product.id, other.certified_on, other.parties)  # fmt: skip


def of_standing(standing: Standing, case: str) -> Certified | None:
    """The plan of a case, if it is or was certified."""
    facts = standing.facts
    product = PRODUCTS.get(facts.get("plan.product") or "")
    track = standing.tracks.get("plan")
    certified = standing.done.get(("plan.certify", ""))
    if product is None or track is None or certified is None:
        return None
    names = tuple(a.party for a in applicants(facts.get("plan.applicants")))
    return Certified(
        product, names, certified[0], facts.get("plan.item") or "", facts.get("plan.number") or "",
        facts.get("plan.funds"), facts.get("plan.grant"), track.since if track.state == "cancelled" else None,
        case=case, numbers=numbers(facts.get("plan.numbers")),
    )  # fmt: skip
