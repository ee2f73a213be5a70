"""One product looked back upon: are the goals near, does capacity meet demand, did the dependence fall, at what price.

The price of a point is a division of two figures, no proof that the money did it; the review says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kaname.law import T, Text
from kaname.regimes.supply.catalogue.products import Product
from kaname.regimes.supply.effect.figures import IN_WORDS, Figure, InWords, Kind
from kaname.regimes.supply.funds.model import What
from kaname.regimes.supply.funds.table import Money, Row

CAUSE = T("物資全体の額を差で割っただけで、支出が差を生んだことを示すものではありません。"
          "依存度が品目の一つのものなら、その品目だけの額ではありません。",
          "The money of the whole product divided by the difference; it does not show that the money made it. Where "
          "the dependence is that of one item, the money is not that of the item alone.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal beside the latest figure of the same measure and unit."""

    goal: Figure
    now: Figure | None

    @property
    def reached(self) -> Fraction | None:
        """The share of the goal reached, exactly."""
        return None if self.now is None or not self.goal.value else Fraction(self.now.value) / Fraction(self.goal.value)

    @property
    def left(self) -> Decimal | None:
        return None if self.now is None else max(self.goal.value - self.now.value, Decimal(0))


@dataclass(frozen=True, slots=True)
class Against:
    """What there is (capacity or stock) against the demand of the same measure and unit; `share` exactly."""

    have: Figure
    demand: Figure

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.have.value) / Fraction(self.demand.value) if self.demand.value else None


@dataclass(frozen=True, slots=True)
class Change:
    """The dependence of one measure at two days. `points` below zero: it fell."""

    before: Figure
    after: Figure

    @property
    def points(self) -> Decimal:
        return self.after.value - self.before.value


@dataclass(frozen=True, slots=True)
class Price:
    """Money for each point by which the dependence fell, in whole yen, halves away from zero."""

    what: What
    money: Money
    change: Change

    @property
    def per_point(self) -> int:
        exact = Fraction(self.money.amount) / Fraction(-self.change.points)
        return int(exact + Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Review:
    """Everything known about one product, and the questions that stay open."""

    product: Product
    goals: tuple[Goal, ...]
    in_words: tuple[InWords, ...]
    against: tuple[Against, ...]
    changes: tuple[Change, ...]
    money: Row | None
    prices: tuple[Price, ...]
    open: tuple[Text, ...]


def review(product: Product, figures: Iterable[Figure], money: Row | None, as_of: date,
           since: date | None = None) -> Review:  # fmt: skip
    """The review on a day. `since`: the dependence before is the last one up to it (the designation, if not told)."""
    known = [f for f in figures if f.product == product.id and (f.kind is Kind.GOAL or f.on <= as_of)]
    goals = tuple(Goal(g, _latest(f for f in known if f.kind is not Kind.GOAL and _compares(f, g))) for g in known
                  if g.kind is Kind.GOAL)  # fmt: skip
    against = tuple(
        Against(have, demand)
        for have in _each_latest(f for f in known if f.kind in (Kind.CAPACITY, Kind.STOCK))
        if (demand := _latest(f for f in known if f.kind is Kind.DEMAND and f.key == have.key))
    )
    changes = tuple(_changes([f for f in known if f.kind is Kind.DEPENDENCE], since or product.designated_on))
    prices = tuple(_prices(changes, money))
    words = tuple(w for w in IN_WORDS if w.product == product.id)
    asked = tuple(_open(product, known, goals, words, against, changes, money))
    return Review(product, goals, words, against, changes, money, prices, asked)


def _compares(figure: Figure, goal: Figure) -> bool:
    return figure.key == goal.key and figure.kind in (Kind.CAPACITY, Kind.STOCK, Kind.OUTPUT)


def _latest(figures: Iterable[Figure]) -> Figure | None:
    found: Figure | None = None
    for figure in figures:
        if found is None or found.on <= figure.on:  # of one day the one told later
            found = figure
    return found


def _each_latest(figures: Iterable[Figure]) -> list[Figure]:
    held: dict[tuple[Kind, str, str], Figure] = {}
    for figure in figures:
        before = held.get((figure.kind, *figure.key))
        if before is None or before.on <= figure.on:
            held[(figure.kind, *figure.key)] = figure
    return list(held.values())


def _changes(figures: list[Figure], since: date) -> Iterable[Change]:
    """For each measure the last figure up to the day `since`, and the last one after it."""
    for key in dict.fromkeys(f.key for f in figures):
        before = _latest(f for f in figures if f.key == key and f.on <= since)
        after = _latest(f for f in figures if f.key == key and f.on > since)
        if before and after:
            yield Change(before, after)


def _prices(changes: Iterable[Change], money: Row | None) -> Iterable[Price]:
    for change in changes:
        for what in (What.DECIDED, What.SPENT):
            found = money.sums.get(what) if money else None
            if found is not None and change.points < 0:
                yield Price(what, found, change)


def _open(product: Product, known: list[Figure], goals: tuple[Goal, ...], words: tuple[InWords, ...],
          against: tuple[Against, ...], changes: tuple[Change, ...], money: Row | None) -> Iterable[Text]:  # fmt: skip
    """What cannot be answered, and which figure would answer it."""
    if not goals:
        only = T("数で示された目標が知られていない", "no goal in figures is known")
        in_words = T("（言葉の目標だけ）", " (only in words)") if words else T("", "")
        yield T(f"{only.ja}{in_words.ja}。", f"Open: {only.en}{in_words.en}.")
    for g in goals:
        if g.now is None:
            yield T(f"目標「{g.goal.measure.ja}」に対する今の数が知られていない"
                    f"（同じ名称と単位「{g.goal.unit.ja}」の数が要る）。",
                    f"Open: no present figure for the goal {g.goal.measure.en!r} "
                    f"(needed: the same measure in {g.goal.unit.en}).")  # fmt: skip
    if not against:
        yield T("能力又は備蓄と、同じ単位の需要が揃っていない。",
                "Open: capacity or stock, and demand in the same unit, are not both known.")  # fmt: skip
    if not changes:
        has = any(f.kind is Kind.DEPENDENCE for f in known)
        yield T("指定の前と後の依存度が揃っていない。" if has else "依存度の数がない。",
                "Open: the dependence before and after is not known for one measure." if has
                else "Open: no figure of dependence is known.")  # fmt: skip
    for change in changes:
        if change.points >= 0:
            yield T(f"「{change.before.measure.ja}」は下がっていないので、1ポイント当たりの額はない。",
                    f"{change.before.measure.en!r} did not fall: there is no price of a point.")  # fmt: skip
    for what in (What.DECIDED, What.SPENT):
        if money is None or money.sums.get(what) is None:
            yield T(f"{product.label.ja}の{what.label.ja}の額が知られていない。",
                    f"Open: no amount {what.label.en} for {product.label.en} is known.")  # fmt: skip
