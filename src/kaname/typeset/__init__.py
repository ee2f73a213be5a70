"""Setting pages (組版): a template and plain data become a PDF, with the fonts that the package carries.

    pdf(template, data) -> bytes        FONTS, FAMILY, FALLBACK        Unprintable: a character that no font has

PDF/A-2a: tagged, fonts embedded, no system font asked for. The same template and data give the same bytes. Data reaches
the template as data, never as markup: nothing that somebody typed is read as a command.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from kaname.law import T
from kaname.typeset import variants

FONTS = Path(__file__).parent / "fonts"
FAMILY, FALLBACK = "BIZ UDPGothic", "Noto Sans JP"  # the second has the rare kanji that the first lacks
_NAMED = re.compile(r'(?:the text|codepoint) `?"((?:\\u\{[0-9a-f]+\}|[^"])*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class Unprintable(ValueError):
    """A character that cannot be set: no font of the house has it, or no paper may hold it."""

    def __init__(self, characters: str) -> None:
        codes = " ".join(f"U+{ord(c):04X}" for c in characters[:8])
        seen = "".join(c for c in characters[:8] if c.isprintable())
        self.characters = characters
        self.text = T(
            f"文字「{seen}」（{codes}）の字形が書体にないため、紙面にできない。別の字で書き、正しい字は添付の書類で示すこと",
            f'the character "{seen}" ({codes}) is in none of the fonts, so the paper cannot be made; write another one '
            "and show the right one in an attached document",
        )
        super().__init__(self.text.en)


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """One document. The template reads `json(bytes(sys.inputs.at("data")))`. Raises Unprintable."""
    return compiled(template, data, "pdf")[0]


def compiled(template: Path, data: dict[str, Any], form: str, ppi: float = 144) -> list[bytes]:
    """A document as `pdf` (one), or its pages as `png` images to look at. Raises Unprintable."""
    import typst

    said = json.dumps(data, ensure_ascii=False)
    if lacking := variants.missing(said, _FONT_FILES):
        raise Unprintable(lacking)
    standards = ["a-2a"] if form == "pdf" else []
    try:
        with _ONE_AT_A_TIME:
            made = _compiler(template).compile(sys_inputs={"data": said}, format=form, ppi=ppi, pdf_standards=standards)
    except typst.TypstError as error:
        if named := _NAMED.search(str(error)):
            raise Unprintable(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), named[1])) from None
        raise
    return made if isinstance(made, list) else [made]


_FONT_FILES = tuple(sorted(FONTS.glob("*-Regular.ttf")))
_ONE_AT_A_TIME = Lock()  # a compiler that is asked while it works says "Already borrowed"; requests come in threads


@lru_cache(8)
def _compiler(template: Path) -> Any:
    import typst

    return typst.Compiler(template, root=template.parent, font_paths=[FONTS], ignore_system_fonts=True)
