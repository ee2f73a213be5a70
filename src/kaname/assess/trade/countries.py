"""Countries as statistics write them, turned into three letters of ISO 3166-1, with the rule that was applied.

A code that vanished with one successor (ZAR, ROM, TMP) becomes that successor; a state that fell into several stays a
partner under its old letters (SUN, YUG). World totals, groups and "not elsewhere specified" are no countries.
"""

import functools
import re
from typing import NamedTuple

from kaname.assess.ownership.countries import ALPHA2, ALPHA3
from kaname.assess.trade.country_codes import (
    GROUPS,
    JAPAN_CUSTOMS,
    NAMES,
    NOBODY,
    NOBODY_IN_JAPAN,
    NUMBERS,
    SUCCEEDED,
    VANISHED,
    VANISHED_NUMBERS,
)
from kaname.assess.trade.country_codes import WORLD as WORLD_CODES
from kaname.assess.trade.notes import Rule
from kaname.law import T, Text

WORLD, UNKNOWN, GROUP = "*", "?", "+"  # what is no country
_TO3 = {two: three for three, two in ALPHA3.items()}
_NUMBER = {
    number: entry[:3] for entry in NUMBERS.split() for number in entry[3:].split(",")
}  # fmt: skip
_CUSTOMS = {entry[:3]: entry[3:] for entry in JAPAN_CUSTOMS.split()}


class Found(NamedTuple):
    """A country, or WORLD, UNKNOWN or GROUP; `rule`: what was done to the text, if anything."""

    code: str
    rule: Rule | None = None


@functools.cache
def country(text: str, japan: bool = False) -> Found | None:
    """The country of a code or name; `japan`: numbers are those of the customs of Japan. None: nothing known."""
    plain = text.strip().strip("'").strip()
    code = plain.upper()
    if not code or (code in NOBODY_IN_JAPAN if japan else code in NOBODY):
        return Found(UNKNOWN, Rule.PARTNER_UNKNOWN)
    if japan and code.zfill(3) in _CUSTOMS:
        return Found(_CUSTOMS[code.zfill(3)])
    if code in WORLD_CODES:
        return Found(WORLD, Rule.WORLD_TOTAL)
    if code in GROUPS:
        return Found(GROUP, Rule.GROUP)
    if code in ALPHA3 or code == "XKX":
        return Found(code)
    if code in SUCCEEDED:
        return Found(SUCCEEDED[code], Rule.OTHER_ASIA if code == "S19" else Rule.SUCCEEDED)
    if code in VANISHED:
        return Found(code, Rule.VANISHED)
    if code.isascii() and code.isdecimal():
        return _of_number(code.lstrip("0") or "0")
    if len(code) == 2 and code in ALPHA2:
        return Found(_TO3[code])
    return _of_name(plain)


def _of_number(number: str) -> Found | None:
    if number == "490":
        return Found("TWN", Rule.OTHER_ASIA)
    if number in VANISHED_NUMBERS:
        code = VANISHED_NUMBERS[number]
        return Found(code, Rule.VANISHED if code in VANISHED else Rule.SUCCEEDED)
    return Found(_NUMBER[number]) if number in _NUMBER else None


def _of_name(text: str) -> Found | None:
    """An English name as minerals statistics write it: "Brazil (beneficiated)", "World total (rounded)"."""
    name = re.sub(r"\(?\b(rounded|includes?|estimated)\b.*$", "", " ".join(text.lower().split())).strip(" ,(")
    for candidate in (name, re.sub(r"\s*\([^)]*\)?\s*\d*$", "", name)):
        if candidate.startswith("world"):
            return Found(WORLD, Rule.WORLD_TOTAL)
        if candidate.startswith("other countr") or candidate in ("other", "undistributed"):
            return Found(UNKNOWN, Rule.PARTNER_UNKNOWN)
        if candidate in NAMES:
            code = NAMES[candidate]
            return Found(code, Rule.VANISHED if code in VANISHED else None)
        if candidate in _english():
            return Found(_english()[candidate])
    if " and " in name and all(_of_name(part) for part in re.split(r",? and |, ", name)):
        return Found(UNKNOWN, Rule.PARTNER_UNKNOWN)  # two countries in one figure
    return None


@functools.cache
def _english() -> dict[str, str]:
    from kaname.assess.trade.country_names import ENGLISH

    return {entry[4:].lower(): entry[:3] for entry in (one.strip() for one in " ".join(ENGLISH.split()).split(";"))}


@functools.cache
def named(code: str) -> Text:
    """The name of a country by its three letters; the letters where it has none here."""
    japanese, english = _japanese(), {three: name for name, three in _english_names().items()}
    former = VANISHED.get(code, "")
    return T(japanese.get(code, former or code), english.get(code, former or code))


@functools.cache
def _japanese() -> dict[str, str]:
    from kaname.assess.trade.country_names_ja import JAPANESE

    return {entry[:3]: entry[4:] for entry in (one.strip() for one in " ".join(JAPANESE.split()).split(";"))}


@functools.cache
def _english_names() -> dict[str, str]:
    from kaname.assess.trade.country_names import ENGLISH

    found = {entry[4:]: entry[:3] for entry in (one.strip() for one in " ".join(ENGLISH.split()).split(";"))}
    return found | _PLAIN_ENGLISH


# Names in words that people use, before those of statistics.
_PLAIN_ENGLISH = {
    "United States": "USA", "North Korea": "PRK", "South Korea": "KOR", "Taiwan": "TWN", "Hong Kong": "HKG",
    "Russia": "RUS", "Vietnam": "VNM", "Bolivia": "BOL", "Moldova": "MDA", "North Macedonia": "MKD", "Macao": "MAC",
    "Tanzania": "TZA", "DR Congo": "COD", "Laos": "LAO", "Brunei": "BRN", "Greenland": "GRL", "Kosovo": "XKX",
    "Türkiye": "TUR", "Iran": "IRN", "Papua New Guinea": "PNG", "Puerto Rico": "PRI", "Faroe Islands": "FRO",
}  # fmt: skip
