"""JSON as the ledger takes it: one meaning in every language and library, or refused, naming the field.

Refused: a key twice (also twice after Unicode normalisation), NaN and infinities, whole numbers of 2^53 or more, lone
surrogates, NUL, nesting beyond 64, more than two million values (as objects in memory they would be many times the text
that they came in). Canonical JSON is RFC 8785.
"""

import json
import math
import re
from collections import Counter
from typing import Any
from unicodedata import normalize

import rfc8785

from kaname.law import T, Text

DEEPEST = 64
MOST = 2_000_000  # values of a text
_PATH = 200  # characters of a path: a long name is not written out again for each of a million values within
LARGEST = (1 << 53) - 1  # beyond it a double, which is what many readers use, leaves numbers out


class NotStrict(ValueError):
    """A value with more than one meaning. `field` is its path (`data.parts[2].count`), `text` what was wrong."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(f"{field}: {text.en}")
        self.field, self.text = field, text


class TooDeep(NotStrict):
    """Nested beyond DEEPEST."""


def loads(text: str | bytes, field: str = "") -> Any:
    """The value of a JSON text. Raises NotStrict."""
    if len(text) > MOST and _is_crowded(text):
        raise NotStrict(field, _CROWDED)
    try:
        if isinstance(text, bytes):
            text = text.decode()
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except NotStrict as error:
        raise NotStrict(f"{field}.{error.field}" if field else error.field, error.text) from None
    except UnicodeDecodeError as error:
        raise NotStrict(
            field,
            T(
                f"{error.start} バイト目で UTF-8 でない；UTF-8 の JSON を",
                f"not UTF-8 at byte {error.start}; expected JSON in UTF-8",
            ),
        ) from None
    except RecursionError:
        raise _too_deep(field) from None
    except ValueError as error:
        where = getattr(error, "pos", 0)
        raise NotStrict(
            field, T(f"{where} 文字目で JSON として読めない；JSON を", f"not JSON at character {where}; expected JSON")
        ) from None
    check(value, field)
    return value


def _is_crowded(text: str | bytes) -> bool:
    """By what opens and parts values; those within texts count too, which rarely hold so many."""
    if isinstance(text, str):
        return text.count("[") + text.count("{") + text.count(",") > MOST
    return text.count(b"[") + text.count(b"{") + text.count(b",") > MOST


_CROWDED = T(f"値が {MOST:,} 個より多い；分けて", f"holds more than {MOST:,} values; split it")


def check(value: Any, field: str = "", depth: int = 0) -> None:
    """Raises NotStrict where a value made of dict, list, str, int, float, bool, None has more than one meaning."""
    of = type(value)
    if of is str:
        _check_text(value, field)
    elif of is dict or of is list or of is tuple:
        if depth >= DEEPEST:
            raise _too_deep(field)
        _check_parts(value, field, depth)
    elif of is int:
        if abs(value) > LARGEST:
            raise NotStrict(field, _WHOLE)
    elif of is float:
        if not math.isfinite(value) or abs(value) > LARGEST:
            raise NotStrict(field, _FINITE)
    elif of is not bool and value is not None:
        raise NotStrict(field, T(f"{of.__name__} は JSON の値でない", f"{of.__name__} is no JSON value"))


_WHOLE = T(
    "2^53 以上の整数；2^53 未満の整数を（桁の多い数は文字列で）",
    "a whole number of 2^53 or more; expected a smaller one, or text",
)
_FINITE = T("有限でない、又は 2^53 以上の数；有限の数を", "not finite, or 2^53 or more; expected a finite number")


def _check_parts(value: Any, field: str, depth: int) -> None:
    if not isinstance(value, dict):
        if not _are_simple(value):
            for i, item in enumerate(value):
                check(item, f"{field}[{i}]"[:_PATH], depth + 1)
        return
    if any(type(key) is not str for key in value):
        raise NotStrict(field, T("名が文字列でない", "a name that is not text"))
    simple = _are_simple(value)
    if not simple and len({normalize("NFC", key) for key in value}) < len(value):
        raise NotStrict(field, T("正規化すると同じになる名がある", "two names that are one after normalisation (NFC)"))
    for key, item in value.items():
        if not simple or type(item) is not str or not is_simple(item):
            path = (f"{field}.{key}" if field else key)[:_PATH]
            _check_text(key, path)
            check(item, path, depth + 1)


def _are_simple(texts: Any) -> bool:
    """Whether all items are text that needs no further look: most lists are of plain codes."""
    try:
        return is_simple("".join(texts))
    except TypeError:
        return False


def is_simple(text: str) -> bool:
    """Whether a text needs no further look: most are names and codes in ASCII."""
    return text.isascii() and "\0" not in text


_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


def _check_text(text: str, field: str) -> None:
    if "\0" in text:
        raise NotStrict(field, T("NUL 文字を含む；NUL のない文字列を", "holds a NUL; expected text without NUL"))
    if not text.isascii() and _HALF_A_PAIR.search(text):
        raise NotStrict(
            field.encode("utf-8", "backslashreplace").decode(),
            T("対にならないサロゲートを含む", "holds half a surrogate pair; expected Unicode text"),
        )


def _too_deep(field: str) -> NotStrict:
    return TooDeep(
        field, T(f"入れ子が深すぎる；{DEEPEST} 段までに", f"nested too deeply; expected at most {DEEPEST} levels")
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(name for name, _ in pairs)
        twice = next(name for name, n in times.items() if n > 1)
        raise NotStrict(twice or '""', T("同じ名が二度ある；一度だけ", "stands twice; expected each name once"))
    return found


def _no_number(name: str) -> Any:
    raise NotStrict(name, T("JSON の数でない；有限の数を", "is no JSON number; expected a finite number"))


def _no_value(value: object) -> Any:
    raise TypeError(f"{type(value).__name__} is no JSON value")


def canonical(value: Any) -> str:
    """RFC 8785 of a value that has passed `check`.

    The C encoder of the standard library writes the same text several times as fast wherever names are ASCII (so that
    both orders of names agree) and no number has a fraction; the rest goes to rfc8785.
    """
    return canonical_plain(value) if _is_plain(value) else rfc8785.dumps(value).decode()


# The encoder that `json.JSONEncoder(ensure_ascii=False, sort_keys=True, ...)` would make anew for every value. CPython
# has it and the types of the standard library do not name it.
_pieces = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
    None, _no_value, json.encoder.encode_basestring, None, ":", ",", True, False, False
)


def canonical_plain(value: Any) -> str:
    """RFC 8785 of a value with ASCII names and without fractions."""
    return "".join(_pieces(value, 0))


def _is_plain(value: Any) -> bool:
    of = type(value)
    if of is dict:
        for name, item in value.items():
            if not name.isascii() or (type(item) is not str and not _is_plain(item)):
                return False
        return True
    if of is list or of is tuple:
        return all(type(item) is str or _is_plain(item) for item in value)
    return of is not float


def is_canonical(text: str) -> bool:
    """Whether a text is the one canonical writing of its value."""
    try:
        return canonical(loads(text)) == text
    except NotStrict:
        return False
