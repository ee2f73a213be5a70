"""The catalogues of Chapter 3 as data: sectors, forms, disclosures, measures, and the orders that hold them.

Whatever can change without a new kind of step stands here, dated and with its source; the procedures read it.
"""

from kaname.regimes.infrastructure.catalogue.orders import ORDERS, RULES, under_order
from kaname.regimes.infrastructure.catalogue.sectors import (
    SECTORS,
    NotInCatalogue,
    business,
    catalogue_days,
    facility,
    in_force,
    sector,
)

__all__ = [
    "ORDERS", "RULES", "SECTORS", "NotInCatalogue", "business", "catalogue_days", "facility", "in_force", "sector",
    "under_order",
]
