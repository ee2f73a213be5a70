"""The specified critical products of a day, and the cases of products that a person may know of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaname.access import api as access
from kaname.access.models import Person
from kaname.law import Text
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.catalogue.products import Product
from kaname.regimes.supply.judgement import ProductCase, product_case

KIND = "supply.product"


@dataclass(frozen=True, slots=True)
class Case:
    """A case about a product, with what it says."""

    case: access.CaseAt
    told: ProductCase


@dataclass(frozen=True, slots=True)
class Listed:
    """A product of the Cabinet Order, and the cases about it that the reader may know of."""

    product: Product
    in_force: bool
    cases: tuple[Case, ...]


def cases(person: Person) -> tuple[Case, ...]:
    """Every case of a product that a person may know of, by number."""
    return tuple(Case(at, product_case(at.standing)) for at in access.standings(person, KIND))


def listed(known: Iterable[Case], on: date, order: str = "", words: str = "") -> tuple[Listed, ...]:
    """The products in the order of the Cabinet Order: of one ministry's order, and with every word, where asked."""
    of: dict[str, list[Case]] = {}
    for case in known:
        if case.told.product:
            of.setdefault(case.told.product.id, []).append(case)
    return tuple(
        Listed(p, p.designated_on <= on, tuple(of.get(p.id, ())))
        for p in PRODUCTS.values()
        if (not order or p.order == order) and all(w in _said(p) for w in words.lower().split())
    )


def candidates(known: Iterable[Case]) -> tuple[Case, ...]:
    """The cases about what the Cabinet Order does not name, or not by what the case says."""
    return tuple(case for case in known if case.told.product is None)


def _said(of: Product) -> str:
    texts: tuple[Text, ...] = (of.label, *of.parts, *(what for _, what in of.wider), of.under.label)
    return " ".join((of.id, *(f"{t.ja} {t.en}" for t in texts))).lower()
