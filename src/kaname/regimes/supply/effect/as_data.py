"""A review as plain data, for the command line and the API. Shares have four places, money is whole yen."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from kaname.law import Lang
from kaname.regimes.supply.effect.figures import Figure
from kaname.regimes.supply.effect.review import CAUSE, Review
from kaname.regimes.supply.funds.model import What


def as_data(found: Review, lang: Lang) -> dict[str, Any]:
    return {
        "product": found.product.id, "label": found.product.label[lang],
        "goals": [{"goal": figure(g.goal, lang), "now": g.now and figure(g.now, lang), "reached": share(g.reached),
                   "left": None if g.left is None else str(g.left)} for g in found.goals],
        "goals_in_words": [{"text": w.text[lang], "source": w.source[lang], "confidence": w.confidence.value}
                           for w in found.in_words],
        "against_demand": [{"have": figure(a.have, lang), "demand": figure(a.demand, lang), "share": share(a.share)}
                           for a in found.against],
        "dependence": [{"before": figure(c.before, lang), "after": figure(c.after, lang), "points": str(c.points)}
                       for c in found.changes],
        "money": {w.value: found.money.amount(w) for w in What} if found.money else None,
        "per_point": [{"what": p.what.value, "measure": p.change.before.measure[lang], "yen": p.per_point,
                       "working": working(p.money.amount, p.change.points)} for p in found.prices],
        "open": [text[lang] for text in found.open], "caution": CAUSE[lang],
    }  # fmt: skip


def figure(f: Figure, lang: Lang) -> dict[str, Any]:
    return {
        "kind": f.kind.value, "measure": f.measure[lang], "value": str(f.value), "unit": f.unit[lang],
        "on": f.on.isoformat(), "source": f.source[lang], "confidence": f.confidence.value, "loaded": f.loaded,
    }  # fmt: skip


def share(found: Fraction | None) -> str | None:
    """Four places, half up."""
    if found is None:
        return None
    exact = Decimal(found.numerator) / Decimal(found.denominator)
    return str(exact.quantize(Decimal("0.0001"), ROUND_HALF_UP))


def short(value: Decimal | str) -> str:
    """A figure for the eye, to two places at most; the data keeps all of it."""
    rounded = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded.normalize() + 0:f}"


def working(amount: int, points: Decimal) -> str:
    return f"{amount:,} / {-points}"
