"""The catalogues of Chapter 2 as data: products, certification orders, technology protection measures, forms.

Whatever can change without a new kind of step stands here, dated and with its source; the procedures read it.
"""

from kaname.regimes.supply.catalogue.forms import form
from kaname.regimes.supply.catalogue.orders import ORDERS, RULES, orders
from kaname.regimes.supply.catalogue.products import PRODUCTS, in_force
from kaname.regimes.supply.catalogue.technology_protection import MEASURES

__all__ = ["MEASURES", "ORDERS", "PRODUCTS", "RULES", "form", "in_force", "orders"]
