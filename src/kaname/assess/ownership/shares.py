"""Shares as exact whole numbers, so that a threshold has no float surprise: 5.00 % meets 5 %, 50 % is not over 50 %.

A share is an interval of units; a whole company is UNIT of them, one unit is 10^-10 percent. What a source leaves open
(a range, no figure at all, more decimals than a unit holds) stays open as the two ends of the interval.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from kaname.law import T, Text

UNIT = 10**12  # a whole company
_PERCENT = UNIT // 100
_NUMBER = re.compile(r"\d{1,40}(\.\d{1,40})?")
_RANGE = re.compile(r"(?P<low>[^.<>=~-][^~<>]*?)\s*(?:\.\.|-|~)\s*(?P<high>\S.*)")
A_SHARE = T(
    "0から100までの百分率（12.5、25..50、不明なら空欄）", "a percentage from 0 to 100 (12.5, 25..50, empty if unknown)"
)


class ShareError(ValueError):
    """Text that is no share. `text` tells why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True, slots=True)
class Share:
    """From `low` to `high` units; equal where the share is known exactly."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def __str__(self) -> str:
        return percent(self.low) if self.exact else f"{percent(self.low)}..{percent(self.high)}"


UNKNOWN = Share(0, UNIT)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A line that a share meets or not: `at` of a whole, reached (`strict` False) or exceeded (True)."""

    name: str
    at: Fraction
    strict: bool
    text: Text

    def met(self, units: int | Fraction) -> bool:
        left, right = units * self.at.denominator, self.at.numerator * UNIT
        return left > right if self.strict else left >= right


HOLDER = Threshold("5%", Fraction(5, 100), False, T("5%以上", "5 % or more"))
CONTROL = Threshold("over 50%", Fraction(1, 2), True, T("50%超", "over 50 %"))
# The bands of the plans: an increase that lifts a holder into a higher one is told to the minister.
BANDS = (
    Threshold("25%", Fraction(25, 100), False, T("25%以上", "25 % or more")),
    Threshold("1/3", Fraction(1, 3), False, T("3分の1以上", "one third or more")),
    Threshold("50%", Fraction(50, 100), False, T("50%以上", "50 % or more")),
)


def parse(text: str) -> Share:
    """`12.5`, `12.5 %`, `25..50` (a range) as percent. Raises ShareError; nothing written is UNKNOWN."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    if not plain or plain in ("不明", "unknown"):
        return UNKNOWN
    if found := _RANGE.fullmatch(plain):
        low, high = parse(found["low"]), parse(found["high"])
        if low.low > high.high:
            raise ShareError(T("範囲の下端が上端より大きい", "a range whose lower end is above its upper end"))
        return Share(low.low, high.high)
    if not _NUMBER.fullmatch(plain):
        raise ShareError(_why_no_number(plain))
    return of_percent(Decimal(plain))


def _why_no_number(plain: str) -> Text:
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return T("数でない", "no number")
    if number.is_nan() or number.is_infinite():
        return T("数でない（NaN、無限大）", "not a number (NaN or infinite)")
    return T("負の持分", "a negative share") if number < 0 else T("読み取れない数", "a number in no plain form")


def of_percent(number: Decimal | int | float) -> Share:
    """A number of percent; outward to whole units where it has more decimals than they hold. Raises ShareError."""
    number = number if isinstance(number, Decimal) else Decimal(str(number))
    if not number.is_finite():
        raise ShareError(T("数でない（NaN、無限大）", "not a number (NaN or infinite)"))
    if number < 0:
        raise ShareError(T("負の持分", "a negative share"))
    if number > 100:
        raise ShareError(T("100%を超える", "over 100 %"))
    exact = Fraction(number) * _PERCENT
    return Share(exact.__floor__(), exact.__ceil__())


def percent(units: int) -> str:
    """Units as percent, exactly, without trailing zeros: 5000000 of 10^12 is 0.0005."""
    whole, part = divmod(units, _PERCENT)
    return f"{whole}.{part:010}".rstrip("0") if part else str(whole)


def figure(share: float) -> str:
    """A worked share of one as percent, to nine decimals: what rounding left beyond is no figure."""
    return percent(round(share * UNIT / 10) * 10)


def band(units: int | Fraction) -> int:
    """How many of BANDS a share has reached: 0 below 25 %, 3 from 50 % on."""
    return sum(line.met(units) for line in BANDS)
