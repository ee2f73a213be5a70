"""The orders on support corporations (支援法人に関する命令), which number alike but for that of MLIT.

That order has one article more from Art. 4 on (its own grounds of designation), and one more again before the card of
the inspector. A rule prints the common number and that of MLIT beside it.
"""

from collections.abc import Mapping
from datetime import date

from kaname.law import Bases, shared
from kaname.regimes.supply.laws import SUPPORT, SUPPORT_MLIT
from kaname.regimes.supply.versions import FIRST_ORDERS, VENTILATOR_ORDER

# ministry of the product -> since when its order is in force; none was found for products of METI or MHLW alone
SUPPORT_ORDERS: Mapping[str, date] = {"maff": FIRST_ORDERS, "mlit": FIRST_ORDERS, "joint": VENTILATOR_ORDER}

# rule -> its place in the common numbering, and in the MLIT order
_PLACES: Mapping[str, tuple[str, str]] = {
    "apply": ("2", "2"), "name_change": ("6", "7"), "rules": ("7(1)", "8(1)"), "rules_change": ("7(2)", "8(2)"),
    "plan": ("9(1)", "10(1)"), "accounts": ("11", "12"), "books": ("12", "13"), "stop": ("13", "14"),
    "handover": ("14", "15"), "card": ("15", "17"),
}  # fmt: skip
_RULES: Mapping[str, Bases] = {
    name: (shared(f"support_{name}", {"common": SUPPORT(common), "mlit": SUPPORT_MLIT(mlit)})
           if common != mlit else shared(f"support_{name}", {"common": SUPPORT(common)}),)
    for name, (common, mlit) in _PLACES.items()
}  # fmt: skip


def support(rule: str) -> Bases:
    """A rule of the orders on support corporations: `support("plan")`."""
    return _RULES[rule]
