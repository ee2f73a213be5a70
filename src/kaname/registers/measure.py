"""How wide a text stands on paper: measured in the very fonts that the report carries."""

from functools import cache, lru_cache
from typing import Any

from kaname.typeset import FONTS

_UNITS = 100
_NOT_AT_START = "、。，．・）」』】〉》”’ー？！)]},.:;!?%％"


@cache
def _font(bold: bool) -> Any:
    from PIL import ImageFont

    name = f"BIZUDPGothic-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(str(FONTS / name), _UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(8192)
def ems(text: str, bold: bool = False) -> float:
    """The width of a line of text in units of its size."""
    return float(_font(bold).getlength(text)) / _UNITS


def wrap(text: str, width: float, bold: bool = False) -> list[str]:
    """The lines of a text within `width` ems: Latin breaks at spaces, Japanese anywhere but before its marks."""
    lines, line = [], ""
    for piece in (p for paragraph in text.split("\n") for p in (*_pieces(paragraph), "\n")):
        if piece == "\n":
            lines.append(line.rstrip())
            line = ""
        elif ems((line + piece).rstrip(), bold) <= width:
            line += piece
        else:
            if line.strip():
                lines.append(line.rstrip())
            line = piece.lstrip()
            while ems(line, bold) > width and len(line) > 1:  # a word longer than the line
                cut = next((n for n in range(len(line) - 1, 1, -1) if ems(line[:n], bold) <= width), 1)
                lines.append(line[:cut])
                line = line[cut:]
    return lines


def _pieces(text: str) -> list[str]:
    """What may not be torn apart: words with the space after them, single wide characters with their marks."""
    found: list[str] = []
    for char in text:
        if found and (char == " " or char in _NOT_AT_START or (_is_narrow(char) and _is_narrow(found[-1][-1]))):
            found[-1] += char
        else:
            found.append(char)
    return found


def _is_narrow(char: str) -> bool:
    return char != " " and ord(char) < 0x2E80


def shorten(text: str, width: float, bold: bool = False) -> str:
    """The text in one line, its end replaced by … where it is too long."""
    if ems(text, bold) <= width:
        return text
    kept = text
    while kept and ems(kept + "…", bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"
