"""Figures of the criteria as people write them: 500,000 or 25% or はい, each read as its unit asks."""

from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from kaname.law import T, Text
from kaname.regimes.infrastructure.catalogue.model import Figure, Unit, Value

_FLAGS = {"yes": True, "true": True, "はい": True, "no": False, "false": False, "いいえ": False}


class NotAFigure(ValueError):
    """What cannot be read as the figure; `text` says what was expected."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def figure(of: Figure, value: Any) -> Value:
    """The value of a figure. Raises NotAFigure."""
    written = normalize("NFKC", str(value)).strip()
    if of.unit is Unit.FLAG:
        found = value if isinstance(value, bool) else _FLAGS.get(written.lower())
        if found is None:
            raise NotAFigure(T(f"「{value}」は読めない；はい又はいいえを",
                f"cannot read {value!r}; expected yes or no"))
        return found
    text = written.replace(",", "")
    hundredth = of.unit is Unit.SHARE and text.endswith("%")
    try:
        number = Decimal(text.rstrip("%").strip()) / (100 if hundredth else 1)
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or number < 0 or len(text) > 40:
        raise NotAFigure(T(f"「{value}」は数として読めない；0以上の数を",
            f"cannot read {value!r}; expected a number from 0"))
    if of.unit is Unit.SHARE and number > 1:
        raise NotAFigure(T(f"割合が1を超える（{value}）；0.25 又は 25% のように",
            f"a share above 1 ({value}); expected 0.25 or 25%"))
    return number
