"""Letters of names brought to one form: width, case, accents, old glyphs, kana, marks that nobody sees.

Only for comparison: names are kept and shown as they were given.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

_WITHOUT_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
     "ə": "a", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ß": "ss"}
)  # fmt: skip
_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶヴヂヅヲヰヱ", "アイウエオツヤユヨワカケブジズオイエ")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": ""})
_UNSEEN = {"'", "’", "‘", "`", "ʼ", "ʻ", "ʿ", "ʾ", "´", "′", "ʹ", "ー"}
_KANA_DASH = re.compile("(?<=[ぁ-ゖァ-ヺー])[‐‑‒–—―−─ｰ-]")
_MARKS = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED))


def words(text: str) -> tuple[str, ...]:
    """The words of a name in the letters used for comparison: `Ａ・Müller & Söhne` gives a, muller, and, sohne."""
    if text.isascii():
        return tuple(text.lower().translate(_LETTERS).split())
    plain = _KANA_DASH.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return tuple(plain.translate(_LETTERS).split())


def hidden(text: str) -> bool:
    """Whether the text holds what nobody sees: control characters, marks of direction, halves of characters."""
    return not text.isprintable() and any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in text)


class _Letters(dict[int, str]):
    """Code point -> its letter for comparison, worked out when it first turns up."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _letter(chr(code))
        return found


def _letter(c: str) -> str:
    if c in _UNSEEN:
        return ""
    if c == "&":
        return " and "
    c = chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c
    c = c.translate(_SMALL).translate(_WITHOUT_ACCENT).translate(_ARABIC)
    if len(c) != 1:
        return c
    kind = unicodedata.category(c)
    if kind in ("Cf", "Cs") or any(low <= ord(c) <= high for low, high in _MARKS):
        return ""
    if kind[0] in "PSZC" and kind != "Co":  # a private character (外字) is a letter
        return " "
    if kind == "Nd":
        return str(unicodedata.digit(c))
    base = unicodedata.normalize("NFD", c)[0]
    if base != c and ("a" <= base <= "z" or "α" <= base <= "ω"):
        return base
    return glyphs().get(c, c)


@cache
def glyphs() -> dict[str, str]:
    """Old, simplified and otherwise different glyphs of kanji -> the one used for comparison."""
    lines = resources.files(__package__).joinpath("glyphs.txt").read_text("utf-8").splitlines()
    chosen: dict[str, str] = {}
    for group in " ".join(line for line in lines if not line.startswith("#")).split():
        # Groups that share a glyph are one: 齊 is written 斉, and 斉 stands for 斎 in names.
        heads = {chosen.get(glyph, glyph) for glyph in group}
        head = chosen.get(group[0], group[0])
        chosen |= {glyph: head for glyph, old in chosen.items() if old in heads} | dict.fromkeys((*heads, *group), head)
    return chosen


_LETTERS = _Letters()
