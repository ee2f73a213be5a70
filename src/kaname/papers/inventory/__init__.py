"""The inventory of papers (様式と通知の一覧): what paper each act is, and which official form it fills.

sort_of(kind_id, act) -> Sort      forms_of(entry, standing) -> names of forms      OFFICIAL, SORTS
"""

from functools import cache

from kaname.papers.inventory.acts import BY_REGIME
from kaname.papers.inventory.official import OFFICIAL, forms_of, order_of
from kaname.papers.inventory.sorts import PAPERS, SORTS, Sort


def sort_of(kind_id: str, act: str) -> Sort:
    """The sort of paper that an act is; `act` by its own name, not by an alias. Raises LookupError."""
    return SORTS[listed(kind_id.partition(".")[0])[act]]


@cache
def listed(regime: str) -> dict[str, str]:
    """Every act of a regime with the id of its sort. An act that stands there twice raises ValueError."""
    found: dict[str, str] = {}
    for sort, said in BY_REGIME[regime].items():
        for part in said.split(";"):
            procedure, _, acts = part.strip().partition(":")
            for act in acts.split():
                if (name := f"{procedure}.{act}") in found:
                    raise ValueError(f"{regime}: {name} stands twice in the inventory of papers")
                found[name] = sort
    return found


__all__ = ["OFFICIAL", "PAPERS", "SORTS", "Sort", "forms_of", "listed", "order_of", "sort_of"]
