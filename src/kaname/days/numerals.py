"""Numbers as Japanese texts write them: full-width digits, 二十一, 百, 元 for the first year, positional 二〇一九."""

from unicodedata import normalize

_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}

NUMERAL = r"[0-9]{1,4}|[〇零一二三四五六七八九十百千]{1,8}"


def plain(text: str) -> str:
    """Half-width letters and digits, one character for one era sign (㋿ becomes 令和), and no spaces."""
    return "".join(normalize("NFKC", text).split())


def number(text: str) -> int:
    """The value of a numeral. Raises ValueError for a string that is none, such as 十二十."""
    if text.isascii():
        return int(text)
    if not set(text) & set(_UNITS):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, smallest = 0, 10_000
    digit = None
    for c in text:
        if c in _DIGITS:
            if digit is not None or not _DIGITS[c]:
                raise ValueError(text)
            digit = _DIGITS[c]
            continue
        if _UNITS[c] >= smallest:
            raise ValueError(text)
        smallest = _UNITS[c]
        total += (1 if digit is None else digit) * smallest
        digit = None
    return total + (digit or 0)
