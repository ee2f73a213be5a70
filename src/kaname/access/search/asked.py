"""What was typed into the box, read: words apart by spaces, all of which must be found; quotes hold words together.

A word may be more than letters: the number of a case, a day, a corporate number, an application number written short.
Each reading is looked for beside the word itself.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from kaname.assess.names.number import corporate_number
from kaname.days import DayError
from kaname.law import T, Text
from kaname.law.alike import alike
from kaname.procedure.read_day import parse_day

LONGEST, PIECES = 200, 6
_WORDS = re.compile(r'"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』|([^\s"“「『]+)|["“「『]')
_NUMBER = re.compile(r"(?:第|no\.?|#)?(\d{1,18})号?")
_FILED = re.compile(r"(特願|特許出願)?(\d{4})-(\d{1,6})号?")
_CORPORATE = re.compile(r"t?[\d\- ]{13,24}")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word. `keys`: made alike, any of them may be found; the first is the word as typed."""

    keys: tuple[str, ...]
    number: int | None = None
    day: date | None = None
    reading: Text | None = None

    @property
    def key(self) -> str:
        return self.keys[0]


def asked(text: str) -> tuple[Piece, ...]:
    """The words of a text; no more than PIECES of its first LONGEST characters."""
    cleaned = clean(text)
    if found := _corporate(cleaned):
        return (found,)
    said = ("".join(groups) for groups in _WORDS.findall(cleaned))
    pieces = [key for one in dict.fromkeys(said) if (key := alike(one))] or alike(cleaned).split()  # a quote alone
    return tuple(_piece(key) for key in pieces[:PIECES])


def clean(text: str) -> str:
    """As far as a text is looked at: what no one sees (control characters, halves of a pair) is a blank."""
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text[:LONGEST])


def _corporate(text: str) -> Piece | None:
    key = alike(text)
    if not _CORPORATE.fullmatch(key):
        return None
    digits = re.sub(r"\D", "", key)
    if len(digits) != 13:
        return None
    right = corporate_number(digits)
    reading = (
        T("法人番号として", "as a corporate number") if right
        else T("法人番号として（検査用数字が合いません。写し間違いでないか確かめてください）",
               "as a corporate number whose check digit is wrong: see whether it was copied rightly")
    )  # fmt: skip
    return Piece(tuple(dict.fromkeys((digits, key))), reading=reading)


def _piece(key: str) -> Piece:
    if found := _FILED.fullmatch(key):
        whole = f"{found[1] or ''}{found[2]}-{int(found[3]):06}"
        return Piece(tuple(dict.fromkeys((key.removesuffix("号"), whole))), day=_day(key))
    number = int(found[1]) if (found := _NUMBER.fullmatch(key)) else None
    day = _day(key)
    reading = T(f"{day:%Y-%m-%d} の日として", f"as the day {day:%Y-%m-%d}") if day else None
    return Piece((key,), number, day, reading)


def _day(key: str) -> date | None:
    if not any(c.isdecimal() for c in key) or len(key) > 20:
        return None
    try:
        return parse_day(key.upper())
    except DayError:
        return None
