"""Exact amounts out of text: whole numbers of millionths, never floats.

Plain decimals are read a column at once; whatever else stands in a cell (1,234,567, W, —, <1,000) one by one.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kaname.assess.trade.notes import Notes, Rule
from kaname.files.batches import Fault
from kaname.law import T

MICRO = 10**6
MISSING = -1
_PLAIN = r"^[0-9]{1,12}(\.[0-9]{1,6})?$"
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,'  ][0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_RANGE = re.compile(r"[<>≤≥?~約]\s*[0-9][0-9,.]*|[0-9][0-9,.]*\s*[-–—~～]\s*[0-9][0-9,.]*")
_NO_FIGURE = "w withheld na n/a n.a. n.a nan null none .. ... … x xx c (c) s e d conf confidential - (d) *** 不明 秘匿"
_WITHHELD = frozenset(_NO_FIGURE.split())
_NIL = frozenset(("—", "–", "―", "nil", "zero"))
_IN_WORDS = frozenset(("large", "moderate", "moderate to large", "small", "very small"))  # of reserves
AN_AMOUNT = T(
    "0以上9兆までの数（1234.5、1,234,567）、又は値がないことを表す空欄、W、NA",
    "a number from 0 to nine trillion (1234.5, 1,234,567), or empty, W or NA where there is none",
)
_MOST = 9 * 10**12


@dataclass(frozen=True, slots=True)
class Amounts:
    """Millionths, MISSING where there is no figure; `bad`: rows that are refused."""

    micro: NDArray[np.int64]
    bad: NDArray[np.bool_]


def amounts(column: pa.Array, records: NDArray[np.int64], field: str, notes: Notes, faults: list[Fault]) -> Amounts:
    """A column of text as millionths. `records`: the number of each row in its file, from 0."""
    column = column.fill_null("")
    plain = pc.match_substring_regex(column, _PLAIN).to_numpy(zero_copy_only=False)
    exact = pc.if_else(pa.array(plain), column, "0").cast(pa.decimal128(25, 6))
    micro = np.frombuffer(exact.buffers()[1], np.int64)[::2][exact.offset : exact.offset + len(exact)].copy()
    bad = np.zeros(len(column), np.bool_)
    bad |= micro > _MOST * MICRO
    for row in np.flatnonzero(~plain | bad).tolist():
        text = column[row].as_py().strip()
        found = number(text)
        if isinstance(found, Rule):
            notes.add(found, [int(records[row]) + 1], "" if found is Rule.THOUSANDS else text)
            micro[row] = 0 if found is Rule.NIL else MISSING
        elif found is None or bad[row]:
            faults.append(Fault(int(records[row]), field, text[:40], AN_AMOUNT))
            micro[row], bad[row] = MISSING, True
        else:
            if "," in text or "'" in text:
                notes.add(Rule.THOUSANDS, [int(records[row]) + 1], text)
            kept = int((found * MICRO).to_integral_value(ROUND_HALF_EVEN))
            if kept != found * MICRO:
                notes.add(Rule.ROUNDED, [int(records[row]) + 1])
            micro[row] = kept
    return Amounts(micro, bad)


def number(text: str) -> Decimal | Rule | None:
    """A number from 0; the rule for text that stands for no number; None for what cannot be read, or is below zero."""
    plain = normalize("NFKC", text).strip() if not text.isascii() else text.strip()
    if not plain or plain.lower() in _WITHHELD:
        return Rule.NOT_AVAILABLE
    if plain in _NIL or plain.lower() in _NIL:
        return Rule.NIL
    if _GROUPED.fullmatch(plain):
        plain = re.sub("[,'  ]", "", plain)
    if _NUMBER.fullmatch(plain):
        try:
            found = Decimal(plain)
        except InvalidOperation:
            return None
        return found if 0 <= found <= _MOST else None
    return Rule.NOT_EXACT if _RANGE.fullmatch(plain) or plain.lower() in _IN_WORDS else None


# Units of weight in kilograms, exact.
_KILOGRAMS: dict[str, Decimal] = {
    "kg": Decimal(1), "kilogram": Decimal(1), "g": Decimal("0.001"), "gram": Decimal("0.001"), "gr": Decimal("0.001"),
    "mt": Decimal(1000), "ct": Decimal("0.0002"), "kgm": Decimal(1), "grm": Decimal("0.001"), "tne": Decimal(1000),
    "t": Decimal(1000), "tonne": Decimal(1000), "metric ton": Decimal(1000), "ton": Decimal(1000),
    "metric dry ton": Decimal(1000), "carat": Decimal("0.0002"), "lb": Decimal("0.45359237"),
    "pound": Decimal("0.45359237"), "troy ounce": Decimal("0.0311034768"), "short ton": Decimal("907.18474"),
    "long ton": Decimal("1016.0469088"), "キログラム": Decimal(1), "トン": Decimal(1000),
}  # fmt: skip
_MULTIPLES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "1000": 10**3, "千": 10**3, "百万": 10**6}


def kilograms(unit: str) -> Decimal | None:
    """How many kilograms a unit of weight is ("thousand metric tons", "KG", "tonnes (metal content)"), or None."""
    words = re.sub(r"(千|百万)", r"\1 ", re.sub(r"\(.*?\)", " ", unit.lower()).replace(" of ", " ")).split()
    times = 1
    while words and words[0].rstrip("s") in _MULTIPLES:
        times *= _MULTIPLES[words.pop(0).rstrip("s")]
    name = " ".join(word.rstrip("s") if len(word) > 2 else word for word in words)
    found = _KILOGRAMS.get(name)
    return None if found is None else found * times


def scaled(micro: NDArray[np.int64], factor: Any) -> list[int]:
    """Millionths times an exact factor, MISSING kept; halves to even where the factor leaves a part of a millionth."""
    return [one if one == MISSING else round(one * factor) for one in micro.tolist()]
