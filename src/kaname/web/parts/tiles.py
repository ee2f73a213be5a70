"""Maps of tiles: places as tiles of one size, about where they lie. No outline of anybody's is needed, and a small
place is seen as well as a large one. The shade is a figure; the table beside the map says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kaname.law import Text

WIDE, HIGH, GAP = 84, 52, 4  # px
_STEPS = 5  # shades beside none


@dataclass(frozen=True, slots=True)
class Tile:
    """A place. `shade`: 0 (nothing) to 5 (the most), None where nothing is known of it; `value` as text."""

    name: Text
    x: int
    y: int
    shade: int | None
    value: str = ""

    @property
    def middle(self) -> int:
        return self.x + WIDE // 2


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a group of tiles."""

    name: Text
    value: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """`columns`, `height`: of the whole, in tiles and px. `most`: the value of the darkest tile."""

    tiles: Sequence[Tile]
    columns: int
    height: int
    most: str = ""
    headings: Sequence[Heading] = ()
    tile_width: int = WIDE
    tile_height: int = HIGH
    more: int = 0  # px of width beside the columns

    @property
    def width(self) -> int:
        return left(self.columns) + GAP + self.more


def left(column: int) -> int:
    """Where a column begins, in px."""
    return column * (WIDE + GAP) + 2


def top(row: int) -> int:
    """Where a row begins, in px."""
    return row * (HIGH + GAP) + 2


def shade(part: float, most: float) -> int:
    """0 for nothing, else 1 to 5 by the part of the largest."""
    return 0 if part <= 0 else max(1, min(_STEPS, round(_STEPS * part / most)))
