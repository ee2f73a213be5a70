"""Rows that people give (a table of money, of plans, of figures): their columns in either language, and what is wrong.

A row is its line in the file and its cells as text. A cell that cannot be read is a `Fault` of that line; the row
counts for nothing and the others go on. Money is whole yen: an amount that is not is refused, never rounded.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from kaname.law import T, Text
from kaname.regimes.supply.catalogue.products import PRODUCTS, Product

Row = tuple[int, Mapping[str, str]]

UNITS: Mapping[str, int] = {
    "円": 1, "yen": 1, "jpy": 1, "千円": 1_000, "百万円": 1_000_000, "million yen": 1_000_000, "億円": 100_000_000,
    "億": 100_000_000, "oku": 100_000_000, "oku yen": 100_000_000, "十億円": 1_000_000_000,
    "billion yen": 1_000_000_000, "兆円": 1_000_000_000_000, "trillion yen": 1_000_000_000_000,
}  # fmt: skip
_AMOUNT = re.compile(r"[-−△▲]?\d[\d,.]*")
_MOST_YEN = 10**18
_ERAS = {"R": 2018, "令和": 2018, "H": 1988, "平成": 1988}
_YEAR = re.compile(r"(?:FY|fy)?\s*(?P<era>R|H|r|h|令和|平成)?\s*(?P<year>元|\d{1,4})\s*(?:年度|年)?")


class Unusable(Exception):
    """A cell that cannot be used; `text` says what stands there and what was expected."""

    def __init__(self, ja: str, en: str) -> None:
        self.text = T(ja, en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell of a line."""

    line: int
    field: str
    text: Text


def plain(cell: str) -> str:
    """A cell in half width, without spaces around it."""
    return normalize("NFKC", cell).strip()


def yen(cell: str, unit: str = "") -> int:
    """An amount as whole yen: thousands separators and full width are read, its unit stands behind it or in `unit`."""
    text = plain(cell)
    number = _AMOUNT.match(text)
    if not number:
        raise Unusable(f"「{cell}」は金額として読めない；3,316 又は 0.3億円 のように",
                       f"cannot read {cell!r} as an amount; expected one such as 3,316 or 0.3億円")  # fmt: skip
    digits, own = number[0], text[number.end():].strip()  # fmt: skip
    if digits[0] in "-−△▲":
        raise Unusable(f"負の金額「{cell}」；返した額は区分 returned の正の数で",
                       f"a negative amount {cell!r}; give what was returned as a positive amount")  # fmt: skip
    given = own or plain(unit)
    factor = UNITS.get(given.lower())
    if factor is None:
        shown = given or "—"
        raise Unusable(
            f"単位「{shown}」；円、千円、百万円、億円、兆円のいずれか（外貨は換算して、その出所を記す）",
            f"unit {shown!r}; expected 円, 千円, 百万円, 億円 or 兆円 (convert another currency first)",
        )
    found = decimal(digits) * factor
    if found != found.to_integral_value() or found > _MOST_YEN:
        raise Unusable(f"「{cell}」は円の整数にならない", f"{cell!r} is no whole number of yen")
    return int(found)


def in_oku(amount: int) -> str:
    """Whole yen as 億円, exactly: 3,316 or 0.3."""
    exact = Decimal(amount) / UNITS["億円"]
    return f"{exact:,f}" if exact == exact.to_integral_value() else f"{exact.normalize():,f}"


def decimal(cell: str) -> Decimal:
    """An exact number, with or without thousands separators in their places."""
    text = plain(cell)
    if "," in text and not re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        raise Unusable(f"「{cell}」の桁区切りがおかしい", f"the thousands separators of {cell!r} are out of place")
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Unusable(f"「{cell}」は数として読めない；12.5 のように",
                       f"cannot read {cell!r} as a number; expected one such as 12.5")  # fmt: skip
    return found


def fiscal_year(cell: str) -> int:
    """2024, FY2024, R6, 令和6年度: the year in which the fiscal year begins."""
    found = _YEAR.fullmatch(plain(cell))
    year = 0
    if found:
        number = 1 if found["year"] == "元" else int(found["year"])
        year = number + _ERAS[found["era"].upper()] if found["era"] else number
    if not 2000 <= year <= 2100:
        raise Unusable(f"「{cell}」は年度として読めない；2024、R6、令和6年度のように",
                       f"cannot read {cell!r} as a fiscal year; expected 2024, R6 or 令和6年度")  # fmt: skip
    return year


def day(cell: str) -> date:
    try:
        return date.fromisoformat(plain(cell).replace("/", "-"))
    except ValueError:
        raise Unusable(f"「{cell}」は日付として読めない；2024-09-06 のように",
                       f"cannot read {cell!r} as a day; expected one such as 2024-09-06") from None  # fmt: skip


def product(cell: str) -> Product:
    """A designated product by its id or its name in either language."""
    text = plain(cell)
    for one in PRODUCTS.values():
        if text.lower() in (one.id, one.label.en.lower()) or text == normalize("NFKC", one.label.ja):
            return one
    known = ", ".join(PRODUCTS)
    raise Unusable(f"「{cell}」は特定重要物資でない；{known} のいずれか、又はその名称",
                   f"{cell!r} is no designated product; expected one of {known}, or its name")  # fmt: skip


def choice(known: Mapping[str, str]) -> Callable[[str], str]:
    """A reader of one of several words, given as word -> id in both languages."""

    def read(cell: str) -> str:
        found = known.get(plain(cell).lower())
        if found is None:
            words = "、".join(dict.fromkeys(known.values()))
            raise Unusable(f"「{cell}」；{words} のいずれか", f"{cell!r}; expected one of {words.replace('、', ', ')}")
        return found

    return read


class Cells:
    """The cells of one row, read one by one; what is wrong is gathered and not raised."""

    def __init__(self, row: Row, names: Mapping[str, tuple[str, ...]]) -> None:
        self.line, given = row
        known = {plain(k).lower(): v for k, v in given.items() if k}
        self.cells = {
            id: next((known[u] for u in (id, *usual) if u in known and known[u].strip()), "")
            for id, usual in names.items()
        }
        self.faults: list[Fault] = []

    def text(self, id: str) -> str:
        return self.cells.get(id, "").strip()

    def read(self, id: str, reader: Callable[[str], Any], *, needed: bool = False) -> Any:
        """The value of a cell; None where it is empty or cannot be read."""
        cell = self.text(id)
        if not cell:
            if needed:
                self.faults.append(Fault(self.line, id, T("空欄；記入が要る", "empty; expected a value")))
            return None
        try:
            return reader(cell)
        except Unusable as wrong:
            self.faults.append(Fault(self.line, id, wrong.text))
            return None

    def wrong(self, id: str, ja: str, en: str) -> None:
        self.faults.append(Fault(self.line, id, T(ja, en)))


def missing(rows: Iterable[Row], names: Mapping[str, tuple[str, ...]], needed: Iterable[str]) -> list[Fault]:
    """The columns that a table lacks, told once at its head instead of on every line."""
    first = next(iter(rows), None)
    if first is None:
        return []
    heads = {plain(k).lower() for k in first[1] if k}
    return [
        Fault(1, id, T(f"列がない；{id}（{'、'.join(names[id]) or id}）が要る", f"no such column; expected {id}"))
        for id in needed
        if not heads & {id, *names[id]}
    ]
