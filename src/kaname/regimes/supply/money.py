"""Surcharge and arrears of a grant to be returned (加算金・延滞金): 10.95 percent a year, exact, in whole yen.

A year counts 365 days, so a day is 3/10,000. What is owed on each day is added up; the one rounding, `yen`, comes last.
The readings of question 214 are used: payments received last are returned first, and repayments settle the sum ordered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from kaname.law import T, Text

A_DAY = Fraction(1095, 10_000) / 365  # 10.95 percent a year
ONE_DAY = timedelta(1)

Sum = tuple[date, int]  # a day and an amount


def yen(exact: Fraction) -> int:
    """The rounding of surcharge and arrears: fractions of a yen are dropped."""
    return exact.numerator // exact.denominator


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which one sum is owed, both counted."""

    first: date
    last: date
    owed: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def told(self) -> Text:
        return T(f"{self.first} から {self.last} まで {self.days}日、{self.owed:,}円 × {self.days} × 0.03%",
            f"{self.first} to {self.last}, {self.days} days: {self.owed:,} yen x {self.days} x 0.03%")


@dataclass(frozen=True, slots=True)
class Accrued:
    """What has come to be owed beside the sum itself, and from which stretches."""

    stretches: tuple[Stretch, ...]

    @property
    def exact(self) -> Fraction:
        return sum((s.owed * s.days * A_DAY for s in self.stretches), Fraction(0))

    @property
    def amount(self) -> int:
        return yen(self.exact)

    @property
    def steps(self) -> tuple[Text, ...]:
        return (*(s.told for s in self.stretches), T(f"1円未満切捨て：{self.amount:,}円",
            f"fractions of a yen dropped: {self.amount:,} yen"))


def last_received(receipts: Iterable[Sum], ordered: int) -> list[Sum]:
    """The receipts that make up the sum to be returned, those received last first."""
    found, left = [], ordered
    for day, amount in sorted(receipts, reverse=True):
        if left > 0:
            found.append((day, min(amount, left)))
            left -= amount
    return found


def surcharge(receipts: Iterable[Sum], ordered: int, repaid: Iterable[Sum], upto: date) -> Accrued:
    """From the day of each receipt to the day of payment, both counted (Subsidy Act Art. 19(1))."""
    changes = [*last_received(receipts, ordered), *((day + ONE_DAY, -amount) for day, amount in repaid)]
    return _accrued(changes, upto)


def arrears(ordered: int, due: date, repaid: Iterable[Sum], upto: date) -> Accrued:
    """From the day after the due date to the day of payment (Subsidy Act Art. 19(2))."""
    changes = [(due + ONE_DAY, ordered), *((max(day, due) + ONE_DAY, -amount) for day, amount in repaid)]
    return _accrued(changes, upto)


def _accrued(changes: list[Sum], upto: date) -> Accrued:
    """The stretches between the days on which the sum owed changes, until `upto`."""
    found, owed = [], 0
    days = sorted({day for day, _ in changes if day <= upto})
    for first, following in pairwise([*days, upto + ONE_DAY]):
        owed += sum(amount for day, amount in changes if day == first)
        if owed > 0:
            found.append(Stretch(first, following - ONE_DAY, owed))
    return Accrued(tuple(found))
