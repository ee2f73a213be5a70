"""The form of a BODS 0.4 statement (Beneficial Ownership Data Standard), as rules a reader can step into.

A rule looks at a value and yields what is wrong with it, each with its path. Fields that the standard does not know are
let through, as the standard does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing wrong: where, what stands there, what was expected. `code`: the check that found it."""

    path: str
    found: str | Text
    expected: Text
    code: str = "form"


Rule = Callable[[Any, str], Iterator[Wrong]]
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]*")
_MONTH = re.compile(r"\d{4}(-(1[0-2]|0[1-9]))?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 40 else f"{text[:40]}..."


def _must(fits: Callable[[Any], bool], expected: Text) -> Rule:
    def rule(value: Any, path: str) -> Iterator[Wrong]:
        if not fits(value):
            yield Wrong(path, _shown(value), expected)

    return rule


def is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_instant(value: object) -> bool:
    """RFC 3339; a leap second only where there is one, at the end of a day in UTC."""
    if not isinstance(value, str) or not (found := _INSTANT.fullmatch(value)):
        return False
    leap = found[4] == "60"
    try:
        at = datetime.fromisoformat(f"{found[1]}T{found[2]}:{found[3]}:{'59' if leap else found[4]}{found[6].upper()}")
        return not leap or f"{at.astimezone(UTC):%H:%M}" == "23:59"
    except (ValueError, OverflowError):
        return False


def is_uri(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(_URI.fullmatch(value)) and bool(urlsplit(value).scheme)
    except ValueError:
        return False


def text(least: int = 0, most: int = 10**9) -> Rule:
    size = T("", "") if not least else T(f"（{least}から{most}字）", f" of {least} to {most} characters")
    return _must(lambda v: isinstance(v, str) and least <= len(v) <= most, T(f"文字列{size.ja}", f"text{size.en}"))


def choice(*words: str) -> Rule:
    one = T("、".join(words) + " のいずれか", "one of " + ", ".join(words))
    return _must(lambda v: isinstance(v, str) and v in words, one)


STRING = text()
YES_NO = _must(lambda v: isinstance(v, bool), T("true 又は false", "true or false"))
DAY = _must(is_day, T("実在の日（2025-03-31）", "a real day (2025-03-31)"))
WHEN = _must(lambda v: is_day(v) or is_instant(v), T("日又は時差つきの時刻", "a day, or an instant with its offset"))
MONTH = _must(
    lambda v: is_day(v) or (isinstance(v, str) and bool(_MONTH.fullmatch(v))),
    T("年、年月又は日", "a year, a month or a day"),
)
URI = _must(is_uri, T("URI（https://…）", "a URI (https://...)"))
PERCENT = _must(
    lambda v: isinstance(v, int | float | Decimal) and not isinstance(v, bool) and 0 <= v <= 100,
    T("0から100までの数", "a number from 0 to 100"),
)
VERSION = _must(lambda v: isinstance(v, str) and bool(re.fullmatch(r"\d+\.\d+", v)), T("版（0.4）", "a version (0.4)"))
NOTHING = _must(lambda v: v == "", T("空文字列（motivation が transformation のときだけ書ける）",
                                     "nothing (it belongs to the motivation transformation)"))  # fmt: skip
EMPTY_LIST = _must(
    lambda v: v == [], T("空の配列（部品の記録は部品を持たない）", "an empty list (a component has no components)")
)


def many(rule: Rule) -> Rule:
    def check(value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, list):
            yield Wrong(path, _shown(value), T("配列", "a list"))
            return
        for n, one in enumerate(value):
            yield from rule(one, f"{path}[{n}]")

    return check


def record(*required: str, any_of: tuple[str, ...] = (), **fields: Rule) -> Rule:
    """An object: the fields `required`, at least one of `any_of`, and each field that stands there by its rule."""

    def check(value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, dict):
            yield Wrong(path, _shown(value), T("オブジェクト", "an object"))
            return
        for name in required:
            if name not in value:
                yield Wrong(_join(path, name), T("ない", "missing"), T("値", "a value"))
        if any_of and not any(name in value for name in any_of):
            either = " / ".join(any_of)
            yield Wrong(path, T(f"{either} がない", f"no {either}"), T("そのいずれか", "one of them"))
        for name, rule in fields.items():
            if name in value:
                yield from rule(value[name], _join(path, name))

    return check


def either(one: Rule, other: Rule) -> Rule:
    """Text by the one rule, or an object by the other."""

    def check(value: Any, path: str) -> Iterator[Wrong]:
        yield from (other if isinstance(value, dict) else one)(value, path)

    return check


def also(rule: Rule, extra: Rule) -> Rule:
    def check(value: Any, path: str) -> Iterator[Wrong]:
        yield from rule(value, path)
        if isinstance(value, dict):
            yield from extra(value, path)

    return check


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
