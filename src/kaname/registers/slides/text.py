"""Text on a slide: paragraphs as the format writes them, with the font named for Latin and for East Asian text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from kaname.law import Lang
from kaname.registers.measure import wrap
from kaname.typeset import FAMILY

INK, ACCENT, GREY, SOFT, WHITE = "1A1A1C", "000071", "626264", "F2F2F2", "FFFFFF"
LEADING = 1.35  # of a line, to its size: what an office program gives this font
_SLACK = 0.97  # of the width is used, since programs break lines a little differently
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `gap`: points below it. `bullet`: a mark hangs before it."""

    text: str
    size: float = 12
    bold: bool = False
    colour: str = INK
    align: str = "l"
    gap: float = 0
    bullet: bool = False

    def height(self, width: float) -> float:
        room = (width * _SLACK - (self.size * 1.2 if self.bullet else 0)) / self.size
        return len(wrap(self.text, room, self.bold)) * self.size * LEADING + self.gap


def height(lines: Iterable[Line], width: float) -> float:
    """How high the paragraphs stand in a column, in points."""
    return sum(line.height(width) for line in lines)


def paragraphs(lines: Iterable[Line], lang: Lang) -> str:
    """The paragraphs as the format writes them."""
    return "".join(_paragraph(line, lang) for line in lines)


def fill(shape: Any, lines: Iterable[Line], lang: Lang) -> None:
    """Put paragraphs into a shape in place of what is there."""
    body = shape.text_frame._txBody
    for old in body.p_lst:
        body.remove(old)
    for new in parsed(f"<x {_A}>{paragraphs(lines, lang)}</x>"):
        body.append(new)


def parsed(xml: str) -> Any:
    from pptx.oxml import parse_xml

    return parse_xml(xml)


def _paragraph(line: Line, lang: Lang) -> str:
    indent = round(line.size * 1.2 * 12700)
    hang = f' marL="{indent}" indent="-{indent}"' if line.bullet else ""
    mark = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if line.bullet else "<a:buNone/>"
    return (
        f'<a:p><a:pPr algn="{line.align}"{hang}><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{round(line.gap * 100)}"/></a:spcAft>{mark}</a:pPr>'
        f"<a:r>{run(line, lang)}<a:t>{escape(line.text)}</a:t></a:r></a:p>"
    )


def run(line: Line, lang: Lang, tag: str = "rPr") -> str:
    """The properties of a run: language, size, weight, colour, and the font for every script."""
    return (
        f'<a:{tag} lang="{LANG[lang]}" altLang="{LANG["en" if lang == "ja" else "ja"]}" sz="{round(line.size * 100)}" '
        f'b="{int(line.bold)}"><a:solidFill><a:srgbClr val="{line.colour}"/></a:solidFill>'
        f'<a:latin typeface="{FAMILY}"/><a:ea typeface="{FAMILY}"/><a:cs typeface="{FAMILY}"/></a:{tag}>'
    )


LANG: dict[Lang, str] = {"ja": "ja-JP", "en": "en-GB"}
