"""A disclosure as plain data (JSON) and back. What cannot be read is told with its path; the rest is read all the same.

Messages name the place and what was expected, never the value: it may be a birth date.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from kaname.days import DayError, parse_era
from kaname.files.problems import Problem
from kaname.law import T, Text
from kaname.regimes.infrastructure.filing.disclosure import (
    Certificate,
    Disclosure,
    Factory,
    Holder,
    Officer,
    Sale,
)
from kaname.regimes.infrastructure.filing.windows import is_year_end

LONGEST, MOST = 2_000, 2_000  # characters of a text, lines of a list
PARTS: Mapping[str, type[Any]] = {
    "holders": Holder, "officers": Officer, "sales": Sale, "factories": Factory, "certificates": Certificate,
}  # fmt: skip
_DAYS = frozenset({"birth_date", "year_end", "issued_on", "expires_on"})
_COUNTRIES = frozenset({"country", "nationality", "law"})
_WESTERN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_A_DAY = T("実在の日を 2025-03-02 の形で", "expected a real day, written as 2025-03-02")
_A_RATIO = T("0 以上の割合（百分率）を 12.5 の形で", "expected a percentage of 0 or more, written as 12.5")
_A_TEXT = T(f"{LONGEST} 文字までの文字列を", f"expected a text of at most {LONGEST} characters")
_A_LIST = T(f"{MOST} 行までの並びを", f"expected a list of at most {MOST} lines")
_A_YEAR_END = T("事業年度の末日を 03-31 の形で", "expected the last day of the fiscal year, written as 03-31")
_A_FLAG = T("true か false を", "expected true or false")
_A_NUMBER = T("1 以上の番号を", "expected a number from 1")
NO_FIELD = T("その欄はない", "there is no such field")
SORTS = ("registry", "officer")
FILE = re.compile(r"document:([a-z2-7]{16}):[0-9a-f]{64}")
_A_FILE = T("添えたファイルの参照を（書類そのものは別に預ける）", "expected the reference of a file that was handed in")
_A_SORT = T("registry か officer を", "expected registry or officer")


class Unreadable(Exception):
    """A value that is none of its kind; `text` says what was expected."""

    def __init__(self, text: Text) -> None:
        self.text = text


def read(data: Any) -> tuple[Disclosure, list[Problem]]:
    """The disclosure that plain data says, and what in it could not be read (then that field is as not filled in)."""
    problems: list[Problem] = []
    if not isinstance(data, Mapping):
        return Disclosure(), [_problem("", T("オブジェクトを", "expected an object"))]
    known = {f.name for f in fields(Disclosure)}
    problems += [_problem(str(name), NO_FIELD) for name in data if name not in known]
    found: dict[str, Any] = {}
    for name in known & set(data):
        value = data[name]
        if name in PARTS:
            found[name] = _part(name, value, problems)
        else:  # the fiscal year's end is a day in a sale, a month and day in the disclosure itself
            found[name] = _value(name, "fiscal_year_end" if name == "year_end" else name, value, problems)
    return Disclosure(**{name: value for name, value in found.items() if value is not None}), problems


def plain(disclosure: Disclosure) -> dict[str, Any]:
    """The disclosure as plain data; parts that are not filled in are left out."""
    found = asdict(disclosure)
    return {name: _plain(value) for name, value in found.items() if value is not None and value != ""}


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if one is not None and one != ""}
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _part(name: str, value: Any, problems: list[Problem]) -> Any:
    if value is None:
        return None
    if not isinstance(value, (list, tuple)) or len(value) > MOST:
        problems.append(_problem(name, _A_LIST))
        return None
    return tuple(_line(PARTS[name], f"{name}[{i}]", line, problems) for i, line in enumerate(value, 1))


def _line(of: type[Any], path: str, line: Any, problems: list[Problem]) -> Any:
    known = {f.name for f in fields(of)}
    if not isinstance(line, Mapping):
        problems.append(_problem(path, T("オブジェクトを", "expected an object")))
        return of()
    problems += [_problem(f"{path}.{name}", NO_FIELD) for name in line if name not in known]
    values: dict[str, Any] = {name: _value(f"{path}.{name}", name, line[name], problems) for name in known & set(line)}
    return of(**{name: value for name, value in values.items() if value is not None})


def _value(path: str, name: str, value: Any, problems: list[Problem]) -> Any:
    reader: Callable[[Any], Any] = _READ.get(name, a_text)
    try:
        return reader(value)
    except Unreadable as wrong:
        problems.append(_problem(path, wrong.text))
        return None


def _problem(path: str, text: Text) -> Problem:
    return Problem("", 0, path, text)


# -- values ----------------------------------------------------------------------------------------------------------


def a_text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value or _halves(value):
        raise Unreadable(_A_TEXT)
    return value.strip()


def _halves(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)


def country(value: Any) -> str:
    """A country as it is compared: a code of two letters in capitals, a name as written."""
    text = normalize("NFKC", a_text(value))
    return text.upper() if len(text) == 2 else text


def day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    text = normalize("NFKC", a_text(value))
    if not text:
        return None
    try:
        found = _WESTERN.fullmatch(text)
        return date(*map(int, found.groups())) if found else parse_era(text)
    except (ValueError, DayError):
        raise Unreadable(_A_DAY) from None


def ratio(value: Any) -> Decimal | None:
    """A percentage: 12.5, "12.5%", full-width digits."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise Unreadable(_A_RATIO)
    text = normalize("NFKC", str(value)).strip().removesuffix("%").strip()
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise Unreadable(_A_RATIO) from None
    if not found.is_finite() or found < 0 or found > 1_000_000 or len(text) > 40:
        raise Unreadable(_A_RATIO)
    return found


def year_end(value: Any) -> str:
    text = normalize("NFKC", a_text(value)).replace("/", "-").removeprefix("--")
    if text and not is_year_end(text):
        raise Unreadable(_A_YEAR_END)
    return text


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unreadable(_A_FLAG)
    return value


def a_number(value: Any) -> int:
    """The number of a line, from 1; 0 for none. A spreadsheet gives it as text."""
    if isinstance(value, str) and (value == "" or re.fullmatch("[0-9]{1,4}", value)):
        value = int(value or 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise Unreadable(_A_NUMBER)
    return value


def sort(value: Any) -> str:
    text = a_text(value)
    if text and text not in SORTS:
        raise Unreadable(_A_SORT)
    return text


def file(value: Any) -> str:
    """The reference under which a file was handed in."""
    text = a_text(value)
    if text and not FILE.fullmatch(text):
        raise Unreadable(_A_FILE)
    return text


_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_DAYS, day), **dict.fromkeys(_COUNTRIES, country), "ratio": ratio, "individual": _flag,
    "about": a_number, "sort": sort, "file": file, "fiscal_year_end": year_end,
}  # fmt: skip
