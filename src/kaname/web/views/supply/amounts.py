"""Amounts of money on the pages of stable supply: 億円 in tables, 兆・億円 in sentences, bars on one scale."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kaname.law import T, Text
from kaname.regimes.supply.given import in_oku

OKU = 100_000_000
_WIDE, _LEFT = 520, 300  # of a bar, and of the names before it
_HIGH, _GAP = 18, 10


def oku(amount: int | None) -> str:
    """For a table whose head names the unit; a blank where nothing is known."""
    return "" if amount is None else in_oku(amount)


def nearly(amount: int) -> int:
    """To the nearest million yen, for what was worked out by a division."""
    return (amount + 500_000) // 1_000_000 * 1_000_000


def rounded(amount: int) -> str:
    """The same in 億円, to two places."""
    return in_oku(nearly(amount))


def said(amount: int) -> Text:
    """For a sentence: 1兆9,443億円 / JPY 1,944.3 bn."""
    cho, rest = divmod(amount, 10_000 * OKU)
    ja = (f"{cho}兆" if cho else "") + (f"{in_oku(rest)}億" if rest or not cho else "") + "円"
    billions = f"{Decimal(amount) / (10 * OKU):,.2f}".rstrip("0").rstrip(".")
    return T(ja, f"JPY {billions} bn")


def part(amount: int | None, whole: int | None) -> str:
    """The share in percent with one decimal; a blank where a side is missing or there is nothing to share."""
    if amount is None or not whole:
        return ""
    return f"{Decimal(amount) / whole:.1%}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the name before the first of a group, its series, its width and what stands behind it."""

    name: Text | None
    sort: str
    y: int
    width: float
    told: str


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    height: int
    left: int = _LEFT
    wide: int = _LEFT + _WIDE + 110


def chart(groups: Iterable[tuple[Text, Iterable[tuple[str, int | None]]]]) -> Chart:
    """Groups of bars from zero on one scale; an amount that is not known has no bar."""
    known = [(name, [(sort, a) for sort, a in amounts if a is not None]) for name, amounts in groups]
    top = max((a for _, amounts in known for _, a in amounts), default=0) or 1
    bars, y = [], 4
    for name, amounts in known:
        for i, (sort, amount) in enumerate(amounts):
            width = round(float(Fraction(_WIDE * amount, top)), 1)
            bars.append(Bar(name if i == 0 else None, sort, y, width, in_oku(amount)))
            y += _HIGH
        y += _GAP if amounts else 0
    return Chart(tuple(bars), y)
