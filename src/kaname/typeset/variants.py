"""Variant forms of kanji (異体字セレクタ): which of them the fonts have. A form that none has would be set as the plain
character without a word, and a name would be another one."""

import re
import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_VARIANT = re.compile("(.)([\ufe00-\ufe0f\U000e0100-\U000e01ef])", re.DOTALL)
_TABLE, _RECORD, _OF_VARIANTS = 16, 11, 14


def missing(text: str, fonts: tuple[Path, ...]) -> str:
    """The first variant form in a text that no font has, "" where there is none."""
    wanted = _VARIANT.findall(text)
    if not wanted:
        return ""
    held = frozenset[tuple[int, int]]().union(*(forms(font) for font in fonts))
    return next((base + selector for base, selector in wanted if (ord(selector), ord(base)) not in held), "")


@lru_cache(8)
def forms(font: Path) -> frozenset[tuple[int, int]]:
    """Selector and character of each variant form of a font: the subtable 14 of its character map."""
    raw = font.read_bytes()
    start = next((at for name, at in _tables(raw) if name == b"cmap"), None)
    if start is None:
        return frozenset()
    (count,) = struct.unpack_from(">H", raw, start + 2)
    places = [start + struct.unpack_from(">HHI", raw, start + 4 + 8 * n)[2] for n in range(count)]
    return frozenset(pair for at in places if struct.unpack_from(">H", raw, at)[0] == _OF_VARIANTS
                     for pair in _pairs(raw, at))  # fmt: skip


def _tables(raw: bytes) -> Iterator[tuple[bytes, int]]:
    (count,) = struct.unpack_from(">H", raw, 4)
    for n in range(count):
        name, _, at, _ = struct.unpack_from(">4sIII", raw, 12 + _TABLE * n)
        yield name, at


def _pairs(raw: bytes, start: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", raw, start + 6)
    for n in range(count):
        at = start + 10 + _RECORD * n
        selector = int.from_bytes(raw[at : at + 3], "big")
        plain, other = struct.unpack_from(">II", raw, at + 3)
        if plain:  # ranges whose variant is the plain form itself
            (ranges,) = struct.unpack_from(">I", raw, start + plain)
            for r in range(ranges):
                one = start + plain + 4 + 4 * r
                first = int.from_bytes(raw[one : one + 3], "big")
                yield from ((selector, first + more) for more in range(raw[one + 3] + 1))
        if other:
            (mapped,) = struct.unpack_from(">I", raw, start + other)
            for m in range(mapped):
                one = start + other + 4 + 5 * m
                yield selector, int.from_bytes(raw[one : one + 3], "big")
