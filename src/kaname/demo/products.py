"""The specified critical products as the Cabinet Order has them: each a case entered on its day, with its later scopes.

These are facts of law, not stories: real days, and nothing invented beside them.
"""

from collections.abc import Iterator
from datetime import date

from kaname.procedure import Entry
from kaname.regimes.supply.catalogue import in_force
from kaname.regimes.supply.versions import DECIDED

KIND = "supply.product"


def known(today: date) -> Iterator[tuple[Entry, ...]]:
    """The acts of each product that is designated on a day."""
    for product in in_force(today):
        entered = Entry("designation.record_designated", product.designated_on, {
            "product": product.id, "name": product.label.ja, "decided_on": product.decided_on.isoformat(),
            "place": f"一条{product.item}号",
        }, by="product_minister")  # fmt: skip
        widened = (
            Entry("designation.change_scope", since, {
                "direction": "widen", "scope": what.ja, "decided_on": DECIDED[since].isoformat(),
            }, by="cabinet")
            for since, what in product.wider if since <= today
        )  # fmt: skip
        yield entered, *widened
