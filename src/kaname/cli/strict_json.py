"""JSON taken as strictly as the ledger does (`ledger.strict_json`); each fault with its column or name."""

import json
import math
from typing import Any

from kaname.law import T, Text
from kaname.ledger import strict_json


class BadJson(ValueError):
    """Text that is not strict JSON. `place` is a column or a name, `text` what was wrong."""

    def __init__(self, place: Text, text: Text) -> None:
        super().__init__(text.en)
        self.place, self.text = place, text


def loads(text: str) -> Any:
    """The value of a JSON text. Raises BadJson."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise BadJson(_column(error.colno), _not_json(text[error.pos : error.pos + 12])) from None
    except RecursionError:
        raise _too_deep() from None
    except BadJson:
        raise
    except ValueError:  # a whole number of thousands of digits
        raise BadJson(
            _WHOLE, T("数が長すぎる；4000桁までの数を", "a number is too long; expected at most 4000 digits")
        ) from None
    try:
        strict_json.check(value)
    except strict_json.TooDeep:
        raise _too_deep() from None
    except strict_json.NotStrict as wrong:
        raise BadJson(T(wrong.field, wrong.field) if wrong.field else _WHOLE, wrong.text) from None
    return value


_WHOLE = T("行", "line")


def _column(n: int) -> Text:
    return T(f"{n}文字目", f"column {n}")


def _not_json(rest: str) -> Text:
    at = T(f"「{rest}」の所で", f"at {rest!r}") if rest else T("末尾で", "at its end")
    return T(f"{at.ja} JSON として読めない；JSON オブジェクトを", f"not JSON {at.en}; expected a JSON object")


def _too_deep() -> BadJson:
    most = strict_json.DEEPEST
    return BadJson(
        _WHOLE, T(f"入れ子が深すぎる；{most} 段までに", f"nested too deeply; expected at most {most} levels")
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            twice = name or '""'
            raise BadJson(
                T(twice, twice), T("同じ名が二度ある；一度だけ書くこと", "stands twice; expected each name once")
            )
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise BadJson(T(name, name), T("JSON の数でない；有限の数を", "is no JSON number; expected a finite number"))


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        shown = text if len(text) < 30 else f"{text[:30]}..."
        _no_constant(shown)
    return value
