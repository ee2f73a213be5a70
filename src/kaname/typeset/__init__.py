"""Setting pages (組版): a template and plain data become a PDF, with the fonts that the package carries.

    pdf(template, data) -> bytes        FONTS, FAMILY, FALLBACK

PDF/A-2a: tagged, fonts embedded, no system font asked for. The same template and data give the same bytes. Data reaches
the template as data, never as markup: nothing that somebody typed is read as a command.
"""

import json
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

FONTS = Path(__file__).parent / "fonts"
FAMILY, FALLBACK = "BIZ UDPGothic", "Noto Sans JP"  # the second has the rare kanji that the first lacks


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """One document. The template reads `json(bytes(sys.inputs.at("data")))`."""
    return compiled(template, data, "pdf")[0]


def compiled(template: Path, data: dict[str, Any], form: str, ppi: float = 144) -> list[bytes]:
    """A document as `pdf` (one), or its pages as `png` images to look at."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    standards = ["a-2a"] if form == "pdf" else []
    with _ONE_AT_A_TIME:
        made = _compiler(template).compile(sys_inputs=inputs, format=form, ppi=ppi, pdf_standards=standards)
    return made if isinstance(made, list) else [made]


_ONE_AT_A_TIME = Lock()  # a compiler that is asked while it works says "Already borrowed"; requests come in threads


@lru_cache(8)
def _compiler(template: Path) -> Any:
    import typst

    return typst.Compiler(template, root=template.parent, font_paths=[FONTS], ignore_system_fonts=True)
