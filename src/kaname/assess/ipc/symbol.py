"""One symbol of the International Patent Classification (国際特許分類), read from any of its spellings.

Accepted, in any case and width: `F41`, `B64C`, `B64C39/02`, `B64C 39/02`, `B64C0039020000` (the 14 characters of the
WIPO files), the kanji digits of the Cabinet Order (`Ｂ六四Ｃ三九／〇二`), and a version behind the symbol, as in
`B64C 39/02 (2006.01)` or `B64C 39/02 20060101AFI`. A group without a slash is its main group: `F41G 7` is F41G 7/00.
Digits behind the slash read as a decimal fraction, so 3/42 and 3/420 are one place. Source: WIPO, Guide to the IPC.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")
_FORM = re.compile(
    r"([A-H]\d\d)(?:([A-Z])(?:\s*(?:(\d{4})(\d{6})|(\d{1,4})(?:\s*/\s*(\d{2,6}))?))?)?"
    r"(?:\s*[\[(]\d{4}\.\d\d[\])]\s*[A-Z]{0,3}|\s+\d{8}(?:[A-Z].*)?)?"
)
# A comma parts two symbols; in an FI it stands before a subdivision (`A61K 31/00,601`), which is no symbol of the IPC.
_BETWEEN = re.compile(r"[;|；｜]|[,，､、](?=\s*[A-Ha-hＡ-Ｈａ-ｈ][\d〇一二三四五六七八九])")


@dataclass(frozen=True, slots=True, order=True)
class Symbol:
    """A place: `subclass` (F41H, or only the class F41), `main` group (0: none named), `sub` of six digits (280000)."""

    subclass: str
    main: int = 0
    sub: int = 0

    @property
    def key(self) -> int:
        """49 bits that sort as the classification does: subclass 15, main group 14, digits behind the slash 20."""
        letter = ord(self.subclass[3]) - 64 if len(self.subclass) == 4 else 0
        area = ((ord(self.subclass[0]) - 65) * 100 + int(self.subclass[1:3])) * 27 + letter
        return area << 34 | self.main << 20 | self.sub

    @classmethod
    def from_key(cls, key: int) -> "Symbol":
        rest, letter = divmod(key >> 34, 27)
        section, number = divmod(rest, 100)
        subclass = f"{chr(65 + section)}{number:02d}{chr(64 + letter) if letter else ''}"
        return cls(subclass, key >> 20 & 0x3FFF, key & 0xFFFFF)

    def __str__(self) -> str:
        if not self.main:
            return self.subclass
        return f"{self.subclass} {self.main}/{f'{self.sub:06d}'.rstrip('0').ljust(2, '0')}"


@lru_cache(maxsize=65_536)
def parse(text: str) -> Symbol | None:
    """The symbol that `text` spells, or None if it spells none."""
    plain = unicodedata.normalize("NFKC", text).translate(_KANJI).upper().strip()
    found = _FORM.fullmatch(plain)
    # NFKC keeps digits of other scripts, which \d would take: an IPC symbol is ASCII.
    if not found or not plain.isascii():
        return None
    head, letter, main14, sub14, main, sub = found.groups(default="")
    if (main14 or main) and not int(main14 or main):
        return None
    return Symbol(head + letter, int(main14 or main or 0), int((sub14 or sub).ljust(6, "0")))


def split(cell: str) -> list[str]:
    """The symbols of one cell, separated by `;`, `|` or a comma, of any width; empty places between are skipped."""
    parts = _BETWEEN.split(cell)
    return [p for p in (part.strip() for part in parts) if p]
