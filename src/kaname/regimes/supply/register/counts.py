"""Certified plans by product: as published, as listed here, and how far the two go together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.regimes.supply.catalogue.products import DECK, PRODUCTS, Product
from kaname.regimes.supply.register.plan import Certified


@dataclass(frozen=True, slots=True)
class Counted:
    """`published`: the number on the deck's day (None: not printed). The rest is counted over the entries here."""

    product: Product
    published: int | None
    listed: int
    up_to_deck: int
    cancelled: int
    grants: int | None

    @property
    def missing(self) -> int | None:
        """How many of the published plans no entry tells of; below none is none."""
        return None if self.published is None else max(self.published - self.up_to_deck, 0)


@dataclass(frozen=True, slots=True)
class Published:
    """A total that was published for a day, or for about a month."""

    on: str
    plans: int
    source: Text


# Later totals are known from answers and announcements; none is worked out from others.
PUBLISHED = (
    Published(DECK.isoformat(), sum(p.certified or 0 for p in PRODUCTS.values()),
        T("政府資料（2024年6月4日）", "government deck of 2024-06-04")),
    Published("2024-12", 116, T("国会答弁（2024年12月頃、確かさ：中）", 
        "Diet answer, of about December 2024 (confidence: medium)")),
)  # fmt: skip


def counted(plans: Iterable[Certified], as_of: date) -> list[Counted]:
    """Every product, with the entries certified by a day. A plan told by a case and an import counts once."""
    every = unique(p for p in plans if p.certified_on is not None and p.certified_on <= as_of)
    return [_of(product, [p for p in every if p.product is product], as_of) for product in PRODUCTS.values()]


def unique(plans: Iterable[Certified]) -> list[Certified]:
    """Each plan once; the case before the import, since it says more."""
    found: list[Certified] = []
    for plan in sorted(plans, key=lambda p: not p.case):
        if not any(plan.same_as(known) for known in found):
            found.append(plan)
    return found


def _of(product: Product, plans: list[Certified], as_of: date) -> Counted:
    grants = [p.grant for p in plans if p.grant is not None]
    cancelled = sum(1 for p in plans if p.cancelled_on is not None and p.cancelled_on <= as_of)
    early = sum(1 for p in plans if p.certified_on is not None and p.certified_on <= DECK)
    return Counted(product, product.certified, len(plans), early, cancelled, sum(grants) if grants else None)
