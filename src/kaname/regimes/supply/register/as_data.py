"""Entries and counts of the register as plain data. Money is whole yen."""

from typing import Any

from kaname.law import Lang
from kaname.regimes.supply.register.counts import Counted
from kaname.regimes.supply.register.plan import Certified


def plan(p: Certified, lang: Lang) -> dict[str, Any]:
    """An entry; `origin` tells a case of this office from an import."""
    return {
        "product": p.product.id, "label": p.product.label[lang], "ministry": p.product.order,
        "applicants": list(p.applicants), "certified_on": p.certified_on and p.certified_on.isoformat(),
        "item": p.item, "number": p.number, "funds": p.funds, "grant": p.grant,
        "cancelled_on": p.cancelled_on and p.cancelled_on.isoformat(), "source": p.source,
        "origin": "case" if p.case else "import", "case": p.case or None,
        "numbers": [{"sort": n.sort, "firm": n.firm, "goods": n.goods, "amount": n.amount, "where": n.where}
                    for n in p.numbers],
    }  # fmt: skip


def count(c: Counted, lang: Lang) -> dict[str, Any]:
    return {
        "product": c.product.id, "label": c.product.label[lang], "published": c.published, "listed": c.listed,
        "up_to_deck": c.up_to_deck, "missing": c.missing, "cancelled": c.cancelled, "grants": c.grants,
    }  # fmt: skip
