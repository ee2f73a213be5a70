"""Filters of the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from kaname.regimes.supply.register.plan import Certified


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; an empty wish asks for everything. `least` and `most` bound the grant, in whole yen."""

    product: str = ""
    ministry: str = ""
    item: str = ""
    applicant: str = ""
    since: date | None = None
    until: date | None = None
    least: int | None = None
    most: int | None = None
    origin: str = ""  # "case" or "import"


def sifted(plans: Iterable[Certified], asked: Asked) -> list[Certified]:
    """The plans that fit, by day, product and applicants. A plan without the figure asked about does not fit."""
    found = [p for p in plans if fits(p, asked)]
    return sorted(found, key=lambda p: (p.certified_on or date.min, -p.product.item, p.applicants), reverse=True)


def fits(plan: Certified, asked: Asked) -> bool:
    return (
        asked.product in ("", plan.product.id)
        and asked.ministry in ("", plan.product.order)
        and asked.origin in ("", "case" if plan.case else "import")
        and _within(asked.item, (plan.item,))
        and _within(asked.applicant, plan.applicants)
        and (asked.since is None or (plan.certified_on is not None and asked.since <= plan.certified_on))
        and (asked.until is None or (plan.certified_on is not None and plan.certified_on <= asked.until))
        and (asked.least is None or (plan.grant is not None and asked.least <= plan.grant))
        and (asked.most is None or (plan.grant is not None and plan.grant <= asked.most))
    )


def _within(wanted: str, texts: Iterable[str]) -> bool:
    """Whether a word stands in one of the texts, whatever its width, case or spaces."""
    word = _plain(wanted)
    return not word or any(word in _plain(text) for text in texts)


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split()).lower()
