"""What is asked, as people type it: countries, years, parts. What cannot be read is refused, field by field."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.countries import country
from kaname.assess.trade.flows import IMPORTER
from kaname.assess.trade.numbers import number
from kaname.assess.trade.parties import SIDES
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

_LONGEST = 100  # years
A_YEAR = T("2023 又は 2019..2024 のような年が要る", "expected a year such as 2023, or 2019..2024")
A_PAIR = T("国=数（CHN=1.3）が要る", "expected COUNTRY=NUMBER, such as CHN=1.3")
A_PART = T("0から1までの数が要る", "expected a number from 0 to 1")
A_CODE = T("国コード（JPN、JP）が要る", "expected a country code such as JPN or JP")
AN_AMOUNT = T("0より大きい数が要る", "expected a number over 0")
_WIDTH = str.maketrans("０１２３４５６７８９．＝，、〜～－", "0123456789.=,,~~-")


def asked(
    importer: str, years: str, by: str = "value", reported: str = "importer", suppliers: Iterable[str] = (),
    area: str = "", recycled: str = "", substitution: str = "", trade: Iterable[str] = (), error: str = "",
) -> Asked:  # fmt: skip
    """The question out of its texts; an empty one is the usual. Raises BadInput, with every text that is wrong."""
    wrong: list[Problem] = []
    found = Asked(
        _taken(wrong, country_of, "--importer", importer) or "",
        _taken(wrong, years_of, "--year", years) or (),
        by, SIDES.get(reported, IMPORTER), _countries(wrong, "--area", [area]),
        _part(wrong, "--recycled", recycled, "0"), _part(wrong, "--substitution", substitution, "1"),
        dict(pair for one in trade if (pair := _taken(wrong, pair_of, "--trade-parameter", one))),
        float(_part(wrong, "--error", error, "0.1")), follow=_countries(wrong, "--supplier", suppliers),
    )  # fmt: skip
    if wrong:
        raise BadInput(wrong)
    return found


def _taken(wrong: list[Problem], read: Callable[[str, str], Any], place: str, text: str) -> Any:
    try:
        return read(place, text)
    except BadInput as refused:
        wrong += refused.problems
        return None


def _countries(wrong: list[Problem], place: str, texts: Iterable[str]) -> frozenset[str]:
    plain = [one for text in texts for one in re.split(r"[,\s]+", text.translate(_WIDTH)) if one]
    found = (_taken(wrong, country_of, place, one) for one in plain)
    return frozenset(code for code in found if code)


def _part(wrong: list[Problem], place: str, text: str, usual: str) -> Decimal:
    found: Decimal | None = _taken(wrong, part_of, place, text.strip() or usual)
    return Decimal(usual) if found is None else found


def country_of(place: str, text: str) -> str:
    """Three letters of ISO 3166."""
    found = country(text)
    if found is None or not found.code.isalnum():
        raise _wrong(place, text, A_CODE)
    return found.code


def years_of(place: str, text: str) -> tuple[int, ...]:
    """A year or a range of years."""
    found = re.fullmatch(r"\s*([12][0-9]{3})\s*(?:(?:\.\.|-|–|~)\s*([12][0-9]{3})\s*)?", text.translate(_WIDTH))
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not (found and first <= last < first + _LONGEST):
        raise _wrong(place, text, A_YEAR)
    return tuple(range(first, last + 1))


def part_of(place: str, text: str) -> Decimal:
    found = number(text.translate(_WIDTH))
    if not isinstance(found, Decimal) or found > 1:
        raise _wrong(place, text, A_PART)
    return found


def amount_of(place: str, text: str) -> Decimal | None:
    """A number over 0, None for nothing."""
    if not text.strip():
        return None
    found = number(text.translate(_WIDTH))
    if not isinstance(found, Decimal) or not found:
        raise _wrong(place, text, AN_AMOUNT)
    return found


def pair_of(place: str, text: str) -> tuple[str, float]:
    """A country and its trade parameter."""
    code, _, value = text.translate(_WIDTH).partition("=")
    found = number(value)
    if not isinstance(found, Decimal) or found > 10:
        raise _wrong(place, text, A_PAIR)
    return country_of(place, code), float(found)


def _wrong(place: str, text: str, expected: Text) -> BadInput:
    return BadInput([Problem(place, 0, text[:40], expected)])
