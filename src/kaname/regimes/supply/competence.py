"""Under whom a case of Chapter 2 falls: the ministry whose certification order its product follows."""

from collections.abc import Callable
from datetime import date
from typing import Any

from kaname.procedure.declare import Authority
from kaname.regimes.supply.catalogue import ORDERS
from kaname.regimes.supply.catalogue.products import PRODUCTS


def by_product(*particulars: str) -> Authority:
    """By the first of the particulars that names a product."""

    def of(fact: Callable[[str], Any], day: date) -> str:
        found = next((PRODUCTS[named] for name in particulars if (named := fact(name)) in PRODUCTS), None)
        return found.order if found else ""

    return Authority({order.id: order.label for order in ORDERS.values()}, of)
