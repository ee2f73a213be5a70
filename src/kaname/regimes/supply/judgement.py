"""The case of a product as pages show it: where it stands, and the judgement with its evidence.

What would change the answer is told of each requirement: on which limb it rests, and how far a value lies from what
somebody compared it with. No such number stands in the law, and nothing here decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kaname.law import T, Text
from kaname.procedure import Standing
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.catalogue.products import Product
from kaname.regimes.supply.catalogue.requirements import INDICATORS, REQUIREMENTS, Indicator, Limb, Requirement
from kaname.regimes.supply.evidence import rows


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of evidence. `apart`: how far the value lies above (or below, negative) what it was compared with."""

    indicator: Indicator | None
    figure: str
    value: str
    threshold: str
    digest: str
    as_of: date | None
    page: str
    apart: Decimal | None

    @property
    def page_is_here(self) -> bool:
        """Whether the page is one of this office: an address from its root, never one of another place."""
        return self.page.startswith("/") and not self.page.startswith(("//", "/\\"))


@dataclass(frozen=True, slots=True)
class Judged:
    """One requirement: how each limb was found (None: not told), the reasons, the evidence."""

    of: Requirement
    limbs: tuple[tuple[Limb, bool | None], ...]
    reasons: str
    evidence: tuple[Shown, ...]

    @property
    def met(self) -> bool | None:
        found = [answer for _, answer in self.limbs]
        return True if any(found) else None if None in found else False

    @property
    def turns_on(self) -> Text:
        """What would have to be found otherwise for the answer to change."""
        held = [limb.name for limb, answer in self.limbs if answer]
        if len(held) > 1:
            return T("いずれか一つで足り、二つとも否定されれば変わる", "either is enough: both would have to be denied")
        if held:
            return T(f"「{held[0].ja}」が否定されれば変わる", f"changes if this is denied: {held[0].en}")
        one = self.limbs[0][0].name if len(self.limbs) == 1 else T("いずれか", "either of the two")
        return T(f"「{one.ja}」と認められれば変わる", f"changes if this is found: {one.en}")


@dataclass(frozen=True, slots=True)
class ProductCase:
    """A case about a product or a candidate. `judged` is empty while nothing was looked at."""

    product: Product | None
    name: str
    state: str
    label: Text
    since: date
    designated_on: date | None
    scope: str
    judged_on: date | None
    judged: tuple[Judged, ...]
    special: Text | None


def product_case(standing: Standing) -> ProductCase:
    """The product of a case of kind `supply.product`."""
    track = standing.tracks["designation"]
    kind = standing.kind
    product = PRODUCTS.get(str(standing.fact("designation.product") or ""))
    special = standing.tracks.get("special_measures")
    judged = any(standing.fact(f"designation.{name}") for name in ("evidence", "judged_on"))
    return ProductCase(
        product, str(standing.fact("designation.name") or (product.label.ja if product else "")), track.state,
        kind.procedure("designation").label_of(track.state), track.since,
        day(standing.fact("designation.designated_on")), str(standing.fact("designation.scope") or ""),
        day(standing.fact("designation.judged_on")), judgement(standing) if judged else (),
        kind.procedure("special_measures").label_of(special.state) if special else None,
    )  # fmt: skip


def judgement(standing: Standing) -> tuple[Judged, ...]:
    """The four requirements as found in a case, each with the rows of evidence that speak to it."""
    evidence = [dict(row) for row in rows(standing.fact("designation.evidence"))]
    return tuple(
        Judged(
            of,
            tuple((limb, standing.fact(f"designation.{limb.id}")) for limb in of.limbs),
            str(standing.fact(f"designation.reasons_{of.id}") or ""),
            tuple(_shown(row) for row in evidence if row.get("requirement") == of.id),
        )
        for of in REQUIREMENTS.values()
    )


def day(value: Any) -> date | None:
    """A day as a case keeps it."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _shown(row: Mapping[str, Any]) -> Shown:
    value, threshold = str(row.get("value") or ""), str(row.get("threshold") or "")
    here, there = _number(value), _number(threshold)
    return Shown(
        INDICATORS.get(str(row.get("indicator") or "")), str(row.get("figure") or ""), value, threshold,
        str(row.get("digest") or ""), day(row.get("as_of")), str(row.get("page") or ""),
        None if here is None or there is None else here - there,
    )  # fmt: skip


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
