"""What Art. 28 and Cabinet Order Art. 6 change in credit insurance for certified plans: cover, ceilings, premium."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaname.law import Bases, T, Text
from kaname.law.laws import ORDER, art
from kaname.regimes.supply.versions import UNSECURED

MOST = Decimal("2")  # percent a year, the premium at most (Art. 28(5))
ADDITION = Decimal("0.0625")  # points for unsecured insurance of qualifying corporations, since 2024-03-15


@dataclass(frozen=True, slots=True)
class Insurance:
    """One kind of insurance: its yearly premium in percent, and that for bills discounted and overdrafts."""

    label: Text
    premium: Decimal
    discounted: Decimal
    basis: Bases


INSURANCES: Mapping[str, Insurance] = {
    "ordinary": Insurance(T("普通保険（塡補率八割）", "ordinary insurance (covers 80 percent)"), Decimal("0.41"),
        Decimal("0.35"), art("28(4)") + ORDER("6(1)")),
    "unsecured": Insurance(T("無担保保険", "unsecured insurance"), Decimal("0.41"), Decimal("0.35"), ORDER("6(1)")),
    "petty": Insurance(T("特別小口保険", "special petty insurance"), Decimal("0.19"), Decimal("0.15"), ORDER("6(1)")),
}


def premium(insurance: str, day: date, *, discounted: bool, qualifying: bool) -> Decimal:
    """The yearly premium in percent on a day. `qualifying`: a corporation of Order Art. 6(2), unsecured only."""
    of = INSURANCES[insurance]
    more = insurance == "unsecured" and qualifying and day >= UNSECURED
    return (of.discounted if discounted else of.premium) + (ADDITION if more else 0)
