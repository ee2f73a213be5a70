"""What a row is worth and what it weighs: exact amounts in one currency, and kilograms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaname.assess.trade.layouts import PLAIN, Layout
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.numbers import MISSING, amounts, kilograms
from kaname.assess.trade.rows import Rows
from kaname.files.batches import Fault
from kaname.law import T

A_LIGHTER = T("90億トンより軽い数量", "a quantity below nine billion tonnes")
A_SMALLER = T("9兆より小さい金額", "an amount below nine trillion")
ONE_CURRENCY = T("表を通じて一つの通貨", "one currency throughout the table")
_LARGEST = 9 * 10**18


@dataclass(slots=True)
class Currency:
    """The currency of a file: that of its layout or column, or the first that a row states."""

    code: str
    factor: int  # of a value, to whole currency
    stated: bool = False
    assumed: bool = False  # neither the layout nor the name of the column says which

    @classmethod
    def of(cls, layout: Layout, column: str) -> "Currency":
        name = column.lower()
        named = next((one for one in ("usd", "jpy", "eur") if name.endswith(one)), "")
        code = (named or layout.currency).upper()
        return cls(code, 1000 if "thousand" in name else layout.factor, assumed=not named and layout.name == PLAIN)

    def tell(self, notes: Notes) -> None:
        """That the currency is a guess, where it is."""
        if self.assumed and not self.stated:
            notes.add(Rule.CURRENCY, found=self.code)


def values(rows: Rows, currency: Currency, name: str = "value") -> NDArray[np.int64]:
    """Millionths of the currency; a row in another currency than the first is bad."""
    found, bad = _amount(rows, name, rows.notes)
    rows.good &= ~bad
    large = found > _LARGEST // currency.factor
    rows.refuse(name, np.flatnonzero(large & rows.good), "-", A_SMALLER)
    if "currency" in rows and name == "value":
        _one_currency(rows, currency)
    return np.where((found == MISSING) | large, MISSING, found * currency.factor)


def weights(rows: Rows, layout: Layout, value: NDArray[np.int64]) -> NDArray[np.int64]:
    """Millionths of a kilogram, of the first quantity whose unit is a weight."""
    if "quantity" not in rows:
        return np.full(len(rows), MISSING)
    weight = _weighed(rows, layout, "quantity", "unit")
    if "quantity1" in rows:
        weight = np.where(weight == MISSING, _weighed(rows, layout, "quantity1", "unit1"), weight)
    weight[(weight == 0) & (value > 0)] = MISSING  # goods of some value weigh something
    return weight


def _amount(rows: Rows, name: str, notes: Notes) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    found = amounts(rows.columns[name], rows.records, rows.source[name], notes, rows.faults)
    return found.micro, found.bad


def _weighed(rows: Rows, layout: Layout, name: str, unit: str) -> NDArray[np.int64]:
    micro, _ = _amount(rows, name, Notes())  # an absent quantity says nothing about the value
    units = rows.texts(unit) if unit in rows else [layout.weight] * len(rows)
    usual = "" if any(text.strip() for text in units) else layout.weight  # beside stated units, none says nothing
    factor = {text: kilograms(text.strip() or usual) for text in set(units)}
    for text in (text for text, found in factor.items() if found is None):
        told = text.strip() or "-"
        rows.note(Rule.UNIT, np.array([one == text for one in units]) & ((micro > 0) | (told != "-")), told)
    made = np.full(len(rows), MISSING)
    for row, (one, text) in enumerate(zip(micro.tolist(), units, strict=True)):
        times = factor[text]
        if one == MISSING or times is None:
            continue
        if (kilos := round(one * times)) <= _LARGEST:
            made[row] = kilos
        else:  # the value counts all the same
            rows.faults.append(Fault(int(rows.records[row]), rows.source[name], str(one)[:40], A_LIGHTER))
    return made


def _one_currency(rows: Rows, currency: Currency) -> None:
    for row, text in enumerate(rows.texts("currency")):
        plain = text.strip().upper()
        if not plain or not rows.good[row]:
            continue
        if not currency.stated:
            currency.code, currency.stated = plain, True
        if plain != currency.code:
            rows.refuse("currency", [row], text, ONE_CURRENCY)
